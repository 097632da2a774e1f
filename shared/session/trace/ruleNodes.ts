/** Policy values in a derivation: what a rule was at a step, and who set it. */
import type { RuleOrigin, TraceRule, TraceSign } from '../../contract/trace.ts';
import { formatAtoms } from '../../domain/money.ts';
import { DEFAULT_POLICY, type Policy, type PolicyPatch } from '../../domain/policy.ts';
import type { Made, Maker, Part } from './nodes.ts';
import { listed, noFigure } from './nodes.ts';
import type { Tracing } from './tracing.ts';

/** Every policy value by its name in scenario files, in words. */
const RULES = {
  'purchase.minimum': 'Least purchase',
  'purchase.maximum': 'Largest purchase',
  'purchase.maximum_of': 'What the largest purchase limits',
  'purchase.posting_delay': 'Time from payment to posting',
  'purchase.tax_rate': 'Tax on purchases',
  'credits.expire_after': 'Credits expire after',
  'credits.expiry': 'Moment of expiry',
  'credits.refundable': 'Credits can be refunded',
  'cutoff.delay': 'Time from the floor to the cut-off',
  'cutoff.restore_delay': 'Time to restored access',
  'cutoff.floor': 'Floor of the balance',
  exhausted: 'Usage past the last credit',
  'auto_recharge.enabled': 'Auto-recharge',
  'auto_recharge.threshold': 'Auto-recharge threshold',
  'auto_recharge.amount': 'Auto-recharge amount',
  'auto_recharge.top_up_to': 'Auto-recharge tops up to',
  'auto_recharge.monthly_limit': 'Auto-recharge limit of a calendar month',
  'auto_recharge.count_pending': 'Pending purchases count',
  'auto_recharge.trigger': 'Auto-recharge fires',
  'auto_recharge.in_flight': 'Auto-recharges pending at once',
  'auto_recharge.cooldown': 'Time between two auto-recharges',
  'auto_recharge.retry_after': 'Waits after declined payments',
  tiers: 'Trust tiers',
  tier_change: 'When tiers change',
  'invoice.rounding': 'Rounding on invoices',
  'invoice.tax_rate': 'Tax on invoices',
} as const;

export type RuleName = keyof typeof RULES;

/** What the balance, access and auto-recharge stand under. */
const IN_FORCE: readonly RuleName[] = [
  'exhausted',
  'cutoff.floor',
  'cutoff.delay',
  'cutoff.restore_delay',
  'credits.expire_after',
  'credits.expiry',
  'auto_recharge.enabled',
  'auto_recharge.threshold',
  'auto_recharge.amount',
  'auto_recharge.top_up_to',
  'auto_recharge.monthly_limit',
];

export const ruleMakers: readonly (readonly [string, Maker])[] = [
  [
    'rules',
    (tracing, [steps = -1]) => {
      if (tracing.history.states[steps] === undefined) throw noFigure();
      return {
        label: 'Rules in force at this instant',
        amount: null,
        kind: 'fact',
        parts: listed(IN_FORCE.map((name) => rulePart(tracing, name, steps))),
      };
    },
  ],
];

/** A policy value after so many steps, as a part; an amount is its amount. */
export function rulePart(
  tracing: Tracing,
  name: RuleName,
  steps: number,
  { sign = '=', note }: { readonly sign?: TraceSign; readonly note?: string } = {},
): Part & Made {
  const value = valueOf(tracing.history.states[steps]!.policy, name);
  return {
    sign,
    label: RULES[name],
    amount: typeof value === 'bigint' ? value : null,
    unit: name.endsWith('tax_rate') ? null : tracing.input.currency,
    kind: 'rule',
    rule: ruleOf(tracing, name, steps),
    ...(note === undefined ? {} : { note }),
  };
}

export function ruleOf(tracing: Tracing, name: RuleName, steps: number): TraceRule {
  const { policy } = tracing.history.states[steps]!;
  return { name, value: valueText(valueOf(policy, name)), from: originOf(tracing, name, steps) };
}

/** A value of a tier, by the name of its list: `tiers`, with the tier's and the field's. */
export function tierRulePart(
  tracing: Tracing,
  { tier, field, steps }: { tier: string; field: 'paid' | 'days' | 'monthly_limit' | 'max_purchase'; steps: number },
  { sign = '=', label }: { readonly sign?: TraceSign; readonly label: string },
): Part & Made {
  const held = tracing.history.states[steps]!.policy.tiers.find(({ name }) => name === tier);
  const value = held?.[field] ?? null;
  const atoms = typeof value === 'number' ? BigInt(value) * 1_000_000_000_000n : value;
  return {
    sign,
    label,
    amount: atoms,
    unit: field === 'days' ? 'days' : tracing.input.currency,
    kind: 'rule',
    rule: {
      name: `tiers[${tier}].${field}`,
      value: atoms === null ? null : formatAtoms(atoms),
      from: originOf(tracing, 'tiers', steps),
    },
  };
}

/** What a rule of the billing model that is no policy value made of the figures beside it. */
export function modelPart(sign: TraceSign, label: string, name: string, amount: bigint | null): Part & Made {
  return { sign, label, amount, kind: 'rule', rule: { name, value: null, from: { kind: 'model' } } };
}

function valueOf(policy: Policy, name: RuleName): unknown {
  const [section = '', field] = name.split('.');
  const value: unknown = policy[section as keyof Policy];
  return field === undefined ? value : (value as Readonly<Record<string, unknown>>)[field];
}

function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return formatAtoms(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return (value as unknown[]).map((one) => valueText(one) ?? '').join(', ');
  const { text, name } = value as { readonly text?: string; readonly name?: string };
  return text ?? name ?? null;
}

/** The last event that set it, among those taken by then; else the scenario's policy, where it says it. */
function originOf(tracing: Tracing, name: RuleName, steps: number): RuleOrigin {
  const { controls } = tracing.history.states[steps]!;
  const { settingControls, lines, input, account } = tracing;
  const [section = '', field] = name.split('.');
  for (let i = lastBelow(settingControls, controls); i >= 0; i--) {
    const { event } = input.controls[settingControls[i]!]!;
    if (event.type !== 'policy' && event.type !== 'auto_recharge') continue;
    if (!sets(event, section, field)) continue;
    const index = tracing.eventIndex(event) ?? -1;
    return { kind: 'event', event: index, at: event.at, line: lines.lineOf(['events', index]) };
  }
  const line = lines.lineOf(['policy', section, ...(field === undefined ? [] : [field])]);
  if (line !== null) return { kind: 'scenario', line };
  // a text too long to look into: what differs from the default is the scenario's
  const differs =
    !lines.known && valueText(valueOf(account.parsed.policy, name)) !== valueText(valueOf(DEFAULT_POLICY, name));
  return differs ? { kind: 'scenario', line: null } : { kind: 'default' };
}

/** Whether an event's settings name a value, or clear it: setting one of amount and top_up_to clears the other. */
function sets(
  event:
    { readonly type: 'policy'; readonly set: PolicyPatch } | { readonly type: 'auto_recharge'; readonly set: object },
  section: string,
  field: string | undefined,
): boolean {
  const all = event.type === 'policy' ? event.set : { auto_recharge: event.set };
  const value = (all as Readonly<Record<string, unknown>>)[section];
  if (value === undefined || field === undefined) return value !== undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  if (fields[field] !== undefined) return true;
  if (section !== 'auto_recharge') return false;
  return (field === 'amount' && fields['top_up_to'] != null) || (field === 'top_up_to' && fields['amount'] != null);
}

function lastBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
