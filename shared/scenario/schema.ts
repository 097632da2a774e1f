/**
 * The scenario format, described once: the reader validates with it, and the JSON Schema is made from it. Fields parse
 * to exact values; whole sections parse to the domain's types.
 */
import type { Account } from '../domain/scenario.ts';
import { closed } from './closed.ts';
import { eventSchema } from './eventSchema.ts';
import { expectationSchema } from './expectSchema.ts';
import { policySchema } from './policySchema.ts';
import { currency, formatVersion, instant, name, text, timezone } from './scalars.ts';
import { declineSchema, ratesSchema, usageSourceSchema } from './usageSchema.ts';
import { z } from './zod.ts';

export const accountSchema = closed({
  id: name.optional().meta({ description: 'Name of the account. Default: account.', default: 'account' }),
  currency: currency.optional().meta({
    description: 'ISO 4217 code; its minor unit is what invoices are rounded to. Default: USD.',
    default: 'USD',
  }),
  timezone: timezone
    .optional()
    .meta({ description: 'IANA zone of calendar months, days and calendar durations. Default: UTC.', default: 'UTC' }),
  plan: z
    .enum(['prepaid', 'monthly', 'none'])
    .optional()
    .meta({ description: 'The plan at opening. Default: prepaid.', default: 'prepaid' }),
  opened: instant
    .optional()
    .meta({ description: 'When the account opens. Default: the instant of the first event or usage row.' }),
}).transform((account): Account => ({
  id: account.id ?? 'account',
  currency: account.currency ?? 'USD',
  timezone: account.timezone ?? 'UTC',
  plan: account.plan ?? 'prepaid',
  opened: account.opened ?? null,
}));

/** Lists of the file, by their items: each item is read on its own, so that one that is wrong hides no other. */
export const listItems = {
  declines: declineSchema,
  usage: usageSourceSchema,
  events: eventSchema,
  expect: expectationSchema,
};

/** What stands at the top of the file and is no list. */
export const sections = {
  drawdown: formatVersion.meta({ description: 'Version of the scenario format: 1.' }),
  title: text.optional().meta({ description: 'What the scenario shows, in one line.' }),
  account: accountSchema.optional().meta({ description: 'The account that is replayed.' }),
  policy: policySchema.optional().meta({ description: 'The policy at opening, merged over the defaults.' }),
  rates: ratesSchema
    .optional()
    .meta({ description: 'Price list by SKU; a usage row without cost costs the exact sum over its meters.' }),
  until: instant.optional().meta({
    description: 'When the simulation ends, everything at that instant included. Default: the last event or usage row.',
  }),
};

export const scenarioSchema = closed({
  ...sections,
  declines: z.array(listItems.declines).optional().meta({ description: 'Windows in which every payment is declined.' }),
  usage: z
    .array(listItems.usage)
    .optional()
    .meta({ description: 'Usage from files or generated; merged into events by instant.' }),
  events: z.array(listItems.events).optional().meta({ description: 'What happens.' }),
  expect: z.array(listItems.expect).optional().meta({ description: 'What the result must be.' }),
}).meta({ title: 'Drawdown scenario', description: 'An account, its policy, what happened, and what is expected.' });

/** The keys at the top of the file, whatever their values. */
export const outline = closed(
  Object.fromEntries(Object.keys(scenarioSchema.shape).map((key) => [key, z.unknown().optional()])),
);
