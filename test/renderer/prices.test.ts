/** Prices in words, while they are edited, and as the store keeps them. */
import { describe, expect, test } from 'vitest';
import { draftsOf, entriesOf, oneMore, problemsAt, withPrice } from '../../renderer/features/prices/priceDraft.ts';
import { likelyPair } from '../../renderer/features/prices/PricePairing.tsx';
import { foundRows, fromText, otherPrices, perMillion, ruleText } from '../../renderer/features/prices/priceText.ts';
import { createPricesSlice, type PricesSlice } from '../../renderer/features/prices/slice.ts';
import type { AccountView, EngineApi } from '../../shared/contract/engine.ts';
import type { PriceEntry, PriceFile, PriceRow, PriceRule } from '../../shared/contract/prices.ts';
import { FIRST_DAY_UNKNOWN } from '../../shared/domain/priceList.ts';
import { priceListView } from '../../shared/session/priceView.ts';
import { fakeClient, fakeEngine } from './fakeEngine.ts';

const LIST = priceListView(null, Date.UTC(2026, 9, 1));

function entry(prices: Readonly<Record<string, string>>, per = '1000000', from = FIRST_DAY_UNKNOWN): PriceEntry {
  return { from, per, prices };
}

function published(sku: string): PriceRow {
  const row = LIST.rows.find((known) => known.sku === sku);
  if (row === undefined) throw new Error(`${sku} is not in the list`);
  return row;
}

describe('a price', () => {
  test.each([
    ['1.75', '1000000', '1.75'],
    ['0.002', '1000', '2'],
    ['0.000002', '1', '2'],
    ['1', '3000000', null],
    ['1', '0', null],
  ])('of %s for %s tokens is %s for a million', (price, per, expected) => {
    expect(perMillion(entry({ input_tokens: price }, per), 'input_tokens')).toBe(expected);
  });

  test.each([
    [{ web_search_requests: '10000' }, '1000000', '10.00 per 1,000 web searches'],
    [{ requests: '2.5' }, '1000', '2.50 per 1,000 calls'],
    [{ images: '0.011' }, '1', '0.011 per image'],
    [{ seconds: '0.006' }, '60', '0.006 per 60 seconds'],
    [{ gb_days: '0.1' }, '1', '0.10 per GB-day'],
    [{ input_tokens: '1' }, '3', '1.00 per 3 input'],
  ])('of %o for %s units says its unit', (prices, per, expected) => {
    expect(otherPrices(entry(prices, per))).toEqual([expected]);
  });

  test('is shown with its day, and with its time where it does not begin with one', () => {
    expect(fromText(Date.UTC(2026, 6, 30))).toBe('30 Jul 2026');
    expect(fromText(Date.UTC(2026, 6, 30, 12, 30))).toBe('30 Jul 2026 12:30:00');
  });
});

describe('a mark', () => {
  const words = (sku: string): string[] => {
    const row = published(sku);
    return row.rules.map((place) => ruleText(LIST.rules[place] as PriceRule, row));
  };

  test('is said in words, with its factor, its meters and its day', () => {
    expect(words('gpt-5.4')).toEqual([
      'batch: half the price of input, cached input and output',
      'flex: half the price of input, cached input and output',
      'priority: from 30 Jul 2026: twice the price of input, cached input and output',
      'fast: from 30 Jul 2026: twice the price of input, cached input and output',
      'long context, requests above 272,000 input tokens: twice the price of input and cached input; 1.5 times the price of output',
      'data residency: 1.1 times the price of input, cached input and output',
    ]);
  });

  test('that changes none of its prices is none of a model', () => {
    expect(words('gpt-image-1, 1024x1024, low')).toEqual([]);
    expect(words('text-embedding-3-small')).toEqual(['batch: half the price of input']);
  });
});

test('a search finds every model with all its words, of one vendor or of all', () => {
  const found = (search: string, vendor: string | null): string[] =>
    foundRows(LIST.rows, search, vendor).map(({ sku }) => sku);
  expect(found('5.6', null)).toEqual(['gpt-5.6-luna', 'gpt-5.6-sol', 'gpt-5.6-terra']);
  expect(found('  SONNET 4-6 ', null)).toEqual(['claude-sonnet-4-6']);
  expect(found('sonnet', 'OpenAI')).toEqual([]);
  expect(found('', null)).toHaveLength(LIST.rows.length);
});

describe('editing', () => {
  test('what was not touched is sent as it was', () => {
    const { entries } = published('gpt-5.6-luna');
    expect(entriesOf(draftsOf(entries))).toEqual([
      { from: '2023-01-01', per: '1000000', prices: entries[0]?.prices },
      { from: '2026-07-30', per: '1000000', prices: entries[1]?.prices },
    ]);
  });

  test('one more begins with the last prices and no day; a price without a figure is left out', () => {
    const drafts = oneMore(draftsOf([entry({ input_tokens: '1', output_tokens: '2' })]));
    const [first, added] = drafts;
    if (first === undefined || added === undefined) throw new Error('there are two');
    expect(added).toMatchObject({ from: '', per: '1000000', prices: first.prices });
    expect(added.id).not.toBe(first.id);
    const changed = { ...added, ...withPrice({ ...added, ...withPrice(added, 'images', ' 3 ') }, 'input_tokens', ' ') };
    expect(entriesOf([changed])[0]?.prices).toEqual({ output_tokens: '2', images: '3' });
  });

  test('problems are shown at their entry, by their field', () => {
    const at = (field: string | null) => ({ file: 'm', line: null, column: null, field, message: `of ${field ?? ''}` });
    const problems = [at('rates.a[0][1].from'), at('rates.gpt-4.1[1].input_tokens'), at(null)];
    expect(problemsAt(problems, 1).map(({ field }) => field)).toEqual(['from', 'input_tokens']);
    expect(problemsAt(problems, 0)).toEqual([]);
    expect(problemsAt(problems, null)).toEqual([{ field: '', message: 'of ' }]);
  });
});

describe('two files to compare', () => {
  const file = (id: number, costs: boolean, quantities: boolean): PriceFile => ({
    id,
    file: `${id}`,
    costs,
    quantities,
  });

  test.each([
    [[file(0, true, true), file(1, false, true), file(2, true, false)], { usage: 1, costs: 2 }],
    [[file(0, true, true), file(1, true, true)], { usage: 0, costs: 1 }],
    [[file(0, true, true)], null],
    [[file(0, true, false), file(1, true, false)], null],
  ])('are those that state one side alone first: %#', (files, expected) => {
    expect(likelyPair(files)).toEqual(expected);
  });
});

describe('the slice', () => {
  function sliceOver(engine: Partial<EngineApi>): {
    get: () => PricesSlice;
    views: (AccountView | null)[];
    failed: unknown[];
  } {
    const views: (AccountView | null)[] = [];
    const failed: unknown[] = [];
    let state: PricesSlice;
    const get = (): PricesSlice => state;
    state = createPricesSlice(
      (change) => {
        state = { ...state, ...(typeof change === 'function' ? change(state) : change) };
      },
      get,
      {
        engine: fakeClient({ ...fakeEngine(), ...engine }),
        failed: (error) => failed.push(error),
        pricesChanged: (view) => views.push(view),
      },
    );
    return { get, views, failed };
  }

  test('shows the account that was replayed with other prices, and asks for the check again', async () => {
    const view = { title: 'with other prices' } as AccountView;
    const { get, views } = sliceOver({ setPriceList: () => Promise.resolve({ ok: true, prices: LIST, view }) });
    expect(await get().pricesSetList('a.yaml', 'rates: {}')).toBe(true);
    expect(views).toEqual([view]);
    expect(get()).toMatchObject({ prices: LIST, pricesStale: false, priceCheckStale: true, pricesBusy: false });
  });

  test('keeps the list and lists the problems where a change was refused', async () => {
    const problems = [{ file: 'a.yaml', line: 2, column: 1, field: null, message: 'no' }];
    const { get, views } = sliceOver({ setPriceList: () => Promise.resolve({ ok: false, problems }) });
    expect(await get().pricesSetList('a.yaml', 'x')).toBe(false);
    expect(get()).toMatchObject({ prices: null, pricesProblems: problems, pricesBusy: false });
    expect(views).toEqual([]);
    get().pricesForgetProblems();
    expect(get().pricesProblems).toEqual([]);
  });

  test('tells of a change where no account is open too: files that wait are priced by the list', async () => {
    const { get, views } = sliceOver({ resetPriceList: () => Promise.resolve({ ok: true, prices: LIST, view: null }) });
    expect(await get().pricesReset()).toBe(true);
    expect(views).toEqual([null]);
  });

  test('drops an answer about an account that is no longer shown', async () => {
    const { get } = sliceOver({ priceList: () => Promise.resolve(LIST) });
    const asked = get().pricesLoad();
    get().pricesForget();
    await asked;
    expect(get()).toMatchObject({ prices: null, pricesStale: true });
    await get().pricesLoad();
    expect(get().prices).toEqual(LIST);
  });

  test('tells a failure of the worker, and is not busy any more', async () => {
    const { get, failed } = sliceOver({ resetPriceList: () => Promise.reject(new Error('out of memory')) });
    expect(await get().pricesReset()).toBe(false);
    expect(failed).toHaveLength(1);
    expect(get().pricesBusy).toBe(false);
  });
});
