/** Which format a file has: usage or a statement, by its content; the surest claim wins. */
import { USAGE_FORMATS } from './formats.ts';
import { recognise, type Head } from './importer.ts';
import { detectStatement } from './statements/detect.ts';
import { STATEMENT_FORMATS } from './statements/statementFormats.ts';

const USAGE_LABELS: Readonly<Record<string, string>> = {
  'openai-cost': 'OpenAI cost export',
  'openai-usage': 'OpenAI activity export',
  'openai-costs-api': 'OpenAI costs API',
  'openai-usage-api': 'OpenAI usage API',
  'anthropic-cost-report': 'Anthropic cost report',
  'anthropic-usage-report': 'Anthropic usage report',
  'anthropic-console-cost': 'Anthropic console cost export',
  'anthropic-console-usage': 'Anthropic console usage export',
  'openrouter-log': 'OpenRouter activity log',
  'openrouter-daily': 'OpenRouter daily activity',
  'deepseek-amount': 'DeepSeek amounts',
  'deepseek-cost': 'DeepSeek costs',
  litellm: 'LiteLLM spend logs',
  cloudevents: 'CloudEvents',
  ndjson: 'JSON lines',
  json: 'JSON array',
  csv: 'Table of usage (CSV)',
  'focus-usage': 'FOCUS, its usage',
};

/** All formats by name, for choosing another than the recognised one. */
export const FORMATS: readonly { readonly format: string; readonly label: string }[] = [
  ...USAGE_FORMATS.map(({ format }) => ({ format, label: USAGE_LABELS[format] ?? format })),
  ...STATEMENT_FORMATS,
];

export interface RecognisedFile {
  readonly kind: 'usage' | 'statement';
  readonly format: string;
  readonly why: string;
}

/** Claims below this only say what is missing. */
const SURE = 0.5;

/** Null where no format knows the file, or where there is no format of the name that was asked for. */
export function recogniseFile(head: Head, chosen: string | undefined): RecognisedFile | null {
  if (chosen !== undefined && chosen !== 'auto') return chosenFormat(chosen);
  const usage = recognise(USAGE_FORMATS, head);
  const statement = detectStatement(head);
  const usageClaim = usage?.detection.confidence ?? 0;
  const statementClaim = statement?.confidence ?? 0;
  if (statement !== null && statementClaim > usageClaim && statementClaim >= SURE)
    return { kind: 'statement', format: statement.format, why: statement.why };
  if (usage !== null && usageClaim >= SURE)
    return { kind: 'usage', format: usage.importer.format, why: usage.detection.why };
  // what nobody is sure of is read by its best claim, which says what is missing
  if (usage === null && statement === null) return null;
  return usageClaim >= statementClaim && usage !== null
    ? { kind: 'usage', format: usage.importer.format, why: usage.detection.why }
    : { kind: 'statement', format: statement?.format ?? '', why: statement?.why ?? '' };
}

function chosenFormat(format: string): RecognisedFile | null {
  const why = 'The format was chosen.';
  if (USAGE_FORMATS.some((known) => known.format === format)) return { kind: 'usage', format, why };
  if (STATEMENT_FORMATS.some((known) => known.format === format)) return { kind: 'statement', format, why };
  return null;
}
