import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { autoRechargeProblem, DEFAULT_POLICY, mergePolicy, type PolicyPatch } from '../../shared/domain/policy.ts';
import type {
  Expectation,
  GeneratedUsage,
  Scenario,
  ScenarioEvent,
  UsageSource,
} from '../../shared/domain/scenario.ts';
import { parseDuration, type Duration } from '../../shared/domain/time.ts';
import { COUNTED, INVOICE_FIGURES, REJECTION_REASONS } from '../../shared/scenario/expectSchema.ts';
import { writeScenario } from '../../shared/scenario/write.ts';
import { formatSample, ledgerVectors, scenarioOf } from './fixtures.ts';

const OPENED = Date.UTC(2025, 0, 1);
const END = Date.UTC(2100, 0, 1);

const amount = fc.bigInt(-(10n ** 27n), 10n ** 27n);
const quantity = fc.bigInt(0n, 10n ** 27n);
const positive = fc.bigInt(1n, 10n ** 27n);
const instant = fc.integer({ min: OPENED, max: END });
const duration = fc
  .constantFrom('PT0S', 'PT5M', 'P1Y2M3W4DT5H6M7.089S', 'PT1,5S', 'P100Y')
  .map((text) => parseDuration(text) as Duration);
const awkward = [
  'null',
  'true',
  '~',
  '1',
  '0.1',
  '-',
  ': ',
  '#',
  ' a',
  'a ',
  'a: b',
  'a #b',
  '{',
  '"',
  "'",
  '\n',
  '\u2028',
  '\ufeff',
  '\u0085',
  'é',
  '💸',
  '\ud800',
  '<<',
  '*a',
  'toString',
];
const name = fc
  .oneof(
    fc.constantFrom(...awkward),
    fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
    fc.constantFrom('gpt-4o', 'first', 'Tier 1'),
  )
  .filter((text) => text !== '__proto__');
const meter = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
  .filter((key) => !['at', 'type', 'id', 'sku', 'cost', 'from', 'per'].includes(key));
const id = fc.option(name);
const byName = <T>(value: fc.Arbitrary<T>, keys: fc.Arbitrary<string> = name): fc.Arbitrary<Record<string, T>> =>
  fc
    .dictionary(keys, value, { maxKeys: 4, noNullPrototype: false })
    .map((map) => Object.assign(Object.create(null) as Record<string, T>, map));
const partly = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const recharge = partly<Scenario['policy']['auto_recharge']>({
  enabled: fc.boolean(),
  threshold: fc.option(amount),
  amount: fc.option(amount),
  top_up_to: fc.option(amount),
  monthly_limit: fc.option(quantity),
  count_pending: fc.boolean(),
  trigger: fc.constantFrom('below', 'at_or_below'),
  in_flight: fc.constantFrom('one', 'many'),
  cooldown: duration,
  retry_after: fc.array(duration, { maxLength: 3 }),
});
const tiers = fc.uniqueArray(
  fc.record({
    name,
    paid: quantity,
    days: fc.nat(1_000_000),
    max_purchase: fc.option(quantity),
    monthly_limit: fc.option(quantity),
  }),
  { selector: (tier) => tier.name, maxLength: 3 },
);
const policy: fc.Arbitrary<PolicyPatch> = partly<Scenario['policy']>({
  purchase: partly<Scenario['policy']['purchase']>({
    minimum: quantity,
    maximum: fc.option(quantity),
    maximum_of: fc.constantFrom('purchase', 'balance'),
    posting_delay: duration,
    tax_rate: quantity,
  }) as fc.Arbitrary<Scenario['policy']['purchase']>,
  credits: partly<Scenario['policy']['credits']>({
    expire_after: fc.option(duration),
    expiry: fc.constantFrom('anniversary', 'start_of_day', 'end_of_day', 'end_of_month'),
    refundable: fc.boolean(),
  }) as fc.Arbitrary<Scenario['policy']['credits']>,
  cutoff: partly<Scenario['policy']['cutoff']>({
    delay: duration,
    restore_delay: duration,
    floor: amount,
  }) as fc.Arbitrary<Scenario['policy']['cutoff']>,
  exhausted: fc.constantFrom('cut_off', 'bill_excess'),
  auto_recharge: recharge as fc.Arbitrary<Scenario['policy']['auto_recharge']>,
  tiers,
  tier_change: fc.constantFrom('automatic', 'at_purchase'),
  invoice: partly<Scenario['policy']['invoice']>({
    rounding: fc.constantFrom('half_even', 'half_up'),
    tax_rate: quantity,
  }) as fc.Arbitrary<Scenario['policy']['invoice']>,
});

const head = { at: instant, id };
const event: fc.Arbitrary<ScenarioEvent> = fc.oneof(
  fc
    .record({
      ...head,
      type: fc.constant('usage' as const),
      sku: name,
      cost: fc.option(quantity),
      meters: byName(quantity, meter),
    })
    .filter(({ cost, meters }) => cost !== null || Object.keys(meters).length > 0),
  fc.record({
    ...head,
    type: fc.constant('purchase' as const),
    amount: positive,
    payment: fc.constantFrom('ok' as const, 'declined' as const),
  }),
  fc
    .record({
      ...head,
      type: fc.constant('grant' as const),
      amount: positive,
      expires_at: fc.option(fc.integer({ min: END + 1, max: END + 1e12 })),
      expire_after: fc.option(duration.filter(({ text }) => text !== 'PT0S')),
      priority: fc.integer({ min: -5, max: 5 }),
    })
    .map((grant) => (grant.expires_at === null ? grant : { ...grant, expire_after: null })),
  fc.record({ ...head, type: fc.constant('adjustment' as const), amount }),
  fc.record({ ...head, type: fc.constant('refund' as const), lot: name }),
  fc.record({ ...head, type: fc.constant('auto_recharge' as const), set: recharge }),
  fc.record({ ...head, type: fc.constant('policy' as const), set: policy }),
  fc.record({ ...head, type: fc.constant('plan' as const), action: fc.constant('cancel' as const) }),
  fc.record({
    ...head,
    type: fc.constant('plan' as const),
    action: fc.constant('start' as const),
    plan: fc.constantFrom('prepaid' as const, 'monthly' as const),
  }),
);

const steps = fc.bigInt(0n, 10n ** 12n).map((count) => count * 10_000n);
const ratio = fc.integer({ min: 1, max: 5_000_000 }).map((millionths) => millionths / 1e6);
const generator: fc.Arbitrary<GeneratedUsage> = fc.record({
  from: fc.integer({ min: OPENED, max: OPENED + 1e9 }),
  to: fc.integer({ min: OPENED + 1e9 + 1, max: OPENED + 2e9 }),
  seed: fc.integer({ min: 0, max: 0xffffffff }),
  rate: fc.record({ rows: ratio, perMs: fc.constantFrom(1000, 60_000, 3_600_000, 86_400_000) }),
  cost: fc.oneof(
    fc.record({ kind: fc.constant('fixed' as const), value: steps }),
    fc.tuple(steps, steps).map(([min, more]) => ({ kind: 'uniform' as const, min, max: min + more })),
    fc.record({ kind: fc.constant('lognormal' as const), median: steps.map((value) => value + 10_000n), sigma: ratio }),
  ),
  shape: fc.constantFrom('flat', 'diurnal', 'weekly'),
  skus: fc
    .uniqueArray(fc.record({ sku: name, weight: ratio }), { selector: ({ sku }) => sku, minLength: 1, maxLength: 3 })
    .map((skus) => skus.sort((one, other) => (one.sku < other.sku ? -1 : 1))),
});
const usage: fc.Arbitrary<UsageSource> = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    file: fc.constantFrom('usage.csv', 'a b/ü "c".csv', '#.csv', 'null'),
    format: fc.constantFrom('auto', 'csv'),
  }),
  fc.record({ kind: fc.constant('generate' as const), generate: generator }),
);

const expectation: fc.Arbitrary<Expectation> = fc.oneof(
  fc
    .record(
      {
        kind: fc.constant('at' as const),
        at: instant,
        balance: amount,
        debt: amount,
        access: fc.constantFrom('open' as const, 'closed' as const),
        plan: fc.constantFrom('prepaid' as const, 'monthly' as const, 'none' as const),
        tier: fc.option(name),
        lots: byName(amount),
      },
      { requiredKeys: ['kind', 'at', 'balance'] },
    )
    .map((form) => form as Expectation),
  fc
    .record(
      {
        kind: fc.constant('invoice' as const),
        period: fc.constantFrom('2025-01', '2025-12'),
        from: fc.option(instant),
        figures: byName(amount, fc.constantFrom(...Object.keys(INVOICE_FIGURES))),
        lines: byName(amount),
      },
      { requiredKeys: ['kind', 'period', 'from', 'figures'] },
    )
    .map((form) => form as Expectation),
  fc.record({
    kind: fc.constant('event' as const),
    event: name,
    status: fc.constant('rejected' as const),
    reason: fc.option(fc.constantFrom(...REJECTION_REASONS)),
  }),
  fc.record({
    kind: fc.constant('event' as const),
    event: name,
    status: fc.constant('accepted' as const),
    reason: fc.constant(null),
  }),
  fc.record({ kind: fc.constant('count' as const), count: fc.constantFrom(...COUNTED), equals: fc.nat(1_000_000_000) }),
);

/** Whether auto-recharge is consistent throughout: only such a scenario reads. */
function isConsistent(scenario: Scenario): boolean {
  let inForce = scenario.policy;
  const problems = [autoRechargeProblem(inForce.auto_recharge, 10n ** 10n)];
  for (const one of [...scenario.events].sort((a, b) => a.at - b.at)) {
    if (one.type === 'policy') inForce = mergePolicy(inForce, one.set);
    if (one.type === 'auto_recharge') inForce = mergePolicy(inForce, { auto_recharge: one.set });
    problems.push(autoRechargeProblem(inForce.auto_recharge, 10n ** 10n));
  }
  return problems.every((problem) => problem === null);
}

const entry = fc.record({
  from: instant,
  per: fc.oneof(positive, fc.constant(10n ** 12n)),
  prices: byName(quantity, meter),
});
const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    title: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ...awkward)),
    account: fc.record({
      id: fc.oneof(name, fc.constant('account')),
      currency: fc.constantFrom('USD', 'EUR'),
      timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'Etc/GMT+5'),
      plan: fc.constantFrom('prepaid' as const, 'monthly' as const, 'none' as const),
      opened: fc.constant(OPENED),
    }),
    policy: policy.map((patch) => mergePolicy(DEFAULT_POLICY, patch)),
    rates: fc
      .uniqueArray(fc.tuple(name, fc.uniqueArray(entry, { selector: ({ from }) => from, maxLength: 3 })), {
        selector: ([sku]) => sku,
        maxLength: 3,
      })
      .map((skus) => new Map(skus.map(([sku, entries]) => [sku, entries.sort((one, other) => one.from - other.from)]))),
    declines: fc.array(
      fc.tuple(instant, fc.integer({ min: 1, max: 1e9 })).map(([from, length]) => ({ from, to: from + length })),
      { maxLength: 3 },
    ),
    usage: fc.array(usage, { maxLength: 3 }),
    events: fc.array(event, { maxLength: 6 }),
    until: fc.option(fc.constant(END)),
    expect: fc.array(expectation, { maxLength: 4 }),
  })
  .filter(isConsistent);

describe('written scenarios', () => {
  test('read back to the same scenario', () => {
    fc.assert(
      fc.property(scenario, (original) => {
        expect(scenarioOf(writeScenario(original))).toEqual(original);
      }),
      { numRuns: 500 },
    );
  });

  const sample = formatSample();
  test.skipIf(sample === null)('the sample of the format does (skipped where ../shared/spec is not there)', () => {
    const original = scenarioOf(sample ?? '');
    expect(scenarioOf(writeScenario(original))).toStrictEqual(original);
  });

  const vectors = ledgerVectors();
  test.skipIf(vectors === null)(
    'every ledger vector does (skipped where ../shared/vectors/ledger is not there)',
    () => {
      for (const { text } of vectors ?? []) {
        const original = scenarioOf(text);
        expect(scenarioOf(writeScenario(original))).toStrictEqual(original);
      }
    },
  );

  test('state only what is not the default', () => {
    const text = `drawdown: 1
title: Overrun
account: {id: acme, opened: 2025-01-01T00:00:00Z}
policy:
  cutoff: {delay: PT5M}
rates:
  gpt-4o:
    - {from: 2024-10-01T00:00:00Z, per: 1000000, input_tokens: 2.5}
usage:
  - {file: usage.csv}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, id: first, amount: 10}
  - {at: 2025-01-01T00:00:00.500Z, type: usage, sku: gpt-4o, input_tokens: 1200}
  - {at: 2025-01-05T00:00:00Z, type: policy, set: {credits: {expire_after: null}}}
until: 2025-03-01T00:00:00Z
expect:
  - {at: 2025-01-01T00:02:00Z, balance: 8.7462, tier: null}
`;
    expect(writeScenario(scenarioOf(text))).toBe(text);
  });

  test('a rate that the format cannot say is an error', () => {
    const original = scenarioOf(
      'drawdown: 1\nusage: [{generate: {from: 2025-01-01T00:00:00Z, to: 2025-01-02T00:00:00Z, seed: 1, rate: 1/h, cost: 1}}]',
    );
    const [source] = original.usage;
    if (source?.kind !== 'generate') throw new Error('no generator');
    const odd: Scenario = {
      ...original,
      usage: [{ kind: 'generate', generate: { ...source.generate, rate: { rows: 1, perMs: 7 } } }],
    };
    expect(() => writeScenario(odd)).toThrow('a rate is written per s, min, h or d; 7 ms is none of them');
  });
});
