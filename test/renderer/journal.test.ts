/** The journal as it is shown: filters, lines, moments, and the slice over a made journal. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  WHOLE_JOURNAL,
  filterOf,
  leavesOut,
  readLeastAmount,
  sumsOf,
  toggled,
} from '../../renderer/features/journal/journalFilter.ts';
import { lineAt, lineCount, neededFor, placeOfLine } from '../../renderer/features/journal/journalLines.ts';
import { causeWords, sidedBalance } from '../../renderer/features/journal/journalWords.ts';
import { momentText, spanOf } from '../../renderer/features/journal/moments.ts';
import { createJournalSlice, type JournalSlice } from '../../renderer/features/journal/slice.ts';
import type { JournalFilter, JournalRow, JournalUsageRow } from '../../shared/contract/journal.ts';
import { zoneOf } from '../../shared/domain/time.ts';
import { fakeClient, fakeEngine } from './fakeEngine.ts';
import { until } from './soon.ts';

const UTC = zoneOf('UTC')!;
const NEW_YORK = zoneOf('America/New_York')!;

describe('moments', () => {
  test('a month, a day and a minute mean their first and last instant, on the clock of the account', () => {
    expect(spanOf('2026-09', UTC)).toEqual({ first: Date.UTC(2026, 8, 1), last: Date.UTC(2026, 9, 1) - 1 });
    expect(spanOf('2026-12', UTC)?.last).toBe(Date.UTC(2027, 0, 1) - 1);
    expect(spanOf('2026', UTC)).toEqual({ first: Date.UTC(2026, 0, 1), last: Date.UTC(2027, 0, 1) - 1 });
    expect(spanOf('2026-09-25 18:32', UTC)).toEqual({
      first: Date.UTC(2026, 8, 25, 18, 32),
      last: Date.UTC(2026, 8, 25, 18, 33) - 1,
    });
    // clocks go back on 1 Nov 2026 in New York: that day has 25 hours
    const day = spanOf('2026-11-01', NEW_YORK)!;
    expect(day.last + 1 - day.first).toBe(25 * 3_600_000);
  });

  test('what names no time is refused', () => {
    for (const text of ['', 'yesterday', '2026-13', '2026-02-30', '2026-09 12:00', '2026-09-25 24:00', '25.09.2026'])
      expect(spanOf(text, UTC), text).toBeNull();
  });

  test('an instant as text is read back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.constantFrom('first', 'last'), (at, edge) => {
        // an hour that a clock shows twice cannot be told by its time
        expect(spanOf(momentText(at, UTC, edge), UTC)?.[edge]).toBe(at);
      }),
      { examples: [[1_000, 'last']] },
    );
  });
});

describe('filters', () => {
  test('only what is chosen is asked for', () => {
    expect(filterOf(WHOLE_JOURNAL)).toEqual({});
    const choice = { ...WHOLE_JOURNAL, accounts: ['cash'] as const, text: ' lot ', minAmount: '2' };
    expect(filterOf(choice)).toEqual({ accounts: ['cash'], text: 'lot', minAmount: '2' });
    expect(leavesOut(choice)).toBe(true);
    expect(leavesOut({ ...WHOLE_JOURNAL, accounts: ['cash'], from: 5 })).toBe(false);
  });

  test('accounts are toggled in the order of the journal', () => {
    expect(toggled(['refunds'], 'cash')).toEqual(['cash', 'refunds']);
    expect(toggled(['cash', 'refunds'], 'cash')).toEqual(['refunds']);
  });

  test('sums of several accounts are exact', () => {
    const sums = [
      { account: 'cash', debit: '0.1', credit: '0', balance: '0.1' },
      { account: 'credits', debit: '0.2', credit: '0.000000000001', balance: '0.199999999999' },
      { account: 'refunds', debit: '9', credit: '9', balance: '0' },
    ] as const;
    expect(sumsOf(['cash', 'credits'], sums)).toEqual({ debit: '0.3', credit: '0.000000000001' });
  });

  test('a least amount is an amount', () => {
    expect(readLeastAmount('1,250.50')).toEqual({ value: '1250.5' });
    for (const text of ['-1', 'ten', '12,5 EUR', '0.0000000000001'])
      expect(readLeastAmount(text)).toHaveProperty('problem');
  });

  test('a balance stands on its side without a sign', () => {
    expect(sidedBalance('-12.5')).toEqual({ figure: '12.5', side: 'Cr' });
    expect(sidedBalance('12.5')).toEqual({ figure: '12.5', side: 'Dr' });
    expect(sidedBalance('0.00').side).toBe('');
  });

  test('what it is of is said without what its kind says', () => {
    const said = (words: string): string => causeWords({ cause: { of: 'record', index: 0, words } }, 2);
    expect(said('Purchase first paid, 1000')).toBe('first, 1,000.00 charged');
    expect(said('Auto-recharge auto-1 posted')).toBe('auto-1');
    expect(said('Expiry of lot welcome')).toBe('lot welcome');
    expect(said('80131 usage rows')).toBe('80,131 usage rows');
  });
});

describe('lines', () => {
  const opened = fc
    .record({ position: fc.nat(50), total: fc.integer({ min: 1, max: 60 }), index: fc.nat(1000) })
    .map((of) => of);

  test('every entry and every usage row of the open one has one line, in order', () => {
    fc.assert(
      fc.property(opened, fc.nat(50), (of, behind) => {
        const entries = of.position + 1 + behind;
        const count = lineCount({ entries: { total: entries, byNumber: new Map() }, opened: of });
        const places = Array.from({ length: count }, (_, line) => placeOfLine(line, of));
        const inOrder = (kind: string): number[] => places.filter((p) => p.of === kind).map(({ place }) => place);
        expect(inOrder('entry')).toEqual(Array.from({ length: entries }, (_, place) => place));
        expect(inOrder('usage')).toEqual(Array.from({ length: of.total }, (_, place) => place));
        expect(places.findIndex((p) => p.of === 'usage')).toBe(of.position + 1);
      }),
    );
  });

  test('what a view needs is what its lines stand for', () => {
    fc.assert(
      fc.property(opened, fc.nat(120), fc.nat(40), (of, first, more) => {
        const last = first + more;
        const needed = neededFor(first, last, of);
        for (let line = first; line <= last; line += 1) {
          const { of: kind, place } = placeOfLine(line, of);
          const range = kind === 'entry' ? needed.entries : needed.usage;
          expect(range !== null && range[0] <= place && place <= range[1]).toBe(true);
        }
      }),
    );
  });
});

/** A journal of 450 entries a minute apart, every third of usage, which has five rows. */
function made(): { slice: () => JournalSlice; asked: JournalFilter[] } {
  const asked: JournalFilter[] = [];
  const all = Array.from({ length: 450 }, (_, index): JournalRow => {
    const ofUsage = index % 3 === 0;
    return {
      index,
      at: index * 60_000,
      debit: ofUsage ? 'credits' : 'cash',
      credit: ofUsage ? 'revenue:usage' : 'payments_pending',
      amount: '1',
      kind: ofUsage ? 'usage_covered' : 'purchase_paid',
      cause: { of: ofUsage ? 'span' : 'record', index, words: ofUsage ? '5 usage rows' : 'Purchase' },
      opens: ofUsage,
      balance: null,
    };
  });
  const engine = fakeClient({
    ...fakeEngine(),
    journal: ({ filter, offset, limit }) => {
      asked.push(filter);
      const rows = all.filter(({ debit }) => filter.accounts === undefined || filter.accounts.includes(debit));
      const sums = { amount: String(rows.length), accounts: [] };
      const page = { total: rows.length, offset, rows: rows.slice(offset, offset + limit) };
      return Promise.resolve({ ...page, sums, opening: null, closing: null });
    },
    journalUsage: ({ index, offset, limit }) => {
      const rows = Array.from({ length: 5 }, (_, row): JournalUsageRow => {
        const of = { at: index, sku: 'm', cost: '0.2', part: '0.2', source: 'log.ndjson' };
        return { ...of, row: index * 5 + row, line: row + 1 };
      });
      return Promise.resolve({ total: 5, offset, rows: rows.slice(offset, offset + limit) });
    },
    trialBalance: ({ at }) =>
      Promise.resolve({ at: at ?? 99, accounts: [], debit: '0', credit: '0', total: '0', error: null }),
  });
  const held: { state: JournalSlice } = { state: null as unknown as JournalSlice };
  held.state = createJournalSlice(
    (change) => {
      held.state = { ...held.state, ...(typeof change === 'function' ? change(held.state) : change) };
    },
    () => held.state,
    {
      engine,
      failed: (error) => {
        throw error;
      },
    },
  );
  return { slice: () => held.state, asked };
}

describe('the slice', () => {
  test('reads the first page, and later pages by the filter that is shown', async () => {
    const { slice, asked } = made();
    slice().journalLoad();
    await until(() => slice().journalShown !== null && slice().journalWhole !== null);
    expect(slice().journal.total).toBe(450);
    expect(slice().journalBusy).toBe(false);
    slice().journalChoose({ accounts: ['credits'] });
    expect(slice().journalBusy).toBe(true);
    // the entries of the former filter are still shown, and read on by it
    slice().journalNeed(200, 220);
    expect(asked.at(-1)).toEqual({});
    await until(() => !slice().journalBusy);
    expect(slice().journal.total).toBe(150);
    expect(lineAt(linesOf(slice()), 0)).toMatchObject({ of: 'entry', entry: { debit: 'credits' } });
  });

  test('an entry of usage opens below itself and closes; another takes its place', async () => {
    const { slice } = made();
    slice().journalLoad();
    await until(() => slice().journalShown !== null);
    await slice().journalToggle(1);
    expect(slice().journalOpened).toBeNull();
    await slice().journalToggle(3);
    expect(slice().journalOpened).toEqual({ position: 3, index: 3, total: 5 });
    expect(lineAt(linesOf(slice()), 4)).toMatchObject({ of: 'usage', row: { row: 15, line: 1 } });
    expect(lineAt(linesOf(slice()), 9)).toMatchObject({ of: 'entry', entry: { index: 4 } });
    // line 11 is entry 6, below the five rows
    await slice().journalToggle(11);
    expect(slice().journalOpened).toEqual({ position: 6, index: 6, total: 5 });
    expect(slice().journalSelected).toBe(6);
    await slice().journalToggle(6);
    expect(slice().journalOpened).toBeNull();
  });

  test('another account forgets all of it, the same one keeps the filter', async () => {
    const { slice } = made();
    slice().journalLoad();
    slice().journalChoose({ accounts: ['cash'] });
    await until(() => slice().journal.total === 300);
    slice().journalForget(true);
    expect(slice().journalStale).toBe(true);
    expect(slice().journalChoice.accounts).toEqual(['cash']);
    slice().journalForget(false);
    expect(slice().journalChoice).toEqual(WHOLE_JOURNAL);
    expect(slice().journal.total).toBe(0);
    expect(slice().journalShown).toBeNull();
  });

  test('the trial balance is of the instant that was asked for last', async () => {
    const { slice } = made();
    slice().journalLoad();
    for (const at of [1, 2, 3]) slice().trialAsOf(at);
    await until(() => slice().trialBalance?.at === 3);
    slice().trialAsOf(null);
    await until(() => slice().trialBalance?.at === 99);
  });
});

function linesOf({ journal: entries, journalOpened: opened, journalUsage: usage }: JournalSlice) {
  return { entries, opened, usage };
}
