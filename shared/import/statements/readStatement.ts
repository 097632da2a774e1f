/**
 * Reads a bank's or a vendor's statement, whatever its format; what it is shows in its content, never in its name, unless
 * the user chose the format.
 */
import type { LocatedProblem, ReadingChoices } from '../../contract/importing.ts';
import type { Instant } from '../../domain/time.ts';
import { readBalanceJson, readBalanceTable } from './balanceRows.ts';
import { readBalanceSnapshot } from './balanceSnapshot.ts';
import { readBankCsv, readHeaderless } from './bankCsv.ts';
import { isCamt053, readCamt053 } from './camt053.ts';
import type { Decoded } from './decode.ts';
import { readFocusCsv } from './focus.ts';
import { mendsOf } from './mends.ts';
import { isMt940, readMt940 } from './mt940.ts';
import { isOfx, readOfx } from './ofx.ts';
import { readPasted } from './pastedRows.ts';
import type { StatementReading } from './reading.ts';
import { refusalOf } from './refusals.ts';
import { Source } from './source.ts';
import { STATEMENT_FORMATS, isStatementFormat, type StatementFormat } from './statementFormats.ts';
import { readStripeCsv } from './stripeCsv.ts';
import { readStripeJson } from './stripeJson.ts';
import { isPdf, readStripePdf } from './stripePdf.ts';

/** The file gives no statement; what stands in the way. */
export interface NoStatement {
  readonly problems: readonly LocatedProblem[];
  readonly encoding?: Decoded['encoding'] | null;
}

/** Longest file that is read as a statement, which is read whole. */
const LONGEST_BYTES = 1 << 26;

const UNKNOWN =
  'no format was recognised: not OFX, MT940, CAMT.053, FOCUS, a Stripe export, a balance, nor a CSV whose header names a date and an amount';

type PdfOptions = Parameters<typeof readStripePdf>[3];

/**
 * @param pdf bounds the time that a PDF may take
 * @param modified when the file was last changed, where that is known
 */
export async function readStatement(
  name: string,
  bytes: Uint8Array,
  choices: ReadingChoices = {},
  pdf: PdfOptions = null,
  modified: Instant | null = null,
): Promise<StatementReading | NoStatement> {
  if (bytes.length > LONGEST_BYTES) {
    const message = `the file is longer than ${LONGEST_BYTES / 2 ** 20} MB, too long for a statement; split it, by month for example`;
    return { problems: [{ file: name, line: null, column: null, field: null, message }] };
  }
  if (choices.format === 'stripe-pdf' || (isPdf(bytes) && choices.format === undefined)) {
    return readStripePdf(name, bytes, choices, pdf);
  }
  const source = new Source(name, bytes, choices, modified);
  const reading = await readText(source);
  if (reading === null) return { problems: source.problems.listed, encoding: source.encoding };
  const mends = await mendsOf(reading, choices, (others) => readText(new Source(name, bytes, others)));
  return { ...reading, mends };
}

/** Null, with problems, where the text gives no statement. */
function readText(source: Source): Promise<StatementReading | null> {
  return Promise.resolve(source.options.format === undefined ? readAny(source) : readAs(source, source.options.format));
}

type Reader = (source: Source) => StatementReading | null | undefined;

const READERS: Readonly<Record<Exclude<StatementFormat, 'stripe-pdf'>, Reader>> = {
  ofx: readOfx,
  camt053: readCamt053,
  mt940: readMt940,
  'bank-csv': (source) => readBankCsv(source, true),
  'stripe-invoices': readStripeCsv,
  'stripe-payments': readStripeCsv,
  'stripe-balance': readStripeCsv,
  'stripe-payouts': readStripeCsv,
  'stripe-invoice-json': readStripeJson,
  focus: readFocusCsv,
  'deepseek-balance': readBalanceSnapshot,
  'openrouter-credits': readBalanceSnapshot,
  'openai-credit-grants': readBalanceSnapshot,
  'balances-csv': readBalanceTable,
  'balances-json': readBalanceJson,
  'billing-history': readPasted,
};

/** As the format that the user chose. */
function readAs(source: Source, format: string): StatementReading | null {
  const reader = isStatementFormat(format) && format !== 'stripe-pdf' ? READERS[format] : undefined;
  if (reader === undefined) {
    source.problem(null, 'format', `${JSON.stringify(format.slice(0, 60))} is no format of statements`);
    return null;
  }
  const reading = reader(source) ?? null;
  if (reading === null && source.problems.count === 0) {
    const label = STATEMENT_FORMATS.find((each) => each.format === format)?.label ?? format;
    source.problem(null, 'format', `the file cannot be read as ${label}; choose another format`);
  }
  return reading;
}

function readAny(source: Source): StatementReading | null {
  const { text } = source;
  const refusal = refusalOf(text);
  if (refusal !== null) {
    source.problem(null, null, refusal);
    return null;
  }
  if (isOfx(text)) return readOfx(source);
  if (isCamt053(text)) return readCamt053(source);
  if (isMt940(text)) return readMt940(source);
  const json = readStripeJson(source) ?? readBalanceSnapshot(source) ?? readBalanceJson(source);
  if (json !== undefined) return json;
  const table =
    readStripeCsv(source) ??
    readFocusCsv(source) ??
    readBalanceTable(source) ??
    readBankCsv(source) ??
    readPasted(source) ??
    readHeaderless(source);
  if (table === undefined) source.problem(null, null, text.trim() === '' ? 'the file is empty' : UNKNOWN);
  return table ?? null;
}
