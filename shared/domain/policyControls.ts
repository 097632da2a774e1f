/**
 * Every policy value as a control: its name on the screen, how it is set and between what ends. One table, so that the
 * What-if place, its sliders and the way back into a scenario file cannot come to differ.
 */
import type { ControlForm, ControlValue } from './controlText.ts';
import { ATOMS_PER_UNIT } from './money.ts';
import { mergePolicy, type Policy, type PolicyPatch } from './policy.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.ts';

export type ControlGroup =
  | 'Auto-recharge'
  | 'Cut-off'
  | 'Purchases'
  | 'Expiry'
  | 'Limits'
  | 'Tiers'
  | 'Tax'
  | 'Invoices'
  | 'Burn order'
  | 'Time zone'
  | 'Prices';

/**
 * The ends of a track and its smallest step, exact: atoms of an amount or rate, milliseconds of a duration. A logarithmic
 * track begins with `low` and goes on from `least`, for zero has no logarithm.
 */
export interface SliderRange {
  readonly scale: 'linear' | 'log';
  readonly low: bigint;
  readonly least: bigint;
  readonly high: bigint;
  readonly step: bigint;
}

export interface PolicyControl {
  /** Where the value stands in the policy, e.g. `cutoff.delay`. */
  readonly path: string;
  readonly label: string;
  readonly group: ControlGroup;
  readonly help: string;
  readonly form: ControlForm;
  /** Null where the value is no point between two ends. */
  readonly slider: SliderRange | null;
  /** Values that one press sets, as text. */
  readonly presets: readonly string[];
}

const UNIT = ATOMS_PER_UNIT;

/** Over two decades, so logarithmic: nothing, then from a minute. */
const DELAY_SLIDER: SliderRange = span('log', 0, MINUTE_MS, DAY_MS, MINUTE_MS);
const POSTING_SLIDER: SliderRange = span('linear', 0, 0, HOUR_MS, MINUTE_MS);
const COOLDOWN_SLIDER: SliderRange = span('log', 0, 10 * SECOND_MS, DAY_MS, SECOND_MS);
const LIFE_SLIDER: SliderRange = span('log', DAY_MS, DAY_MS, 1096 * DAY_MS, DAY_MS);
const AMOUNT_SLIDER: SliderRange = { scale: 'log', low: 0n, least: UNIT, high: 1000n * UNIT, step: UNIT };
const LIMIT_SLIDER: SliderRange = { scale: 'log', low: 0n, least: 10n * UNIT, high: 5000n * UNIT, step: UNIT };
const FLOOR_SLIDER: SliderRange = { scale: 'linear', low: -100n * UNIT, least: 0n, high: 0n, step: UNIT };
/** Up to 25 %, in eighths of a hundredth. */
const TAX_SLIDER: SliderRange = { scale: 'linear', low: 0n, least: 0n, high: UNIT / 4n, step: UNIT / 800n };

function span(scale: 'linear' | 'log', low: number, least: number, high: number, step: number): SliderRange {
  return { scale, low: BigInt(low), least: BigInt(least), high: BigInt(high), step: BigInt(step) };
}

type Definition = readonly [
  path: string,
  group: ControlGroup,
  label: string,
  help: string,
  form: ControlForm,
  slider?: SliderRange | null,
  presets?: readonly string[],
];

const NO_LIMIT = 'no limit';
const NOT_SET = 'not set';
const delay: ControlForm = { kind: 'duration', none: null, calendar: false };
const plainAmount: ControlForm = { kind: 'amount', none: null, signed: false };
const limit: ControlForm = { kind: 'amount', none: NO_LIMIT, signed: false };
const setting: ControlForm = { kind: 'amount', none: NOT_SET, signed: true };
const rate: ControlForm = { kind: 'rate' };
const onOff: ControlForm = { kind: 'switch' };

function choice(...choices: readonly (readonly [value: string, label: string])[]): ControlForm {
  return { kind: 'choice', choices: choices.map(([value, label]) => ({ value, label })) };
}

const DEFINITIONS: readonly Definition[] = [
  [
    'auto_recharge.enabled',
    'Auto-recharge',
    'Auto-recharge',
    'Whether credits are bought by themselves; on, it needs a threshold and either an amount or a target.',
    onOff,
  ],
  [
    'auto_recharge.threshold',
    'Auto-recharge',
    'Threshold',
    'It fires when the balance falls below this.',
    setting,
    AMOUNT_SLIDER,
  ],
  [
    'auto_recharge.amount',
    'Auto-recharge',
    'Amount',
    'Credits that one firing adds, in whole minor units; setting it clears the target.',
    setting,
    AMOUNT_SLIDER,
  ],
  [
    'auto_recharge.top_up_to',
    'Auto-recharge',
    'Target',
    'Balance that one firing restores; setting it clears the amount.',
    setting,
    AMOUNT_SLIDER,
  ],
  [
    'auto_recharge.monthly_limit',
    'Auto-recharge',
    'Monthly limit',
    'Most that it may buy in one calendar month.',
    limit,
    LIMIT_SLIDER,
  ],
  [
    'auto_recharge.count_pending',
    'Auto-recharge',
    'Count pending',
    'Whether purchases that are paid but not posted count as balance.',
    onOff,
  ],
  [
    'auto_recharge.trigger',
    'Auto-recharge',
    'Fires',
    'Whether it fires only below the threshold, or also at it.',
    choice(['below', 'below'], ['at_or_below', 'at or below']),
  ],
  [
    'auto_recharge.in_flight',
    'Auto-recharge',
    'In flight',
    'How many auto-recharges may be paid and not yet posted at a time.',
    choice(['one', 'one'], ['many', 'many']),
  ],
  ['auto_recharge.cooldown', 'Auto-recharge', 'Cooldown', 'Least time between two attempts.', delay, COOLDOWN_SLIDER],
  [
    'auto_recharge.retry_after',
    'Auto-recharge',
    'Retry after',
    'Waits after the first, second, … declined payment in a row; where there is none left, auto-recharge pauses.',
    { kind: 'durations' },
  ],
  ['cutoff.delay', 'Cut-off', 'Delay', 'Time from exhaustion until access closes.', delay, DELAY_SLIDER],
  [
    'cutoff.floor',
    'Cut-off',
    'Floor',
    'Balance at or below which access is cut off; −5 is an overdraft of 5.',
    { kind: 'amount', none: null, signed: true },
    FLOOR_SLIDER,
  ],
  [
    'cutoff.restore_delay',
    'Cut-off',
    'Restore delay',
    'Time from a balance above the floor until access opens again.',
    delay,
    POSTING_SLIDER,
  ],
  [
    'exhausted',
    'Cut-off',
    'When exhausted',
    'What happens on prepaid when credits are exhausted.',
    choice(['cut_off', 'cut off'], ['bill_excess', 'bill the excess']),
  ],
  [
    'purchase.posting_delay',
    'Purchases',
    'Posting delay',
    'Time from payment until the credit can be used.',
    delay,
    POSTING_SLIDER,
  ],
  ['purchase.minimum', 'Purchases', 'Minimum', 'Smallest purchase.', plainAmount, AMOUNT_SLIDER],
  ['credits.refundable', 'Purchases', 'Refundable', 'Whether what remains of bought credits can be refunded.', onOff],
  [
    'credits.expire_after',
    'Expiry',
    'Credits expire after',
    "Life of bought credits on the account's clock.",
    { kind: 'duration', none: 'never', calendar: true },
    LIFE_SLIDER,
    ['90 d', '1 y', '2 y', 'never'],
  ],
  [
    'credits.expiry',
    'Expiry',
    'Expiry falls on',
    'How the instant of expiry is moved.',
    choice(
      ['anniversary', 'anniversary'],
      ['start_of_day', 'start of day'],
      ['end_of_day', 'end of day'],
      ['end_of_month', 'end of month'],
    ),
  ],
  ['purchase.maximum', 'Limits', 'Maximum', 'Largest purchase where the tier states none.', limit, LIMIT_SLIDER],
  [
    'purchase.maximum_of',
    'Limits',
    'Maximum of',
    'Whether the maximum holds for the purchase alone, or for it and the balance together.',
    choice(['purchase', 'the purchase'], ['balance', 'purchase and balance']),
  ],
  ['tiers', 'Tiers', 'Trust tiers', 'Lowest first; what each needs and allows.', { kind: 'tiers' }],
  [
    'tier_change',
    'Tiers',
    'Tier changes',
    'Whether a tier also changes by the mere passing of days.',
    choice(['automatic', 'automatically'], ['at_purchase', 'at a purchase']),
  ],
  ['purchase.tax_rate', 'Tax', 'Tax on purchases', 'Added to what a purchase is charged.', rate, TAX_SLIDER],
  ['invoice.tax_rate', 'Tax', 'Tax on invoices', 'Added to what an invoice bills.', rate, TAX_SLIDER],
  [
    'invoice.rounding',
    'Invoices',
    'Rounding',
    'How invoice figures and taxes are rounded to the minor unit.',
    choice(['half_even', 'half to even'], ['half_up', 'half up']),
  ],
];

/** In the order in which they are shown. */
export const POLICY_CONTROLS: readonly PolicyControl[] = DEFINITIONS.map(
  ([path, group, label, help, form, slider = null, presets = []]) => ({
    path,
    label,
    group,
    help,
    form,
    slider,
    presets,
  }),
);

const BY_PATH: ReadonlyMap<string, PolicyControl> = new Map(POLICY_CONTROLS.map((control) => [control.path, control]));

/** The control of a policy value; undefined for what is none. */
export function policyControl(path: string): PolicyControl | undefined {
  return BY_PATH.get(path);
}

/** A control's value in a policy. */
export function policyValue(policy: Policy, path: string): ControlValue {
  return valueIn(policy, path) as ControlValue;
}

/** A control's value in a patch; undefined where the patch leaves it as it is. */
export function patchedValue(patch: PolicyPatch, path: string): ControlValue | undefined {
  return valueIn(patch, path) as ControlValue | undefined;
}

function valueIn(tree: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key], tree);
}

/** A patch of several values, by path. */
export function policyPatch(values: Iterable<readonly [path: string, value: ControlValue]>): PolicyPatch {
  const patch: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const [group = '', name] = path.split('.');
    if (name === undefined) patch[group] = value;
    else patch[group] = { ...(patch[group] as object | undefined), [name]: value };
  }
  return patch;
}

/** A policy with these values: as `mergePolicy`, so giving one of amount and target clears the other. */
export function withValues(policy: Policy, values: Iterable<readonly [path: string, value: ControlValue]>): Policy {
  return mergePolicy(policy, policyPatch(values));
}
