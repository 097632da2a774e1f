/**
 * What may be otherwise in how an account's usage was taken in: when it was posted, where buckets were placed, at whose
 * prices, how each row was rounded, what was taken to be a repetition. Each combination is an input of its own, made once.
 */
import { ATOMS_PER_UNIT, ceilToMinor, minorDigitsOf, minorUnit, roundToMinor, type Atoms } from '../../domain/money.ts';
import type { RateEntry, Rates, Scenario, ScenarioEvent } from '../../domain/scenario.ts';
import { startOfDay, startOfMonth, type Instant, type Zone } from '../../domain/time.ts';
import {
  ABSENT,
  decimalAt,
  pickedRows,
  type DecimalColumn,
  type Placement,
  type UsageBatch,
} from '../../domain/usage.ts';
import { prepare, type ReplayInput } from '../../engine/input.ts';
import { priceBatch, priceMeters, rateAt } from '../../engine/pricing.ts';
import type { Account } from '../account.ts';
import { countedAdjustments, countedBatches } from '../counted.ts';
import type { StoredSource } from '../../storage/source.ts';
import { ratesOf } from '../whatIf/ratesInForce.ts';
import { batchKey, eventKey, type SliceChange, type SliceKind } from './slices.ts';

export type RowRounding = 'half_up' | 'half_even' | 'floor' | 'ceil';

/** At which instant a row's price is read, or which version is in force then. */
export type PricedAt = 'day_start' | 'period_start' | 'invoice_date' | 'version_before' | 'version_after';

export interface RowChoices {
  /** Usage is known so much later than it happened, milliseconds. */
  readonly postedAfter?: number;
  readonly placement?: Placement;
  readonly pricedAt?: PricedAt;
  /** Tokens read from the cache at the price of fresh ones. */
  readonly cachedAsFresh?: boolean;
  /** Each row by itself, to the minor unit. */
  readonly rounding?: RowRounding;
  /** `all`: also rows of which a later file has a grown copy; `identical_once`: equal rows are one. */
  readonly duplicates?: 'all' | 'identical_once';
  readonly slices?: readonly SliceChange[];
}

/** Rows of all inputs that are kept together. */
const MOST_KEPT_ROWS = 4_000_000;

const known = new WeakMap<Account, Map<string, ReplayInput>>();

/** The account's input with its usage taken in otherwise. @throws InputError, SumOverflow */
export function inputWith(account: Account, choices: RowChoices): ReplayInput {
  const key = JSON.stringify(choices);
  if (key === '{}') return account.run.input;
  const inputs = known.get(account) ?? new Map<string, ReplayInput>();
  known.set(account, inputs);
  let input = inputs.get(key);
  if (input !== undefined) return input;
  input = made(account, choices);
  // of parts of the data there are many, each asked for once
  if (choices.slices !== undefined) return input;
  const most = Math.max(2, Math.floor(MOST_KEPT_ROWS / input.log.count));
  for (const oldest of inputs.keys()) if (inputs.size >= most) inputs.delete(oldest);
  inputs.set(key, input);
  return input;
}

function made(account: Account, choices: RowChoices): ReplayInput {
  const { parsed, sources, run } = account;
  const rates = choices.cachedAsFresh === true ? cachedAsFresh(ratesOf(account)) : ratesOf(account);
  // where a file is not there, rows of which it has grown copies count as they are
  const absent = new Set(
    choices.slices?.flatMap(({ kind, key, times }) => (kind === 'file' && times < 0 ? [key] : [])),
  );
  const present = sources.filter(({ batch }) => !absent.has(batch.source));
  const batches = countedBatches(choices.duplicates === 'all' ? present.map(keepingAll) : present)
    .map((batch) => (choices.duplicates === 'identical_once' ? withoutRepeats(batch) : batch))
    .map((batch) => slicedBatch(batch, choices.slices ?? [], run.input.zone))
    .map((batch) => changedBatch(batch, rates, choices, account));
  const scenario: Scenario = {
    ...parsed,
    rates,
    events: parsed.events
      .flatMap((event) => slicedEvent(event, choices.slices ?? [], run.input.zone))
      .map((event) => changedEvent(event, rates, choices, account)),
  };
  const { input } = prepare(
    scenario,
    batches,
    countedAdjustments(present),
    present.map(({ placement }) => choices.placement ?? placement),
  );
  return { ...input, opened: run.input.opened, until: run.input.until };
}

/** A source that takes the place of no row of an earlier one. */
function keepingAll(source: StoredSource): StoredSource {
  return { ...source, grownIds: [], restated: [] };
}

function slicedBatch(batch: UsageBatch, slices: readonly SliceChange[], zone: Zone): UsageBatch {
  if (slices.length === 0) return batch;
  const rows: number[] = [];
  for (let row = 0; row < batch.count; row++)
    for (let times = timesOf(slices, (kind) => batchKey(batch, row, kind, zone)); times > 0; times--) rows.push(row);
  return pickedRows(batch, rows);
}

function slicedEvent(event: ScenarioEvent, slices: readonly SliceChange[], zone: Zone): ScenarioEvent[] {
  if (event.type !== 'usage' || slices.length === 0) return [event];
  return Array.from({ length: timesOf(slices, (kind) => eventKey(event, kind, zone)) }, () => event);
}

/** How often a row counts. */
function timesOf(slices: readonly SliceChange[], keyOf: (kind: SliceKind) => string): number {
  return slices.reduce((times, slice) => (keyOf(slice.kind) === slice.key ? times + slice.times : times), 1);
}

/** A price list in which what a cached meter costs is what its fresh one does. */
function cachedAsFresh(rates: Rates): Rates {
  const fresh = (entry: RateEntry): RateEntry => {
    const prices = Object.entries(entry.prices).map(([meter, price]) => [meter, freshPrice(entry, meter) ?? price]);
    return {
      ...entry,
      prices: Object.assign(Object.create(null) as object, Object.fromEntries(prices)) as RateEntry['prices'],
    };
  };
  return new Map([...rates].map(([sku, entries]) => [sku, entries.map(fresh)]));
}

/** `cached_input_tokens` is `input_tokens` read from a cache, `cache_read_input_tokens` too. */
function freshPrice({ prices }: RateEntry, meter: string): Atoms | null {
  if (!/cache/.test(meter) || /creation|write/.test(meter)) return null;
  const plain = meter.replace(/^(?:cached_|cache_read_)|_cached|_cache_read/, '');
  return plain !== meter && Object.hasOwn(prices, plain) ? (prices[plain] ?? null) : null;
}

function changedBatch(batch: UsageBatch, rates: Rates, choices: RowChoices, account: Account): UsageBatch {
  const { postedAfter = 0, pricedAt, rounding } = choices;
  let changed = batch;
  if (pricedAt !== undefined && batch.cost.whole.includes(ABSENT))
    changed = {
      ...changed,
      cost: priceBatch(
        { ...batch, at: batch.at.map((at) => instantOf(at, pricedAt, account)) },
        versionOf(rates, pricedAt),
      ).cost,
    };
  if (rounding !== undefined) {
    const { cost } = priceBatch(changed, rates);
    changed = { ...changed, cost: roundedColumn(cost, rounding, account) };
  }
  if (postedAfter > 0) {
    // priced when it happened, known when it is posted
    const { cost } = priceBatch(changed, rates);
    const until = changed.until?.map((end) => (end === 0 ? 0 : end + postedAfter)) ?? null;
    changed = { ...changed, cost, at: changed.at.map((at) => at + postedAfter), until };
  }
  return changed;
}

function changedEvent(event: ScenarioEvent, rates: Rates, choices: RowChoices, account: Account): ScenarioEvent {
  if (event.type !== 'usage') return event;
  const { postedAfter = 0, pricedAt, rounding } = choices;
  const list = pricedAt === undefined ? rates : versionOf(rates, pricedAt);
  const entry = rateAt(
    list.get(event.sku) ?? [],
    pricedAt === undefined ? event.at : instantOf(event.at, pricedAt, account),
  );
  const priced = event.cost !== null || entry === null ? null : priceMeters(entry, Object.entries(event.meters));
  const exact = event.cost ?? (priced !== null && 'cost' in priced ? priced.cost : null);
  if (exact === null) return { ...event, at: event.at + postedAfter };
  const { currency } = account.parsed.account;
  const cost = rounding === undefined ? exact : rounded(exact, rounding, minorDigitsOf(currency));
  return { ...event, at: event.at + postedAfter, cost };
}

function instantOf(at: Instant, pricedAt: PricedAt, { run }: Account): Instant {
  const { zone } = run.input;
  if (pricedAt === 'day_start') return startOfDay(at, zone);
  if (pricedAt === 'period_start') return startOfMonth(at, zone);
  return pricedAt === 'invoice_date' ? startOfMonth(at, zone, 1) : at;
}

/** Price lists in which each entry has the prices of the one before, or after it. */
function versionOf(rates: Rates, pricedAt: PricedAt): Rates {
  const step = pricedAt === 'version_before' ? -1 : pricedAt === 'version_after' ? 1 : 0;
  if (step === 0) return rates;
  return new Map(
    [...rates].map(([sku, entries]) => [
      sku,
      entries.map((entry, index) => ({ ...(entries[index + step] ?? entry), from: entry.from })),
    ]),
  );
}

function roundedColumn(column: DecimalColumn, rounding: RowRounding, { parsed }: Account): DecimalColumn {
  const digits = minorDigitsOf(parsed.account.currency);
  const whole = column.whole.slice();
  const pico = new Float64Array(whole.length);
  for (let row = 0; row < whole.length; row++) {
    const cost = rounded(decimalAt(column, row) ?? 0n, rounding, digits);
    whole[row] = Number(cost / ATOMS_PER_UNIT);
    pico[row] = Number(cost % ATOMS_PER_UNIT);
  }
  return { whole, pico };
}

/** An amount that is not negative, to the minor unit. */
export function rounded(amount: Atoms, rounding: RowRounding, minorDigits: number): Atoms {
  if (rounding === 'ceil') return ceilToMinor(amount, minorDigits);
  if (rounding === 'floor') return amount - (amount % minorUnit(minorDigits));
  return roundToMinor(amount, minorDigits, rounding);
}

/** Rows that say the same in every column but their place are one. */
function withoutRepeats(batch: UsageBatch): UsageBatch {
  const instants = new Set<number>();
  const shared = new Set<number>();
  for (const at of batch.at) (instants.has(at) ? shared : instants).add(at);
  const seen = new Set<string>();
  const kept: number[] = [];
  for (let row = 0; row < batch.count; row++) {
    // most rows have their instant to themselves
    const key = shared.has(batch.at[row]!) ? wholeRow(batch, row) : null;
    if (key === null || !seen.has(key)) kept.push(row);
    if (key !== null) seen.add(key);
  }
  return kept.length === batch.count ? batch : pickedRows(batch, kept);
}

function wholeRow({ at, until, cost, meters, sku, project, key }: UsageBatch, row: number): string {
  const amounts = [cost, ...meters.values()].flatMap(({ whole, pico }) => [whole[row], pico?.[row]]);
  const names = [sku, project, key].map((column) => column?.codes[row]);
  return [at[row], until?.[row], ...amounts, ...names].join(' ');
}
