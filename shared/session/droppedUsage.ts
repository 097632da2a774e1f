/**
 * The account that usage files make when they are dropped without a scenario: what prepaid billing with auto-recharge
 * would have done with them. Everything it assumes is written into its scenario, for the user to change.
 */
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import { listedRates } from '../domain/priceList.ts';
import { DEFAULT_POLICY, mergePolicy, type PolicyPatch } from '../domain/policy.ts';
import type { RateEntry, Scenario } from '../domain/scenario.ts';
import { HOUR_MS, parseDuration, type Duration } from '../domain/time.ts';
import { ABSENT } from '../domain/usage.ts';
import { prepare } from '../engine/input.ts';
import { writeScenario } from '../scenario/write.ts';
import type { StoredSource } from '../storage/source.ts';
import type { ScenarioText } from './account.ts';

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

/** A scenario for sources of at least one row. */
export function scenarioFor(sources: readonly StoredSource[]): ScenarioText {
  const first = Math.min(...sources.flatMap(({ report }) => (report.from === null ? [] : [report.from])));
  const opened = (Math.floor(first / HOUR_MS) - 1) * HOUR_MS;
  const rates = ratesFor(sources);
  const names = sources.map(({ report }) => report.file);
  const draft: Scenario = {
    ...BLANK_SCENARIO,
    title: `${names.length === 1 ? names[0]! : `${names[0]!} and ${names.length - 1} more`} on prepaid credits`,
    account: { ...BLANK_SCENARIO.account, opened },
    rates,
  };
  const adjustments = sources.flatMap((source) => source.adjustments);
  const { input } = prepare(
    draft,
    sources.map(({ batch }) => batch),
    adjustments,
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

/** Published prices of the SKUs whose rows state no cost. */
function ratesFor(sources: readonly StoredSource[]): Map<string, readonly RateEntry[]> {
  const rates = new Map<string, readonly RateEntry[]>();
  for (const { batch } of sources) {
    const unpriced = new Set<number>();
    for (let row = 0; row < batch.count; row++)
      if (batch.cost.whole[row] === ABSENT) unpriced.add(batch.sku.codes[row]!);
    for (const code of unpriced) {
      const sku = batch.sku.names[code]!;
      const entries = listedRates(sku);
      if (entries !== null) rates.set(sku, entries);
    }
  }
  return rates;
}
