// What must hold of any result, whatever the rules: the oracle held to its own figures, and the arbitraries to their aim.

import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { creditScenarios, rechargeScenarios, scenarios } from './arbitraries.ts';
import { readInstant } from './clock.ts';
import type { OracleResult, RawScenario } from './oracle.ts';
import { oracle } from './oracle.ts';

const RUNS = 300;

const exact = Decimal.clone({ precision: 100 });

function sum(amounts: (string | undefined)[]): string {
  return amounts.reduce((total, amount) => total.plus(amount ?? NaN), new exact(0)).toFixed();
}

function negated(amount: string | undefined): string {
  return new exact(amount ?? NaN).negated().toFixed();
}

/** An invoice's figures are strings, its lines aside. */
function figures(invoice: OracleResult['invoices'][number]): Record<string, string> {
  const strings = Object.entries(invoice).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(strings);
}

/** Balance = sum of lots remaining - debt, and no lot has anything left while there is debt. */
function checkBalance({ end }: OracleResult): void {
  const remaining = sum(end.lots.map((lot) => lot.remaining));
  expect(sum([remaining, negated(end.debt)])).toBe(end.balance);
  if (end.debt !== '0') expect(remaining).toBe('0');
  for (const { amount, remaining: left, expired } of end.lots) {
    expect(new exact(left).gte(0) && new exact(expired).gte(0)).toBe(true);
    expect(new exact(left).plus(expired).lte(amount)).toBe(true);
  }
}

/** Section 10: the figures of each invoice tie, and one invoice begins where the one before it ends. */
function checkInvoices(raw: RawScenario, { invoices }: OracleResult): void {
  let previous: Record<string, string> | undefined;
  for (const invoice of invoices) {
    const of = figures(invoice);
    const ties = [of['opening_balance'], of['purchased'], of['granted'], of['adjusted'], negated(of['drawn'])];
    expect(sum([...ties, negated(of['expired']), negated(of['refunded']), of['debt_invoiced']])).toBe(
      of['closing_balance'],
    );
    expect(sum(Object.values(invoice['lines'] ?? {}))).toBe(of['usage']);
    expect(sum([of['excess_billed'], of['carried'], of['credits_applied']])).toBe(of['usage']);
    expect(sum([of['excess_billed'], of['debt_brought_forward'], of['tax']])).toBe(of['amount_due']);
    for (const name of ['excess_billed', 'carried', 'credits_applied'])
      expect(new exact(of[name] ?? NaN).gte(0)).toBe(true);
    expect(of['from']).toBe(previous?.['to'] ?? new Date(opening(raw)).toISOString());
    expect(of['opening_balance']).toBe(previous?.['closing_balance'] ?? '0');
    previous = of;
  }
}

function opening(raw: RawScenario): number {
  return readInstant(raw.account?.opened ?? raw.events?.[0]?.at);
}

/** Every usage row that the run reaches is accepted or rejected, once. */
function checkUsage(raw: RawScenario, { end, usage, timeline }: OracleResult): void {
  const given = (raw.events ?? []).filter(({ type, at }) => type === 'usage' && readInstant(at) <= readInstant(end.at));
  const accepted = timeline.filter(({ type }) => type === 'usage');
  const rejected = timeline.filter(({ type }) => type === 'usage_rejected');
  expect(accepted.length + rejected.length).toBe(given.length);
  expect({ count: accepted.length, cost: sum(accepted.map(({ cost }) => cost ?? undefined)) }).toEqual(usage.accepted);
  for (const [reason, total] of Object.entries(usage.rejected)) {
    const rows = rejected.filter((row) => row['reason'] === reason);
    expect({ count: rows.length, cost: sum(rows.map(({ cost }) => cost ?? undefined)) }).toEqual(total);
  }
  expect(Object.values(usage.rejected).reduce((count, total) => count + total.count, 0)).toBe(rejected.length);
  expect(sum(accepted.map(({ overrun }) => overrun ?? undefined))).toBe(usage.overrun);
}

/** Each row's balance follows from the one before it; rows are in order of time; credits post once, and once paid. */
function checkTimeline({ end, timeline }: OracleResult): void {
  let balance = new exact(0);
  let at = '';
  const paid: unknown[] = [];
  for (const row of timeline) {
    expect(row.at >= at && row.at <= end.at).toBe(true);
    at = row.at;
    const amount = new exact(row['amount'] ?? 0);
    if (row.type === 'purchase') paid.push(row['id']);
    if (row.type === 'posting') expect(paid.splice(paid.indexOf(row['lot']), 1)).toEqual([row['lot']]);
    if (row.type === 'plan_started') balance = balance.plus(row['debt_invoiced'] ?? NaN);
    if (row.type === 'posting' || row.type === 'grant' || row.type === 'adjustment') balance = balance.plus(amount);
    if (row.type === 'expiry' || row.type === 'refund') balance = balance.minus(amount);
    if (row.type === 'usage') {
      // What of the cost is excess is not in the row; the rest is drawn.
      const drawn = balance.minus(row['balance'] ?? NaN);
      expect(drawn.gte(row['overrun'] ?? NaN) && drawn.lte(row['cost'] ?? NaN)).toBe(true);
      balance = balance.minus(drawn);
    } else if (typeof row['balance'] === 'string') expect(balance.toFixed()).toBe(row['balance']);
  }
  expect(balance.toFixed()).toBe(end.balance);
}

function check(raw: RawScenario): void {
  const result = oracle(raw);
  checkBalance(result);
  checkInvoices(raw, result);
  checkUsage(raw, result);
  checkTimeline(result);
}

describe('oracle: any result ties', () => {
  test('scenarios of every kind', () => {
    fc.assert(fc.property(scenarios(), check), { numRuns: RUNS });
  });

  test('many requests against auto-recharge', () => {
    fc.assert(fc.property(rechargeScenarios(), check), { numRuns: RUNS });
  });

  test('credits that cross', () => {
    fc.assert(fc.property(creditScenarios(), check), { numRuns: RUNS });
  });
});

test('the arbitraries reach every type of row and every reason', () => {
  const seen = new Set<string>();
  const property = (raw: RawScenario): void => {
    for (const { type, ...fields } of oracle(raw).timeline) {
      seen.add(type);
      if (typeof fields['reason'] === 'string') seen.add(`${type} ${fields['reason']}`);
    }
  };
  // One seed, so that this does not fail by chance.
  fc.assert(fc.property(scenarios(), property), { numRuns: RUNS, seed: 1 });
  fc.assert(fc.property(rechargeScenarios(), property), { numRuns: RUNS, seed: 1 });
  expect([...seen].sort()).toEqual(REACHED);
});

const REACHED = [
  'adjustment',
  'cutoff',
  'expiry',
  'grant',
  'limit_lifted',
  'limit_reached',
  'payment_declined',
  'plan_cancelled',
  'plan_rejected',
  'plan_rejected arrears_plan_active',
  'plan_rejected no_plan',
  'plan_rejected prepaid_plan_active',
  'plan_started',
  'posting',
  'purchase',
  'purchase_rejected',
  'purchase_rejected above_maximum',
  'purchase_rejected below_minimum',
  'purchase_rejected fraction_of_minor_unit',
  'purchase_rejected not_prepaid',
  'recharge_paused',
  'recharge_paused declined',
  'recharge_paused expired_on_posting',
  'recharge_paused refused',
  'recharge_paused too_many_at_once',
  'recharge_resumed',
  'recharge_skipped',
  'recharge_skipped monthly_limit',
  'refund',
  'refund_rejected',
  'refund_rejected non_refundable',
  'refund_rejected unknown_lot',
  'restored',
  'tier',
  'usage',
  'usage_rejected',
  'usage_rejected insufficient_quota',
  'usage_rejected monthly_limit',
  'usage_rejected no_plan',
];
