/**
 * Sums usage by SKU, day and price: what a million rows must be multiplied by is then a handful of products. Quantities and
 * stated costs are added exactly; a row that cannot be priced is counted with the reason, and adds to nothing else.
 */
import { ATOM_DIGITS, ATOMS_PER_UNIT, divideRounded, type Atoms } from '../domain/money.ts';
import { longContextOf, LONG_CONTEXT, ratesOf, type PriceList } from '../domain/priceList.ts';
import { readSku } from '../domain/priceSku.ts';
import type { RateEntry } from '../domain/scenario.ts';
import { DAY_MS, type Zone } from '../domain/time.ts';
import { ABSENT, PICO, type DecimalColumn, type UsageBatch } from '../domain/usage.ts';
import { ExactSums } from './exactSums.ts';
import { dayText } from './priceFigures.ts';

/** A SKU of one batch, and how its columns are priced. */
interface SkuPricing {
  readonly sku: string;
  /** Entries of the SKU as it stands, and of its requests of long context. */
  readonly entries: readonly RateEntry[] | null;
  readonly longEntries: readonly RateEntry[] | null;
  /** Entries without the SKU's marks. */
  readonly plain: readonly RateEntry[] | null;
  /** Input tokens above which a request is of long context. */
  readonly longAbove: number;
  /** By column: the meter that is priced, and how many units of it one unit of the column is. */
  readonly meters: readonly Meter[];
  /** Of the entry that was asked for last: a log goes on at one price for long. */
  readonly unitPrices: { entry: RateEntry | null; byColumn: Float64Array };
  readonly segments: Map<number, Segment>;
  readonly unpricedDays: Map<number, number>;
}

export interface Meter {
  readonly name: string;
  readonly units: bigint;
  /** Counts towards the length of a request's input. */
  readonly isInput: boolean;
}

/** Rows of one SKU and day at one price. */
export interface Segment {
  readonly pricing: SkuPricing;
  readonly entry: RateEntry;
  /** Days since 1970 on the clock of the zone. */
  readonly day: number;
  /** Instant of one of its rows. */
  readonly at: number;
  readonly isLong: boolean;
  /** Rows that state a cost of zero for what has a price. */
  readonly isFree: boolean;
  readonly sums: ExactSums;
  rows: number;
}

/** Place of the stated cost in a segment's sums; the columns follow. */
const STATED = 0;

/** Quantities of a segment by column, those that are not zero. */
export function quantitiesOf({ pricing, sums }: Segment): { meter: Meter; quantity: Atoms }[] {
  return pricing.meters
    .map((meter, column) => ({ meter, quantity: sums.at(STATED + 1 + column) }))
    .filter(({ quantity }) => quantity !== 0n);
}

export function statedOf(segment: Segment): Atoms {
  return segment.sums.at(STATED);
}

/** Cost of a segment's quantities at an entry's prices, rounded once; null where one of them has no price. */
export function costAt(
  segment: Segment,
  entry: RateEntry = segment.entry,
  takes: (meter: string) => boolean = () => true,
): Atoms | null {
  let sum = 0n;
  for (const { meter, quantity } of quantitiesOf(segment)) {
    if (!takes(meter.name)) continue;
    const price = Object.hasOwn(entry.prices, meter.name) ? entry.prices[meter.name] : undefined;
    if (price === undefined) return null;
    sum += quantity * meter.units * price;
  }
  return divideRounded(sum, entry.per, 'half_even');
}

export interface UnpricedSku {
  readonly sku: string;
  readonly rows: number;
  /** What is missing, and where it would stand. */
  readonly reason: string;
}

/** What a batch's rows were found to be. */
export interface BatchSums {
  readonly segments: readonly Segment[];
  readonly withoutCost: number;
  readonly withoutQuantity: number;
  readonly unpriced: readonly UnpricedSku[];
  /** Days with rows that could not be priced, by SKU. */
  readonly unpricedDays: readonly { readonly sku: string; readonly day: number; readonly rows: number }[];
  /** Rows that are no single requests, with more input than one request of the ordinary price has. */
  readonly maybeLong: number;
  /** Rows that cover a time within which their price changed. */
  readonly acrossChange: number;
}

export interface SumOptions {
  readonly zone: Zone;
  /** Rows without a stated cost are left out; else costs are. */
  readonly stated: boolean;
  /** Digits after the point of the stated costs. */
  readonly decimals: number;
}

/** Sums the rows of one batch. */
export function sumBatch(batch: UsageBatch, list: PriceList, options: SumOptions): BatchSums {
  return new BatchSummer(batch, list, options).run();
}

class BatchSummer {
  readonly #batch: UsageBatch;
  readonly #list: PriceList;
  readonly #options: SumOptions;
  readonly #names: readonly string[];
  readonly #columns: readonly DecimalColumn[];
  readonly #skus: (SkuPricing | undefined)[] = [];
  readonly #reasons = new Map<string, { rows: number; reason: string }>();
  readonly #smallest: number;
  #withoutCost = 0;
  #withoutQuantity = 0;
  #maybeLong = 0;
  #acrossChange = 0;

  constructor(batch: UsageBatch, list: PriceList, options: SumOptions) {
    this.#batch = batch;
    this.#list = list;
    this.#options = options;
    this.#names = [...batch.meters.keys()];
    this.#columns = [...batch.meters.values()];
    // a cost below half of the last digit is written as zero
    this.#smallest = 10 ** (ATOM_DIGITS - options.decimals) / 2;
  }

  run(): BatchSums {
    for (let row = 0; row < this.#batch.count; row++) this.#row(row);
    const skus = this.#skus.filter((pricing) => pricing !== undefined);
    return {
      segments: skus.flatMap(({ segments }) => [...segments.values()]),
      withoutCost: this.#withoutCost,
      withoutQuantity: this.#withoutQuantity,
      unpriced: [...this.#reasons].map(([sku, found]) => ({ sku, ...found })),
      unpricedDays: skus.flatMap(({ sku, unpricedDays }) =>
        [...unpricedDays].map(([day, rows]) => ({ sku, day, rows })),
      ),
      maybeLong: this.#maybeLong,
      acrossChange: this.#acrossChange,
    };
  }

  #row(row: number): void {
    const { cost, at: instants, until, sku: skus } = this.#batch;
    const stated = cost.whole[row] ?? ABSENT;
    if (this.#options.stated && stated === ABSENT) {
      this.#withoutCost++;
      return;
    }
    const pricing = this.#pricing(skus.codes[row] ?? 0);
    const input = this.#inputOf(row, pricing);
    if (input < 0) {
      this.#withoutQuantity++;
      return;
    }
    const at = instants[row] ?? 0;
    const day = Math.floor((at + this.#options.zone.offsetAt(at)) / DAY_MS);
    const isOver = input > pricing.longAbove;
    const isLong = isOver && this.#isRequest(row);
    if (isOver && !isLong) this.#maybeLong++;
    const entries = isLong ? pricing.longEntries : pricing.entries;
    const place = entries === null ? -1 : placeAt(entries, at);
    const entry = entries?.[place];
    if (entries === null || entry === undefined) {
      this.#leaveOut(pricing, day, () => this.#reasonOf(pricing, isLong, entries, at));
      return;
    }
    const end = until?.[row] ?? 0;
    if (end > at && entries.length > 1 && placeAt(entries, end - 1) !== place) this.#acrossChange++;
    const missing = this.#unpricedMeter(row, pricing, entry);
    if (missing !== null) {
      this.#leaveOut(
        pricing,
        day,
        () =>
          `${this.#list.name} has no price for ${missing} of ${pricing.sku} in its entry from ${dayText(entry.from)}`,
      );
      return;
    }
    const pico = cost.pico?.[row] ?? 0;
    const isFree = this.#options.stated && stated === 0 && pico === 0 && this.#hasPrice(row, pricing, entry);
    const key = ((day * entries.length + place) * 2 + (isLong ? 1 : 0)) * 2 + (isFree ? 1 : 0);
    let segment = pricing.segments.get(key);
    if (segment === undefined) {
      const sums = new ExactSums(STATED + 1 + this.#columns.length);
      segment = { pricing, entry, day, at, isLong, isFree, sums, rows: 0 };
      pricing.segments.set(key, segment);
    }
    segment.rows++;
    if (this.#options.stated) segment.sums.add(STATED, stated, pico);
    for (let c = 0; c < this.#columns.length; c++) {
      const column = this.#columns[c];
      const whole = column?.whole[row] ?? ABSENT;
      if (whole !== ABSENT) segment.sums.add(STATED + 1 + c, whole, column?.pico?.[row] ?? 0);
    }
  }

  /** Input tokens of a row; below zero where it has no quantity at all. */
  #inputOf(row: number, { meters }: SkuPricing): number {
    let input = 0;
    let isEmpty = true;
    for (let c = 0; c < this.#columns.length; c++) {
      const column = this.#columns[c];
      const whole = column?.whole[row] ?? ABSENT;
      if (whole === ABSENT || (whole === 0 && (column?.pico?.[row] ?? 0) === 0)) continue;
      isEmpty = false;
      if (meters[c]?.isInput === true) input += whole;
    }
    return isEmpty ? -1 : input;
  }

  /** A row with an id that is no bucket: only such a row's input is known to be that of one request. */
  #isRequest(row: number): boolean {
    const { ids, until } = this.#batch;
    if (ids === null || (until?.[row] ?? 0) !== 0) return false;
    return (ids.ends[row] ?? 0) > (row === 0 ? 0 : (ids.ends[row - 1] ?? 0));
  }

  /** Atoms a unit by column, near enough to compare with; NaN where the entry has no price. */
  #unitPricesOf({ meters, unitPrices }: SkuPricing, entry: RateEntry): Float64Array {
    if (unitPrices.entry !== entry) {
      unitPrices.entry = entry;
      unitPrices.byColumn = Float64Array.from(meters, ({ name, units }) => {
        const price = Object.hasOwn(entry.prices, name) ? entry.prices[name] : undefined;
        return price === undefined ? NaN : Number((price * units * ATOMS_PER_UNIT * 1_000_000n) / entry.per) / 1e6;
      });
    }
    return unitPrices.byColumn;
  }

  #unpricedMeter(row: number, pricing: SkuPricing, entry: RateEntry): string | null {
    const prices = this.#unitPricesOf(pricing, entry);
    for (let c = 0; c < prices.length; c++) {
      if (!Number.isNaN(prices[c])) continue;
      const column = this.#columns[c];
      const whole = column?.whole[row] ?? ABSENT;
      if (whole > 0 || (whole === 0 && (column?.pico?.[row] ?? 0) > 0)) return pricing.meters[c]?.name ?? '';
    }
    return null;
  }

  /** Whether a row's price is more than what its source writes as zero. */
  #hasPrice(row: number, pricing: SkuPricing, entry: RateEntry): boolean {
    const prices = this.#unitPricesOf(pricing, entry);
    let sum = 0;
    for (let c = 0; c < prices.length; c++) {
      const column = this.#columns[c];
      const whole = column?.whole[row] ?? ABSENT;
      if (whole !== ABSENT && (prices[c] ?? 0) > 0)
        sum += (whole + (column?.pico?.[row] ?? 0) / PICO) * (prices[c] ?? 0);
    }
    return sum > this.#smallest;
  }

  #pricing(code: number): SkuPricing {
    return (this.#skus[code] ??= skuPricing(this.#batch.sku.names[code] ?? '', this.#names, this.#list));
  }

  #leaveOut(pricing: SkuPricing, day: number, reason: () => string): void {
    pricing.unpricedDays.set(day, (pricing.unpricedDays.get(day) ?? 0) + 1);
    const known = this.#reasons.get(pricing.sku);
    if (known === undefined) this.#reasons.set(pricing.sku, { rows: 1, reason: reason() });
    else known.rows++;
  }

  #reasonOf({ sku }: SkuPricing, isLong: boolean, entries: readonly RateEntry[] | null, at: number): string {
    if (entries !== null)
      return `${this.#list.name} has no price for ${sku} on ${dayText(at)}; its first holds from ${dayText(entries[0]?.from ?? at)}`;
    return `${this.#list.name} has no price for ${sku}${isLong ? `, ${LONG_CONTEXT}` : ''}`;
  }
}

/** Columns of cost exports by their unit: the meter of a price, and how many of it. */
const UNITS: ReadonlyMap<string, readonly [meter: string, units: bigint]> = new Map([
  ['duration_seconds', ['seconds', 1n]],
  ['duration_minutes', ['seconds', 60n]],
  ['duration_hours', ['seconds', 3600n]],
] as const);

function skuPricing(sku: string, columns: readonly string[], list: PriceList): SkuPricing {
  const { model, meter, marks } = readSku(sku);
  const name = meter === null && list.rates.has(sku) ? sku : [model, ...marks].join(', ');
  const meters = columns.map((column): Meter => {
    const [named, units] = UNITS.get(column) ?? [column, 1n];
    if (meter === null || !/^(?:1000_)?tokens$/.test(column)) return { name: named, units, isInput: isInput(named) };
    // a line item has its tokens in one column, whatever their type
    return { name: meter, units: column === 'tokens' ? 1n : 1000n, isInput: false };
  });
  return {
    sku,
    entries: ratesOf(list, name),
    longEntries: ratesOf(list, `${name}, ${LONG_CONTEXT}`),
    plain: ratesOf(list, model),
    longAbove: longContextOf(list, model) ?? Infinity,
    meters,
    unitPrices: { entry: null, byColumn: new Float64Array(0) },
    segments: new Map(),
    unpricedDays: new Map(),
  };
}

function isInput(meter: string): boolean {
  return /^(?:cached_)?input_|^cache_write_/.test(meter);
}

/** Place of the entry in force; -1 before the first. Lists are short. */
function placeAt(entries: readonly RateEntry[], at: number): number {
  let place = entries.length - 1;
  while (place >= 0 && (entries[place]?.from ?? 0) > at) place--;
  return place;
}

/** The entry in force at the same time as a segment's own. */
export function entryAt(entries: readonly RateEntry[] | null, at: number): RateEntry | null {
  return entries?.[placeAt(entries, at)] ?? null;
}
