// What random scenarios are made of: where and when they play, the instants, the amounts and the policies in them.

import fc from 'fast-check';
import { monthOf, startOfMonth, writeInstant } from './clock.ts';
import type { RawMap } from './input.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// ---- The setting: where, when, how fast, and of what size

interface Pace {
  step: number;
  slots: number;
  /** For what delays something. */
  delays: string[];
  /** For what bounds the life of a credit; never so short that two years of it make a million rows. */
  lives: string[];
}

// The nonzero delays are multiples of the step or fractions of it, so that what they set due coincides with events.
const PACES: Pace[] = [
  { step: 30_000, slots: 40, delays: ['PT30S', 'PT1M', 'PT2M', 'PT5M'], lives: ['PT1M', 'PT5M', 'PT1H'] },
  { step: HOUR, slots: 60, delays: ['PT1H', 'PT2H', 'PT30M', 'PT90M', 'P1D'], lives: ['PT6H', 'P1D', 'P2D'] },
  { step: 12 * HOUR, slots: 120, delays: ['PT12H', 'P1D', 'P2D', 'PT1H'], lives: ['P1D', 'P1W', 'P1M'] },
  {
    step: 10 * DAY,
    slots: 73,
    delays: ['P10D', 'P1D', 'P1M', 'PT240H'],
    lives: ['P10D', 'P1M', 'P3M', 'P1Y', 'P1Y2M3DT4H'],
  },
];

// For each zone, instants at which its clock changes (Cairo then has no midnight; Lord Howe changes by half an hour).
// Grids are laid through them, so that a day or a month from an event is read in the gap or in the hour that comes twice.
const ZONES: Record<string, string[]> = {
  UTC: ['2024-02-29T00:00:00Z', '2024-12-31T00:00:00Z'],
  'Europe/Berlin': ['2025-03-30T01:00:00Z', '2025-10-26T01:00:00Z'],
  'America/New_York': ['2025-03-09T07:00:00Z', '2025-11-02T06:00:00Z'],
  'Africa/Casablanca': ['2025-02-23T02:00:00Z', '2025-04-06T02:00:00Z'],
  'Asia/Kolkata': ['2024-02-28T18:30:00Z'],
  'Australia/Lord_Howe': ['2025-04-05T15:00:00Z', '2025-10-04T15:30:00Z'],
  'Africa/Cairo': ['2025-04-24T22:00:00Z', '2025-10-30T21:00:00Z'],
};

export interface Setting {
  zone: string;
  start: number;
  pace: Pace;
  size: 'usual' | 'tiny' | 'huge';
  currency: string | undefined;
}

export const settings: fc.Arbitrary<Setting> = fc
  .record({
    zone: fc.constantFrom(...Object.keys(ZONES)),
    pace: fc.constantFrom(...PACES, ...PACES.slice(1, 2)),
    size: fc.constantFrom('usual', 'usual', 'usual', 'usual', 'tiny', 'huge'),
    currency: fc.constantFrom(undefined, 'USD', 'USD', 'JPY', 'BHD'),
    change: fc.nat(1),
    monthsOn: fc.option(fc.nat(11), { nil: undefined, freq: 1 }),
    stepsBack: fc.constantFrom(0, 0, 1, 2, 5, 20, 25, 36),
  })
  .map(({ zone, pace, size, currency, change, monthsOn, stepsBack }) => {
    const changes = ZONES[zone] ?? [];
    const atChange = Date.parse(changes[change % changes.length] ?? '');
    const near = monthsOn === undefined ? atChange : startOfMonth(monthOf(atChange, zone) + monthsOn, zone);
    return { zone, pace, size, currency, start: near - stepsBack * pace.step };
  });

// ---- Instants

/** On the grid, mostly; else at a month's start or a millisecond off. */
export function instants({ zone, start, pace }: Setting): fc.Arbitrary<number> {
  const end = start + pace.step * pace.slots;
  const monthStarts: number[] = [];
  for (let month = monthOf(start, zone) + 1; startOfMonth(month, zone) <= end; month++)
    monthStarts.push(startOfMonth(month, zone));
  const grid = fc.nat(pace.slots).map((slot) => start + slot * pace.step);
  const crowded = fc.nat(Math.min(pace.slots, 12)).map((slot) => start + slot * pace.step);
  const special = monthStarts.length === 0 ? grid : fc.constantFrom(...monthStarts);
  const offGrid = fc
    .tuple(grid, fc.constantFrom(-1, 1, 15_000, 1_800_000))
    .map(([at, off]) => Math.max(start, at + off));
  return fc.oneof(
    { weight: 6, arbitrary: grid },
    { weight: 6, arbitrary: crowded },
    { weight: 2, arbitrary: special },
    { weight: 1, arbitrary: offGrid },
  );
}

/** One instant, as various people write it. */
export function written(at: number): fc.Arbitrary<string> {
  const plain = writeInstant(at);
  return fc.constantFrom(
    plain,
    plain,
    plain.replace('.000Z', 'Z'),
    plain.replace('Z', '999Z'),
    writeInstant(at + 330 * MINUTE).replace('Z', '+05:30'),
    writeInstant(at - 5 * HOUR).replace('Z', '-05:00'),
  );
}

// ---- Amounts

/** A whole number over a power of ten. */
function decimal(most: number, digits: number): fc.Arbitrary<string> {
  return fc.tuple(fc.integer({ min: 1, max: most }), fc.nat(digits)).map(([units, shift]) => {
    const text = String(units).padStart(shift + 1, '0');
    return shift === 0 ? text : `${text.slice(0, -shift)}.${text.slice(-shift)}`;
  });
}

export function costs({ size }: Setting): fc.Arbitrary<string> {
  const usual = fc.oneof(
    fc.constantFrom('0', '1', '2.5', '5', '5.00', '10', '4.999', '0.005', '0.015', '20', '60'),
    decimal(30_000, 3),
    decimal(9_999_999, 12),
  );
  if (size === 'tiny') return fc.oneof(usual, fc.constantFrom('0.000000000001', '4.999999999999', '0.333333333333'));
  if (size === 'huge') return fc.oneof(usual, fc.constantFrom('1000000000000', '12345678901234.123456789012'));
  return usual;
}

/** Bought amounts: mostly allowed, some below the minimum or with a fraction of a minor unit. */
export function boughtAmounts({ size }: Setting): fc.Arbitrary<string> {
  const usual = fc.constantFrom('5', '5', '10', '20', '25', '50', '100', '12.34', '10.005', '4', '4.99', '1000');
  return size === 'huge' ? fc.oneof(usual, fc.constantFrom('1000000000000', '10000000000000')) : usual;
}

export function givenAmounts(setting: Setting): fc.Arbitrary<string> {
  const usual = fc.oneof(fc.constantFrom('5', '3', '0.000001', '10', '18', '0.000000000001'), decimal(99_999, 4));
  return setting.size === 'huge' ? fc.oneof(usual, fc.constantFrom('10000000000000.000000000001')) : usual;
}

export function delays({ pace }: Setting): fc.Arbitrary<string> {
  return fc.oneof(fc.constant('PT0S'), fc.constantFrom(...pace.delays));
}

const rateOfTax = fc.constantFrom('0', '0.1', '0.19', '0.2', '0.0825', '0.333333');

// ---- Policy

/** Any of the keys, or none. */
export function some(values: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<RawMap> {
  return fc.record(values, { requiredKeys: [] });
}

function tiers(): fc.Arbitrary<RawMap[]> {
  const limit = fc.constantFrom('0', '5', '20', '40', '100', '1000', null);
  return fc
    .record({
      names: fc.subarray(['Free', 'Tier 1', 'Tier 2', 'Tier 3', 'Tier 4']),
      paid: fc.shuffledSubarray(['0', '0', '5', '10', '50', '100'], { minLength: 5, maxLength: 5 }),
      inOrder: fc.boolean(),
      days: fc.array(fc.constantFrom('0', '0', '1', '7', '30'), { minLength: 5, maxLength: 5 }),
      maxPurchases: fc.array(fc.constantFrom('20', '50', '100', '500', null), { minLength: 5, maxLength: 5 }),
      limits: fc.array(limit, { minLength: 5, maxLength: 5 }),
    })
    .map(({ names, paid, inOrder, days, maxPurchases, limits }) => {
      const ordered = inOrder ? paid.toSorted((a, b) => Number(a) - Number(b)) : paid;
      return names.map((name, index) => ({
        name,
        paid: ordered[index],
        days: days[index],
        ...(maxPurchases[index] === null ? {} : { max_purchase: maxPurchases[index] }),
        ...(limits[index] === null ? {} : { monthly_limit: limits[index] }),
      }));
    });
}

/** How auto-recharge goes about it; good whether or not it is enabled. */
export function rechargeManners(setting: Setting): Record<string, fc.Arbitrary<unknown>> {
  return {
    monthly_limit: fc.constantFrom(null, '40', '60', '100', '1000'),
    count_pending: fc.boolean(),
    in_flight: fc.constantFrom('one', 'many'),
    cooldown: delays(setting),
    retry_after: fc.array(delays(setting), { maxLength: 3 }),
  };
}

/** When it fires and for how much; complete in itself, so that it can be enabled at any time. */
function rechargeTerms(): fc.Arbitrary<RawMap> {
  const threshold = fc.constantFrom('5', '5', '8', '12.5', '20', '50', '1000', '0', '9.999999999999');
  const byAmount = fc.record({ threshold, amount: fc.constantFrom('5', '10', '15', '20', '25', '4', '600') });
  const byTarget = fc.record({
    threshold: fc.constantFrom('5', '8', '12.5', '20'),
    top_up_to: fc.constantFrom('20.000001', '25', '50', '21.005'),
  });
  const toThreshold = fc
    .constantFrom('5', '12.5', '20')
    .map((at) => ({ threshold: at, top_up_to: at, trigger: 'below' }));
  const trigger = fc.constantFrom({}, { trigger: 'below' }, { trigger: 'at_or_below' });
  return fc.oneof(
    { weight: 5, arbitrary: fc.tuple(byAmount, trigger).map(([terms, when]): RawMap => ({ ...terms, ...when })) },
    { weight: 3, arbitrary: fc.tuple(byTarget, trigger).map(([terms, when]): RawMap => ({ ...terms, ...when })) },
    { weight: 1, arbitrary: toThreshold },
  );
}

export function autoRecharge(setting: Setting, enabled: fc.Arbitrary<boolean>): fc.Arbitrary<RawMap> {
  // Huge sums recharged again and again would leave the range of amounts that must work.
  const mayBeOn = setting.size === 'huge' ? fc.constant(false) : enabled;
  return fc
    .tuple(mayBeOn, rechargeTerms(), some(rechargeManners(setting)))
    .map(([on, terms, manners]) => ({ enabled: on, ...terms, ...manners }));
}

export function policyParts(setting: Setting): Record<string, fc.Arbitrary<unknown>> {
  const { pace } = setting;
  return {
    purchase: some({
      minimum: fc.constantFrom('5', '10', '0', '0.01'),
      maximum: fc.constantFrom(null, '60', '100', '1000'),
      maximum_of: fc.constantFrom('purchase', 'balance'),
      posting_delay: delays(setting),
      tax_rate: rateOfTax,
    }),
    credits: fc.record(
      {
        expire_after: fc.constantFrom(null, null, 'P1Y', ...pace.lives, ...pace.lives, ...pace.delays.slice(1)),
        expiry: fc.constantFrom('anniversary', 'anniversary', 'start_of_day', 'end_of_day', 'end_of_month'),
        refundable: fc.constantFrom(true, true, false),
      },
      { requiredKeys: ['refundable'] },
    ),
    cutoff: some({
      delay: delays(setting),
      restore_delay: delays(setting),
      floor: fc.constantFrom('0', '-5', '-20', '3', '-0.000000000001'),
    }),
    exhausted: fc.constantFrom('cut_off', 'cut_off', 'bill_excess'),
    auto_recharge: autoRecharge(setting, fc.constantFrom(true, true, false)),
    tiers: tiers(),
    tier_change: fc.constantFrom('automatic', 'at_purchase'),
    invoice: some({ rounding: fc.constantFrom('half_even', 'half_up'), tax_rate: rateOfTax }),
  };
}

/** One or a few parts of the policy, as an event sets them. */
export function policyChange(setting: Setting): fc.Arbitrary<RawMap> {
  const manners = fc.record({ auto_recharge: some(rechargeManners(setting)) });
  const enabling = fc.record({ auto_recharge: fc.record({ enabled: fc.constant(setting.size !== 'huge') }) });
  const parts = Object.entries(policyParts(setting)).map(([key, part]) =>
    part.map((value): RawMap => ({ [key]: value })),
  );
  // Of two purchases the later may post first, or with the earlier.
  const posting = fc.record({ purchase: fc.record({ posting_delay: delays(setting) }) });
  const two = fc.tuple(fc.oneof(...parts), fc.oneof(...parts)).map(([one, other]): RawMap => ({ ...one, ...other }));
  return fc.oneof(...parts, ...parts, manners, enabling, posting, posting, two, fc.constant({}));
}
