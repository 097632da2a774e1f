/** Prices while they are edited: text in fields, of which the worker says whether it can be read. Pure. */
import type { LocatedProblem } from '../../../shared/contract/importing.ts';
import type { DraftEntry, PriceEntry } from '../../../shared/contract/prices.ts';
import { fromField } from './priceText.ts';

export interface Draft {
  /** Stays while the others come and go. */
  readonly id: number;
  readonly from: string;
  readonly per: string;
  /** Meters in their order, with a price each; one without a price is left out. */
  readonly prices: readonly (readonly [meter: string, price: string])[];
}

/** Fields that a price of a model usually has. */
const USUAL = ['input_tokens', 'cached_input_tokens', 'output_tokens'];

export function draftsOf(entries: readonly PriceEntry[]): readonly Draft[] {
  return entries.map(({ from, per, prices }, id) => ({
    id,
    from: fromField(from),
    per,
    prices: Object.entries(prices),
  }));
}

/** One more entry: the prices of the last, to be changed, from a day that is to be said. */
export function oneMore(drafts: readonly Draft[]): readonly Draft[] {
  const last = drafts.at(-1);
  const id = drafts.reduce((most, draft) => Math.max(most, draft.id), 0) + 1;
  const prices = last?.prices ?? USUAL.map((meter) => [meter, ''] as const);
  return [...drafts, { id, from: '', per: last?.per ?? '1000000', prices }];
}

export function changedDraft(drafts: readonly Draft[], id: number, change: Partial<Draft>): readonly Draft[] {
  return drafts.map((draft) => (draft.id === id ? { ...draft, ...change } : draft));
}

export function withPrice(draft: Draft, meter: string, price: string): Pick<Draft, 'prices'> {
  const has = draft.prices.some(([name]) => name === meter);
  return {
    prices: has
      ? draft.prices.map(([name, before]) => [name, name === meter ? price : before] as const)
      : [...draft.prices, [meter, price] as const],
  };
}

/** What is sent. */
export function entriesOf(drafts: readonly Draft[]): readonly DraftEntry[] {
  return drafts.map(({ from, per, prices }) => ({
    from,
    per,
    prices: Object.fromEntries(
      prices.filter(([, price]) => price.trim() !== '').map(([meter, price]) => [meter, price.trim()]),
    ),
  }));
}

/** What is wrong with the entry at a place, each with its field; and what is wrong with none of them alone. */
export function problemsAt(
  problems: readonly LocatedProblem[],
  place: number | null,
): readonly { readonly field: string; readonly message: string }[] {
  return problems.flatMap(({ field, message }) => {
    const [, index, rest = ''] = /\[(\d+)\](?:\.(.+))?$/.exec(field ?? '') ?? [];
    const at = index === undefined ? null : Number(index);
    return at === place ? [{ field: rest, message }] : [];
  });
}
