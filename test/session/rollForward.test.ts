/** The roll-forward of a month: it adds up, ties to journal and invoices, and follows on from the month before. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RollForward, RollForwardRow } from '../../shared/contract/reconcile.ts';
import { parseAmount, type Atoms } from '../../shared/domain/money.ts';
import { monthOf, startOfMonth } from '../../shared/domain/time.ts';
import { rollForward } from '../../shared/reconcile/rollForward.ts';
import type { Account } from '../../shared/session/account.ts';
import { balanceMovementsOf } from '../../shared/session/reconcile/balanceMovements.ts';
import { rollForwardOf } from '../../shared/session/reconcile/rollForward.ts';
import { creditScenarios, rechargeScenarios, scenarios } from '../oracle/arbitraries.ts';
import { accountOf } from './accountOf.ts';

const numRuns = Number(process.env['RUNS'] ?? 25);

function holds(name: string, property: (account: Account, a: number, b: number) => void): void {
  test(
    name,
    async () => {
      const anywhere = fc.double({ min: 0, max: 1, noNaN: true });
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(scenarios(), rechargeScenarios(), creditScenarios()),
          anywhere,
          anywhere,
          async (raw, a, b) => property(await accountOf(JSON.stringify(raw)), a, b),
        ),
        { numRuns },
      );
    },
    300_000,
  );
}

function atoms(text: string | null | undefined): Atoms {
  const amount = parseAmount(text ?? '');
  if (typeof amount !== 'bigint') throw new Error(`${text ?? 'null'} is no amount`);
  return amount;
}

const COLUMNS = [
  ...['opening', 'purchases', 'grants', 'adjustments', 'usage', 'expired', 'refunds', 'transfers', 'closing'],
] as (keyof Omit<RollForwardRow, 'id' | 'label'>)[];

function closingOf(row: RollForwardRow): Atoms {
  const [opening, purchases, grants, adjustments, usage, expired, refunds, transfers] = COLUMNS.map((column) =>
    atoms(row[column]),
  );
  return opening! + purchases! + grants! + adjustments! - usage! - expired! - refunds! + transfers!;
}

function monthsOf({ run: { input, state } }: Account): string[] {
  const months: string[] = [];
  for (let at = startOfMonth(input.opened, input.zone); at <= state.now; at = startOfMonth(at, input.zone, 1))
    months.push(monthOf(at, input.zone));
  // scenarios of many years repeat themselves
  return months.slice(0, 30);
}

function figure({ figures }: RollForward, label: string): string | undefined {
  return figures.find((each) => each.label === label)?.amount;
}

holds('over any time every line adds up, and the total is the balance at both ends', (account, a, b) => {
  const { input, state } = account.run;
  const at = (share: number): number => input.opened + Math.floor((state.now + 2 - input.opened) * share);
  const [from, to] = a < b ? [at(a), at(b)] : [at(b), at(a)];
  const movements = balanceMovementsOf(account, [from, to]);
  for (const by of ['lot', 'purchase_month'] as const) {
    const { lines, total } = rollForward(movements, { from, to }, by);
    for (const line of [...lines, total]) {
      const { opening, purchases, grants, adjustments, usage, expired, refunds, transfers, closing } = line;
      expect(opening + purchases + grants + adjustments - usage - expired - refunds + transfers).toBe(closing);
    }
    for (const line of lines)
      if (line.of !== 'debt') expect(line.opening >= 0n && line.closing >= 0n && line.usage >= 0n).toBe(true);
      else expect(line.closing <= 0n).toBe(true);
    expect(total.opening).toBe(account.course.balanceAt(from - 1));
    expect(total.closing).toBe(account.course.balanceAt(to - 1));
  }
});

holds('every month adds up, ties to journal and invoices, and follows on from the month before', (account) => {
  let before: RollForward | null = null;
  for (const month of monthsOf(account)) {
    for (const view of ['seller', 'buyer'] as const) {
      const report = rollForwardOf(account, month, view, view === 'seller' ? 'lot' : 'purchase_month');
      for (const row of [...report.rows, report.total]) expect(closingOf(row)).toBe(atoms(row.closing));
      for (const column of COLUMNS)
        expect(report.rows.reduce((sum, row) => sum + atoms(row[column]), 0n)).toBe(atoms(report.total[column]));
      for (const { difference, label } of report.ties) expect([label, difference ?? '0']).toEqual([label, '0']);
      if (view === 'buyer') continue;
      expect(report.total.opening).toBe(before?.total.closing ?? '0');
      if (before !== null)
        expect(figure(report, 'Contract liability, opening')).toBe(figure(before, 'Contract liability, closing'));
      before = report;
    }
  }
});

holds('breakage follows on, is never more than was paid, and in the end is what expired', (account) => {
  let [expired, recognised, liability] = [0n, 0n, 0n];
  for (const month of monthsOf(account)) {
    const report = rollForwardOf(account, month, 'seller', 'purchase_month', '0.25');
    const total = report.breakage.at(-1);
    expect(atoms(figure(report, 'Contract liability, closing'))).toBe(atoms(total?.liabilityWhenExpired ?? '0'));
    liability = atoms(total?.liabilityInProportion ?? '0');
    expect(liability >= 0n && liability <= atoms(total?.liabilityWhenExpired ?? '0')).toBe(true);
    expired += atoms(total?.whenExpired ?? '0');
    recognised += atoms(total?.inProportion ?? '0');
    // what is recognised early and has not expired is what the two liabilities differ by
    expect(recognised - expired).toBe(atoms(total?.liabilityWhenExpired ?? '0') - liability);
  }
});

const STORY = `drawdown: 1
title: story
account: {opened: 2026-01-01T00:00:00Z}
policy: {cutoff: {delay: PT1H}, credits: {expire_after: P2M}}
events:
  - {at: 2026-01-05T00:00:00Z, type: purchase, amount: 100, id: first}
  - {at: 2026-01-06T00:00:00Z, type: grant, amount: 10, id: welcome, priority: 1}
  - {at: 2026-01-20T00:00:00Z, type: usage, cost: 45}
  - {at: 2026-02-20T00:00:00Z, type: usage, cost: 50}
  - {at: 2026-03-10T00:00:00Z, type: usage, cost: 30}
  - {at: 2026-03-20T00:00:00Z, type: purchase, amount: 50, id: second}
until: 2026-04-15T00:00:00Z
`;

describe('the seller’s book', () => {
  test('recognises a tenth in proportion to use (ASC 606-10-55-48), and by its end what expired', async () => {
    const account = await accountOf(STORY);
    const rows = (month: string) => rollForwardOf(account, month, 'seller', 'purchase_month', '0.1').breakage;
    // half of the 90 that will be used was used: half of the 10 that will not is revenue
    expect(rows('2026-01')).toEqual([
      expect.objectContaining({
        ...{ month: '2026-01', bought: '100', used: '45', expected: '10', whenExpired: '0', inProportion: '5' },
        ...{ liabilityWhenExpired: '55', liabilityInProportion: '50' },
      }),
      expect.objectContaining({ month: 'total', inProportion: '5' }),
    ]);
    // 95 used: more than the 90 expected; no more than what remains is recognised
    expect(rows('2026-02')[0]).toMatchObject({ used: '95', inProportion: '0', liabilityInProportion: '0' });
    expect(rows('2026-03')[0]).toMatchObject({ month: '2026-01', whenExpired: '5', inProportion: '0' });
  });

  test('shows debt in its own row, and what settled it', async () => {
    const report = rollForwardOf(await accountOf(STORY), '2026-03', 'seller', 'lot');
    expect(report.rows.map(({ id, usage, transfers, closing }) => [id, usage, transfers, closing])).toEqual([
      ['first', '0', '0', '0'],
      ['welcome', '10', '0', '0'],
      ['second', '0', '-20', '30'],
      ['debt', '20', '20', '0'],
    ]);
    expect(report.total).toMatchObject({ opening: '15', purchases: '50', usage: '30', expired: '5', closing: '30' });
    expect(report.ties).toHaveLength(18);
  });

  test('takes its rate from what became of the credits before, where no rate is set', async () => {
    const account = await accountOf(STORY);
    expect(rollForwardOf(account, '2026-02', 'seller', 'lot').breakage.at(-1)).toMatchObject({ expected: '0' });
    // 5 of the 100 that are over had expired
    expect(rollForwardOf(account, '2026-04', 'seller', 'lot').breakage.at(-1)).toMatchObject({
      ...{ bought: '50', expected: '2.5', liabilityWhenExpired: '30' },
    });
  });
});

test('the buyer’s book has the same movements as prepaid expense', async () => {
  const report = rollForwardOf(await accountOf(STORY), '2026-03', 'buyer', 'lot');
  expect(report.breakage).toEqual([]);
  expect(Object.fromEntries(report.figures.map(({ label, amount }) => [label, amount]))).toMatchObject({
    'Prepaid expense, opening': '5',
    'Prepaid expense, closing': '30',
    'Loss on expiry': '5',
    'Expense: usage beyond credits': '20',
    'Use of credits given': '10',
  });
});

test('a month or a share that is none is refused', async () => {
  const account = await accountOf(STORY);
  expect(() => rollForwardOf(account, '2026-13', 'buyer', 'lot')).toThrow('2026-13 is no month');
  expect(() => rollForwardOf(account, '2026-01', 'seller', 'lot', '1')).toThrow('no share of credits');
});
