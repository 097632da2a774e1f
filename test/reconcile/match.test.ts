/** Rule by rule: what comes together, what stays over, and what it is called. */
import { describe, expect, test } from 'vitest';
import { matchItems } from '../../shared/reconcile/match/matchItems.ts';
import type { MatchItem, MatchResult, MatchSettings } from '../../shared/reconcile/match/types.ts';
import { CENT, item, OCTOBER } from './items.ts';

function match(
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  more: Partial<MatchSettings> = {},
): MatchResult {
  return matchItems(ledger, statement, { ...OCTOBER, ...more });
}

/** `L1+L2=S1 group suggested` and `S2 fee`. */
function told({ matches, breaks, ignored }: MatchResult): string[] {
  return [
    ...matches.map(
      ({ ledger, statement, rule, status, category, ambiguous }) =>
        `${ledger.join('+')}=${statement.join('+')} ${rule} ${status}${category === 'none' ? '' : ` ${category}`}${ambiguous ? ' ambiguous' : ''}`,
    ),
    ...breaks.map(({ id, category }) => `${id} ${category}`),
    ...ignored.map(({ id, why }) => `${id} ignored: ${why}`),
  ];
}

describe('references', () => {
  const refers = { reference: 'HLCN2K7Q-0013' };

  test('several of each side settle by their sums', () => {
    const ledger = [item('L1', 5, 500, refers), item('L2', 6, -100, refers), item('L3', 20, 200, refers)];
    const statement = [item('S1', 8, 450, refers), item('S2', 25, 150, refers)];
    const result = match(ledger, statement);
    expect(told(result)).toEqual(['L1+L2+L3=S1+S2 reference confirmed']);
    expect(result.matches[0]).toMatchObject({ type: 'n:m', evidence: { reference: 'HLCN2K7Q-0013' } });
  });

  test('a purchase recorded twice in the ledger is a duplicate there', () => {
    const result = match([item('L1', 5, 250, refers), item('L2', 6, 250, refers)], [item('S1', 7, 250, refers)]);
    expect(told(result)).toEqual(['L1=S1 reference confirmed', 'L2 duplicate_in_ledger']);
    expect(result.breaks[0]?.amount).toBe(-250n * CENT);
  });

  test('a purchase recorded once with its tax apart and once in full is a duplicate too', () => {
    const ledger = [item('L1', 5, 1000, { ...refers, tax: 88n * CENT }), item('L2', 6, 1088, refers)];
    const result = match(ledger, [item('S1', 7, 1088, refers)]);
    expect(told(result)).toEqual(['L1=S1 reference confirmed', 'L2 duplicate_in_ledger']);
  });

  test('instalments charged twice are duplicates, instalment by instalment', () => {
    const ledger = [item('L1', 5, 1000, refers)];
    const statement = [
      ...[item('S1', 6, 600, refers), item('S2', 6, 600, refers)],
      ...[item('S3', 8, 400, refers), item('S4', 9, 400, refers)],
    ];
    expect(told(match(ledger, statement))).toEqual([
      'L1=S1+S3 reference confirmed',
      'S2 duplicate_in_statement',
      'S4 duplicate_in_statement',
    ]);
  });

  test('a taxed charge made twice settles with its tax, once', () => {
    const taxed = { ...refers, tax: 8875n * CENT };
    const statement = [item('S1', 6, 108_875, taxed), item('S2', 7, 108_875, taxed)];
    expect(told(match([item('L1', 5, 100_000, refers)], statement))).toEqual([
      'L1=S1 reference confirmed tax',
      'S2 duplicate_in_statement',
    ]);
  });

  test('a fee or a cent that a rule gives is named and needs no decision', () => {
    const ledger = [item('L1', 5, 25_000, refers)];
    expect(told(match(ledger, [item('S1', 6, 25_438, refers)], { feeBps: 175 }))).toEqual([
      'L1=S1 reference confirmed fee',
    ]);
    expect(told(match(ledger, [item('S1', 6, 25_001, refers)], { amountTolerance: { abs: CENT, bps: 0 } }))).toEqual([
      'L1=S1 reference confirmed rounding',
    ]);
    expect(told(match(ledger, [item('S1', 6, 25_001, refers)]))).toEqual([
      'L1=S1 reference exception amount_difference',
    ]);
  });

  test('one currency of two is compared, and the other stays open', () => {
    const result = match([item('L1', 5, 250, refers)], [item('S1', 6, 250, { ...refers, currency: 'EUR' })]);
    expect(told(result)).toEqual(['S1 missing_in_ledger', 'L1 missing_in_statement']);
    expect(result.bridges.map(({ currency, residual }) => [currency, residual])).toEqual([
      ['EUR', 0n],
      ['USD', 0n],
    ]);
  });
});

describe('pairs', () => {
  test('of two equal charges for one purchase one is suspected to be a duplicate', () => {
    const charge = { description: 'HALCYON* API CREDITS' };
    const result = match([item('L1', 15, 250)], [item('S1', 16, 250, charge), item('S2', 17, 250, charge)]);
    expect(told(result)).toEqual(['L1=S1 exact confirmed', 'S2 duplicate_in_statement']);
  });

  test('a charge made twice is a duplicate whatever a bank made of its currency', () => {
    const dollars = { currency: 'EUR', original: { amount: 250n * CENT, currency: 'USD' } };
    const statement = [item('S1', 16, 232, dollars), item('S2', 17, 233, dollars)];
    expect(told(match([item('L1', 15, 250)], statement))).toEqual([
      'L1=S1 exact confirmed',
      'S2 duplicate_in_statement',
    ]);
  });

  test('of twins either may be the one that is missing', () => {
    expect(told(match([item('L1', 15, 250), item('L2', 15, 250)], [item('S1', 16, 250)]))).toEqual([
      'L1=S1 exact suggested ambiguous',
      'L2 missing_in_statement',
    ]);
    expect(told(match([item('L1', 15, 250)], [item('S1', 16, 250), item('S2', 16, 250)]))).toEqual([
      'L1=S1 exact suggested ambiguous',
      'S2 duplicate_in_statement',
    ]);
  });

  test('of pairings as good the earlier is with the earlier, where a reference or a hole in the window parts some too', () => {
    const ledger = [item('L1', 14, 250), item('L2', 16, 250, { reference: 'B' }), item('L3', 16, 250)];
    const statement = [item('S1', 15, 250, { reference: 'A' }), item('S2', 17, 250), item('S3', 18, 250)];
    expect(told(match(ledger, statement))).toEqual([
      'L1=S1 exact confirmed',
      'L2=S2 exact confirmed',
      'L3=S3 exact confirmed',
    ]);
    expect(told(match([item('L1', 28, 250), item('L2', 30, 250)], [item('S1', 17, 250), item('S2', 24, 250)]))).toEqual(
      ['L1=S1 date_exception exception', 'L2=S2 date_exception exception'],
    );
  });

  test('a charge before the purchase is a date exception, unless the window allows it', () => {
    expect(told(match([item('L1', 15, 250)], [item('S1', 14, 250)]))).toEqual(['L1=S1 date_exception exception']);
    expect(told(match([item('L1', 15, 250)], [item('S1', 14, 250)], { dateWindow: { before: 1, after: 3 } }))).toEqual([
      'L1=S1 exact confirmed',
    ]);
    expect(told(match([item('L1', 5, 250)], [item('S1', 21, 250)]))).toEqual([
      'S1 missing_in_ledger',
      'L1 missing_in_statement',
    ]);
  });

  test('tax that the ledger does not know is a suggestion without a reference', () => {
    expect(told(match([item('L1', 5, 100_000)], [item('S1', 6, 108_875, { tax: 8875n * CENT })]))).toEqual([
      'L1=S1 tolerance suggested tax',
    ]);
  });

  test('a known rate suggests a line in another currency, and its difference is the rate’s', () => {
    const rates = { exchangeRates: [{ from: 'EUR', to: 'USD', rate: 1_078_000_000_000n }] };
    const line = item('S1', 6, 23_195, { currency: 'EUR' });
    const result = match([item('L1', 5, 25_000)], [line], rates);
    expect(told(result)).toEqual(['L1=S1 fx suggested fx']);
    expect(result.bridges).toMatchObject([{ currency: 'USD', statement: 25_004n * CENT, residual: 0n }]);
    expect(told(match([item('L1', 5, 25_000)], [line]))).toEqual(['S1 missing_in_ledger', 'L1 missing_in_statement']);
    const inverse = { exchangeRates: [{ from: 'USD', to: 'EUR', rate: 927_800_000_000n }] };
    expect(told(match([item('L1', 5, 25_000)], [line], inverse))).toEqual(['L1=S1 fx suggested fx']);
  });
});

describe('groups', () => {
  test('part payments and a batch of refunds add up', () => {
    expect(told(match([item('L1', 5, 1000)], [item('S1', 6, 600), item('S2', 8, 400)]))).toEqual([
      'L1=S1+S2 group suggested',
    ]);
    expect(told(match([item('L1', 5, -100), item('L2', 5, -150)], [item('S1', 6, -250)]))).toEqual([
      'L1+L2=S1 group suggested',
    ]);
  });

  test('several solutions are none: all that has a part is ambiguous, with those of one day first', () => {
    const ledger = [item('L1', 5, 100), item('L2', 6, 200), item('L3', 7, 100), item('L4', 7, 200)];
    const result = match(ledger, [item('S1', 8, 300)]);
    expect(told(result)).toEqual(['S1 ambiguous', 'L1 ambiguous', 'L2 ambiguous', 'L3 ambiguous', 'L4 ambiguous']);
    expect(result.breaks[0]?.candidates).toEqual([
      ['L3', 'L4'],
      ['L1', 'L2'],
      ['L2', 'L3'],
      ['L1', 'L4'],
    ]);
    expect(result.bridges).toMatchObject([{ steps: [{ category: 'ambiguous', amount: -300n * CENT, count: 5 }] }]);
  });

  test('what a later rule takes is no candidate any more, and what has none left is not ambiguous', () => {
    const ledger = [item('L1', 18, 100), item('L2', 19, 100), item('L3', 20, 100)];
    const statement = [item('S1', 25, 100), item('S2', 21, 200), item('S3', 21, 200)];
    const result = match(ledger, statement);
    expect(told(result)).toEqual([
      'L3=S1 date_exception exception',
      ...['S2 ambiguous', 'S3 ambiguous', 'L1 ambiguous', 'L2 ambiguous'],
    ]);
    expect(result.breaks.map(({ candidates }) => candidates)).toEqual([[['L1', 'L2']], [['L1', 'L2']], [], []]);
    expect(told(match(ledger.slice(1), statement))).toEqual([
      'L3=S1 date_exception exception',
      ...['S2 missing_in_ledger', 'S3 missing_in_ledger', 'L2 missing_in_statement'],
    ]);
  });

  test('one group that two lines could be is no suggestion for either', () => {
    expect(told(match([item('L1', 5, 100), item('L2', 5, 200)], [item('S1', 6, 300), item('S2', 7, 300)]))).toEqual([
      'S1 ambiguous',
      'S2 ambiguous',
      'L1 ambiguous',
      'L2 ambiguous',
    ]);
  });

  test('a bound on the size, a clash of references, another vendor, or groups turned off leave all open', () => {
    const five = [1, 2, 4, 8, 16].map((cents, index) => item(`L${index + 1}`, 5, 100 * cents));
    expect(match(five, [item('S1', 6, 3100)]).matches).toEqual([]);
    expect(match(five, [item('S1', 6, 3100)], { group: { enabled: true, maxSize: 5 } }).matches).toHaveLength(1);
    const parts = [item('S1', 6, 600), item('S2', 6, 400)];
    expect(match([item('L1', 5, 1000)], parts, { group: { enabled: false, maxSize: 4 } }).matches).toEqual([]);
    const [first, second] = parts.map((part, index) => ({
      ...part,
      description: ['HALCYON* API', 'PAPIERHAUS'][index] ?? null,
    }));
    if (first === undefined || second === undefined) throw new Error('two parts');
    expect(match([item('L1', 5, 1000)], [first, second]).matches).toEqual([]);
    const refers = [item('S1', 6, 600, { reference: 'A' }), item('S2', 6, 400)];
    expect(match([item('L1', 5, 1000, { reference: 'B' })], refers).matches).toEqual([]);
  });

  test('where too much is open about a day nothing is searched, and that is said', () => {
    const many = Array.from({ length: 80 }, (_, index) => item(`L${index}`, 5, 1000 + index));
    const result = match(many, [item('S1', 6, 2001)]);
    expect(result.matches).toEqual([]);
    expect(result.groupsNotSearched).toBeGreaterThan(0);
  });
});

describe('leftovers', () => {
  test('what may come after the period is timing, what may belong before it is the prior period’s', () => {
    const result = match([item('L1', 28, 100), item('L2', 29, 200)], [item('S1', 3, 400), item('S2', 4, 800)]);
    expect(told(result)).toEqual([
      'S1 timing_prior_period',
      'S2 missing_in_ledger',
      'L1 missing_in_statement',
      'L2 timing',
    ]);
    expect(result.breaks[3]?.breakOn).toBe('2026-11-04');
  });

  test('items after the period are counterparts and no more', () => {
    const november: Partial<MatchItem> = { date: '2026-11-02' };
    const statement = [item('S1', 1, 100, november), item('S2', 1, 300, november)];
    const result = match([item('L1', 31, 100), item('L2', 1, 300, november)], statement);
    expect(told(result)).toEqual(['L1=S1 exact confirmed', 'L2 ignored: out_of_scope', 'S2 ignored: out_of_scope']);
    expect(result.bridges).toMatchObject([{ ledger: 100n * CENT, statement: 100n * CENT }]);
  });

  test('fees and taxes are named by their text, or by the fee of a matched charge', () => {
    const statement = [
      ...[item('S1', 6, 25_000), item('S2', 6, 438)],
      ...[
        item('S3', 12, 90, { description: 'Auslandseinsatzentgelt 1,75 %' }),
        item('S4', 12, 80, { description: 'COFFEE' }),
      ],
      item('S5', 12, 70, { description: 'IGST ON FX RATE 18.0' }),
    ];
    expect(told(match([item('L1', 5, 25_000)], statement, { feeBps: 175 }))).toEqual([
      'L1=S1 exact confirmed',
      ...['S2 fee', 'S3 fee', 'S4 missing_in_ledger', 'S5 tax'],
    ]);
  });
});

test.each([1, -1])('how far a rate may be off counts in the ledger’s currency, to the cent, in sign %i', (sign) => {
  const rates = { exchangeRates: [{ from: 'EUR', to: 'USD', rate: 1_078_000_000_000n }], exchangeToleranceBps: 100 };
  const at = (cents: number): MatchResult =>
    match([item('L1', 5, 25_000 * sign)], [item('S1', 6, cents * sign, { currency: 'EUR' })], rates);
  // 234.23 at 1.078 is 252.50, 234.24 is 252.51
  expect(told(at(23_423))).toEqual(['L1=S1 fx suggested fx']);
  expect(at(23_424).matches).toEqual([]);
});

test('a line that says what was paid in the ledger’s currency is not taken for another amount at a rate', () => {
  const rates = { exchangeRates: [{ from: 'EUR', to: 'USD', rate: 1_078_000_000_000n }] };
  const line = { currency: 'EUR', original: { amount: 30_000n * CENT, currency: 'USD' } };
  expect(told(match([item('L1', 5, 25_000)], [item('S1', 6, 23_195, line)], rates))).toEqual([
    'S1 missing_in_ledger',
    'L1 missing_in_statement',
  ]);
});

describe('what is dropped', () => {
  test('is told with its reason', () => {
    const ledger = [item('L1', 5, 100, { status: 'void' }), item('L2', 5, 0), item('L3', 5, 0, { tax: 100n * CENT })];
    const line = { description: 'HALCYON* API', importId: 'A1' };
    const statement = [
      item('S1', 5, 100, { ...line, status: 'pending' }),
      item('S2', 6, 100, line),
      item('S3', 6, 100, line),
      item('S4', 7, 100, line),
      item('S5', 6, 100, { description: 'PAPIERHAUS' }),
      item('S6', 6, 100, { status: 'out_of_scope' }),
    ];
    expect(told(match(ledger, statement, { vendorPattern: 'HALCYON|OPENAI' }))).toEqual([
      'L3=S2 exact confirmed',
      'S4 duplicate_in_statement',
      'L1 ignored: no_cash_expected',
      'L2 ignored: settled_by_credit',
      ...[
        'S1 ignored: pending',
        'S3 ignored: duplicate_import',
        'S5 ignored: out_of_scope',
        'S6 ignored: out_of_scope',
      ],
    ]);
  });

  test('a date that is none and an id that is there twice are errors', () => {
    expect(() => match([item('L1', 99, 100)], [])).toThrow(RangeError);
    expect(() => match([item('L1', 1, 100), item('L1', 2, 100)], [])).toThrow(/twice/);
  });
});
