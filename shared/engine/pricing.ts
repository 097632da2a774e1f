/**
 * Prices usage rows by a dated price list: cost = sum over the row's meters of quantity x price / per, exactly, rounded
 * half-even to an atom once (scenario format, "rates").
 */
import { ATOMS_PER_UNIT, divideRounded, type Atoms } from '../domain/money.ts';
import type { RateEntry, Rates } from '../domain/scenario.ts';
import { formatInstant, type Instant } from '../domain/time.ts';
import { ABSENT, PICO, type DecimalColumn, type UsageBatch } from '../domain/usage.ts';

/** A row that cannot be priced, and what would be right. */
export interface PricingProblem {
  readonly row: number;
  readonly message: string;
}

/** Costs of a batch, one per row; rows that state a cost keep it, the others are priced. */
export interface PricedBatch {
  readonly cost: DecimalColumn;
  /** The first of them. */
  readonly problems: readonly PricingProblem[];
  /** How many there are in all. */
  readonly unpriced: number;
}

/** A log without any price has as many problems as rows: the first of them say enough. */
const LISTED_PROBLEMS = 1_000;

/** The entry in force at an instant: the latest `from` that is not after it. */
export function rateAt(entries: readonly RateEntry[], at: Instant): RateEntry | null {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]!.from <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : entries[low - 1]!;
}

/** Exact cost of quantities at one entry's prices, or the meter that has no price. */
export function priceMeters(
  entry: RateEntry,
  meters: Iterable<readonly [string, Atoms]>,
): { cost: Atoms } | { unpriced: string } {
  let sum = 0n;
  for (const [meter, quantity] of meters) {
    const price = Object.hasOwn(entry.prices, meter) ? entry.prices[meter] : undefined;
    if (price === undefined) return { unpriced: meter };
    sum += quantity * price;
  }
  // quantity and price carry 10^-12 each, per carries one of them: what is left is atoms
  return { cost: divideRounded(sum, entry.per, 'half_even') };
}

/** Prices the rows of a batch that state no cost. */
export function priceBatch(batch: UsageBatch, rates: Rates): PricedBatch {
  if (!batch.cost.whole.includes(ABSENT)) return { cost: batch.cost, problems: [], unpriced: 0 };
  const whole = batch.cost.whole.slice();
  const pico = batch.cost.pico?.slice() ?? new Float64Array(batch.count);
  const problems: PricingProblem[] = [];
  let unpriced = 0;
  const leaveUnpriced = (row: number, message: () => string): void => {
    whole[row] = 0;
    if (unpriced++ < LISTED_PROBLEMS) problems.push({ row, message: message() });
  };
  const columns = [...batch.meters];
  const lists = batch.sku.names.map((name) => rates.get(name) ?? null);
  const quick = new Map<RateEntry, readonly (number | null)[]>();
  for (let row = 0; row < batch.count; row++) {
    if (whole[row] !== ABSENT) continue;
    const at = batch.at[row]!;
    const list = lists[batch.sku.codes[row]!] ?? null;
    const entry = list === null ? null : rateAt(list, at);
    const sku = batch.sku.names[batch.sku.codes[row]!] ?? '';
    if (entry === null) {
      leaveUnpriced(row, () => unpricedSku(sku, list, at));
      continue;
    }
    let units = quick.get(entry);
    if (units === undefined) quick.set(entry, (units = columns.map(([meter]) => atomsPerUnit(entry, meter))));
    const fast = quickCost(columns, units, row);
    if (fast >= 0) {
      const wholeUnits = Math.floor(fast / PICO);
      whole[row] = wholeUnits;
      pico[row] = fast - wholeUnits * PICO;
      continue;
    }
    const exact = priceMeters(entry, presentMeters(columns, row));
    if ('unpriced' in exact) {
      const { unpriced: meter } = exact;
      leaveUnpriced(
        row,
        () => `no price for meter ${meter} of ${sku}; add it to rates.${sku} from ${formatInstant(entry.from)}`,
      );
      continue;
    }
    whole[row] = Number(exact.cost / ATOMS_PER_UNIT);
    pico[row] = Number(exact.cost % ATOMS_PER_UNIT);
  }
  return { cost: { whole, pico }, problems, unpriced };
}

function* presentMeters(
  columns: readonly (readonly [string, DecimalColumn])[],
  row: number,
): Generator<[string, Atoms]> {
  for (const [meter, column] of columns) {
    const whole = column.whole[row]!;
    if (whole !== ABSENT) yield [meter, BigInt(whole) * ATOMS_PER_UNIT + BigInt(column.pico?.[row] ?? 0)];
  }
}

/** Atoms that one unit of a meter costs, where that is a whole number a double holds; else null. */
function atomsPerUnit(entry: RateEntry, meter: string): number | null {
  const price = Object.hasOwn(entry.prices, meter) ? entry.prices[meter]! : null;
  if (price === null) return null;
  const scaled = price * ATOMS_PER_UNIT;
  const atoms = scaled / entry.per;
  return scaled % entry.per === 0n && atoms <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(atoms) : null;
}

/** The row's cost in atoms where every product and the sum are exact in doubles; -1 where they may not be. */
function quickCost(
  columns: readonly (readonly [string, DecimalColumn])[],
  units: readonly (number | null)[],
  row: number,
): number {
  let sum = 0;
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c]![1];
    const quantity = column.whole[row]!;
    if (quantity === ABSENT) continue;
    const unit = units[c] ?? null;
    const fraction = column.pico === null ? 0 : column.pico[row]!;
    if (unit === null || fraction !== 0) return -1;
    sum += quantity * unit;
    if (sum > Number.MAX_SAFE_INTEGER) return -1;
  }
  return sum;
}

function unpricedSku(sku: string, list: readonly RateEntry[] | null, at: Instant): string {
  return list === null
    ? `no price list for ${sku}, and the row states no cost; add rates.${sku}`
    : `no price for ${sku} at ${formatInstant(at)}; its first entry starts ${formatInstant(list[0]!.from)}`;
}
