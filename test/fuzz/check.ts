/** What no answer to any bytes may be. */
import { formatAtoms } from '../../shared/domain/money.ts';
import { decimalAt } from '../../shared/domain/usage.ts';
import { decodeUtf16, encodingOf, textOf } from '../../shared/import/encoding.ts';
import type { FileReading } from '../../shared/session/reading.ts';
import { readingsOf, storedRows } from './readRows.ts';
import type { Seed } from './seeds.ts';

/** Longest that one small file may take; a hang shows as this. */
const MOST_MS = 5_000;

export interface Answer {
  readonly readings: readonly FileReading[];
  /** What is wrong with it; empty where nothing is. */
  readonly faults: readonly string[];
}

/** The answer to these bytes, whatever they are. */
export async function answerTo({ name, choices }: Seed, bytes: Uint8Array): Promise<Answer> {
  const started = performance.now();
  try {
    const readings = await readingsOf(name, bytes, choices);
    const took = performance.now() - started;
    const slow = took > MOST_MS ? [`took ${Math.round(took)} ms`] : [];
    return {
      readings,
      faults: [...slow, ...readings.flatMap((reading) => [...countFaults(reading), ...placeFaults(reading, bytes)])],
    };
  } catch (error) {
    return {
      readings: [],
      faults: [`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
    };
  }
}

function countFaults({ source, unreadable, questions }: FileReading): string[] {
  const { report, batch, statement, adjustments } = source;
  const { read, stored, duplicate, rejected, superseded } = report.rows;
  const faults: string[] = [];
  const must = (holds: boolean, says: string): void => {
    if (!holds) faults.push(`${report.format}: ${says} ${JSON.stringify(report.rows)}`);
  };
  // a grown copy takes the place of the row before it
  const replaced = read - stored - adjustments.length - duplicate - rejected;
  must(replaced >= 0 && replaced <= superseded, 'rows that were read have no fate');
  must(rejected === 0 || report.problemCount > 0, 'rows were rejected without a problem');
  must(!unreadable || report.problemCount > 0, 'an unreadable file has no problem');
  must(batch.count === stored || statement !== null, 'the stored rows are not those of the batch');
  const said = statement === null ? 0 : statement.lines.length + statement.balances.length + statement.grants.length;
  must(statement === null || said === stored, 'the stored rows are not those of the statement');
  // the time of a balance can be written; everything else is chosen
  const offers = questions.every(({ choice, options }) => choice === 'statedAt' || options.length > 1);
  must(superseded >= 0 && offers, 'a question without a choice');
  for (const { at, on } of statement?.balances ?? [])
    must((at === null) !== (on === null) && (at === null || Number.isSafeInteger(at)), 'a balance has no time');
  let sum = 0n;
  for (let row = 0; row < batch.count; row++) {
    const at = batch.at[row] ?? Number.NaN;
    must(Number.isSafeInteger(at), `row ${row} has no instant`);
    sum += decimalAt(batch.cost, row) ?? 0n;
  }
  const [total] = Object.values(report.totals);
  if (statement === null && total !== undefined && batch.count > 0)
    must(total === formatAtoms(sum), `the total ${total} is not the sum of the rows, ${formatAtoms(sum)}`);
  if (statement?.tie?.holds === true) {
    const { opening, movements, closing } = statement.tie;
    must(opening + movements === closing, 'it ties and does not');
  }
  return faults;
}

/** Formats of usage that state a row's cost on its own line, as it is stored. */
const PLAIN_COSTS: ReadonlySet<string> = new Set([
  ...['csv', 'ndjson', 'litellm', 'openai-cost', 'openrouter-log', 'openrouter-daily'],
  ...['anthropic-console-cost', 'deepseek-cost'],
]);

/** Problems and rows are where the report says they are, and what a row costs stands there. */
function placeFaults(reading: FileReading, bytes: Uint8Array): string[] {
  const { report, statement } = reading.source;
  const faults: string[] = [];
  // of what was unpacked, and of a PDF, the lines are not those of these bytes
  const plain =
    report.size === bytes.length && report.encoding !== null && !/^(Unpacked|Sheet|Read from)/.test(report.why);
  const lines = plain ? linesOf(bytes) : null;
  for (const { line, column, message } of report.problems) {
    if (message === '') faults.push('a problem without a message');
    if (line === null || lines === null) continue;
    const text = lines[line - 1];
    if (text === undefined) faults.push(`a problem on line ${line} of ${lines.length}: ${message}`);
    else if (column !== null && (column < 1 || column > text.length + 1))
      faults.push(`a problem at column ${column} of ${text.length}, line ${line}: ${message}`);
  }
  const hasPlainCosts = PLAIN_COSTS.has(report.format) && report.rows.rounded === 0;
  for (const { line, cost } of storedRows(reading)) {
    const text = lines?.[line - 1];
    if (lines !== null && text === undefined) faults.push(`a row on line ${line} of ${lines.length}`);
    if (
      statement === null &&
      hasPlainCosts &&
      text !== undefined &&
      cost !== null &&
      isWhole(text) &&
      !states(text, cost)
    )
      faults.push(`${report.format}: the row of line ${line} costs ${formatAtoms(cost)}, which is not in ${text}`);
  }
  for (const { line, amount, raw } of statement?.lines ?? [])
    if (!states(raw, amount))
      faults.push(`${report.format}: the line at ${line} is of ${formatAtoms(amount)}, which is not in ${raw}`);
  // a difference of two figures, which need not stand in the text
  const sums = report.format === 'openrouter-credits';
  for (const { line, amount, raw } of statement?.balances ?? []) {
    if (lines !== null && lines[line - 1] === undefined) faults.push(`a balance on line ${line} of ${lines.length}`);
    if (!sums && isWhole(raw) && !/[eE][+-]?\d|\d{13}/.test(raw) && !states(raw, amount))
      faults.push(`${report.format}: the balance at ${line} is ${formatAtoms(amount)}, which is not in ${raw}`);
  }
  return faults;
}

function linesOf(bytes: Uint8Array): readonly string[] {
  const { encoding, mark } = encodingOf(bytes);
  const body = bytes.subarray(mark);
  const text = encoding === 'utf-8' ? textOf(body) : decodeUtf16(body, encoding);
  return text.split(/\r\n|\r|\n/);
}

/** A record may go on in the next line, within quotes. */
function isWhole(line: string): boolean {
  return line.split('"').length % 2 === 1;
}

/** Whether the digits of an amount stand in a text, whatever its decimal mark and however it groups them. */
function states(text: string, amount: bigint): boolean {
  const digits = String(amount < 0n ? -amount : amount).replace(/0+$/, '');
  return text.replace(/[^\d\p{L}<>:;|"/]+/gu, '').includes(digits === '' ? '0' : digits);
}
