/** What must hold of every run, whatever the scenario. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trialBalance } from '../../shared/domain/journal.ts';
import { balanceOf } from '../../shared/engine/lots.ts';
import { BalanceCourse } from '../../shared/engine/course.ts';
import { Replay, replay } from '../../shared/engine/replay.ts';
import { withUsage } from '../../shared/engine/resultJson.ts';
import { usageRow } from '../../shared/engine/usageRows.ts';
import { writeScenario } from '../../shared/scenario/write.ts';
import { rechargeScenarios, scenarios } from '../oracle/arbitraries.ts';
import type { RawScenario } from '../oracle/oracle.ts';
import { inputOf, jsonOf, resultOfText, scenarioOf } from './run.ts';

const numRuns = Number(process.env['RUNS'] ?? 60);
const anyScenario = fc.oneof(scenarios(), rechargeScenarios());

function holds(name: string, property: (raw: RawScenario, choice: number) => void): void {
  test(
    name,
    () => {
      fc.assert(fc.property(anyScenario, fc.double({ min: 0, max: 1, noNaN: true }), property), { numRuns });
    },
    300_000,
  );
}

holds('debits equal credits at every instant, and the journal has the customer’s balance', (raw) => {
  const { state } = replay(inputOf(JSON.stringify(raw)));
  let last = -Infinity;
  for (const entry of state.journal) {
    expect(entry.amount > 0n).toBe(true);
    expect(entry.debit).not.toBe(entry.credit);
    expect(entry.at).toBeGreaterThanOrEqual(last);
    last = entry.at;
  }
  const sums = trialBalance(state.journal);
  expect([...sums.values()].reduce((sum, amount) => sum + amount, 0n)).toBe(0n);
  expect(-sums.get('credits')! - sums.get('overrun_receivable')!).toBe(balanceOf(state.book));
  expect(sums.get('overrun_receivable')).toBe(state.book.debt);
  expect(sums.get('payments_pending')).toBe(-state.pending.reduce((sum, { amount }) => sum + amount, 0n));
});

holds('every invoice ties: opening balance and movements make the closing balance', (raw) => {
  const { state } = replay(inputOf(JSON.stringify(raw)));
  let opening = 0n;
  for (const invoice of state.invoices) {
    expect(invoice.opening_balance).toBe(opening);
    const { purchased, granted, adjusted, drawn, expired, refunded, debt_invoiced } = invoice;
    const closing = opening + purchased + granted + adjusted - drawn - expired - refunded + debt_invoiced;
    expect(closing).toBe(invoice.closing_balance);
    expect(invoice.credits_applied >= 0n && invoice.carried >= 0n && invoice.excess_billed >= 0n).toBe(true);
    opening = invoice.closing_balance;
  }
});

holds('a run cut anywhere and gone on with from a snapshot equals the whole', (raw, choice) => {
  const input = inputOf(JSON.stringify(raw));
  const cut = input.opened + Math.floor((input.until - input.opened) * choice);
  const first = new Replay(input).advance(cut);
  const snapshot = first.snapshot();
  const resumed = new Replay(input, snapshot).advance(input.until);
  expect(jsonOf(resumed)).toEqual(jsonOf(replay(input)));
  // the snapshot is its own: neither going on from it nor going on with the first run changes it
  first.advance(input.until);
  expect(new Replay(input, snapshot).advance(input.until).state.timeline).toEqual(first.state.timeline);
  expect(jsonOf(first)).toEqual(jsonOf(resumed));
});

holds('the order in which a file lists events of different instants changes nothing', (raw, choice) => {
  const events = [...(raw.events ?? [])];
  const byInstant = new Map<number, typeof events>();
  for (const event of events) {
    const at = Date.parse(event.at);
    byInstant.set(at, [...(byInstant.get(at) ?? []), event]);
  }
  const groups = [...byInstant.values()];
  const turn = Math.floor(choice * groups.length);
  const shuffled = [...groups.slice(turn).reverse(), ...groups.slice(0, turn)].flat();
  expect(resultOfText(JSON.stringify({ ...raw, events: shuffled }))).toEqual(resultOfText(JSON.stringify(raw)));
});

holds('a run’s export runs to the same result', (raw) => {
  const text = JSON.stringify(raw);
  expect(resultOfText(writeScenario(scenarioOf(text)))).toEqual(resultOfText(text));
});

holds('the course of the balance passes through every balance on record', (raw) => {
  const run = replay(inputOf(JSON.stringify(raw)));
  const course = new BalanceCourse(run);
  const after = new Map<number, bigint>();
  for (const entry of withUsage(run)) if ('balance' in entry) after.set(entry.at, entry.balance);
  const moved = new Set(run.state.timeline.filter(({ type }) => type === 'plan_started').map(({ at }) => at));
  for (const [at, balance] of after) if (!moved.has(at)) expect(course.balanceAt(at)).toBe(balance);
  expect(course.balanceAt(run.state.now)).toBe(balanceOf(run.state.book));
  expect(course.changes.at(-1)?.after ?? 0n).toBe(balanceOf(run.state.book));
});

holds('what single rows drew from lots is what the lots lost to usage', (raw) => {
  const { state, input } = replay(inputOf(JSON.stringify(raw)));
  const drawn = new Map<number, bigint>();
  for (const span of state.spans) {
    for (let row = span.from; row < span.to; row++) {
      const { draws, record, balanceBefore, balanceAfter } = usageRow(input.log, span, row);
      const covered = draws.reduce((sum, { amount }) => sum + amount, 0n);
      for (const { lot, amount } of draws) drawn.set(lot, (drawn.get(lot) ?? 0n) + amount);
      const overrun = record.type === 'usage' ? record.overrun : 0n;
      expect(balanceBefore - balanceAfter).toBe(covered + overrun);
      expect(covered + overrun <= record.cost).toBe(true);
    }
  }
  const adjusted = state.timeline.some((entry) => entry.type === 'adjustment' && entry.amount < 0n);
  for (const { index, amount, settled, expired, refunded, remaining } of state.book.all) {
    const used = amount - settled - expired - refunded - remaining;
    const byRows = drawn.get(index) ?? 0n;
    // negative adjustments draw too, and are no usage
    if (adjusted) expect(byRows <= used).toBe(true);
    else expect(byRows).toBe(used);
  }
});
