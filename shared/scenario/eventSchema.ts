/** What happens in a scenario: the eight types of event, parsed to the domain's events. */
import type { ScenarioEvent } from '../domain/scenario.ts';
import { closed, isMap, refuseKeys, withoutPrototype } from './closed.ts';
import { autoRechargeShape, policySchema } from './policySchema.ts';
import { amount, duration, instant, integer, METER_PATTERN, name, notNegative, positive, quantity } from './scalars.ts';
import { z } from './zod.ts';

/** Bound of a lot's priority, either way. */
const MAX_PRIORITY = 1_000_000_000;

const at = instant.meta({
  description: 'When it happens: ISO 8601 with Z or an offset. The order of the file decides at one instant.',
});
const id = name.optional().meta({ description: 'Name of the event, by which expectations find it.' });
const lotId = name
  .optional()
  .meta({ description: 'Name of the event and of the lot that it makes. Default: counted per kind, e.g. purchase-1.' });

const typed = <T extends string>(type: T) => z.literal(type).meta({ description: 'Type of the event.' });

const purchase = closed({
  at,
  type: typed('purchase'),
  id: lotId,
  amount: positive('to take credits away use an adjustment').meta({
    description: "Credits bought, without tax, in the currency's unit; more than 0.",
  }),
  payment: z
    .enum(['ok', 'declined'])
    .optional()
    .meta({ description: 'Whether the payment succeeds. Default: ok.', default: 'ok' }),
})
  .meta({ description: 'The customer buys credits.' })
  .transform((event): ScenarioEvent => ({
    type: 'purchase',
    at: event.at,
    id: event.id ?? null,
    amount: event.amount,
    payment: event.payment ?? 'ok',
  }));

const grant = closed({
  at,
  type: typed('grant'),
  id: lotId,
  amount: positive('to take credits away use an adjustment').meta({
    description: "Credits given, in the currency's unit; more than 0.",
  }),
  expires_at: instant
    .optional()
    .meta({ description: 'When what remains expires; not together with expire_after. Default: never.' }),
  expire_after: duration
    .optional()
    .meta({ description: 'Life of the credits, an ISO 8601 duration; not together with expires_at. Default: never.' }),
  priority: integer(-MAX_PRIORITY, MAX_PRIORITY)
    .optional()
    .meta({ description: 'Lots of lower priority are drawn first. Default: 0.', default: 0 }),
})
  .meta({ description: 'The customer is given promotional credits.' })
  .superRefine((event, context) => {
    const wrong = (field: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (event.expires_at !== undefined && event.expire_after !== undefined)
      wrong('expire_after', 'and expires_at are both given; a grant takes one of them');
    else if (event.expires_at !== undefined && event.expires_at <= event.at)
      wrong('expires_at', "is not after the grant's own instant; a grant expires after it is made");
    else if (
      event.expire_after !== undefined &&
      event.expire_after.months + event.expire_after.days + event.expire_after.ms === 0
    )
      wrong('expire_after', 'is no time at all; a grant expires after it is made, e.g. P30D');
  })
  .transform((event): ScenarioEvent => ({
    type: 'grant',
    at: event.at,
    id: event.id ?? null,
    amount: event.amount,
    expires_at: event.expires_at ?? null,
    expire_after: event.expire_after ?? null,
    priority: event.priority ?? 0,
  }));

const adjustment = closed({
  at,
  type: typed('adjustment'),
  id: lotId,
  amount: amount.meta({
    description:
      "Correction of the balance, in the currency's unit: credits when positive, drawn from lots when negative.",
  }),
})
  .meta({ description: 'The balance is corrected.' })
  .transform((event): ScenarioEvent => ({
    type: 'adjustment',
    at: event.at,
    id: event.id ?? null,
    amount: event.amount,
  }));

const refund = closed({
  at,
  type: typed('refund'),
  id,
  lot: name.meta({ description: 'Name of the lot whose remaining credits are taken back, e.g. purchase-1.' }),
})
  .meta({ description: 'What remains of a bought lot is refunded.' })
  .transform((event): ScenarioEvent => ({ type: 'refund', at: event.at, id: event.id ?? null, lot: event.lot }));

const autoRecharge = closed({ at, type: typed('auto_recharge'), id, ...autoRechargeShape })
  .meta({ description: 'Auto-recharge is set anew; what is left out stays as it is.' })
  .transform(({ at: when, type, id: named, ...set }): ScenarioEvent => ({ type, at: when, id: named ?? null, set }));

const policy = closed({
  at,
  type: typed('policy'),
  id,
  set: policySchema.meta({
    description: 'What changes: maps merge into the policy in force, lists and scalars replace.',
  }),
})
  .meta({ description: 'The policy changes.' })
  .transform((event): ScenarioEvent => ({ type: 'policy', at: event.at, id: event.id ?? null, set: event.set }));

const plan = closed({
  at,
  type: typed('plan'),
  id,
  action: z.enum(['cancel', 'start']).meta({ description: 'Whether the current plan ends, or a new one starts.' }),
  plan: z.enum(['prepaid', 'monthly']).optional().meta({ description: 'The plan that starts; with start only.' }),
})
  .meta({ description: 'The plan ends or starts.' })
  .superRefine((event, context) => {
    if (event.action === 'start' && event.plan === undefined)
      context.addIssue({
        code: 'custom',
        path: ['plan'],
        message: 'is missing; a start needs plan: prepaid or plan: monthly',
      });
    if (event.action === 'cancel' && event.plan !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['plan'],
        message: 'is given with cancel, which ends the current plan; remove it',
      });
  })
  .transform((event): ScenarioEvent => {
    const base = { type: 'plan', at: event.at, id: event.id ?? null } as const;
    return event.action === 'start'
      ? { ...base, action: 'start', plan: event.plan ?? 'prepaid' }
      : { ...base, action: 'cancel' };
  });

const usageShape = {
  at,
  type: typed('usage'),
  id,
  sku: name.optional().meta({ description: 'What was used. Default: usage.', default: 'usage' }),
  cost: notNegative('correct the balance with an adjustment')
    .optional()
    .meta({ description: "Cost, in the currency's unit; without it the row is priced from its meters by rates." }),
};
const usageKeys = new Set(Object.keys(usageShape));

const usage = z
  .object(usageShape)
  .catchall(quantity.meta({ description: 'Quantity of a meter, e.g. input_tokens; priced by rates.' }))
  .meta({
    description: 'Something is used. Any other key is a meter with its quantity.',
    propertyNames: { pattern: METER_PATTERN },
  })
  .superRefine((event, context) => refuseKeys(event, [...usageKeys], context), { when: isMap })
  .superRefine((event, context) => {
    if (event.cost === undefined && Object.keys(event).every((key) => usageKeys.has(key)))
      context.addIssue({
        code: 'custom',
        message:
          'has neither cost nor meters; give it a cost, or quantities such as input_tokens to be priced by rates',
      });
  })
  .transform((event): ScenarioEvent => {
    const meters = Object.entries(event).filter(([key]) => !usageKeys.has(key)) as [string, bigint][];
    return {
      type: 'usage',
      at: event.at,
      id: event.id ?? null,
      sku: event.sku ?? 'usage',
      cost: event.cost ?? null,
      meters: withoutPrototype(Object.fromEntries(meters)),
    };
  });

export const eventSchema = z.discriminatedUnion('type', [
  usage,
  purchase,
  grant,
  adjustment,
  refund,
  autoRecharge,
  policy,
  plan,
]);
