/** Generated usage: rows that are the same on every machine for the same parameters and seed. */
import type { Atoms } from '../domain/money.ts';
import type { GeneratedUsage } from '../domain/scenario.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../domain/time.ts';
import { exponentialOf, Random } from './random.ts';

/** Most rows that one source may make. */
export const MAX_GENERATED_ROWS = 20_000_000;
/** Generated costs are whole multiples of this: 10^-8 of the currency's unit, in atoms. */
export const COST_STEP: Atoms = 10_000n;

/** One generated row; the cost is never negative. */
export interface GeneratedRow {
  readonly at: Instant;
  readonly sku: string;
  readonly cost: Atoms;
}

/** Share of each hour (UTC) in percent of the mean; the mean is 100. */
const HOURS = [
  30, 24, 20, 20, 24, 34, 54, 86, 124, 156, 172, 176, 168, 172, 178, 174, 164, 150, 132, 116, 94, 68, 40, 24,
] as const;
/** Share of each day from Thursday, the weekday of the epoch, in percent of the mean; the mean is 100. */
const WEEKDAYS = [120, 120, 50, 50, 120, 120, 120] as const;

/** How many rows a source makes on the average. */
export function expectedRows(generator: Pick<GeneratedUsage, 'from' | 'to' | 'rate'>): number {
  return ((generator.to - generator.from) * generator.rate.rows) / generator.rate.perMs;
}

/**
 * Usage rows in ascending order of time, inside `[from, to)`: random arrivals whose mean density follows the shape.
 * @throws RangeError where it would make more than {@link MAX_GENERATED_ROWS} rows.
 */
export function* generateUsage(generator: GeneratedUsage): Generator<GeneratedRow> {
  const { from, to, rate, shape, skus } = generator;
  if (expectedRows(generator) > MAX_GENERATED_ROWS) throw tooMany();
  const random = new Random(generator.seed);
  const cost = costDraw(generator.cost, random);
  const sku = skuDraw(skus, random);
  const peak =
    shape === 'flat' ? 1 : shape === 'diurnal' ? Math.max(...HOURS) * 100 : Math.max(...HOURS) * Math.max(...WEEKDAYS);
  const mean = shape === 'flat' ? 1 : 10_000;
  // arrivals at the density of the peak, thinned to that of their hour
  const gap = ((rate.perMs / rate.rows) * mean) / peak;
  let made = 0;
  for (let elapsed = gap * random.exponential(); ; elapsed += gap * random.exponential()) {
    const at = from + Math.floor(elapsed);
    if (at >= to) return;
    if (shape !== 'flat' && random.unit() * peak > density(at, shape)) continue;
    made += 1;
    if (made > MAX_GENERATED_ROWS) throw tooMany();
    yield { at, sku: sku(), cost: cost() };
  }
}

function tooMany(): RangeError {
  return new RangeError(`a generator makes more than ${MAX_GENERATED_ROWS} rows; lower its rate or shorten its time`);
}

/** Density at an instant in parts of 10,000. */
function density(at: Instant, shape: 'diurnal' | 'weekly'): number {
  const hour = HOURS[Math.floor(modulo(at, DAY_MS) / HOUR_MS)] ?? 0;
  return hour * (shape === 'diurnal' ? 100 : (WEEKDAYS[modulo(Math.floor(at / DAY_MS), 7)] ?? 0));
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** Bits after the point of the factor that a lognormal cost is multiplied by. */
const FACTOR_BITS = 40n;

function costDraw(cost: GeneratedUsage['cost'], random: Random): () => Atoms {
  switch (cost.kind) {
    case 'fixed':
      return () => cost.value;
    case 'uniform': {
      const steps = (cost.max - cost.min) / COST_STEP + 1n;
      return () => cost.min + random.below(steps) * COST_STEP;
    }
    case 'lognormal': {
      const steps = cost.median / COST_STEP;
      return () => {
        // only the factor is a float; the money is multiplied and rounded as a whole number
        const factor = BigInt(Math.round(exponentialOf(cost.sigma * random.normal()) * 2 ** Number(FACTOR_BITS)));
        return ((steps * factor + (1n << (FACTOR_BITS - 1n))) >> FACTOR_BITS) * COST_STEP;
      };
    }
  }
}

function skuDraw(skus: GeneratedUsage['skus'], random: Random): () => string {
  const [only, second] = skus;
  if (only === undefined) return () => 'usage';
  if (second === undefined) return () => only.sku;
  const sum = skus.reduce((total, { weight }) => total + weight, 0);
  return () => {
    let left = random.unit() * sum;
    for (const { sku, weight } of skus) {
      left -= weight;
      if (left <= 0) return sku;
    }
    return only.sku;
  };
}
