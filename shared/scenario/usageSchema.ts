/** Usage sources, price lists and decline windows: all that stands beside the events. */
import { ATOM_DIGITS, type Atoms } from '../domain/money.ts';
import type { GeneratedUsage, RateEntry, UsageSource } from '../domain/scenario.ts';
import { byName, closed, isMap, refuseKeys, withoutPrototype } from './closed.ts';
import { COST_STEP, expectedRows, MAX_GENERATED_ROWS } from './generate.ts';
import {
  formatName,
  instant,
  integer,
  METER_PATTERN,
  name,
  notNegative,
  positive,
  quantity,
  rate,
  ratio,
  relativePath,
} from './scalars.ts';
import { z } from './zod.ts';

const STEP_DIGITS = ATOM_DIGITS - (COST_STEP.toString().length - 1);

/** Generated costs are whole multiples of 10^-8; so must be what they are drawn from. */
function wholeSteps(value: Atoms, context: { addIssue(issue: { code: 'custom'; message: string }): void }): void {
  if (value % COST_STEP !== 0n)
    context.addIssue({
      code: 'custom',
      message: `is finer than ${STEP_DIGITS} digits after the point; generated costs have at most ${STEP_DIGITS}`,
    });
}
const cost = notNegative().superRefine(wholeSteps);
const positiveCost = positive().superRefine(wholeSteps);
const weight = ratio(0, true, 1_000_000, '2.5');

const costSchema = z.union(
  [
    cost.transform((value): GeneratedUsage['cost'] => ({ kind: 'fixed', value })),
    closed({
      uniform: closed({
        min: cost.meta({ description: "Least cost of a row, in the currency's unit." }),
        max: cost.meta({ description: "Greatest cost of a row, in the currency's unit; not below min." }),
      })
        .superRefine(({ min, max }, context) => {
          if (max < min) context.addIssue({ code: 'custom', path: ['max'], message: 'is below min; exchange the two' });
        })
        .meta({ description: 'Costs between two bounds, all as likely.' }),
    }).transform(({ uniform }): GeneratedUsage['cost'] => ({ kind: 'uniform', ...uniform })),
    closed({
      lognormal: closed({
        median: positiveCost.meta({ description: "Cost that half of the rows stay below, in the currency's unit." }),
        sigma: ratio(0, false, 5, '1.1').meta({
          description: 'Spread: standard deviation of the natural logarithm of the cost, 0 to 5.',
        }),
      }).meta({ description: 'Costs around a median, many small and few large.' }),
    }).transform(({ lognormal }): GeneratedUsage['cost'] => ({ kind: 'lognormal', ...lognormal })),
  ],
  { error: 'an amount such as 0.02, {uniform: {min, max}} or {lognormal: {median, sigma}}' },
);

const skuSchema = z.union([name.transform((sku) => [{ sku, weight: 1 }]), byName(weight).transform(weighted)], {
  error: 'a name, or a map of names to weights',
});

/** In code-point order, so that the same weights give the same rows in whatever order they stand. */
function weighted(weights: Readonly<Record<string, number>>): GeneratedUsage['skus'] {
  const skus = Object.entries(weights).map(([sku, share]) => ({ sku, weight: share }));
  return skus.sort((one, other) => (one.sku < other.sku ? -1 : 1));
}

const generatorSchema = closed({
  from: instant.meta({ description: 'Start of the generated usage, included.' }),
  to: instant.meta({ description: 'End of the generated usage, excluded.' }),
  seed: integer(0, 4_294_967_295).meta({
    description: 'Start of the random sequence: same seed, same rows. 0 to 4294967295.',
  }),
  rate: rate.meta({ description: 'Mean number of rows per time: N/s, N/min, N/h or N/d.' }),
  cost: costSchema.meta({
    description:
      "Cost of a row: an amount in the currency's unit, {uniform: {min, max}} or {lognormal: {median, sigma}}.",
  }),
  shape: z.enum(['flat', 'diurnal', 'weekly']).optional().meta({
    description:
      'How rows spread over time (UTC): evenly, by the hour of the day, or also by the day of the week. Default: flat.',
    default: 'flat',
  }),
  sku: skuSchema.optional().meta({
    description: 'SKU of the rows: a name, or a map of names to relative weights. Default: usage.',
    default: 'usage',
  }),
})
  .superRefine((generator, context) => {
    if (generator.to <= generator.from) {
      context.addIssue({
        code: 'custom',
        path: ['to'],
        message: 'is not after from; generated usage lies in [from, to)',
      });
      return;
    }
    const rows = expectedRows(generator);
    if (rows > MAX_GENERATED_ROWS) {
      const message = `makes about ${Math.round(rows)} rows until to; at most ${MAX_GENERATED_ROWS} can be generated, lower the rate or shorten the time`;
      context.addIssue({ code: 'custom', path: ['rate'], message });
    }
  })
  .transform(({ sku, shape, ...rest }): GeneratedUsage => ({
    ...rest,
    shape: shape ?? 'flat',
    skus: sku ?? [{ sku: 'usage', weight: 1 }],
  }))
  .meta({ id: 'generator' });

export const usageSourceSchema = z.union(
  [
    closed({
      file: relativePath.meta({
        description: "A usage file: a relative path, with /, inside the scenario file's folder.",
      }),
      format: formatName.optional().meta({ description: 'Format of the file. Default: auto.', default: 'auto' }),
    }).transform((source): UsageSource => ({ kind: 'file', file: source.file, format: source.format ?? 'auto' })),
    closed({
      generate: generatorSchema.meta({ description: 'Usage that is generated: deterministic for a seed.' }),
    }).transform((source): UsageSource => ({ kind: 'generate', generate: source.generate })),
  ],
  { error: '{file, format} or {generate: {from, to, seed, rate, cost, shape, sku}}' },
);

const rateShape = {
  from: instant.meta({ description: 'When these prices begin; they hold until the next entry of the SKU.' }),
  per: positive()
    .optional()
    .meta({ description: 'Units of a meter that the prices are for, e.g. 1000000. Default: 1.', default: 1 }),
};
const rateKeys = Object.keys(rateShape);

const rateEntrySchema = z
  .object(rateShape)
  .catchall(
    quantity.meta({ description: "Price of `per` units of a meter, e.g. of input_tokens; in the currency's unit." }),
  )
  .meta({ propertyNames: { pattern: METER_PATTERN } })
  .superRefine((entry, context) => refuseKeys(entry, rateKeys, context), { when: isMap })
  .transform(({ from, per, ...prices }): RateEntry => ({
    from,
    per: per ?? 10n ** BigInt(ATOM_DIGITS),
    prices: withoutPrototype(prices as Record<string, Atoms>),
  }));

const rateListSchema = z
  .array(rateEntrySchema)
  .superRefine((entries, context) => {
    const first = new Map<number, number>();
    entries.forEach(({ from }, index) => {
      const earlier = first.get(from);
      if (earlier === undefined) first.set(from, index);
      else
        context.addIssue({
          code: 'custom',
          path: [index, 'from'],
          message: `repeats the instant of entry [${earlier}]; a SKU has one entry per from, merge the two`,
        });
    });
  })
  .transform((entries): readonly RateEntry[] => [...entries].sort((one, other) => one.from - other.from));

export const ratesSchema = byName(rateListSchema).transform(
  (rates): ReadonlyMap<string, readonly RateEntry[]> => new Map(Object.entries(rates)),
);

export const declineSchema = closed({
  from: instant.meta({ description: 'Start of the window, included.' }),
  to: instant.meta({ description: 'End of the window, excluded.' }),
}).superRefine(({ from, to }, context) => {
  if (to < from)
    context.addIssue({ code: 'custom', path: ['to'], message: 'lies before from; a window is [from, to)' });
});
