/** A run as FOCUS 1.2: what is billed by invoice, what usage cost, and that our own importers read it back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAtoms, parseAmount, type Atoms } from '../../shared/domain/money.ts';
import type { StatementLine } from '../../shared/domain/statement.ts';
import { focusCsv } from '../../shared/session/report/focusExport.ts';
import type { Account } from '../../shared/session/account.ts';
import { usageOf } from '../import/focusReading.ts';
import { bytesOf, statement } from '../import/statements/helpers.ts';
import { rechargeScenarios, scenarios } from '../oracle/arbitraries.ts';
import { accountOf } from '../session/accountOf.ts';

const numRuns = Number(process.env['RUNS'] ?? 25);

const STORY = `drawdown: 1
title: Brightwater Analytics
account: {id: org-brightwater, opened: 2026-10-01T00:00:00Z, timezone: Europe/Berlin}
policy:
  exhausted: bill_excess
  purchase: {tax_rate: 0.08875}
  credits: {expire_after: P20D, refundable: true}
  invoice: {tax_rate: 0.19}
events:
  - {at: 2026-10-02T09:14:21Z, type: purchase, amount: 500, id: HLCN2K7Q-0011}
  - {at: 2026-10-03T00:00:00Z, type: grant, amount: 10, id: welcome}
  - {at: 2026-10-04T21:30:00Z, type: usage, sku: alto-2, cost: 2.03}
  - {at: 2026-10-04T22:30:00Z, type: usage, sku: alto-2, cost: 0.964}
  - {at: 2026-10-04T23:30:00Z, type: usage, sku: "=alto,mini", cost: 13.725}
  - {at: 2026-10-23T10:00:00Z, type: usage, sku: alto-2, cost: 100.005}
  - {at: 2026-11-02T00:00:00Z, type: adjustment, amount: 5}
  - {at: 2026-11-03T00:00:00Z, type: purchase, amount: 50, id: HLCN2K7Q-0018}
  - {at: 2026-11-04T00:00:00Z, type: refund, lot: HLCN2K7Q-0018}
until: 2026-11-05T00:00:00Z
`;

function payable({ run: { state } }: Account): Atoms {
  let sum = 0n;
  for (const entry of state.timeline) {
    if (entry.type === 'purchase') sum += entry.charged;
    if (entry.type === 'refund') sum -= entry.amount;
  }
  return state.invoices.reduce((all, { amount_due }) => all + amount_due, sum);
}

function byInvoice(lines: readonly StatementLine[]): Record<string, string> {
  const sums = new Map<string, Atoms>();
  for (const { reference, amount } of lines)
    if (reference !== null) sums.set(reference, (sums.get(reference) ?? 0n) + amount);
  return Object.fromEntries([...sums].map(([reference, sum]) => [reference, formatAtoms(sum)]));
}

function sum(amounts: readonly Atoms[]): Atoms {
  return amounts.reduce((all, amount) => all + amount, 0n);
}

test.each([
  ['any feature', scenarios()],
  ['much auto-recharge', rechargeScenarios()],
] as const)(
  'any run is billed what it pays, and its usage costs what it used up: %s',
  async (_name, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async (raw) => {
        const account = await accountOf(JSON.stringify(raw));
        const bytes = bytesOf(focusCsv(account, 'Halcyon Models'));
        const { timeline, accepted, invoices } = account.run.state;
        const isEmpty = timeline.length === 0 && accepted.rows === 0 && invoices.length === 0;
        if (isEmpty) return;
        const lines = new TextDecoder().decode(bytes).split('\r\n').length > 2 ? (await statement(bytes)).lines : [];
        expect(sum(lines.map(({ amount }) => amount))).toBe(payable(account));
        const usage = lines.filter(({ charge }) => charge?.category === 'Usage');
        expect(sum(usage.map(({ charge }) => charge?.effectiveCost ?? 0n))).toBe(accepted.cost);
        expect(usage.every(({ amount }) => amount === 0n)).toBe(true);
        const purchases = lines.filter(({ charge }) => charge?.category === 'Purchase');
        expect(purchases.every(({ charge }) => charge?.effectiveCost === 0n)).toBe(true);
        // what is billed without an invoice is nothing
        expect(sum(lines.filter(({ reference }) => reference === null).map(({ amount }) => amount))).toBe(0n);
      }),
      { numRuns },
    );
  },
  300_000,
);

describe('a story', () => {
  test('BilledCost by InvoiceId is what each invoice demands; corrections say so', async () => {
    const account = await accountOf(STORY);
    const { lines, problems } = await statement(bytesOf(focusCsv(account, 'Halcyon Models')));
    expect(problems).toEqual([]);
    const [october] = account.run.state.invoices;
    expect(formatAtoms(october?.amount_due ?? 0n)).toBe('107.1');
    expect(byInvoice(lines)).toEqual({
      'HLCN2K7Q-0011': '544.38',
      'HLCN2K7Q-0018': '54.44',
      'HLCN2K7Q-0018-refund': '-50',
      'invoice-2026-10': '107.1',
    });
    expect(lines.filter(({ charge }) => charge?.correction).map(({ description }) => description)).toEqual([
      'Adjustment of the balance',
    ]);
  });

  test('usage is by day on the account’s clock and SKU, and is read back as it was', async () => {
    const { rows, problems } = usageOf(bytesOf(focusCsv(await accountOf(STORY), null)));
    expect(problems).toEqual([]);
    expect(rows.map(({ at, sku, cost }) => [at, sku, cost])).toEqual([
      ['2026-10-03T22:00:00.000Z', 'alto-2', '2.03'],
      ['2026-10-04T22:00:00.000Z', 'alto-2', '0.964'],
      // what a spreadsheet would run has a quote before it, and keeps it
      ['2026-10-04T22:00:00.000Z', "'=alto,mini", '13.725'],
      ['2026-10-22T22:00:00.000Z', 'alto-2', '100.005'],
    ]);
  });

  test('has the columns of FOCUS 1.2, and times in UTC', async () => {
    const [header = '', ...rows] = focusCsv(await accountOf(STORY), 'Halcyon Models').split('\r\n');
    const first = rows.find((row) => row.startsWith('500,')) ?? '';
    expect(header.split(',')).toHaveLength(31);
    const cells = Object.fromEntries(header.split(',').map((name, i) => [name, first.split(',')[i]]));
    expect(cells).toMatchObject({
      BilledCost: '500',
      BillingAccountId: 'org-brightwater',
      BillingPeriodStart: '2026-09-30T22:00:00Z',
      BillingPeriodEnd: '2026-10-31T23:00:00Z',
      ChargePeriodStart: '2026-10-02T09:14:21Z',
      ChargePeriodEnd: '2026-10-22T09:14:21Z',
      EffectiveCost: '0',
      ProviderName: 'Halcyon Models',
      PricingCurrency: 'USD',
      x_LotId: 'HLCN2K7Q-0011',
    });
    for (const name of ['ListCost', 'ContractedCost']) expect(parseAmount(cells[name] ?? '')).toBe(500n * 10n ** 12n);
  });
});
