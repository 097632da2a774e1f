/** Why usage went uncovered: when credit ran out, what auto-recharge did then, and what was accepted until the cut-off. */
import type { Place } from './history.ts';
import { movementsBy } from './lotHistory.ts';
import { listed, noFigure, type Made, type Maker, type Part } from './nodes.ts';
import { rulePart } from './ruleNodes.ts';
import type { Tracing } from './tracing.ts';

export const causeMakers: readonly (readonly [string, Maker])[] = [
  [
    'cause',
    (tracing, [row = -1, steps]) => {
      const { history, state } = tracing;
      if (row < 0 || row >= state.row || steps === undefined || history.states[steps] === undefined) throw noFigure();
      return causeNode(tracing, row, steps);
    },
  ],
];

/** @param row the first that no credit covered whole. @param until the steps up to which the debt is looked at. */
function causeNode(tracing: Tracing, row: number, until: number): Made {
  const { history, log } = tracing;
  const place = history.placeOfRow(row);
  const steps = history.spanAt(place) === null ? place.steps : place.steps + 1;
  const cutoff = cutoffAfter(tracing, steps, until);
  return {
    label: 'Why credit did not cover it',
    amount: null,
    kind: 'fact',
    parts: listed([
      {
        sign: '=',
        label: 'Credit used up',
        amount: tracing.balanceAt(place),
        kind: 'fact',
        at: log.at[row]!,
        row: { table: 'usage', index: row },
        source: tracing.sourceOfRow(row),
        opens: { kind: 'usage', row, of: 'balance' },
        note: 'balance after this row',
      },
      ...rechargeParts(tracing, steps),
      pendingPart(tracing, place),
      rulePart(tracing, 'exhausted', steps),
      rulePart(tracing, 'cutoff.delay', steps, { note: 'usage is accepted until then' }),
      cutoff,
    ]),
  };
}

/** What auto-recharge had come to when credit ran out. */
function rechargeParts(tracing: Tracing, steps: number): (Part | null)[] {
  const state = tracing.history.states[steps]!;
  if (!state.policy.auto_recharge.enabled) return [rulePart(tracing, 'auto_recharge.enabled', steps)];
  const kept = lastOfRecharge(tracing, state.records);
  if (kept < 0) return [rulePart(tracing, 'auto_recharge.threshold', steps)];
  const entry = tracing.timeline[kept]!;
  const part: Part = {
    sign: '=',
    label: RECHARGE_WORDS[entry.type] ?? 'Auto-recharge paid',
    amount: 'amount' in entry ? entry.amount : null,
    kind: 'fact',
    at: entry.at,
    row: { table: 'timeline', index: kept },
    opens: { kind: 'record', record: kept },
  };
  const isSkipped = entry.type === 'recharge_skipped';
  return [part, isSkipped ? rulePart(tracing, 'auto_recharge.monthly_limit', tracing.stepOf(kept)) : null];
}

const RECHARGE_WORDS: Readonly<Partial<Record<string, string>>> = {
  recharge_skipped: 'Auto-recharge skipped: monthly limit',
  recharge_paused: 'Auto-recharge paused',
  payment_declined: 'Auto-recharge declined',
  purchase_rejected: 'Auto-recharge refused',
};

/** The last record of auto-recharge among the first `records`; -1 where there is none. */
function lastOfRecharge({ timeline }: Tracing, records: number): number {
  for (let record = records - 1; record >= 0; record--) {
    const entry = timeline[record]!;
    if (entry.type === 'recharge_skipped' || entry.type === 'recharge_paused') return record;
    if ((entry.type === 'purchase' || entry.type === 'purchase_rejected') && entry.kind === 'auto_recharge')
      return record;
    if (entry.type === 'payment_declined' && entry.kind === 'auto_recharge') return record;
  }
  return -1;
}

/** Credit that was paid and not posted: the posting delay kept it away. */
function pendingPart(tracing: Tracing, { steps }: Place): Part | null {
  const { pending } = tracing.history.states[steps]!;
  const amount = pending.reduce((sum, purchase) => sum + purchase.amount, 0n);
  if (pending.length === 0) return null;
  const first = pending[0]!;
  return {
    sign: '=',
    label: 'Paid and not posted by then',
    amount,
    kind: 'fact',
    at: first.posts_at,
    note: 'next posts',
  };
}

/** The cut-off that followed, with what was accepted in between. */
function cutoffAfter(tracing: Tracing, steps: number, until: number): Part | null {
  const { history, timeline, log } = tracing;
  const last = history.states[until]!.records;
  let record = history.states[steps]!.records;
  while (record < last && timeline[record]!.type !== 'cutoff') record++;
  const entry = timeline[record];
  if (record >= last || entry === undefined) return null;
  const end = history.states[history.placeOfRecord(record).steps]!.row;
  const from = history.states[steps]!.row;
  return {
    sign: '=',
    label: 'Access cut off',
    amount: log.sums.between(from, end),
    kind: 'fact',
    at: entry.at,
    row: { table: 'timeline', index: record },
    opens: { kind: 'record', record },
    note: `accepted in between, ${log.rowsBetween(from, end)} rows`,
  };
}

/** The first row of a debt that no credit covered whole: of its movements from `first` on, up to a place; -1 without. */
export function firstUncovered(tracing: Tracing, first: number, place: Place): number {
  const { history, state, log } = tracing;
  const { debt } = history.lots;
  const made = movementsBy(debt, place.steps);
  for (let i = first; i < debt.length && i <= made; i++) {
    const movement = debt[i]!;
    if (movement.kind !== 'overrun' || (i === made && movement.step !== place.steps + 1)) continue;
    const span = state.spans[movement.part.span]!;
    const row = log.sums.firstReaching(movement.part.from + 1n, span.from, span.to);
    return i < made || row < place.row ? row : -1;
  }
  return -1;
}
