/** A bridge that joins several accounts: each line is matched under the settings of the account that it is on. */
import { expect, test } from 'vitest';
import { matchItems } from '../../shared/reconcile/match/matchItems.ts';
import type { MatchItem, MatchSettings, MatchTerms } from '../../shared/reconcile/match/types.ts';
import { CENT, item, OCTOBER } from './items.ts';

const line = (id: string, day: number, cents: number, source: string, more: Partial<MatchItem> = {}): MatchItem =>
  item(id, day, cents, { source, ...more });

function withSource(source: string, own: Partial<MatchTerms>, settings: MatchSettings = OCTOBER): MatchSettings {
  const { dateWindow, exceptionWindowDays, amountTolerance, graceDays, group, duplicateDays, feeBps } = settings;
  const terms = { dateWindow, exceptionWindowDays, amountTolerance, graceDays, group, duplicateDays, feeBps, ...own };
  return { ...settings, sources: [...settings.sources, { source, terms }] };
}

const pairs = (ledger: MatchItem[], statement: MatchItem[], settings: MatchSettings): string[] =>
  matchItems(ledger, statement, settings).matches.map(
    ({ rule, status, category, ledger: own, statement: theirs }) =>
      `${own.join('+')} ${theirs.join('+')} ${rule} ${status} ${category}`,
  );

test('the window is that of the account on which the line stands', () => {
  const settings = withSource('wire', { dateWindow: { before: 0, after: 10 } });
  const ledger = [item('L1', 5, 1000), item('L2', 5, 2000)];
  const statement = [line('S1', 14, 1000, 'card'), line('S2', 14, 2000, 'wire')];
  expect(pairs(ledger, statement, settings)).toEqual([
    'L2 S2 exact confirmed none',
    'L1 S1 date_exception exception none',
  ]);
});

test('a fee rule of one card names differences of that card alone', () => {
  const settings = withSource('card', { feeBps: 175 });
  const ledger = [item('L1', 5, 10_000), item('L2', 6, 20_000)];
  const statement = [line('S1', 6, 10_175, 'card'), line('S2', 7, 20_350, 'giro')];
  expect(pairs(ledger, statement, settings)).toEqual(['L1 S1 tolerance suggested fee']);
});

test('two accounts that want one document are weighed in one search', () => {
  // by itself the card would take the only document that the giro can have
  const settings = withSource('card', { dateWindow: { before: 0, after: 6 } });
  const ledger = [item('L1', 5, 1000), item('L2', 8, 1000)];
  const statement = [line('S1', 8, 1000, 'card'), line('S2', 11, 1000, 'giro')];
  expect(pairs(ledger, statement, settings)).toEqual(['L1 S1 exact confirmed none', 'L2 S2 exact confirmed none']);
});

test('what nothing matched waits as long as the slowest account may take', () => {
  const settings = withSource('wire', { dateWindow: { before: 0, after: 10 }, graceDays: 1 });
  expect(matchItems([item('L1', 24, 1000)], [], settings).breaks).toMatchObject([
    { id: 'L1', category: 'timing', breakOn: '2026-11-04' },
  ]);
  expect(matchItems([item('L1', 24, 1000)], [], OCTOBER).breaks).toMatchObject([{ category: 'missing_in_statement' }]);
});

test('a reference that lines of accounts under different settings share is judged by the one set', () => {
  const settings = withSource('card', { amountTolerance: { abs: 5n * CENT, bps: 0 } });
  const of = (source: string): string[] =>
    pairs(
      [item('L1', 5, 1000, { reference: 'A-1' })],
      [line('S1', 6, 500, 'card', { reference: 'A-1' }), line('S2', 6, 503, source, { reference: 'A-1' })],
      settings,
    );
  expect(of('card')).toEqual(['L1 S1+S2 reference confirmed rounding']);
  expect(of('giro')).toEqual(['L1 S1+S2 reference exception amount_difference']);
});

test('groups are looked for on accounts that take several charges together', () => {
  const settings = withSource(
    'wire',
    { group: { enabled: true, maxSize: 4 } },
    {
      ...OCTOBER,
      group: { enabled: false, maxSize: 4 },
    },
  );
  const ledger = [item('L1', 5, 1100), item('L2', 5, 2300), item('L3', 20, 700), item('L4', 20, 900)];
  const statement = [line('S1', 6, 3400, 'wire'), line('S2', 21, 1600, 'card')];
  expect(pairs(ledger, statement, settings)).toEqual(['L1+L2 S1 group suggested none']);
});
