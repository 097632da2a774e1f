// What the oracle reads: the raw scenario, the policy with its defaults (section 12), and the price list.

import type { Duration, Instant } from './clock.ts';
import { readDuration, readInstant } from './clock.ts';
import type { Money, Rounding } from './money.ts';
import { HALF_EVEN, OracleInputError, ZERO, minorDigits, readAmount, readInteger, readNumber } from './money.ts';

export type RawAmount = string | number;

/** One event as a scenario file writes it; a usage event's further keys are its meters. */
export interface RawEvent {
  at: string;
  type: string;
  [field: string]: unknown;
}

export type RawMap = Record<string, unknown>;

export interface RawScenario {
  drawdown?: number;
  title?: string;
  account?: { id?: string; currency?: string; timezone?: string; plan?: string; opened?: string };
  policy?: RawMap;
  rates?: Record<string, RawMap[]>;
  declines?: { from: string; to: string }[];
  events?: RawEvent[];
  until?: string;
}

export type Plan = 'prepaid' | 'monthly' | 'none';

export interface Tier {
  name: string;
  paid: Money;
  days: number;
  maxPurchase: Money | null;
  monthlyLimit: Money | null;
}

export interface Policy {
  purchase: {
    minimum: Money;
    maximum: Money | null;
    maximumOf: 'purchase' | 'balance';
    postingDelay: Duration;
    taxRate: Money;
  };
  credits: { expireAfter: Duration | null; expiry: string; refundable: boolean };
  cutoff: { delay: Duration; restoreDelay: Duration; floor: Money };
  exhausted: 'cut_off' | 'bill_excess';
  autoRecharge: {
    enabled: boolean;
    threshold: Money | null;
    amount: Money | null;
    topUpTo: Money | null;
    monthlyLimit: Money | null;
    countPending: boolean;
    trigger: 'below' | 'at_or_below';
    inFlight: 'one' | 'many';
    cooldown: Duration;
    retryAfter: Duration[];
  };
  tiers: Tier[];
  tierChange: 'automatic' | 'at_purchase';
  invoice: { rounding: Rounding; taxRate: Money };
}

/** Section 12. */
const DEFAULTS: RawMap = {
  purchase: { minimum: 5, maximum: null, maximum_of: 'purchase', posting_delay: 'PT0S', tax_rate: 0 },
  credits: { expire_after: 'P1Y', expiry: 'anniversary', refundable: false },
  cutoff: { delay: 'PT0S', restore_delay: 'PT0S', floor: 0 },
  exhausted: 'cut_off',
  auto_recharge: {
    enabled: false,
    threshold: null,
    amount: null,
    top_up_to: null,
    monthly_limit: null,
    count_pending: true,
    trigger: 'below',
    in_flight: 'one',
    cooldown: 'PT0S',
    retry_after: [],
  },
  tiers: [],
  tier_change: 'automatic',
  invoice: { rounding: 'half_even', tax_rate: 0 },
};

export function firstPolicy(set: RawMap | undefined): RawMap {
  return merge(DEFAULTS, set ?? {});
}

/** An event's settings over the policy in force. */
export function changePolicy(policy: RawMap, set: RawMap): RawMap {
  const changed = merge(policy, set);
  // Section 7: of `amount` and `top_up_to`, setting one by an event clears the other.
  const given = mapIn(set, 'auto_recharge') ?? {};
  const recharge = mapIn(changed, 'auto_recharge') ?? {};
  if (isGiven(given['amount']) && !isGiven(given['top_up_to'])) recharge['top_up_to'] = null;
  if (isGiven(given['top_up_to']) && !isGiven(given['amount'])) recharge['amount'] = null;
  return changed;
}

/** Maps merge, lists and scalars replace. */
function merge(base: RawMap, set: RawMap): RawMap {
  const merged: RawMap = { ...base };
  for (const [key, value] of Object.entries(set)) {
    if (!(key in base)) throw new OracleInputError(`unknown policy key: ${key}`);
    const inner = base[key];
    merged[key] = isMap(inner) && isMap(value) ? merge(inner, value) : value;
  }
  return merged;
}

export function isMap(value: unknown): value is RawMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapIn(map: RawMap, key: string): RawMap | null {
  return isMap(map[key]) ? map[key] : null;
}

export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function readPolicy(raw: RawMap, currency: string): Policy {
  const [purchase, credits, cutoff, recharge, invoice] = [
    'purchase',
    'credits',
    'cutoff',
    'auto_recharge',
    'invoice',
  ].map((key) => mapIn(raw, key) ?? fail(`policy.${key} is not a map`)) as [RawMap, RawMap, RawMap, RawMap, RawMap];
  const policy: Policy = {
    purchase: {
      minimum: readAmount(purchase['minimum']),
      maximum: orNull(purchase['maximum'], readAmount),
      maximumOf: oneOf(purchase['maximum_of'], ['purchase', 'balance']),
      postingDelay: readDuration(purchase['posting_delay']),
      taxRate: readNumber(purchase['tax_rate']),
    },
    credits: {
      expireAfter: orNull(credits['expire_after'], readDuration),
      expiry: oneOf(credits['expiry'], ['anniversary', 'start_of_day', 'end_of_day', 'end_of_month']),
      refundable: readBoolean(credits['refundable']),
    },
    cutoff: {
      delay: readDuration(cutoff['delay']),
      restoreDelay: readDuration(cutoff['restore_delay']),
      floor: readAmount(cutoff['floor']),
    },
    exhausted: oneOf(raw['exhausted'], ['cut_off', 'bill_excess']),
    autoRecharge: {
      enabled: readBoolean(recharge['enabled']),
      threshold: orNull(recharge['threshold'], readAmount),
      amount: orNull(recharge['amount'], readAmount),
      topUpTo: orNull(recharge['top_up_to'], readAmount),
      monthlyLimit: orNull(recharge['monthly_limit'], readAmount),
      countPending: readBoolean(recharge['count_pending']),
      trigger: oneOf(recharge['trigger'], ['below', 'at_or_below']),
      inFlight: oneOf(recharge['in_flight'], ['one', 'many']),
      cooldown: readDuration(recharge['cooldown']),
      retryAfter: readList(recharge['retry_after']).map(readDuration),
    },
    tiers: readList(raw['tiers']).map(readTier),
    tierChange: oneOf(raw['tier_change'], ['automatic', 'at_purchase']),
    invoice: {
      rounding: oneOf(invoice['rounding'], ['half_even', 'half_up']),
      taxRate: readNumber(invoice['tax_rate']),
    },
  };
  checkAutoRecharge(policy, minorDigits(currency));
  return policy;
}

function readTier(raw: unknown): Tier {
  if (!isMap(raw) || typeof raw['name'] !== 'string') return fail('a tier needs a name');
  return {
    name: raw['name'],
    paid: readAmount(raw['paid']),
    days: readInteger(raw['days']),
    maxPurchase: orNull(raw['max_purchase'], readAmount),
    monthlyLimit: orNull(raw['monthly_limit'], readAmount),
  };
}

/** Section 7, what is needed when enabled. */
function checkAutoRecharge(policy: Policy, digits: number): void {
  const { enabled, threshold, amount, topUpTo, trigger } = policy.autoRecharge;
  if (!enabled) return;
  if (threshold === null) return fail('auto_recharge is enabled without a threshold');
  if ((amount === null) === (topUpTo === null)) fail('auto_recharge needs exactly one of amount and top_up_to');
  if (amount !== null && (!amount.gt(0) || amount.decimalPlaces() > digits))
    fail('auto_recharge.amount must be positive and whole minor units');
  if (topUpTo !== null && (trigger === 'below' ? topUpTo.lt(threshold) : topUpTo.lte(threshold)))
    fail('auto_recharge.top_up_to is too low for the threshold');
}

export interface DeclineWindow {
  from: Instant;
  to: Instant;
}

export function readDeclines(raw: RawScenario): DeclineWindow[] {
  return (raw.declines ?? []).map((window) => ({ from: readInstant(window.from), to: readInstant(window.to) }));
}

const NOT_METERS = ['at', 'type', 'id', 'sku', 'cost'];

/** What a usage row costs: its `cost`, or its meters by the price list entry of its SKU that is in force. */
export function usageCost(event: RawEvent, sku: string, rates: RawScenario['rates']): Money {
  if (isGiven(event['cost'])) {
    const cost = readAmount(event['cost']);
    return cost.isNegative() && !cost.isZero() ? fail('a usage cost is negative; a correction is an adjustment') : cost;
  }
  const meters = Object.entries(event).filter(([key]) => !NOT_METERS.includes(key));
  if (meters.length === 0) fail('a usage row has neither cost nor meters');
  const entry = priceListEntry(sku, readInstant(event.at), rates);
  let sum = ZERO;
  for (const [meter, quantity] of meters) {
    if (meter === 'from' || meter === 'per' || !isGiven(entry[meter])) fail(`no price for ${meter} of ${sku}`);
    sum = sum.plus(readNumber(quantity).times(readNumber(entry[meter])));
  }
  const cost = sum.div(readNumber(entry['per'] ?? 1)).toDecimalPlaces(12, HALF_EVEN);
  return cost.isNegative() && !cost.isZero() ? fail('a usage row has a negative cost') : cost;
}

function priceListEntry(sku: string, at: Instant, rates: RawScenario['rates']): RawMap {
  const entries = (rates?.[sku] ?? []).map((entry) => ({ from: readInstant(entry['from']), entry }));
  if (new Set(entries.map(({ from }) => from)).size < entries.length) fail(`two prices of one instant for ${sku}`);
  const [inForce] = entries.filter(({ from }) => from <= at).sort((a, b) => b.from - a.from);
  return inForce?.entry ?? fail(`no price for ${sku} at that time`);
}

export function fail(message: string): never {
  throw new OracleInputError(message);
}

export function oneOf<const T extends string>(value: unknown, choices: readonly T[]): T {
  return choices.find((choice) => choice === value) ?? fail(`${String(value)} is none of ${choices.join(', ')}`);
}

function readBoolean(value: unknown): boolean {
  return typeof value === 'boolean' ? value : fail(`not true or false: ${String(value)}`);
}

function readList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : fail(`not a list: ${String(value)}`);
}

function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return isGiven(value) ? read(value) : null;
}
