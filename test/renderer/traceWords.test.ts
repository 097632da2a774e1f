/** Words of the place of traces: instants that people type, questions, the account before and after an event. */
import { describe, expect, test } from 'vitest';
import { asOfText, readAsOf } from '../../renderer/features/trace/asOf.ts';
import { guidedQuestions } from '../../renderer/features/trace/questions.ts';
import { stepGroups } from '../../renderer/features/trace/stepWords.ts';
import { noteText, originText, ruleValue, sourceText } from '../../renderer/features/trace/traceWords.ts';
import type { Step, SteppedState } from '../../shared/contract/trace.ts';
import { zoneOf, type Zone } from '../../shared/domain/time.ts';
import type { ChartNotes } from '../../renderer/ui/chart/chartModel.ts';

const UTC = zoneOf('UTC') as Zone;
const NEW_YORK = zoneOf('America/New_York') as Zone;
const ABOUT = Date.UTC(2026, 2, 8);

describe('as of', () => {
  test.each([
    ['2026-03-09', Date.UTC(2026, 2, 9)],
    ['2026-03-09 14:10', Date.UTC(2026, 2, 9, 14, 10)],
    ['2026-03-09T14:10:05Z', Date.UTC(2026, 2, 9, 14, 10, 5)],
    ['9 Mar 2026', Date.UTC(2026, 2, 9)],
    ['9 March', Date.UTC(2026, 2, 9)],
    ['9 Mar 2025, 4:05', Date.UTC(2025, 2, 9, 4, 5)],
    ['9 mar 14:10:05.123 UTC', Date.UTC(2026, 2, 9, 14, 10, 5, 123)],
  ])('%s', (typed, at) => {
    expect(readAsOf(typed, ABOUT, UTC)).toBe(at);
    expect(readAsOf(asOfText(at, UTC), ABOUT, UTC)).toBe(at);
  });
  test('on the account’s clock unless it states its own', () => {
    expect(readAsOf('9 Mar 2026', ABOUT, NEW_YORK)).toBe(Date.UTC(2026, 2, 9, 4));
    expect(readAsOf('2026-03-09T00:00Z', ABOUT, NEW_YORK)).toBe(Date.UTC(2026, 2, 9));
  });
  test.each(['yesterday', '31 Feb 2026', '9 Mar 25:00', '9 Foo', '', '2026-13-01'])('%j is none', (typed) => {
    expect(readAsOf(typed, ABOUT, UTC)).toHaveProperty('problem');
  });
});

const NOTES: ChartNotes = {
  marks: [{ at: ABOUT, kind: 'skipped', amount: '250', y: 199, record: 47 }],
  spans: [],
  overruns: [{ from: Date.UTC(2026, 2, 8, 17), to: Date.UTC(2026, 2, 9, 14, 12), lowest: '-86.71' }],
  months: [
    {
      period: '2026-03',
      from: Date.UTC(2026, 2, 1),
      to: Date.UTC(2026, 3, 1),
      invoice: 5,
      used: '9',
      carried: '1',
      due: '0',
    },
    {
      period: '2026-04',
      from: Date.UTC(2026, 3, 1),
      to: Date.UTC(2026, 4, 1),
      invoice: 6,
      used: '9',
      carried: '0',
      due: '3',
    },
  ],
};

test('a note has its counts grouped and its month named', () => {
  expect(noteText('line of invoice 2026-03, 5541 rows')).toBe('line of invoice of March 2026, 5,541 rows');
  expect(noteText('to 2026 rows')).toBe('to 2,026 rows');
  expect(noteText('8 Mar 2026 12:17, of 2026-03')).toBe('8 Mar 2026 12:17, of 2026-03');
});

describe('questions', () => {
  test('of an account with an overrun: that day, its month’s invoice, the skipped recharge', () => {
    expect(guidedQuestions(NOTES, UTC, 2)).toMatchObject([
      { ask: 'Why is the balance negative on 9 March?', target: { kind: 'balance', at: Date.UTC(2026, 2, 9) } },
      { ask: 'What is the March invoice made of?', target: { kind: 'invoice', invoice: 5, figure: 'usage' } },
      { ask: 'Why was the recharge of 8 Mar skipped?', target: { kind: 'record', record: 47 } },
    ]);
  });
  test('an overrun within a day is asked for where it ended; a quiet account is asked for its balance', () => {
    const short = { from: ABOUT + 1000, to: ABOUT + 5000, lowest: '-1' };
    expect(guidedQuestions({ ...NOTES, overruns: [short] }, UTC, 2)[0]?.target).toEqual({
      kind: 'balance',
      at: ABOUT + 4999,
    });
    const quiet = guidedQuestions({ ...NOTES, overruns: [], marks: [] }, UTC, 2);
    expect(quiet.map(({ target }) => target)).toEqual([
      { kind: 'balance' },
      { kind: 'invoice', invoice: 6, figure: 'amount_due' },
    ]);
  });
});

test('rules and sources in words', () => {
  const from = { kind: 'default' } as const;
  expect(ruleValue({ name: 'cutoff.delay', value: 'PT2H', from }, null, { currency: 'USD', digits: 2 })).toBe(
    '2 h 00 min',
  );
  expect(ruleValue({ name: 'l', value: '1000', from }, 'USD', { currency: 'USD', digits: 2 })).toBe('1,000.00');
  expect(ruleValue({ name: 'l', value: null, from }, 'USD', { currency: 'USD', digits: 2 })).toBe('none');
  expect(originText({ kind: 'event', event: 3, at: ABOUT, line: 48 }, UTC)).toBe('scenario:48');
  expect(sourceText({ file: 'usage.csv', line: 15197 })).toBe('usage.csv:15197');
});

const STATE: SteppedState = {
  ...{ balance: '0.5', credits: '0.5', debt: '0', access: 'open', accessReason: null },
  ...{ cutoffAt: null, restoreAt: null, limitStopAt: null, plan: 'prepaid', tier: null },
  lots: [{ lot: 1, id: 'L-32', remaining: '0.5' }],
  ...{ lotsOpen: 1, pending: [], pendingTotal: '0', monthAccepted: '7', paid: '10' },
  recharge: {
    ...{ enabled: true, pausedFor: null, inFlight: 0, cooledAt: null, waitUntil: null, declines: 0 },
    monthRecharged: '0',
  },
};

test('before and after: what changed, what is the same, and lots that are used up', () => {
  const after: SteppedState = {
    ...STATE,
    balance: '-1.25',
    credits: '0',
    debt: '1.25',
    lots: [],
    lotsOpen: 0,
    cutoffAt: ABOUT,
  };
  const step: Step = {
    place: { steps: 1, row: 1 },
    ...{ number: 1, total: 2, before: STATE, after, hasPrevious: false, hasNext: true },
    event: {
      kind: 'usage',
      label: 'Usage',
      at: ABOUT,
      rows: null,
      source: null,
      records: { from: 0, to: 0 },
      invoice: null,
    },
  };
  const lines = stepGroups(step, UTC, 2).flatMap((group) => group.lines);
  const line = (key: string): unknown => lines.find((each) => each.key === key);
  expect(line('balance')).toMatchObject({ before: '0.50', after: '−1.25', changed: true, negative: { after: true } });
  expect(line('lot1')).toMatchObject({ name: 'L-32', before: '0.50', after: '0.00' });
  expect(line('cutoff')).toMatchObject({ before: '', after: '8 Mar 00:00:00' });
  expect(line('access')).toMatchObject({ changed: false });
  expect(line('restore')).toBeUndefined();
});
