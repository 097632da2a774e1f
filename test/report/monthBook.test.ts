/** A reconciled month as a book, also of odd months, and the accounting programs themselves where they are installed. */
import { describe, expect, test } from 'vitest';
import type { Reconciliation } from '../../shared/contract/reconcile.ts';
import type { Book } from '../../shared/export/plainAccounts.ts';
import { monthBook } from '../../shared/session/report/monthBook.ts';
import { monthBookInput } from '../../shared/session/report/monthInput.ts';
import { accountOf } from '../session/accountOf.ts';
import { CHECKERS } from './checkers.ts';
import { OCTOBER, RECONCILIATION } from './october.ts';

async function bookOf(reconciliation: Reconciliation): Promise<Book> {
  return monthBook(monthBookInput(await accountOf(OCTOBER), reconciliation, 'drawdown 1.0.0'));
}

describe('the October of the samples', () => {
  test('nothing that was not matched is booked as settled', async () => {
    const { entries } = await bookOf(RECONCILIATION);
    const open = entries.filter(({ isSettled }) => !isSettled);
    expect(open.map(({ code, postings }) => [code, postings.map(({ account }) => account[1])])).toEqual([
      ['HLCN2K7Q-0017', ['Prepaid', 'Suspense']],
    ]);
  });
});

/** Months that are odd in one way each. */
const ODD: readonly (readonly [string, (groups: Reconciliation['groups']) => Reconciliation['groups']])[] = [
  ['as it is', (groups) => groups],
  ['without a group', () => []],
  ['nothing decided', (groups) => groups.map((group) => ({ ...group, section: 'to_decide' }))],
  ['everything ignored', (groups) => groups.map((group) => ({ ...group, section: 'ignored' }))],
  [
    'paid in another currency',
    (groups) =>
      groups.map((group) => ({
        ...group,
        cells: {
          ...group.cells,
          bank: group.cells.bank.map((item) => ({
            ...item,
            currency: 'EUR',
            amount: item.amount.startsWith('-') ? '-231.95' : '231.95',
            original: { amount: item.amount, currency: 'USD' },
          })),
        },
      })),
  ],
  [
    'bank of the month after, or before',
    (groups) =>
      groups.map((group, index) => ({
        ...group,
        cells: {
          ...group.cells,
          bank: group.cells.bank.map((item) => ({ ...item, date: index % 2 === 0 ? '2026-09-30' : '2026-11-02' })),
        },
      })),
  ],
  [
    'bought in the month before',
    (groups) =>
      groups.map((group) => ({
        ...group,
        cells: { ...group.cells, simulated: group.cells.simulated.map((item) => ({ ...item, date: '2026-09-30' })) },
      })),
  ],
  [
    'texts that mean something to the programs',
    (groups) =>
      groups.map((group) => ({
        ...group,
        state: 'a "quote", a \\ and\na line',
        cells: {
          ...group.cells,
          document: group.cells.document.map((item) => ({
            ...item,
            text: '; "x" | y\n2026-10-01 close',
            reference: 'Ä) #1|2 "q"',
          })),
        },
      })),
  ],
];

describe.each(CHECKERS)('$program takes it', ({ program, absent, complaints, text }) => {
  if (absent) {
    test.skip(`skipped: ${program} is not installed`, () => undefined);
    return;
  }
  test.each(ODD)('%s', async (_name, change) => {
    const reconciliation = { ...RECONCILIATION, groups: change(RECONCILIATION.groups) };
    expect(complaints(text(await bookOf(reconciliation)))).toBe('');
  });

  test('and refuses it with another balance', async () => {
    const book = await bookOf(RECONCILIATION);
    const closing = book.closing.map((balance) => ({ ...balance, amount: balance.amount + 10n ** 10n }));
    expect(complaints(text({ ...book, closing }))).not.toBe('');
  });
});
