/** Reads any bytes through the door that the app uses, and says what no answer may be. */
import { formatAtoms } from '../../shared/domain/money.ts';
import { decimalAt } from '../../shared/domain/usage.ts';
import { Staging } from '../../shared/session/staging.ts';
import type { FileReading } from '../../shared/session/reading.ts';
import { context, surroundings } from '../surroundings.ts';

/** Longest that one small file may take; a hang shows as this. */
const MOST_MS = 5_000;

export async function readingsOf(name: string, bytes: Uint8Array): Promise<readonly FileReading[]> {
  const staging = new Staging(surroundings);
  const taker = { sources: [], currency: null };
  await staging.add([{ name, content: bytes }], {}, {}, taker, context);
  await staging.previews(taker, context);
  return staging.settle(staging.ids, taker, context);
}

/** What is wrong with the answer to these bytes; empty where nothing is. */
export async function violations(name: string, bytes: Uint8Array): Promise<readonly string[]> {
  const started = performance.now();
  let readings: readonly FileReading[];
  try {
    readings = await readingsOf(name, bytes);
  } catch (error) {
    return [`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
  const took = performance.now() - started;
  return [...(took > MOST_MS ? [`took ${Math.round(took)} ms`] : []), ...readings.flatMap(faultsOf)];
}

function faultsOf({ source, unreadable, questions }: FileReading): string[] {
  const { report, batch, statement, adjustments } = source;
  const { read, stored, duplicate, rejected, superseded } = report.rows;
  const faults: string[] = [];
  const must = (holds: boolean, says: string): void => {
    if (!holds) faults.push(`${report.format}: ${says} ${JSON.stringify(report.rows)}`);
  };
  must(read === stored + adjustments.length + duplicate + rejected, 'rows that were read have no fate');
  must(rejected === 0 || report.problemCount > 0, 'rows were rejected without a problem');
  must(!unreadable || report.problemCount > 0, 'an unreadable file has no problem');
  must(batch.count === stored || statement !== null, 'the stored rows are not those of the batch');
  must(statement === null || statement.lines.length === stored, 'the stored lines are not those of the statement');
  must(superseded >= 0 && questions.every(({ options }) => options.length > 1), 'a question without a choice');
  for (const { message, line } of report.problems) must(message !== '' && (line === null || line >= 1), 'no place');
  let sum = 0n;
  for (let row = 0; row < batch.count; row++) {
    const at = batch.at[row] ?? Number.NaN;
    must(Number.isSafeInteger(at), `row ${row} has no instant`);
    sum += decimalAt(batch.cost, row) ?? 0n;
  }
  for (const { amount } of adjustments) sum -= amount;
  const [total] = Object.values(report.totals);
  if (statement === null && total !== undefined && batch.count > 0)
    must(total === formatAtoms(sum), `the total ${total} is not the sum of the rows, ${formatAtoms(sum)}`);
  if (statement?.tie?.holds === true) {
    const { opening, movements, closing } = statement.tie;
    must(opening + movements === closing, 'it ties and does not');
  }
  return faults;
}
