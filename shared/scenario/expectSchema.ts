/** Expectations: what a scenario says its result will be, in four forms. */
import type { Atoms } from '../domain/money.ts';
import type { Invoice, TimelineType, UsageRecord } from '../domain/result.ts';
import type { Expectation } from '../domain/scenario.ts';
import { byName, closed, withoutPrototype } from './closed.ts';
import { amount, instant, integer, month, name } from './scalars.ts';
import { z } from './zod.ts';

/** The figures of an invoice in the result format, with what they are. */
export const INVOICE_FIGURES = {
  usage: 'Accepted usage: the sum of the lines.',
  excess_billed: 'Usage that is billed on this invoice.',
  carried: "The period's overrun.",
  credits_applied: 'Usage that credits covered.',
  debt_brought_forward: 'Debt that starting the monthly plan moved here.',
  tax: 'Tax on what is billed.',
  amount_due: 'What the customer owes for the period.',
  opening_balance: 'Balance at the start of the period.',
  purchased: 'Bought credits that posted in the period.',
  granted: 'Credits given in the period.',
  adjusted: 'Sum of the adjustments of the period.',
  drawn: 'Accepted usage less excess.',
  expired: 'Credits forfeited in the period.',
  refunded: 'Credits refunded in the period.',
  debt_invoiced: 'Debt moved by starting the monthly plan.',
  closing_balance: 'Balance at the end of the period.',
  debt_settled: 'Debt that credits settled.',
  purchase_tax: 'Tax charged with purchases of the period.',
} satisfies Record<Exclude<keyof Invoice, 'period' | 'from' | 'to' | 'lines'>, string>;

/** What can be counted: types of timeline rows, and kinds of purchase. */
export const COUNTED = Object.keys({
  purchase: true,
  auto_recharge: true,
  purchase_rejected: true,
  payment_declined: true,
  posting: true,
  grant: true,
  adjustment: true,
  refund: true,
  refund_rejected: true,
  expiry: true,
  recharge_skipped: true,
  recharge_paused: true,
  recharge_resumed: true,
  tier: true,
  cutoff: true,
  restored: true,
  limit_reached: true,
  limit_lifted: true,
  plan_cancelled: true,
  plan_started: true,
  plan_rejected: true,
  usage: true,
  usage_rejected: true,
} satisfies Record<TimelineType | UsageRecord['type'] | 'auto_recharge', true>);

/** Why an event can have been rejected (billing model, sections 4, 5 and 9); `declined` stands for a declined payment. */
export const REJECTION_REASONS = [
  'not_prepaid',
  'fraction_of_minor_unit',
  'below_minimum',
  'above_maximum',
  'declined',
  'no_plan',
  'insufficient_quota',
  'monthly_limit',
  'non_refundable',
  'unknown_lot',
  'arrears_plan_active',
  'prepaid_plan_active',
] as const;

const figures = Object.fromEntries(
  Object.entries(INVOICE_FIGURES).map(([figure, description]) => [
    figure,
    amount.meta({ description }).exactOptional(),
  ]),
) as Record<keyof typeof INVOICE_FIGURES, ReturnType<typeof amount.exactOptional>>;

const atForm = closed({
  at: instant.meta({ description: 'The account is looked at after everything at this instant.' }),
  balance: amount.exactOptional().meta({ description: 'Credits that remain, less debt.' }),
  debt: amount.exactOptional().meta({ description: 'Overrun and uncovered adjustments that nothing has settled yet.' }),
  access: z.enum(['open', 'closed']).exactOptional().meta({ description: 'Whether usage is accepted.' }),
  plan: z.enum(['prepaid', 'monthly', 'none']).exactOptional().meta({ description: 'The plan in force.' }),
  tier: name.nullable().exactOptional().meta({ description: 'Name of the trust tier; null: none.' }),
  lots: byName(amount).exactOptional().meta({ description: 'What remains of lots, by their names.' }),
})
  .superRefine((form, context) => {
    if (Object.keys(form).length === 1)
      context.addIssue({
        code: 'custom',
        message: 'expects nothing; give at least one of balance, debt, access, plan, tier, lots',
      });
  })
  .transform((form): Expectation => ({ kind: 'at', ...form }));

const invoiceForm = closed({
  invoice: month.meta({
    description: 'Month of the invoice, YYYY-MM; the last of that month unless from chooses another.',
  }),
  from: instant.exactOptional().meta({ description: "Start of the invoice's period, where the month has several." }),
  lines: byName(amount).exactOptional().meta({ description: 'Lines of the invoice, by SKU.' }),
  ...figures,
}).transform(({ invoice, from, lines, ...given }): Expectation => {
  const form = {
    kind: 'invoice',
    period: invoice,
    from: from ?? null,
    figures: withoutPrototype(given as Record<string, Atoms>),
  } as const;
  return lines === undefined ? form : { ...form, lines };
});

const eventForm = closed({
  event: name.meta({ description: 'Name of an event.' }),
  status: z.enum(['accepted', 'rejected']).meta({ description: 'What became of it.' }),
  reason: z
    .enum(REJECTION_REASONS)
    .optional()
    .meta({ description: 'Why it was rejected; with rejected only. Default: any reason.' }),
})
  .superRefine(({ status, reason }, context) => {
    if (status === 'accepted' && reason !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['reason'],
        message: 'is given with accepted; only what is rejected has a reason, remove it',
      });
  })
  .transform(({ event, status, reason }): Expectation => ({ kind: 'event', event, status, reason: reason ?? null }));

const countForm = closed({
  count: z.enum(COUNTED).meta({ description: 'Type of timeline rows, or kind of accepted purchases.' }),
  equals: integer(0, 1_000_000_000).meta({ description: 'How many there are.' }),
}).transform((form): Expectation => ({ kind: 'count', ...form }));

export const expectationSchema = z.union([atForm, invoiceForm, eventForm, countForm], {
  error: '{at, balance, …}, {invoice, amount_due, …}, {event, status, reason} or {count, equals}',
});
