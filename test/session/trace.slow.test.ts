/** Every figure's derivation adds up, at all depths and over all pages, and its root is what the app shows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InvoiceFigure, TraceNode, TraceTarget } from '../../shared/contract/trace.ts';
import { formatAtoms } from '../../shared/domain/money.ts';
import { replayAccount, type Account } from '../../shared/session/account.ts';
import { annotationsOf } from '../../shared/session/annotations.ts';
import { invoicesPage, lotsPage, timelinePage, usagePage } from '../../shared/session/tables.ts';
import { traceService } from '../../shared/session/traceService.ts';
import { viewOf } from '../../shared/session/view.ts';
import { creditScenarios, rechargeScenarios, scenarios } from '../oracle/arbitraries.ts';
import type { RawScenario } from '../oracle/oracle.ts';
import { surroundings } from '../surroundings.ts';
import { atomsOf, Walker } from './traceChecks.ts';

/** More on demand: `RUNS=2000 npx vitest run test/session/trace.test.ts`. */
const numRuns = Number(process.env['RUNS'] ?? 10);
const seed = process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) };
const MOST_RECORDS = 300;
/** A slow machine does fewer runs, never none. */
const MOST_MS = 60_000;
const ALL = { offset: 0, limit: 5_000 };
/** Rows looked at of one table: every one of the longest would say nothing new. */
const SOME = 40;

function accountOf(text: string): Account {
  const outcome = replayAccount({ name: 'scenario.yaml', text }, [], surroundings);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.account;
}

function some<T>(rows: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.ceil(rows.length / SOME));
  return rows.filter((_, index) => index % step === 0);
}

/** Every figure that the app shows of an account, with what it shows. */
function shown(account: Account): (readonly [TraceTarget, string | null])[] {
  const { figures } = viewOf(account);
  const pairs: (readonly [TraceTarget, string | null])[] = [
    [{ kind: 'balance' }, figures.balance],
    [{ kind: 'lots' }, figures.lots],
    [{ kind: 'debt' }, figures.debt],
    [{ kind: 'figure', figure: 'accepted_cost' }, figures.accepted.cost],
    [{ kind: 'figure', figure: 'accepted_count' }, String(figures.accepted.count)],
    [{ kind: 'figure', figure: 'rejected_cost' }, figures.rejected.cost],
    [{ kind: 'figure', figure: 'rejected_count' }, String(figures.rejected.count)],
    [{ kind: 'figure', figure: 'overrun' }, figures.overrun],
    [{ kind: 'figure', figure: 'next_expiry' }, figures.nextExpiry?.amount ?? null],
    [{ kind: 'figure', figure: 'next_tier' }, figures.nextTier?.missing ?? null],
    [{ kind: 'figure', figure: 'next_tier_days' }, figures.nextTier === null ? null : String(figures.nextTier.days)],
  ];
  for (const { reason, cost, count } of figures.rejected.reasons) {
    pairs.push(
      [{ kind: 'rejected', reason, of: 'cost' }, cost],
      [{ kind: 'rejected', reason, of: 'count' }, String(count)],
    );
  }
  for (const [lot, row] of lotsPage(account, ALL).rows.entries()) {
    pairs.push(
      [{ kind: 'lot', lot }, row.remaining],
      [{ kind: 'lot_amount', lot }, row.amount],
      [{ kind: 'lot_settled', lot }, row.settled],
      [{ kind: 'lot_drawn', lot }, row.drawn],
      [{ kind: 'lot_expired', lot }, row.expired],
      [{ kind: 'lot_refunded', lot }, row.refunded],
    );
  }
  for (const { index, fields, type, amount, balance } of some(timelinePage(account, ALL).rows)) {
    pairs.push([{ kind: 'record_balance', record: index }, balance]);
    const movement = type === 'plan_started' ? (amount ?? '0') : amount;
    const subject =
      type === 'cutoff' || type === 'restored' ? balance : (fields['charged'] ?? fields['amount'] ?? null);
    if (!type.startsWith('limit_') && type !== 'tier')
      pairs.push([{ kind: 'record', record: index }, movement ?? subject]);
  }
  for (const { index, figures: of, lines } of invoicesPage(account, ALL).rows) {
    for (const [figure, amount] of Object.entries(of))
      pairs.push([{ kind: 'invoice', invoice: index, figure: figure as InvoiceFigure }, amount]);
    for (const [line, { amount }] of lines.entries())
      pairs.push([{ kind: 'invoice_line', invoice: index, line }, amount]);
  }
  const month = annotationsOf(account).months.at(-1);
  if (month?.invoice === null)
    for (const figure of ['used', 'carried', 'due'] as const)
      pairs.push([{ kind: 'open_period', figure }, month[figure]]);
  for (const { index, cost, overrun, balance, status } of some(usagePage(account, ALL).rows)) {
    const debt = account.run.state.spans.some(
      (span) => span.from <= index && index < span.to && span.uncovered === 'overrun',
    );
    pairs.push(
      [{ kind: 'usage', row: index, of: 'cost' }, cost],
      [{ kind: 'usage', row: index, of: 'balance' }, balance],
      [{ kind: 'usage', row: index, of: 'overrun' }, status === 'accepted' && debt ? overrun : '0'],
    );
  }
  return pairs;
}

/** An auto-recharge was considered because the balance was low; its amount is the policy's. */
function checkDecision(account: Account, root: TraceNode): void {
  const part = (label: string): TraceNode | undefined => root.children?.find((one) => one.label === label);
  const [compared, threshold] = [part('Balance that was compared'), part('Auto-recharge threshold')];
  if (compared === undefined || threshold === undefined) return;
  const atOrBelow = threshold.note?.includes('at or below') === true;
  expect(atomsOf(compared) < atomsOf(threshold) + (atOrBelow ? 1n : 0n)).toBe(true);
  const asked = [root, ...(root.children ?? [])].find((one) =>
    one.children?.some(({ rule, sign }) => rule?.name === 'purchase.minimum' && sign === '+'),
  );
  const least = asked?.children?.find(({ label, sign }) => label === 'Least purchase' && sign === '=');
  const amount = asked?.label === 'Amount' ? asked.amount : account.run.state.timeline[root.row?.index ?? -1];
  if (least !== undefined && typeof amount === 'string') expect(amount).toBe(least.amount);
}

describe('random scenarios', () => {
  test.each([
    ['any feature', scenarios()],
    ['much auto-recharge', rechargeScenarios()],
    ['credits in odd order', creditScenarios()],
  ] as const)(
    'each figure is what is shown, and its derivation adds up: %s',
    async (_name, arbitrary) => {
      await fc.assert(
        fc.asyncProperty(arbitrary, async (raw: RawScenario) => {
          const account = accountOf(JSON.stringify(raw));
          // every figure is derived whole: a storm of a thousand recharges would take minutes and say nothing new
          fc.pre(account.run.state.timeline.length <= MOST_RECORDS);
          const walker = new Walker(traceService(() => account, surroundings));
          for (const [of, amount] of shown(account)) {
            const root = await walker.check(of);
            expect({ of, amount: root.amount }).toEqual({ of, amount });
            if (of.kind === 'record') checkDecision(account, root);
          }
          const instants = [...new Set(account.run.state.timeline.map(({ at }) => at))];
          for (const at of some(instants.flatMap((instant) => [instant - 1, instant]))) {
            const root = await walker.check({ kind: 'balance', at });
            expect({ at, amount: root.amount }).toEqual({ at, amount: formatAtoms(account.course.balanceAt(at)) });
          }
        }),
        { numRuns, ...seed, interruptAfterTimeLimit: MOST_MS },
      );
    },
    300_000,
  );
});
