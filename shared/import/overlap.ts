/**
 * Rows without ids that are in earlier files already. Two files overlap where they say the same of one time: of `n` equal
 * rows of the new file and `m` of the earlier ones, `n - m` are new. So equal rows of one file stay several rows, and
 * a file that is read again brings nothing.
 *
 * Buckets may be restated: an export that was taken during the day has a part of what a later one has for the same
 * bucket, SKU, project and key. The grown row takes the earlier one's place. Rows of two projects may look alike, so this
 * is believed of a pair of files only where nothing speaks against it (`Restatement`).
 */
import { parseAmount, type Atoms } from '../domain/money.ts';
import { DAY_MS } from '../domain/time.ts';
import { ABSENT, pickedRows, type RestatedRow, type UsageAdjustment, type UsageBatch } from '../domain/usage.ts';
import { SHOWN_LEFT_OUT, leftOutOfBatch, type LeftOutRow } from './leftOutRows.ts';
import { RowTable, SharedNames, type Growth, type Side } from './rowTable.ts';
import { CostSum, complimentaryRows } from './usageBuilder.ts';
import { storedFigures, totalOf, type UsageReading } from './usageReading.ts';

export interface Fresh {
  /** The rows that are new, in their order. */
  readonly batch: UsageBatch;
  /** Rows that earlier files have. */
  readonly duplicate: number;
  /** What those rows cost. */
  readonly repeated: Atoms;
  /** The first of those rows. */
  readonly leftOut: readonly LeftOutRow[];
  /** Rows of earlier batches of which new rows are grown copies: index of the batch, row in it. */
  readonly restated: readonly { readonly index: number; readonly row: number }[];
}

/** What of a batch is new, where `stored` is all that earlier files brought. */
export function withoutOverlap(batch: UsageBatch, stored: readonly UsageBatch[]): Fresh {
  const span = spanOf(batch);
  const near = stored.map((other, index) => ({ other, index })).filter(({ other }) => rowsWithin(other, span) > 0);
  if (near.length === 0) return { batch, duplicate: 0, repeated: 0n, leftOut: [], restated: [] };
  const names = new SharedNames([batch, ...near.map(({ other }) => other)]);
  const sides = near.map(({ other }) => names.side(other));
  const side = names.side(batch);
  const left = new Uint8Array(batch.count);
  leaveOutEqual(names, side, sides, span, left);
  const restated: { index: number; row: number }[] = [];
  for (const [place, { index }] of near.entries()) {
    const earlier = sides[place];
    if (earlier === undefined || batch.until === null || earlier.batch.until === null) continue;
    const rows = new Restatement(names, side, earlier).settle(left);
    for (const row of rows) restated.push({ index, row });
  }
  return { ...freshRows(batch, left), restated };
}

/** What an earlier file brought. */
export interface EarlierSource {
  readonly textSha256: string;
  readonly batch: UsageBatch;
  readonly adjustments: readonly UsageAdjustment[];
}

/** A reading without what earlier sources have, its report too. */
export function readingWithoutOverlap<R extends UsageReading>(
  reading: R,
  stored: readonly EarlierSource[],
): R & { readonly restated: readonly RestatedRow[] } {
  const fresh = withoutOverlap(
    reading.batch,
    stored.map(({ batch }) => batch),
  );
  const known = stored.flatMap(({ adjustments }) => adjustments);
  const { adjustments, repeated } = adjustmentsNotIn(reading.adjustments, known);
  const again = reading.adjustments.length - adjustments.length;
  const restated = fresh.restated.flatMap(({ index, row }) => {
    const source = stored[index]?.textSha256;
    return source === undefined ? [] : [{ source, row }];
  });
  if (fresh.duplicate + again + restated.length === 0) return { ...reading, restated };
  const { report } = reading;
  const currency = Object.keys(report.totals)[0] ?? Object.keys(report.repeated)[0] ?? 'USD';
  const sum = fresh.repeated + repeated + atomsOf(report.repeated[currency]);
  const rows = {
    ...report.rows,
    stored: fresh.batch.count,
    duplicate: report.rows.duplicate + fresh.duplicate + again,
    adjustments: adjustments.length,
    complimentary: Math.max(
      0,
      report.rows.complimentary - complimentaryRows(reading.batch) + complimentaryRows(fresh.batch),
    ),
    superseded: report.rows.superseded + restated.length,
  };
  const figures = storedFigures(fresh.batch, adjustments, currency);
  const amended = { ...report, ...figures, rows, repeated: sum === 0n ? report.repeated : totalOf(currency, sum) };
  const leftOut = [...reading.leftOut, ...fresh.leftOut].slice(0, SHOWN_LEFT_OUT);
  return { ...reading, batch: fresh.batch, adjustments, leftOut, report: amended, restated };
}

/** First and last instant of the rows that have no id. */
interface Span {
  readonly from: number;
  readonly to: number;
}

function spanOf(batch: UsageBatch): Span {
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < batch.count; row++) {
    if (hasId(batch, row)) continue;
    const at = batch.at[row] ?? 0;
    if (at < from) from = at;
    if (at > to) to = at;
  }
  return { from, to };
}

function hasId({ ids }: UsageBatch, row: number): boolean {
  return ids !== null && (ids.ends[row] ?? 0) > (row === 0 ? 0 : (ids.ends[row - 1] ?? 0));
}

function isWithin(batch: UsageBatch, row: number, { from, to }: Span): boolean {
  const at = batch.at[row] ?? 0;
  return at >= from && at <= to && !hasId(batch, row);
}

function rowsWithin(batch: UsageBatch, span: Span): number {
  let rows = 0;
  if (span.from <= span.to) for (let row = 0; row < batch.count; row++) if (isWithin(batch, row, span)) rows++;
  return rows;
}

/** Marks the rows of which there is an equal one for each. */
function leaveOutEqual(names: SharedNames, side: Side, sides: readonly Side[], span: Span, left: Uint8Array): void {
  const capacity = sides.reduce((sum, { batch }) => sum + rowsWithin(batch, span), 0);
  const table = new RowTable(names, sides, 'equal', capacity);
  for (const [index, { batch }] of sides.entries()) {
    for (let row = 0; row < batch.count; row++) if (isWithin(batch, row, span)) table.add(index, row);
  }
  for (let row = 0; row < side.batch.count; row++) {
    if (hasId(side.batch, row)) continue;
    const entry = table.find(side, row);
    const remaining = entry < 0 ? 0 : (table.counts[entry] ?? 0);
    if (remaining === 0) continue;
    table.counts[entry] = remaining - 1;
    left[row] = 1;
  }
}

/** Buckets this long before an export's end may still grow. */
const STILL_GROWING = 3 * DAY_MS;

/** Buckets that must have grown, where nothing else shows that two files are of one export. */
const ENOUGH = 3;

/**
 * One file against one earlier file: which buckets of the earlier one the new one restates, or the other way round. It
 * does where every bucket that both have once is equal or has changed in one direction, none is missing, the changed ones
 * are at the end of the file that has less, and something shows that they are of one export: equal buckets, names of
 * projects or keys, or three changed ones.
 */
class Restatement {
  readonly #names: SharedNames;
  readonly #now: Side;
  readonly #earlier: Side;
  readonly #changed: { readonly now: number; readonly earlier: number; readonly growth: Growth }[] = [];
  #equal = 0;
  #named = false;

  constructor(names: SharedNames, now: Side, earlier: Side) {
    this.#names = names;
    this.#now = now;
    this.#earlier = earlier;
  }

  /** Marks new rows that are older copies; returns earlier rows of which new ones are grown copies. */
  settle(left: Uint8Array): number[] {
    const nowBuckets = bucketsOf(this.#names, this.#now);
    const earlierBuckets = bucketsOf(this.#names, this.#earlier);
    this.#compare(nowBuckets, earlierBuckets);
    const [grown, shrunk] = (['grown', 'shrunk'] as const).map((growth) =>
      this.#changed.filter((pair) => pair.growth === growth),
    );
    if (grown === undefined || shrunk === undefined || this.#changed.length > grown.length + shrunk.length) return [];
    if (grown.length > 0 && shrunk.length > 0) return [];
    if (this.#equal === 0 && !this.#named && this.#changed.length < ENOUGH) return [];
    const [less, more] = grown.length > 0 ? [this.#earlier, this.#now] : [this.#now, this.#earlier];
    const rows = this.#changed.map((pair) => (grown.length > 0 ? pair.earlier : pair.now));
    if (!isAtEnd(less.batch, rows)) return [];
    if (lacksBuckets(less, grown.length > 0 ? nowBuckets : earlierBuckets, more)) return [];
    for (const { now } of shrunk) left[now] = 1;
    return grown.filter(({ now }) => left[now] === 0).map(({ earlier }) => earlier);
  }

  #compare(nowBuckets: RowTable, earlierBuckets: RowTable): void {
    for (let entry = 0; entry < nowBuckets.size; entry++) {
      const now = nowBuckets.rowOf(entry);
      const other = earlierBuckets.find(this.#now, now);
      if (other < 0 || nowBuckets.counts[entry] !== 1 || earlierBuckets.counts[other] !== 1) continue;
      const earlier = earlierBuckets.rowOf(other);
      const growth = this.#names.growth(this.#now, now, this.#earlier, earlier);
      if (growth === 'equal') this.#equal++;
      else this.#changed.push({ now, earlier, growth });
      this.#named ||= isNamed(this.#now.batch, now);
    }
  }
}

function bucketsOf(names: SharedNames, side: Side): RowTable {
  const { batch } = side;
  const table = new RowTable(names, [side], 'bucket', batch.count);
  for (let row = 0; row < batch.count; row++) if (isBucket(batch, row)) table.add(0, row);
  return table;
}

function isBucket(batch: UsageBatch, row: number): boolean {
  return (batch.until?.[row] ?? 0) > 0 && !hasId(batch, row);
}

function isNamed({ project, key }: UsageBatch, row: number): boolean {
  const projectName = project?.names[project.codes[row] ?? 0] ?? '';
  return projectName !== '' || (key?.names[key.codes[row] ?? 0] ?? '') !== '';
}

function isAtEnd(batch: UsageBatch, rows: readonly number[]): boolean {
  let end = -Infinity;
  for (const until of batch.until ?? []) if (until > end) end = until;
  return rows.every((row) => (batch.until?.[row] ?? 0) > end - STILL_GROWING);
}

/** Whether buckets of the file that has less are missing in the other, within the time of both. */
function lacksBuckets(less: Side, moreBuckets: RowTable, more: Side): boolean {
  const span = spanOf(more.batch);
  for (let row = 0; row < less.batch.count; row++) {
    if (isBucket(less.batch, row) && isWithin(less.batch, row, span) && moreBuckets.find(less, row) < 0) return true;
  }
  return false;
}

function freshRows(batch: UsageBatch, left: Uint8Array): Omit<Fresh, 'restated'> {
  const kept: number[] = [];
  const leftOut: LeftOutRow[] = [];
  const repeated = new CostSum();
  for (let row = 0; row < batch.count; row++) {
    if (left[row] === 0) {
      kept.push(row);
      continue;
    }
    if (leftOut.length < SHOWN_LEFT_OUT) leftOut.push(leftOutOfBatch(batch, row));
    const whole = batch.cost.whole[row] ?? ABSENT;
    if (whole !== ABSENT) repeated.add(whole, batch.cost.pico?.[row] ?? 0);
  }
  const duplicate = batch.count - kept.length;
  return { batch: duplicate === 0 ? batch : pickedRows(batch, kept), duplicate, repeated: repeated.atoms, leftOut };
}

/** Corrections without ids that earlier files do not have, each as often as it is more often in the new one. */
function adjustmentsNotIn(
  adjustments: readonly UsageAdjustment[],
  known: readonly UsageAdjustment[],
): { readonly adjustments: readonly UsageAdjustment[]; readonly repeated: Atoms } {
  const counts = new Map<string, number>();
  const keyOf = ({ at, amount }: UsageAdjustment): string => `${at} ${amount}`;
  if (adjustments.length > 0) {
    for (const adjustment of known) {
      const key = keyOf(adjustment);
      if (adjustment.id === null) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  let repeated = 0n;
  const fresh = adjustments.filter((adjustment) => {
    const key = keyOf(adjustment);
    const remaining = adjustment.id === null ? (counts.get(key) ?? 0) : 0;
    if (remaining === 0) return true;
    counts.set(key, remaining - 1);
    repeated -= adjustment.amount;
    return false;
  });
  return { adjustments: fresh.length === adjustments.length ? adjustments : fresh, repeated };
}

function atomsOf(text: string | undefined): Atoms {
  const atoms = text === undefined ? 0n : parseAmount(text);
  return typeof atoms === 'bigint' ? atoms : 0n;
}
