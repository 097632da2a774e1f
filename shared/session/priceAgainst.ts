/**
 * A vendor's usage file against its cost file: tokens are priced by model and day and compared with the costs that are
 * stated for the same. What only one of the two knows is a class of its own: storage and searches are costs without
 * usage, complimentary tokens are usage at a cost of zero.
 */
import type { Atoms } from '../domain/money.ts';
import type { PriceList } from '../domain/priceList.ts';
import { lineOf, WEB_SEARCH } from '../domain/priceSku.ts';
import { DAY_MS } from '../domain/time.ts';
import { ABSENT, type UsageBatch } from '../domain/usage.ts';
import { ExactSums } from './exactSums.ts';
import {
  absolute,
  compare,
  listIn,
  MAX_LISTED,
  notesOf,
  sumOf,
  unpricedOf,
  verdictOf,
  type PriceCheck,
  type PriceCheckOptions,
  type Verdict,
} from './priceCheck.ts';
import { dayText, decimalsOf, ratioText, toleranceOf } from './priceFigures.ts';
import { hintFor, type PriceHint } from './priceHints.ts';
import { costAt, sumBatch, type Segment } from './priceSums.ts';

/** `unpriced`: part of the usage has no price, so that the two cannot be compared. */
export type LineVerdict = Verdict | 'complimentary' | 'unpriced' | 'cost_only' | 'usage_only';

export interface LineDifference {
  /** The model without its release date, or what else is sold. */
  readonly line: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly usageRows: number;
  readonly costRows: number;
  readonly stated: Atoms;
  readonly priced: Atoms;
  /** Stated less priced. */
  readonly difference: Atoms;
  /** Stated over priced, at most six digits after the point; null where the price is zero. */
  readonly ratio: string | null;
  readonly tolerance: Atoms;
  /** Price of the quantities that the cost file states at a cost of zero. */
  readonly complimentary: Atoms;
  readonly verdict: LineVerdict;
  readonly hint: PriceHint | null;
}

export interface PricedAgainst {
  /** Days that both files cover, first and last; null where there is none. */
  readonly days: { readonly from: string; readonly to: string } | null;
  /** Rows of other days, which are not compared. */
  readonly outside: { readonly usageRows: number; readonly costRows: number };
  /** Rows that are compared. */
  readonly inside: { readonly usageRows: number; readonly costRows: number };
  readonly lines: number;
  readonly verdicts: Readonly<Record<LineVerdict, number>>;
  readonly stated: Atoms;
  readonly priced: Atoms;
  readonly disagreements: PriceCheck['disagreements'];
  readonly rounding: Atoms;
  readonly complimentary: PriceCheck['complimentary'];
  readonly unpriced: PriceCheck['unpriced'];
  /** Lines that are not equal: disagreements first, then by the absolute difference; the first of them. */
  readonly byModelDay: readonly LineDifference[];
  readonly notes: readonly string[];
}

interface Line {
  readonly line: string;
  readonly day: number;
  usageRows: number;
  unpricedRows: number;
  costRows: number;
  stated: Atoms;
  tolerance: Atoms;
  free: Atoms;
  readonly parts: { readonly segment: Segment; readonly takes: (meter: string) => boolean }[];
}

const SEARCHES = 'web_search_requests';

/** Prices the usage and compares it with the costs, by model and day. */
export function priceAgainst(
  usage: readonly UsageBatch[],
  costs: readonly UsageBatch[],
  list: PriceList,
  options: PriceCheckOptions,
): PricedAgainst {
  const prices = listIn(list, options.currency);
  const lines = new LineTable();
  const sums = usage.map((batch) => sumBatch(batch, prices, { zone: options.zone, stated: false, decimals: 12 }));
  for (const { segments, unpricedDays } of sums) {
    for (const segment of segments) addUsage(lines, segment);
    for (const { sku, day, rows } of unpricedDays) {
      const line = lines.of(lineOf(sku), day);
      line.unpricedRows += rows;
      line.usageRows += rows;
    }
  }
  for (const batch of costs) addCosts(lines, batch, prices, options);
  const all = [...lines.values()];
  const days = commonDays(all);
  const isInside = ({ day }: Line): boolean => days !== null && day >= days.from && day <= days.to;
  const inside = all.filter(isInside);
  const outside = all.filter((line) => !isInside(line));
  const found = inside.map(differenceOf);
  const verdicts = { equal: 0, rounding: 0, differs: 0, complimentary: 0, unpriced: 0, cost_only: 0, usage_only: 0 };
  for (const { verdict } of found) verdicts[verdict]++;
  return {
    days: days === null ? null : { from: dayText(days.from * DAY_MS), to: dayText(days.to * DAY_MS) },
    outside: rowsOf(outside),
    inside: rowsOf(inside),
    lines: found.length,
    verdicts,
    stated: found.reduce((sum, { stated }) => sum + stated, 0n),
    priced: found.reduce((sum, { priced }) => sum + priced, 0n),
    disagreements: disagreementsOf(found),
    rounding: sumOf(found, 'rounding'),
    complimentary: complimentaryOf(found),
    unpriced: unpricedOf(sums),
    byModelDay: listed(found),
    notes: notesOf(sums),
  };
}

function rowsOf(lines: readonly Line[]): { usageRows: number; costRows: number } {
  return {
    usageRows: lines.reduce((sum, { usageRows }) => sum + usageRows, 0),
    costRows: lines.reduce((sum, { costRows }) => sum + costRows, 0),
  };
}

function disagreementsOf(found: readonly LineDifference[]): PriceCheck['disagreements'] {
  const differing = found.filter(({ verdict }) => verdict === 'differs');
  return {
    rows: differing.reduce((sum, { usageRows }) => sum + usageRows, 0),
    stated: differing.reduce((sum, { stated }) => sum + stated, 0n),
    priced: differing.reduce((sum, { priced }) => sum + priced, 0n),
  };
}

function complimentaryOf(found: readonly LineDifference[]): PriceCheck['complimentary'] {
  const free = found.filter(({ complimentary }) => complimentary > 0n);
  return {
    rows: free.reduce((sum, { costRows }) => sum + costRows, 0),
    priced: free.reduce((sum, { complimentary }) => sum + complimentary, 0n),
  };
}

class LineTable {
  readonly #lines = new Map<string, Line>();

  of(line: string, day: number): Line {
    const key = `${day} ${line}`;
    let found = this.#lines.get(key);
    if (found === undefined) {
      const none = { usageRows: 0, unpricedRows: 0, costRows: 0, stated: 0n, tolerance: 0n, free: 0n };
      this.#lines.set(key, (found = { line, day, ...none, parts: [] }));
    }
    return found;
  }

  values(): Iterable<Line> {
    return this.#lines.values();
  }
}

/** A row of a model may hold searches, which cost files state by themselves. */
function addUsage(lines: LineTable, segment: Segment): void {
  const own = lines.of(lineOf(segment.pricing.sku), segment.day);
  own.usageRows += segment.rows;
  own.parts.push({ segment, takes: (meter) => meter !== SEARCHES });
  const takes = (meter: string): boolean => meter === SEARCHES;
  if ((costAt(segment, segment.entry, takes) ?? 0n) === 0n) return;
  const searches = lines.of(WEB_SEARCH, segment.day);
  searches.usageRows += segment.rows;
  searches.parts.push({ segment, takes });
}

function addCosts(lines: LineTable, batch: UsageBatch, prices: PriceList, options: PriceCheckOptions): void {
  const { zone } = options;
  const decimals = options.decimals?.(batch) ?? decimalsOf(batch.cost);
  const bySku = batch.sku.names.map(() => new Map<number, { rows: number; sums: ExactSums }>());
  for (let row = 0; row < batch.count; row++) {
    const whole = batch.cost.whole[row] ?? ABSENT;
    const byDay = bySku[batch.sku.codes[row] ?? 0];
    if (whole === ABSENT || byDay === undefined) continue;
    const at = batch.at[row] ?? 0;
    const day = Math.floor((at + zone.offsetAt(at)) / DAY_MS);
    let found = byDay.get(day);
    if (found === undefined) byDay.set(day, (found = { rows: 0, sums: new ExactSums(1) }));
    found.rows++;
    found.sums.add(0, whole, batch.cost.pico?.[row] ?? 0);
  }
  for (const [code, byDay] of bySku.entries()) {
    for (const [day, { rows, sums }] of byDay) {
      const line = lines.of(lineOf(batch.sku.names[code] ?? ''), day);
      line.costRows += rows;
      line.stated += sums.at(0);
      line.tolerance += toleranceOf(rows, decimals);
    }
  }
  for (const segment of sumBatch(batch, prices, { zone, stated: true, decimals }).segments)
    if (segment.isFree) lines.of(lineOf(segment.pricing.sku), segment.day).free += costAt(segment) ?? 0n;
}

function commonDays(lines: readonly Line[]): { from: number; to: number } | null {
  const span = (days: readonly number[]): [number, number] => [
    days.reduce((least, day) => Math.min(least, day), Infinity),
    days.reduce((most, day) => Math.max(most, day), -Infinity),
  ];
  const [usageFrom, usageTo] = span(lines.filter(({ usageRows }) => usageRows > 0).map(({ day }) => day));
  const [costFrom, costTo] = span(lines.filter(({ costRows }) => costRows > 0).map(({ day }) => day));
  const from = Math.max(usageFrom, costFrom);
  const to = Math.min(usageTo, costTo);
  return from <= to ? { from, to } : null;
}

function differenceOf(line: Line): LineDifference {
  const { stated, parts, costRows, usageRows } = line;
  const priced = parts.reduce((sum, { segment, takes }) => sum + (costAt(segment, segment.entry, takes) ?? 0n), 0n);
  // each part's price is rounded once, to an atom
  const least = BigInt(parts.length);
  const tolerance = line.tolerance > least ? line.tolerance : least;
  const verdict = lineVerdict(line, stated - priced, tolerance);
  return {
    line: line.line,
    day: dayText(line.day * DAY_MS),
    ...{ usageRows, costRows, stated, priced, difference: stated - priced },
    ...{ ratio: ratioText(stated, priced), tolerance, complimentary: line.free, verdict },
    hint: verdict === 'differs' ? hintOf(line, tolerance) : null,
  };
}

function lineVerdict(line: Line, difference: Atoms, tolerance: Atoms): LineVerdict {
  if (line.unpricedRows > 0) return 'unpriced';
  if (line.usageRows === 0) return 'cost_only';
  if (line.costRows === 0) return 'usage_only';
  const verdict = verdictOf(difference, tolerance);
  const isFree = verdict === 'differs' && line.free > 0n && absolute(difference + line.free) <= tolerance;
  return isFree ? 'complimentary' : verdict;
}

function hintOf({ line, parts, stated, free }: Line, tolerance: Atoms): PriceHint | null {
  const takes = (meter: string): boolean => (meter === SEARCHES) === (line === WEB_SEARCH);
  const segments = parts.map(({ segment }) => segment);
  return hintFor(segments, stated + free, tolerance, takes);
}

const ORDER: readonly LineVerdict[] = ['differs', 'unpriced', 'usage_only', 'cost_only', 'complimentary', 'rounding'];

function listed(found: readonly LineDifference[]): LineDifference[] {
  return found
    .filter(({ verdict }) => verdict !== 'equal')
    .sort(
      (one, other) =>
        ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict) ||
        compare(absolute(other.difference), absolute(one.difference)) ||
        compare(one.day, other.day) ||
        compare(one.line, other.line),
    )
    .slice(0, MAX_LISTED);
}
