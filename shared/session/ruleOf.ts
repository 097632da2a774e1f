/** The policy value behind a timeline record, as it stood when the record was made. */
import { formatAtoms } from '../domain/money.ts';
import { mergeAutoRecharge, mergePolicy, type Policy } from '../domain/policy.ts';
import type { TimelineRecord } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import type { ReplayInput } from '../engine/input.ts';
import type { Account } from './account.ts';

export interface Rule {
  readonly name: string;
  readonly value: string;
}

export function ruleOf({ run }: Account, entry: TimelineRecord): Rule | null {
  const policy = policyAt(run.input, entry.at);
  const { auto_recharge, cutoff, credits, purchase } = policy;
  switch (entry.type) {
    case 'purchase':
      if (entry.kind === 'auto_recharge') return amountRule('auto_recharge.threshold', auto_recharge.threshold);
      return entry.tax === 0n ? null : amountRule('purchase.tax_rate', purchase.tax_rate);
    case 'posting':
      return { name: 'purchase.posting_delay', value: purchase.posting_delay.text };
    case 'expiry':
      return { name: 'credits.expire_after', value: credits.expire_after?.text ?? 'never' };
    case 'cutoff':
      return { name: 'cutoff.delay', value: cutoff.delay.text };
    case 'restored':
      return { name: 'cutoff.restore_delay', value: cutoff.restore_delay.text };
    case 'recharge_skipped':
      return amountRule('auto_recharge.monthly_limit', auto_recharge.monthly_limit);
    case 'recharge_paused':
      return {
        name: 'auto_recharge.retry_after',
        value: auto_recharge.retry_after.map(({ text }) => text).join(', ') || 'none',
      };
    case 'limit_reached':
    case 'limit_lifted':
      return { name: 'tiers.monthly_limit', value: tierLimits(policy) };
    case 'tier':
      return {
        name: 'tiers.paid',
        value: formatAtoms(policy.tiers.find(({ name }) => name === entry.tier)?.paid ?? 0n),
      };
    case 'purchase_rejected':
      return refusalRule(entry.reason, policy);
    case 'refund_rejected':
      return { name: 'credits.refundable', value: String(credits.refundable) };
    case 'payment_declined':
    case 'grant':
    case 'adjustment':
    case 'refund':
    case 'recharge_resumed':
    case 'plan_cancelled':
    case 'plan_started':
    case 'plan_rejected':
      return null;
  }
}

/** The policy in force at an instant, everything of that instant included. */
function policyAt(input: ReplayInput, at: Instant): Policy {
  let { policy } = input;
  for (const { event } of input.controls) {
    if (event.at > at) break;
    if (event.type === 'policy') policy = mergePolicy(policy, event.set);
    if (event.type === 'auto_recharge')
      policy = { ...policy, auto_recharge: mergeAutoRecharge(policy.auto_recharge, event.set) };
  }
  return policy;
}

function refusalRule(reason: string, { purchase }: Policy): Rule | null {
  if (reason === 'below_minimum') return amountRule('purchase.minimum', purchase.minimum);
  if (reason === 'above_maximum')
    return amountRule('purchase.maximum', purchase.maximum) ?? { name: 'tiers.max_purchase', value: '' };
  return null;
}

function tierLimits({ tiers }: Policy): string {
  return tiers
    .flatMap(({ name, monthly_limit }) => (monthly_limit === null ? [] : [`${name} ${formatAtoms(monthly_limit)}`]))
    .join(', ');
}

function amountRule(name: string, amount: bigint | null): Rule | null {
  return amount === null ? null : { name, value: formatAtoms(amount) };
}
