// Random scenarios, valid by construction, that reach every rule of the billing model and above all the instants at
// which several rules meet: events, postings, expiries, retries and month ends are drawn from one coarse grid.

import fc from 'fast-check';
import { writeInstant } from './clock.ts';
import type { RawEvent, RawMap, RawScenario } from './input.ts';
import { OracleInputError, oracle } from './oracle.ts';
import type { Setting } from './settings.ts';
import {
  autoRecharge,
  boughtAmounts,
  costs,
  delays,
  givenAmounts,
  instants,
  policyChange,
  policyParts,
  rechargeManners,
  settings,
  some,
  written,
} from './settings.ts';

/** More rows than this say nothing new and take long: auto-recharge against credits that expire every minute, say. */
const MOST_ROWS = 3000;

/** Scenarios of every kind. */
export function scenarios(): fc.Arbitrary<RawScenario> {
  return settings.chain(scenario).filter(isWorthRunning);
}

/** A prepaid account with auto-recharge on from the start, and many requests against it. */
export function rechargeScenarios(): fc.Arbitrary<RawScenario> {
  return settings.chain(rechargeScenario).filter(isWorthRunning);
}

/** Credits that cross: posted in another order than bought, of one expiry, a day long over a clock change. */
export function creditScenarios(): fc.Arbitrary<RawScenario> {
  return settings.chain(creditScenario).filter(isWorthRunning);
}

/** The few inputs that the specification calls errors (settings that do not go together) are left out here. */
function isWorthRunning(raw: RawScenario): boolean {
  if (!(raw.events ?? []).every(expiresLater)) return false;
  try {
    oracle(raw, MOST_ROWS);
    return true;
  } catch (error) {
    if (error instanceof OracleInputError) return false;
    throw error;
  }
}

// ---- Events

type Body = { type: string } & RawMap;

const SKUS = ['gpt-4o', 'gpt-4o-mini', 'o3', '\u{1f4a1}', '\uff5e'];
const METERED = 'metered';

/** A price that changes in time, and a `per` that does not divide evenly. */
const RATES: Record<string, RawMap[]> = {
  [METERED]: [
    { from: '2020-01-01T00:00:00Z', input_tokens: '2.50', output_tokens: 10, per: 1_000_000 },
    { from: '2025-04-01T00:00:00+02:00', input_tokens: '0.7', output_tokens: '1.1', per: 3 },
    { from: '2025-10-01T00:00:00Z', input_tokens: '0.000001', output_tokens: '0.25' },
  ],
};

function usage(setting: Setting): fc.Arbitrary<Body> {
  return fc
    .record({ cost: costs(setting), sku: fc.option(fc.constantFrom(...SKUS), { nil: undefined }) })
    .map(({ cost, sku }) => (sku === undefined ? { type: 'usage', cost } : { type: 'usage', cost, sku }));
}

const meteredUsage: fc.Arbitrary<Body> = fc
  .record({ input_tokens: fc.nat(20_000), output_tokens: fc.nat(50) }, { requiredKeys: ['output_tokens'] })
  .map((meters) => ({ type: 'usage', sku: METERED, ...meters }));

function purchases(setting: Setting): fc.Arbitrary<Body> {
  return fc
    .record({
      amount: boughtAmounts(setting),
      payment: fc.constantFrom(undefined, undefined, undefined, 'ok', 'declined'),
    })
    .map(({ amount, payment }) => ({ type: 'purchase', amount, ...(payment === undefined ? {} : { payment }) }));
}

function grants(setting: Setting): fc.Arbitrary<Body> {
  const { pace } = setting;
  const expiry = fc.oneof(
    fc.constant({}),
    fc.constantFrom(...pace.lives, ...pace.delays).map((duration) => ({ expire_after: duration })),
    fc.nat(20).map((slot) => ({ expires_at: writeInstant(setting.start + pace.step * (pace.slots + slot) + 1) })),
  );
  const priority = fc.constantFrom({}, {}, { priority: -1 }, { priority: '1' });
  return fc
    .tuple(givenAmounts(setting), expiry, priority)
    .map(([amount, when, rank]) => ({ type: 'grant', amount, ...when, ...rank }));
}

const adjustments = (setting: Setting): fc.Arbitrary<Body> =>
  fc
    .tuple(givenAmounts(setting), fc.boolean())
    .map(([amount, up]) => ({ type: 'adjustment', amount: up ? amount : `-${amount}` }));

const refunds: fc.Arbitrary<Body> = fc
  .oneof(
    fc.constantFrom('first', 'purchase-1', 'auto-1', 'auto-2'),
    fc
      .tuple(fc.constantFrom('purchase-', 'auto-', 'grant-', 'event-'), fc.integer({ min: 1, max: 6 }))
      .map(([name, number]) => `${name}${number}`),
  )
  .map((lot) => ({ type: 'refund', lot }));

const plans: fc.Arbitrary<Body> = fc.constantFrom(
  { type: 'plan', action: 'cancel' },
  { type: 'plan', action: 'start', plan: 'prepaid' },
  { type: 'plan', action: 'start', plan: 'monthly' },
);

function policyEvents(setting: Setting): fc.Arbitrary<Body> {
  return policyChange(setting).map((set) => ({ type: 'policy', set }));
}

function rechargeEvents(setting: Setting): fc.Arbitrary<Body> {
  return fc
    .oneof(
      autoRecharge(setting, fc.boolean()),
      autoRecharge(setting, fc.constant(true)),
      fc.constant({ enabled: false }),
      some(rechargeManners(setting)),
    )
    .map((change) => ({ ...change, type: 'auto_recharge' }));
}

const MAKES_LOTS = ['purchase', 'grant', 'adjustment'];

/** Puts each body at an instant, in the order of time; some of those that make lots name them. */
function placed(setting: Setting, bodies: fc.Arbitrary<Body>, size: fc.ArrayConstraints): fc.Arbitrary<RawEvent[]> {
  const place = fc
    .tuple(instants(setting), bodies, fc.nat(3))
    .chain(([at, body, tag]) => written(at).map((text) => ({ at, text, body, tagged: tag === 0 })));
  return fc.array(place, size).map((places) =>
    places
      .sort((a, b) => a.at - b.at)
      .map(({ text, body, tagged }, index) => ({
        at: text,
        ...body,
        ...(tagged && MAKES_LOTS.includes(body.type) ? { id: `event-${index}` } : {}),
      })),
  );
}

// ---- Scenarios

/** Long windows, and ones short enough for payments to be declined again and again with others paid between. */
function declines(setting: Setting): fc.Arbitrary<{ from: string; to: string }[]> {
  const long = fc.tuple(instants(setting), instants(setting));
  const short = fc
    .tuple(instants(setting), fc.integer({ min: 1, max: 3 }))
    .map(([from, slots]) => [from, from + slots * setting.pace.step] as const);
  const window = fc.oneof(long, short, short).map(([one, other]) => ({
    from: writeInstant(Math.min(one, other)),
    to: writeInstant(Math.max(one, other)),
  }));
  return fc.array(window, { maxLength: 4 });
}

/** Some slots on from the last event, or not said, so that the last event ends the run; it may cut events off. */
function endings({ start, pace }: Setting): fc.Arbitrary<{ until?: string }> {
  return fc.oneof(
    fc.constant({}),
    fc.nat(pace.slots).map((more) => ({ until: writeInstant(start + (pace.slots + more) * pace.step) })),
    fc.nat(pace.slots).map((slot) => ({ until: writeInstant(start + slot * pace.step) })),
  );
}

interface Parts {
  plan: fc.Arbitrary<string | undefined>;
  policy: fc.Arbitrary<RawMap>;
  events: fc.Arbitrary<RawEvent[]>;
}

function assembled(setting: Setting, { plan, policy, events }: Parts): fc.Arbitrary<RawScenario> {
  return fc
    .record({ plan, policy, events, declines: declines(setting), ending: endings(setting), opensFirst: fc.boolean() })
    .map(({ plan: onPlan, policy: set, events: input, declines: windows, ending, opensFirst }) => ({
      drawdown: 1,
      account: {
        timezone: setting.zone,
        ...(setting.currency === undefined ? {} : { currency: setting.currency }),
        ...(onPlan === undefined ? {} : { plan: onPlan }),
        ...(opensFirst || input.length === 0 ? { opened: writeInstant(setting.start) } : {}),
      },
      policy: set,
      rates: RATES,
      declines: windows,
      events: input,
      ...ending,
    }));
}

function scenario(setting: Setting): fc.Arbitrary<RawScenario> {
  const bodies = fc.oneof(
    { weight: 10, arbitrary: usage(setting) },
    { weight: 1, arbitrary: meteredUsage },
    { weight: 6, arbitrary: purchases(setting) },
    { weight: 2, arbitrary: grants(setting) },
    { weight: 2, arbitrary: adjustments(setting) },
    { weight: 2, arbitrary: refunds },
    { weight: 2, arbitrary: plans },
    { weight: 2, arbitrary: policyEvents(setting) },
    { weight: 2, arbitrary: rechargeEvents(setting) },
  );
  return assembled(setting, {
    plan: fc.constantFrom(undefined, 'prepaid', 'prepaid', 'prepaid', 'monthly', 'none'),
    policy: some(policyParts(setting)),
    events: placed(setting, bodies, { maxLength: 60, size: 'max' }),
  });
}

function rechargeScenario(drawn: Setting): fc.Arbitrary<RawScenario> {
  const setting: Setting = drawn.size === 'huge' ? { ...drawn, size: 'usual' } : drawn;
  const bodies = fc.oneof(
    { weight: 24, arbitrary: usage(setting) },
    { weight: 2, arbitrary: purchases(setting) },
    { weight: 1, arbitrary: adjustments(setting) },
    { weight: 1, arbitrary: refunds },
    { weight: 2, arbitrary: rechargeEvents(setting) },
    { weight: 2, arbitrary: policyEvents(setting) },
    { weight: 1, arbitrary: grants(setting) },
    { weight: 1, arbitrary: plans },
  );
  const first: RawEvent = { at: writeInstant(setting.start), type: 'purchase', amount: '20', id: 'first' };
  const on = autoRecharge(setting, fc.constant(true));
  return assembled(setting, {
    plan: fc.constant('prepaid'),
    policy: fc
      .tuple(
        some(policyParts(setting)),
        fc.oneof(
          on,
          fc.tuple(on, storm(setting)).map(([terms, how]) => ({ ...terms, ...how })),
        ),
      )
      .map(([policy, recharge]) => ({ ...policy, auto_recharge: recharge })),
    events: placed(setting, bodies, { minLength: 10, maxLength: 60, size: 'max' }).map((events) => [first, ...events]),
  });
}

/** Settings under which one firing does not hold off the next: the ends of cooldowns fire too. */
function storm({ pace }: Setting): fc.Arbitrary<RawMap> {
  return fc.record({
    in_flight: fc.constant('many'),
    count_pending: fc.constantFrom(false, false, true),
    cooldown: fc.constantFrom('PT0S', ...pace.delays),
    monthly_limit: fc.constantFrom(null, '200', '1000'),
  });
}

function creditScenario(setting: Setting): fc.Arbitrary<RawScenario> {
  const posting = delays(setting).map((delay): Body => ({
    type: 'policy',
    set: { purchase: { posting_delay: delay } },
  }));
  const bought = fc.constantFrom('5', '10', '20').map((amount): Body => ({ type: 'purchase', amount }));
  const bodies = fc.oneof(
    { weight: 8, arbitrary: bought },
    { weight: 4, arbitrary: usage(setting) },
    { weight: 4, arbitrary: posting },
    { weight: 3, arbitrary: grants(setting) },
    { weight: 3, arbitrary: adjustments(setting) },
    { weight: 2, arbitrary: refunds },
  );
  return assembled(setting, {
    plan: fc.constant('prepaid'),
    policy: fc.record({
      purchase: fc.record({ posting_delay: delays(setting) }),
      credits: fc.record({
        expire_after: fc.constantFrom(null, 'P1D', 'P1D', 'P1M', ...setting.pace.lives),
        expiry: fc.constantFrom('anniversary', 'anniversary', 'start_of_day', 'end_of_day', 'end_of_month'),
        refundable: fc.constant(true),
      }),
      cutoff: fc.record({ delay: delays(setting), restore_delay: delays(setting) }),
    }),
    events: placed(setting, bodies, { minLength: 5, maxLength: 40, size: 'max' }),
  });
}

/** A reader refuses a grant that expires before it is made even after `until`, where a run never comes to it. */
function expiresLater(event: RawEvent): boolean {
  const { expires_at } = event;
  return typeof expires_at !== 'string' || Date.parse(expires_at) > Date.parse(event.at);
}
