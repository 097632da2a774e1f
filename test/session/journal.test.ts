/** The journal by pages: filters, running balances, the trial balance, and the usage rows behind an entry. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalFilter, JournalRow } from '../../shared/contract/journal.ts';
import { JOURNAL_ACCOUNTS, type JournalAccount } from '../../shared/domain/journal.ts';
import { formatAtoms, parseAmount, type Atoms } from '../../shared/domain/money.ts';
import { balanceOf } from '../../shared/engine/lots.ts';
import { openScenario, type Account } from '../../shared/session/account.ts';
import { atOnce } from '../../shared/session/inPieces.ts';
import { journalCsv, journalPage, trialBalanceView } from '../../shared/session/journal.ts';
import { JournalIndex, maskOf } from '../../shared/session/journalIndex.ts';
import { journalUsagePage } from '../../shared/session/journalUsage.ts';
import { rechargeScenarios, scenarios } from '../oracle/arbitraries.ts';
import { context, surroundings } from '../surroundings.ts';

const numRuns = Number(process.env['RUNS'] ?? 40);

async function accountOf(text: string): Promise<Account> {
  const files = { find: () => Promise.resolve(null), more: [] };
  const outcome = await openScenario({ name: 'scenario.yaml', text }, files, surroundings, context);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.account;
}

function holds(name: string, property: (account: Account) => void): void {
  test(name, async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(scenarios(), rechargeScenarios()), async (raw) => {
        property(await accountOf(JSON.stringify(raw)));
      }),
      { numRuns },
    );
  });
}

function all(account: Account, filter: JournalFilter = {}): readonly JournalRow[] {
  return journalPage(account, { filter, offset: 0, limit: 5_000 }).rows;
}

function atoms(text: string | null): Atoms {
  const amount = parseAmount(text ?? '');
  if (typeof amount !== 'bigint') throw new Error(`${text ?? 'null'} is no amount`);
  return amount;
}

/** Debits less credits of some accounts over entries, added up the plain way. */
function moved(rows: readonly JournalRow[], accounts: readonly JournalAccount[]): Atoms {
  let sum = 0n;
  for (const { debit, credit, amount } of rows) {
    if (accounts.includes(debit)) sum += atoms(amount);
    if (accounts.includes(credit)) sum -= atoms(amount);
  }
  return sum;
}

const STORY = `drawdown: 1
title: story
account: {opened: 2025-01-01T00:00:00Z}
policy: {purchase: {tax_rate: 0.1}, cutoff: {delay: PT1H}}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
  - {at: 2025-01-02T00:00:00Z, type: usage, sku: m, cost: 4.5}
  - {at: 2025-01-02T00:10:00Z, type: usage, sku: m, cost: 4}
  - {at: 2025-01-02T00:20:00Z, type: usage, sku: n, cost: 3}
  - {at: 2025-01-02T00:30:00Z, type: usage, sku: n, cost: 0.25}
  - {at: 2025-01-03T00:00:00Z, type: purchase, amount: 20, id: second}
until: 2025-02-02T00:00:00Z
`;

describe('pages', () => {
  holds('put together are the whole journal, wherever they are cut, and balances run on', (account) => {
    const filter = { accounts: ['credits', 'overrun_receivable'] as const };
    const whole = journalPage(account, { filter, offset: 0, limit: 5_000 });
    const pages = Array.from({ length: Math.ceil(whole.total / 3) }, (_, page) =>
      journalPage(account, { filter, offset: page * 3, limit: 3 }),
    );
    expect(pages.flatMap(({ rows }) => rows)).toEqual(whole.rows);
    const { journal, book } = account.run.state;
    const every = all(account);
    expect(every).toHaveLength(journal.length);
    const balances = new Map(whole.rows.map(({ index, balance }) => [index, balance]));
    let balance = 0n;
    for (const row of every) {
      balance += moved([row], filter.accounts);
      const shown = balances.get(row.index);
      if (shown !== undefined) expect(atoms(shown)).toBe(balance);
    }
    expect(-atoms(whole.closing)).toBe(balanceOf(book));
  });

  holds('of a filter have what holds it, and their sums are of all of them', (account) => {
    const rows = all(account);
    const middle = rows[rows.length >> 1];
    if (middle === undefined) return;
    const filter: JournalFilter = {
      ...{ accounts: [middle.debit], from: rows[0]?.at ?? 0, to: middle.at, kind: middle.kind },
      ...{ minAmount: middle.amount, text: middle.kind.toUpperCase() },
    };
    const expected = rows.filter(
      ({ debit, credit, at, kind, amount }) =>
        (debit === middle.debit || credit === middle.debit) &&
        at <= middle.at &&
        kind === middle.kind &&
        atoms(amount) >= atoms(middle.amount),
    );
    const page = journalPage(account, { filter, offset: 0, limit: 1 });
    expect(page.total).toBe(expected.length);
    expect(all(account, filter).map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
    expect(atoms(page.sums.amount)).toBe(expected.reduce((sum, { amount }) => sum + atoms(amount), 0n));
    for (const { account: name, balance } of page.sums.accounts) expect(atoms(balance)).toBe(moved(expected, [name]));
  });

  test('say what happened, in words that a text finds', async () => {
    const account = await accountOf(STORY);
    const rows = all(account);
    expect(rows.map(({ kind, amount, cause }) => [kind, amount, cause.words])).toEqual([
      ['purchase_paid', '10', 'Purchase first paid, 11'],
      ['purchase_tax', '1', 'Purchase first paid, 11'],
      ['posted', '10', 'Purchase first posted'],
      ['usage_covered', '10', '3 usage rows'],
      ['overrun', '1.5', '1 usage row of n'],
      ['overrun', '0.25', '1 usage row of n'],
      ['purchase_paid', '20', 'Purchase second paid, 22'],
      ['purchase_tax', '2', 'Purchase second paid, 22'],
      ['posted', '20', 'Purchase second posted'],
      ['debt_settled', '1.75', 'Purchase second posted'],
    ]);
    const found = (text: string): number[] => all(account, { text }).map(({ index }) => index);
    expect(found('SECOND')).toEqual([6, 7, 8, 9]);
    expect(found('payments_pending')).toEqual([0, 2, 6, 8]);
    expect(found('debt settled')).toEqual([9]);
    expect(found('nowhere')).toEqual([]);
  });

  test('bring the balance forward to the filter’s first instant', async () => {
    const account = await accountOf(STORY);
    const filter = { accounts: ['cash'] as const, from: Date.UTC(2025, 0, 2) };
    const page = journalPage(account, { filter, offset: 0, limit: 10 });
    expect(page).toMatchObject({ opening: '11', closing: '33', total: 2 });
    expect(page.rows.map(({ balance }) => balance)).toEqual(['31', '33']);
    expect(all(account).every(({ balance }) => balance === null)).toBe(true);
  });

  test('take any window, and say what is no amount', async () => {
    const account = await accountOf(STORY);
    for (const [offset, limit] of [
      [-5, 2],
      [99, 2],
      [Number.NaN, Number.NaN],
      [0.5, 1e9],
    ] as const)
      expect(journalPage(account, { filter: {}, offset, limit }).total).toBe(10);
    expect(() => journalPage(account, { filter: { minAmount: 'ten' }, offset: 0, limit: 1 })).toThrow(
      /ten is no amount/,
    );
  });

  test('as CSV have a row for each entry', async () => {
    const csv = new TextDecoder().decode(atOnce(journalCsv(await accountOf(STORY), { accounts: ['tax_payable'] })));
    expect(csv).toBe(
      'entry,at,debit,credit,amount,kind,of,cause,balance\r\n' +
        '1,2025-01-01T00:00:00.000Z,cash,tax_payable,1,purchase_tax,record,"Purchase first paid, 11",-1\r\n' +
        '7,2025-01-03T00:00:00.000Z,cash,tax_payable,2,purchase_tax,record,"Purchase second paid, 22",-3\r\n',
    );
  });
});

describe('the usage rows of an entry', () => {
  holds('have parts that add up to it, row by row and over its span', (account) => {
    const { log } = account.run.input;
    const byRow = new Map<number, Atoms>();
    for (const { index, amount, opens } of all(account)) {
      const { rows, total } = journalUsagePage(account, { index, offset: 0, limit: 5_000 });
      expect(rows).toHaveLength(total);
      expect(total > 0).toBe(opens);
      if (!opens) continue;
      expect(rows.reduce((sum, { part }) => sum + atoms(part), 0n)).toBe(atoms(amount));
      for (const { row, part } of rows) byRow.set(row, (byRow.get(row) ?? 0n) + atoms(part));
    }
    for (const { from, to, status } of account.run.state.spans)
      if (status === 'accepted')
        for (let row = from; row < to; row++) expect(byRow.get(row) ?? 0n).toBe(log.sums.cost(row));
  });

  test('a row that credits cover in part is in both of its entries', async () => {
    const account = await accountOf(STORY);
    const parts = (index: number): unknown[] =>
      journalUsagePage(account, { index, offset: 0, limit: 10 }).rows.map(({ row, cost, part }) => [row, cost, part]);
    expect(parts(3)).toEqual([
      [0, '4.5', '4.5'],
      [1, '4', '4'],
      [2, '3', '1.5'],
    ]);
    expect(parts(4)).toEqual([[2, '3', '1.5']]);
    expect(parts(99)).toEqual([]);
  });
});

describe('the trial balance', () => {
  holds('ties at the end and at every instant, usage counted row by row', (account) => {
    const { log } = account.run.input;
    const instants = [...all(account).map(({ at }) => at), ...log.at].flatMap((at) => [at - 1, at]);
    for (const at of [undefined, ...instants]) {
      const view = trialBalanceView(account, at);
      expect(view).toMatchObject({ total: '0', error: null });
      expect(view.debit).toBe(view.credit);
      expect(view.accounts.map(({ account: name }) => name)).toEqual(JOURNAL_ACCOUNTS);
    }
  });

  test('says by how much it does not tie', async () => {
    const account = await accountOf(STORY);
    const [entry] = account.run.state.journal;
    if (entry === undefined) throw new Error('no entry');
    account.run.state.journal.push({ ...entry, debit: 'credits', credit: 'cash', amount: 5n * 10n ** 12n });
    const view = trialBalanceView(account, undefined);
    expect(view.total).toBe('-5');
    expect(view.error).toBe('The journal gives the customer 13.25, the lots and the debt give 18.25.');
  });
});

test('sums stay exact whatever their size', () => {
  const amount = fc.oneof(fc.bigInt({ min: 1n, max: 10n ** 13n }), fc.bigInt({ min: 1n, max: 10n ** 42n }));
  const entry = fc.record({
    amount,
    debit: fc.constantFrom(...JOURNAL_ACCOUNTS),
    credit: fc.constantFrom(...JOURNAL_ACCOUNTS),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 1_500 }), fc.subarray([...JOURNAL_ACCOUNTS]), (entries, accounts) => {
      const index = new JournalIndex(entries.map((each) => ({ ...each, at: 0, cause: { record: 0 } })));
      const balance = (count: number): Atoms => index.balanceBefore(count, maskOf(accounts));
      let sum = 0n;
      for (const [place, { amount: of, debit, credit }] of entries.entries()) {
        expect(formatAtoms(balance(place))).toBe(formatAtoms(sum));
        if (accounts.includes(debit)) sum += of;
        if (accounts.includes(credit)) sum -= of;
      }
      const { debit } = index.sums(entries.length);
      expect(debit.reduce((all_, of) => all_ + of, 0n)).toBe(entries.reduce((all_, { amount: of }) => all_ + of, 0n));
    }),
    { numRuns: 15 },
  );
});
