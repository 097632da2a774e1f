/** The policy as scenario files state it (billing model, section 12), in part or whole; parsed to a `PolicyPatch`. */
import { formatAtoms } from '../domain/money.ts';
import { DEFAULT_POLICY } from '../domain/policy.ts';
import type { Duration } from '../domain/time.ts';
import { closed } from './closed.ts';
import { amount, duration, integer, name, quantity } from './scalars.ts';
import { z } from './zod.ts';

/** Days that a tier can need: no account lives longer than a hundred years. */
const MAX_TIER_DAYS = 1_000_000;

/** A field that may be left out, with its documentation and the default that then holds. */
function field<S extends z.ZodType>(
  schema: S,
  description: string,
  standard: bigint | Duration | boolean | string | null | readonly [],
) {
  const shown =
    typeof standard === 'bigint'
      ? formatAtoms(standard)
      : standard !== null && typeof standard === 'object' && 'text' in standard
        ? standard.text
        : standard;
  return schema
    .meta({ description: `${description} Default: ${Array.isArray(shown) ? '[]' : String(shown)}.`, default: shown })
    .exactOptional();
}

const { purchase, credits, cutoff, auto_recharge: recharge, invoice } = DEFAULT_POLICY;

/** The settings of auto-recharge, in the policy and in `auto_recharge` events. */
export const autoRechargeShape = {
  enabled: field(
    z.boolean(),
    'Whether auto-recharge is on. On, it needs a threshold and either amount or top_up_to.',
    recharge.enabled,
  ),
  threshold: field(
    amount.nullable(),
    "Auto-recharge fires when the balance falls below this; in the currency's unit.",
    recharge.threshold,
  ),
  amount: field(
    amount.nullable(),
    "Credits that one firing adds, in the currency's unit, whole minor units; setting it clears top_up_to.",
    recharge.amount,
  ),
  top_up_to: field(
    amount.nullable(),
    "Balance that one firing restores, in the currency's unit; setting it clears amount.",
    recharge.top_up_to,
  ),
  monthly_limit: field(
    quantity.nullable(),
    "Most that auto-recharge may buy in one calendar month, in the currency's unit; null: no limit.",
    recharge.monthly_limit,
  ),
  count_pending: field(
    z.boolean(),
    'Whether purchases that are paid but not posted count as balance.',
    recharge.count_pending,
  ),
  trigger: field(
    z.enum(['below', 'at_or_below']),
    'Whether it fires only below the threshold, or also at it.',
    recharge.trigger,
  ),
  in_flight: field(
    z.enum(['one', 'many']),
    'How many auto-recharges may be paid and not yet posted at a time.',
    recharge.in_flight,
  ),
  cooldown: field(duration, 'Least time between two attempts, an ISO 8601 duration such as PT1H.', recharge.cooldown),
  retry_after: field(
    z.array(duration),
    'Waits after the first, second, … declined payment in a row, ISO 8601 durations; where there is none left, auto-recharge pauses.',
    [],
  ),
};

const tierSchema = closed({
  name: name.meta({ description: 'Name of the tier; each is given once.' }),
  paid: quantity.meta({ description: "Amount paid in all, without tax, that the tier needs; in the currency's unit." }),
  days: integer(0, MAX_TIER_DAYS).meta({
    description: 'Whole 24-hour days since the first successful payment that the tier needs.',
  }),
  max_purchase: quantity.nullable().optional().meta({
    description: "Largest purchase in this tier, in the currency's unit; null or left out: purchase.maximum holds.",
  }),
  monthly_limit: quantity.nullable().optional().meta({
    description:
      "Usage in one calendar month at which the account is stopped, in the currency's unit; null or left out: none.",
  }),
})
  .transform((tier) => ({
    ...tier,
    max_purchase: tier.max_purchase ?? null,
    monthly_limit: tier.monthly_limit ?? null,
  }))
  .meta({ id: 'tier' });

const tiersSchema = z.array(tierSchema).superRefine((tiers, context) => {
  const first = new Map<string, number>();
  tiers.forEach(({ name: tier }, index) => {
    const earlier = first.get(tier);
    if (earlier === undefined) first.set(tier, index);
    else
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: `repeats the name of tiers[${earlier}]; give each tier a name of its own`,
      });
  });
});

export const policySchema = closed({
  purchase: closed({
    minimum: field(quantity, "Smallest purchase, in the currency's unit.", purchase.minimum),
    maximum: field(
      quantity.nullable(),
      "Largest purchase where the tier states none, in the currency's unit; null: no maximum.",
      purchase.maximum,
    ),
    maximum_of: field(
      z.enum(['purchase', 'balance']),
      'Whether the maximum holds for the purchase alone, or for it and the balance together.',
      purchase.maximum_of,
    ),
    posting_delay: field(
      duration,
      'Time from payment until the credit can be used, an ISO 8601 duration.',
      purchase.posting_delay,
    ),
    tax_rate: field(quantity, 'Tax on purchases as a fraction of the amount: 0.19 is 19 %.', purchase.tax_rate),
  })
    .exactOptional()
    .meta({ description: 'Rules for buying credits.' }),
  credits: closed({
    expire_after: field(
      duration.nullable(),
      "Life of bought credits, an ISO 8601 duration on the account's clock; null: they never expire.",
      credits.expire_after,
    ),
    expiry: field(
      z.enum(['anniversary', 'start_of_day', 'end_of_day', 'end_of_month']),
      'How the instant of expiry is moved.',
      credits.expiry,
    ),
    refundable: field(z.boolean(), 'Whether what remains of bought credits can be refunded.', credits.refundable),
  })
    .exactOptional()
    .meta({ description: 'Rules for credits that were bought.' }),
  cutoff: closed({
    delay: field(duration, 'Time from exhaustion until access closes, an ISO 8601 duration.', cutoff.delay),
    restore_delay: field(
      duration,
      'Time from a balance above the floor until access opens again, an ISO 8601 duration.',
      cutoff.restore_delay,
    ),
    floor: field(
      amount,
      "Balance at or below which access is cut off, in the currency's unit; -5 is an overdraft of 5.",
      cutoff.floor,
    ),
  })
    .exactOptional()
    .meta({ description: 'When access is cut off and restored.' }),
  exhausted: field(
    z.enum(['cut_off', 'bill_excess']),
    'What happens on prepaid when credits are exhausted: access is cut off, or the excess is billed.',
    DEFAULT_POLICY.exhausted,
  ),
  auto_recharge: closed(autoRechargeShape)
    .exactOptional()
    .meta({ description: 'When credits are bought by themselves.' }),
  tiers: field(tiersSchema, 'Trust tiers, lowest first; the list replaces the one before.', []),
  tier_change: field(
    z.enum(['automatic', 'at_purchase']),
    'Whether a tier also changes by the mere passing of days.',
    DEFAULT_POLICY.tier_change,
  ),
  invoice: closed({
    rounding: field(
      z.enum(['half_even', 'half_up']),
      'How invoice figures and taxes are rounded to the minor unit.',
      invoice.rounding,
    ),
    tax_rate: field(quantity, 'Tax on what an invoice bills, as a fraction: 0.19 is 19 %.', invoice.tax_rate),
  })
    .exactOptional()
    .meta({ description: 'Rules for invoices.' }),
}).meta({ id: 'policy' });
