/** What may be otherwise in how usage was taken in and stated: each change with what it does, and the clause that says it. */
import { MINUTE_MS } from '../../domain/time.ts';
import type { Change } from '../../reconcile/explain/model.ts';
import type { Account } from '../account.ts';
import { hasBuckets } from '../counted.ts';
import { pricedSkus } from '../whatIf/ratesInForce.ts';
import type { Lens } from './measures.ts';
import type { PricedAt, RowChoices, RowRounding } from './rowChoices.ts';
import { sliceKeys, SLICE_KINDS, type SliceChange, type SliceKind } from './slices.ts';

/** What a change does: to the policy, to rows, or to what is made of them. */
export interface Effect {
  readonly set?: Readonly<Record<string, string>>;
  readonly rows?: RowChoices;
  readonly lens?: Omit<Lens, 'slices'>;
  readonly slice?: SliceChange;
}

export interface EffectiveChange extends Change {
  readonly effect: Effect;
}

const RULE = 2;
const DELAY_MINUTES = [5, 10, 15, 30, 60, 120, 360, 720, 1440];
const TAX_PPM = [50_000, 70_000, 81_000, 88_750, 100_000, 190_000, 200_000, 210_000];
const MODES: Readonly<Record<RowRounding, string>> = {
  half_up: 'half up',
  half_even: 'half to even',
  floor: 'down',
  ceil: 'up',
};
const SCOPES = { total: 'the total', per_line: 'each SKU', per_day: 'each day' } as const;
const PRICED: Readonly<Record<PricedAt, string>> = {
  day_start: 'prices are those in force at the start of the day',
  period_start: 'prices are those in force at the start of the month',
  invoice_date: 'prices are those in force on the day of the invoice',
  version_before: 'the price list is one version older',
  version_after: 'the price list is one version newer',
};

/** All of them, likeliest first. */
export function usageChanges(account: Account): EffectiveChange[] {
  const rule = (parameter: string, value: Change['value'], clause: string, effect: Effect): EffectiveChange => ({
    ...{ parameter, value, family: 'policy', prior: RULE },
    ...{ clause, effect },
  });
  const modes = Object.keys(MODES) as RowRounding[];
  return [
    rule('usage.duplicates', 'all', 'rows that a later file repeats are billed too', { rows: { duplicates: 'all' } }),
    rule('usage.duplicates', 'identical_once', 'equal rows are billed once', {
      rows: { duplicates: 'identical_once' },
    }),
    ...(pricedSkus(account).size === 0 ? [] : pricedChanges(rule)),
    ...(hasBuckets(account.sources) ? (['start', 'end', 'spread'] as const) : []).map((placement) =>
      rule(
        'usage.placement',
        placement,
        `usage of a time lies at its ${placement}`.replace('at its spread', 'evenly in it'),
        {
          rows: { placement },
        },
      ),
    ),
    ...modes.map((mode) =>
      rule('usage.rounding', `per_request_${mode}`, `each request is rounded ${MODES[mode]}`, {
        rows: { rounding: mode },
      }),
    ),
    ...(Object.keys(SCOPES) as (keyof typeof SCOPES)[]).flatMap((scope) =>
      modes.map((mode) =>
        rule('usage.rounding', `${scope}_${mode}`, `${SCOPES[scope]} is rounded ${MODES[mode]}`, {
          lens: { rounding: { scope, mode } },
        }),
      ),
    ),
    ...TAX_PPM.flatMap((ppm) =>
      [false, true].map((inside) =>
        rule(
          'usage.tax',
          taxText(ppm, inside),
          `tax of ${percentText(ppm)} is ${inside ? 'in' : 'on top of'} the price`,
          {
            lens: { tax: { ppm: BigInt(ppm), inside } },
          },
        ),
      ),
    ),
    ...DELAY_MINUTES.map(postedAfter),
  ];
}

function pricedChanges(
  rule: (parameter: string, value: Change['value'], clause: string, effect: Effect) => EffectiveChange,
): EffectiveChange[] {
  return [
    rule('usage.cached_price', 'as_fresh', 'cached tokens are billed at the price of fresh ones', {
      rows: { cachedAsFresh: true },
    }),
    ...(Object.keys(PRICED) as PricedAt[]).map((pricedAt) =>
      rule('usage.priced_at', pricedAt, PRICED[pricedAt], { rows: { pricedAt } }),
    ),
  ];
}

/** Usage that is posted later than it happened. */
export function postedAfter(minutes: number): EffectiveChange {
  return {
    ...{ parameter: 'usage.posting_delay_min', value: minutes, family: 'policy', prior: RULE },
    clause: `usage is posted ${minutes} minutes after it happened`,
    effect: { rows: { postedAfter: minutes * MINUTE_MS } },
  };
}

/** Parts of the data: each left out, and each counted twice. */
export function sliceChanges(account: Account, from: number, to: number): EffectiveChange[] {
  return SLICE_KINDS.flatMap((kind) =>
    sliceKeys(account, kind, from, to).flatMap((key) =>
      ([-1, 1] as const).map((times): EffectiveChange => {
        const verb = times === -1 ? 'is not on the bill' : 'is on the bill twice';
        return {
          ...{
            parameter: times === -1 ? 'usage.without' : 'usage.twice',
            value: `${kind} ${key}`,
            family: 'data',
            prior: 3,
          },
          ...{ clause: `usage of ${sliceWords(kind, key)} ${verb}`, effect: { slice: { kind, key, times } } },
        };
      }),
    ),
  );
}

function sliceWords(kind: SliceKind, key: string): string {
  return kind === 'hour' ? `the hour from ${key}:00 UTC` : `${kind === 'model' ? 'model' : kind} ${key}`;
}

/** 88750 millionths as `8.875 %`. */
function percentText(ppm: number): string {
  return `${String(ppm / 10_000)} %`;
}

function taxText(ppm: number, inside: boolean): string {
  return `${percentText(ppm)} ${inside ? 'inside' : 'on top'}`;
}
