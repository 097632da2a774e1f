/** The prices by which an account's rows were priced, and its rows under others. */
import type { RateEntry, Rates } from '../../domain/scenario.ts';
import { ABSENT, pickedRows, type DecimalColumn, type UsageBatch } from '../../domain/usage.ts';
import { prepare, type ReplayInput } from '../../engine/input.ts';
import { priceBatch } from '../../engine/pricing.ts';
import type { UsageLog } from '../../engine/usageLog.ts';
import type { Account } from '../account.ts';
import { countedAdjustments, countedBatches } from '../counted.ts';
import { unpricedSkus, withListedRates } from '../listedRates.ts';

/** What of an account its prices touch; worked out when a price is first looked at. */
interface Priced {
  readonly rates: Rates;
  readonly skus: ReadonlySet<string>;
  readonly batches: readonly UsageBatch[];
  /** What the rows of each batch cost as they are saved; null until it is asked for. */
  saved: readonly DecimalColumn[] | null;
  /** By batch and SKU: the rows without a cost of their own. */
  readonly rows: Map<string, { readonly rows: readonly number[]; readonly part: UsageBatch }>;
  last: { readonly key: string; readonly log: UsageLog; readonly controls: ReplayInput['controls'] } | null;
}

const known = new WeakMap<Account, Priced>();

function pricedOf(account: Account): Priced {
  let priced = known.get(account);
  if (priced === undefined) {
    const { parsed, sources, priceList } = account;
    const rates = withListedRates(parsed, sources, priceList);
    const batches = countedBatches(sources);
    const own = parsed.events.flatMap((event) => (event.type === 'usage' && event.cost === null ? [event.sku] : []));
    const skus = new Set([...own, ...batches.flatMap((batch) => [...unpricedSkus(batch)])].sort());
    priced = { rates, skus, batches, rows: new Map(), saved: null, last: null };
    known.set(account, priced);
  }
  return priced;
}

export function ratesOf(account: Account): Rates {
  return pricedOf(account).rates;
}

/** SKUs of which some row states no cost, and so has its price's. */
export function pricedSkus(account: Account): ReadonlySet<string> {
  return pricedOf(account).skus;
}

/**
 * The input with the rows of some SKUs at other prices. Only these rows are priced anew; the running sums of all are made
 * anew, for each holds what comes before it. The last prices are kept, so that other values then cost no more than before.
 * @throws SumOverflow where the costs add up to more than can be held.
 */
export function repriced(account: Account, changed: ReadonlyMap<string, readonly RateEntry[]>): ReplayInput {
  const { input } = account.run;
  if (changed.size === 0) return input;
  const priced = pricedOf(account);
  const key = keyOf(changed);
  if (priced.last?.key !== key) {
    const { parsed, sources } = account;
    priced.saved ??= priced.batches.map((batch) => priceBatch(batch, priced.rates).cost);
    const batches = priced.batches.map((batch, index) => repricedBatch(priced, batch, index, changed));
    const made = prepare(
      { ...parsed, rates: new Map([...priced.rates, ...changed]) },
      batches,
      countedAdjustments(sources),
      sources.map(({ placement }) => placement),
    );
    priced.last = { key, log: made.input.log, controls: made.input.controls };
  }
  const { log, controls } = priced.last;
  return { ...input, log, controls };
}

function keyOf(changed: ReadonlyMap<string, readonly RateEntry[]>): string {
  const plain = [...changed].map(([sku, entries]) => [
    sku,
    entries.map(({ from, per, prices }) => [
      from,
      String(per),
      Object.entries(prices).map(([meter, price]) => [meter, String(price)]),
    ]),
  ]);
  return JSON.stringify(plain);
}

/** The batch with all its costs filled in: as they are saved, and anew for the rows of changed SKUs. */
function repricedBatch(
  priced: Priced,
  batch: UsageBatch,
  index: number,
  changed: ReadonlyMap<string, readonly RateEntry[]>,
): UsageBatch {
  const saved = priced.saved?.[index] ?? batch.cost;
  let cost = saved;
  for (const sku of changed.keys()) {
    const { rows, part } = rowsOfSku(priced, batch, index, sku);
    if (rows.length === 0) continue;
    if (cost === saved)
      cost = { whole: saved.whole.slice(), pico: saved.pico?.slice() ?? new Float64Array(batch.count) };
    const anew = priceBatch(part, changed).cost;
    for (const [place, row] of rows.entries()) {
      cost.whole[row] = anew.whole[place] ?? 0;
      if (cost.pico !== null) cost.pico[row] = anew.pico?.[place] ?? 0;
    }
  }
  return cost === batch.cost ? batch : { ...batch, cost };
}

function rowsOfSku(
  { rows: kept }: Priced,
  batch: UsageBatch,
  index: number,
  sku: string,
): { readonly rows: readonly number[]; readonly part: UsageBatch } {
  const key = `${index} ${sku}`;
  let found = kept.get(key);
  if (found === undefined) {
    const rows: number[] = [];
    const codes = new Set(batch.sku.names.flatMap((name, code) => (name === sku ? [code] : [])));
    for (let row = 0; codes.size > 0 && row < batch.count; row++)
      if (batch.cost.whole[row] === ABSENT && codes.has(batch.sku.codes[row] ?? -1)) rows.push(row);
    const bare = { ...batch, until: null, project: null, key: null, ids: null, line: null };
    kept.set(key, (found = { rows, part: pickedRows(bare, rows) }));
  }
  return found;
}
