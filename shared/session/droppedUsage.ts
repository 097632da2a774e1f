/**
 * The account that usage files make when they are dropped without a scenario: what prepaid billing with auto-recharge
 * would have done with them. Everything it assumes is written into its scenario, for the user to change.
 */
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import { DEFAULT_POLICY, mergePolicy, type PolicyPatch } from '../domain/policy.ts';
import { ratesOf, type PriceList } from '../domain/priceList.ts';
import type { RateEntry, Scenario } from '../domain/scenario.ts';
import { DAY_MS, HOUR_MS, parseDuration, type Duration } from '../domain/time.ts';
import { prepare } from '../engine/input.ts';
import { writeScenario } from '../scenario/write.ts';
import type { StoredSource } from '../storage/source.ts';
import type { ScenarioText } from './account.ts';
import { unpricedSkus } from './listedRates.ts';

/** Delays as users of real vendors report them: minutes. */
const POSTING_DELAY = parseDuration('PT2M') as Duration;
const CUTOFF_DELAY = parseDuration('PT10M') as Duration;

/** How many purchases a log should take: enough to see a saw-tooth, few enough to see each. */
const PURCHASES = 12n;

/** What is assumed before any usage is known; files are imported under its currency. */
export const BLANK_SCENARIO: Scenario = {
  title: 'Dropped usage',
  account: { id: 'dropped-usage', currency: 'USD', timezone: 'UTC', plan: 'prepaid', opened: null },
  policy: DEFAULT_POLICY,
  rates: new Map(),
  declines: [],
  usage: [],
  events: [],
  until: null,
  expect: [],
};

/** A scenario for sources of at least one row or movement; rows that state no cost are priced by the list. */
export function scenarioFor(sources: readonly StoredSource[], prices: PriceList): ScenarioText {
  const starts = sources.flatMap(({ report }) => (report.from === null ? [] : [report.from]));
  const first = starts.length === 0 ? 0 : Math.min(...starts);
  const opened = (Math.floor(first / HOUR_MS) - 1) * HOUR_MS;
  const rates =
    prices.currency === BLANK_SCENARIO.account.currency ? ratesFor(sources, prices) : new Map<string, never>();
  const names = sources.map(({ report }) => report.file);
  const draft: Scenario = {
    ...BLANK_SCENARIO,
    title: `${names.length === 1 ? names[0]! : `${names[0]!} and ${names.length - 1} more`} on prepaid credits`,
    account: { ...BLANK_SCENARIO.account, opened },
    rates,
  };
  if (sources.every(({ batch, adjustments }) => batch.count + adjustments.length === 0)) {
    // statements alone: an account to compare them with, of which nothing is known yet
    const last = Math.max(first, ...sources.flatMap(({ report }) => (report.to === null ? [] : [report.to])));
    const currency = Object.keys(sources[0]?.report.totals ?? {})[0] ?? draft.account.currency;
    const scenario = { ...draft, account: { ...draft.account, currency }, until: last + DAY_MS };
    return { name: `${names[0] ?? 'statement'}.yaml`, text: writeScenario(scenario) };
  }
  const adjustments = sources.flatMap((source) => source.adjustments);
  const { input } = prepare(
    draft,
    sources.map(({ batch }) => batch),
    adjustments,
    // only the sum is wanted, which is the same wherever buckets are placed
    sources.map(() => 'start'),
  );
  const amount = roundAmount(input.log.sums.upTo(input.log.count) / PURCHASES);
  const set: PolicyPatch = {
    purchase: { posting_delay: POSTING_DELAY },
    cutoff: { delay: CUTOFF_DELAY },
    auto_recharge: { enabled: true, threshold: amount / 5n, amount },
  };
  const scenario: Scenario = {
    ...draft,
    policy: mergePolicy(DEFAULT_POLICY, set),
    events: [{ type: 'purchase', at: opened, id: 'first', amount, payment: 'ok' }],
  };
  return { name: `${names[0]!}.yaml`, text: writeScenario(scenario) };
}

/** The next of 5, 10, 20, 50, 100, ... currency units. */
function roundAmount(atLeast: Atoms): Atoms {
  let unit = ATOMS_PER_UNIT;
  for (;;) {
    for (const step of [5n, 10n, 20n]) if (unit * step >= atLeast) return unit * step;
    unit *= 10n;
  }
}

/** Prices of the SKUs whose rows state no cost. */
function ratesFor(sources: readonly StoredSource[], prices: PriceList): Map<string, readonly RateEntry[]> {
  const rates = new Map<string, readonly RateEntry[]>();
  for (const { batch } of sources) {
    for (const sku of unpricedSkus(batch)) {
      const entries = ratesOf(prices, sku);
      if (entries !== null) rates.set(sku, entries);
    }
  }
  return rates;
}
