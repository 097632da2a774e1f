/** Timeline records as figures of their own: what moved the balance, and for access and limits when and by which rule. */
import type { Atoms } from '../../domain/money.ts';
import { ATOMS_PER_UNIT } from '../../domain/money.ts';
import type { TimelineRecord } from '../../domain/result.ts';
import { DAY_MS } from '../../domain/time.ts';
import { balanceParts, controlSource, recordLabel, recordPart } from './balanceNodes.ts';
import { balanceOfStep, type StepState } from './history.ts';
import { keyOf, listed, noFigure, type Made, type Maker, type Part } from './nodes.ts';
import { attemptNode, purchaseNode } from './purchaseNodes.ts';
import { rulePart, tierRulePart, type RuleName } from './ruleNodes.ts';
import type { Tracing } from './tracing.ts';

export const recordMakers: readonly (readonly [string, Maker])[] = [
  [
    'record',
    (tracing, [record = -1]) => {
      const entry = tracing.timeline[record];
      if (entry === undefined) throw noFigure();
      return recordNode(tracing, record, entry);
    },
  ],
  [
    'paid',
    (tracing, [steps = -1]) => {
      const state = tracing.history.states[steps];
      if (state === undefined) throw noFigure();
      return paidNode(tracing, state);
    },
  ],
];

function recordNode(tracing: Tracing, record: number, entry: TimelineRecord): Made {
  const steps = tracing.stepOf(record);
  switch (entry.type) {
    case 'purchase':
      return purchaseNode(tracing, record, entry);
    case 'purchase_rejected':
    case 'payment_declined':
    case 'recharge_skipped':
      return attemptNode(tracing, record, entry);
    case 'posting':
    case 'grant':
      return creditNode(tracing, record, { ...entry, steps });
    case 'adjustment':
      return adjustmentNode(tracing, record, entry.amount);
    case 'expiry':
    case 'refund':
      return lotEndNode(tracing, record, { ...entry, steps });
    case 'cutoff':
      return accessNode(tracing, record, { steps, field: 'cutoffAt', rule: 'cutoff.delay' });
    case 'restored':
      return accessNode(tracing, record, { steps, field: 'restoreAt', rule: 'cutoff.restore_delay' });
    case 'limit_reached':
    case 'limit_lifted':
      return limitNode(tracing, record, steps);
    case 'tier':
      return tierNode(tracing, record, entry.tier, steps);
    case 'recharge_paused':
      return plain(tracing, record, [rulePart(tracing, 'auto_recharge.retry_after', steps)]);
    case 'refund_rejected':
      return plain(tracing, record, [rulePart(tracing, 'credits.refundable', steps)]);
    case 'plan_started': {
      const parts = listed([debtMovedPart(tracing, entry.debt_invoiced, steps)]);
      return { ...headOf(tracing, record), amount: entry.debt_invoiced, kind: 'sum', parts };
    }
    case 'recharge_resumed':
    case 'plan_cancelled':
    case 'plan_rejected':
      return plain(tracing, record, []);
  }
}

function headOf(tracing: Tracing, record: number): Pick<Made, 'label' | 'at' | 'row' | 'source'> {
  const entry = tracing.timeline[record]!;
  return {
    label: recordLabel(entry),
    at: entry.at,
    row: { table: 'timeline', index: record },
    ...controlSource(tracing, record),
  };
}

function plain(tracing: Tracing, record: number, parts: readonly (Part | null)[]): Made {
  return { ...headOf(tracing, record), amount: null, kind: 'fact', parts: listed(parts) };
}

/** Balance before and after, beside a movement of it. */
function aroundParts(tracing: Tracing, steps: number): Part[] {
  const { states } = tracing.history;
  return [
    { sign: '=', label: 'Balance before', amount: balanceOfStep(states[steps - 1]!), kind: 'fact' },
    { sign: '=', label: 'Balance after', amount: balanceOfStep(states[steps]!), kind: 'fact' },
  ];
}

function creditNode(
  tracing: Tracing,
  record: number,
  { lot, amount, settled, steps }: { lot: string; amount: Atoms; settled: Atoms; steps: number },
): Made {
  const index = tracing.history.lots.lotOfId(lot);
  return {
    ...headOf(tracing, record),
    amount,
    kind: 'sum',
    parts: listed([
      { sign: '+', key: keyOf('posted', index) },
      { sign: '=', label: 'Of it settled debt', amount: settled, kind: 'fact' },
      {
        sign: '=',
        label: 'Of it became the lot’s',
        amount: amount - settled,
        kind: 'fact',
        row: { table: 'lots', index },
        opens: { kind: 'lot', lot: index },
      },
      ...aroundParts(tracing, steps),
    ]),
  };
}

function adjustmentNode(tracing: Tracing, record: number, amount: Atoms): Made {
  const steps = tracing.stepOf(record);
  const { lots } = tracing.history;
  const source = { ...headOf(tracing, record), amount, kind: 'row' as const };
  const drawn = amount > 0n ? [] : drawnBy(tracing, record, steps);
  const uncovered = lots.debt.find((one) => one.kind === 'adjustment' && one.record === record);
  return {
    ...source,
    parts: listed([
      ...drawn,
      uncovered === undefined
        ? null
        : { sign: '=', label: 'Of it not covered, became debt', amount: uncovered.amount, kind: 'fact' },
      ...aroundParts(tracing, steps),
    ]),
  };
}

/** What a negative adjustment took from lots: those with less left after its step than before it. */
function drawnBy({ history, state }: Tracing, record: number, steps: number): Part[] {
  return history.lots.lots.flatMap(({ movements, step }, lot): Part[] => {
    if (step > steps) return [];
    const movement = movements.find((one) => one.kind === 'adjustment' && one.record === record);
    if (movement === undefined) return [];
    const label = `Of it drawn from lot ${state.book.all[lot]!.id}`;
    return [{ sign: '=', label, amount: movement.amount, kind: 'fact', row: { table: 'lots', index: lot } }];
  });
}

/** A lot's end takes away what was left of it: the movement is that, with its sign turned. */
function lotEndNode(
  tracing: Tracing,
  record: number,
  { lot, amount, steps, type }: { lot: string; amount: Atoms; steps: number; type: 'expiry' | 'refund' },
): Made {
  const index = tracing.history.lots.lotOfId(lot);
  const before = tracing.history.after(steps - 1);
  const paid = tracing.purchaseRecord(lot);
  const rule: RuleName = type === 'expiry' ? 'credits.expire_after' : 'credits.refundable';
  const isGrant = tracing.state.book.all[index]!.kind === 'grant';
  return {
    ...headOf(tracing, record),
    amount: -amount,
    kind: 'sum',
    parts: listed([
      { sign: '-', key: keyOf('lot', index, before.steps, before.row) },
      isGrant && type === 'expiry'
        ? { sign: '=', label: 'Expires as granted', amount: null, kind: 'fact' }
        : rulePart(tracing, rule, type === 'expiry' && paid >= 0 ? tracing.stepOf(paid) : steps),
      type === 'expiry' && !isGrant
        ? rulePart(tracing, 'credits.expiry', paid < 0 ? steps : tracing.stepOf(paid))
        : null,
      ...aroundParts(tracing, steps),
    ]),
  };
}

/** A cut-off or a restoration: the balance then, when it crossed the floor, and the delay that was set by that. */
function accessNode(
  tracing: Tracing,
  record: number,
  { steps, field, rule }: { steps: number; field: 'cutoffAt' | 'restoreAt'; rule: RuleName },
): Made {
  const { states } = tracing.history;
  const place = tracing.history.after(steps);
  const set = setIn(states, steps, field);
  return {
    ...headOf(tracing, record),
    amount: balanceOfStep(states[steps]!),
    kind: 'sum',
    note: 'balance at this instant',
    parts: listed([
      ...balanceParts(place),
      crossingPart(tracing, set, field),
      { ...rulePart(tracing, rule, set), at: tracing.timeline[record]!.at },
      rulePart(tracing, 'cutoff.floor', set),
      rulePart(tracing, 'exhausted', set),
      field === 'cutoffAt' ? acceptedSince(tracing, set, steps) : null,
    ]),
  };
}

/** The step that set what a step carries out: since then it was pending without a break. */
function setIn(states: readonly StepState[], steps: number, field: 'cutoffAt' | 'restoreAt' | 'limitStopAt'): number {
  let set = steps - 1;
  if (!Number.isFinite(states[set]![field])) return steps;
  while (set > 0 && states[set - 1]![field] === states[set]![field]) set--;
  return set;
}

function crossingPart(tracing: Tracing, set: number, field: 'cutoffAt' | 'restoreAt'): Part {
  const { states } = tracing.history;
  const state = states[set]!;
  const isUsage = state.kind === 'usage';
  const record = state.records - 1;
  const isRecord = !isUsage && record >= (states[set - 1]?.records ?? 0);
  return {
    sign: '=',
    label: field === 'cutoffAt' ? 'Balance fell to the floor' : 'Balance rose above the floor',
    amount: balanceOfStep(state),
    kind: 'fact',
    at: state.at,
    ...(isUsage
      ? { row: { table: 'usage' as const, index: state.row - 1 }, source: tracing.sourceOfRow(state.row - 1) }
      : {}),
    ...(isRecord ? { row: { table: 'timeline' as const, index: record } } : {}),
    ...(isUsage
      ? { opens: { kind: 'usage' as const, row: state.row - 1, of: 'balance' as const } }
      : isRecord
        ? { opens: { kind: 'record_balance' as const, record } }
        : {}),
  };
}

function acceptedSince(tracing: Tracing, set: number, steps: number): Part {
  const { states } = tracing.history;
  const [from, to] = [states[set]!.row, states[steps]!.row];
  const amount = tracing.log.sums.between(from, to);
  const note = `${tracing.log.rowsBetween(from, to)} usage rows`;
  return { sign: '=', label: 'Accepted between the floor and the cut-off', amount, kind: 'fact', note };
}

function limitNode(tracing: Tracing, record: number, steps: number): Made {
  const state = tracing.history.states[steps]!;
  const { tier } = state;
  const month = monthStart(tracing, steps);
  return {
    ...headOf(tracing, record),
    amount: state.monthAccepted,
    kind: 'sum',
    note: 'accepted usage of the calendar month',
    parts: listed([
      { sign: '+', key: keyOf('used', month, state.row, -1) },
      tier === null
        ? null
        : tierRulePart(tracing, { tier, field: 'monthly_limit', steps }, { label: `Monthly limit of ${tier}` }),
      rulePart(tracing, 'cutoff.delay', setIn(tracing.history.states, steps, 'limitStopAt')),
    ]),
  };
}

/** The first row of the calendar month that a step lies in. */
function monthStart({ history }: Tracing, steps: number): number {
  let step = steps;
  while (step > 0 && history.states[step]!.kind !== 'month_end') step--;
  return history.states[step]!.row;
}

/** Paid and days, which a tier needs. */
function tierNode(tracing: Tracing, record: number, tier: string, steps: number): Made {
  const state = tracing.history.states[steps]!;
  const days = state.firstPaidAt === null ? 0 : Math.floor((state.at - state.firstPaidAt) / DAY_MS);
  return {
    ...headOf(tracing, record),
    amount: state.paid,
    kind: 'sum',
    note: 'paid until then',
    parts: listed([
      { sign: '+', key: keyOf('paid', steps) },
      tierRulePart(tracing, { tier, field: 'paid', steps }, { label: `Paid that ${tier} needs` }),
      {
        sign: '=',
        label: 'Whole days since the first payment',
        amount: BigInt(days) * ATOMS_PER_UNIT,
        unit: 'days',
        kind: 'fact',
        ...(state.firstPaidAt === null ? {} : { at: state.firstPaidAt }),
      },
      tierRulePart(tracing, { tier, field: 'days', steps }, { label: `Days that ${tier} needs` }),
      rulePart(tracing, 'tier_change', steps),
    ]),
  };
}

/** Cumulative amount paid: every purchase, without tax. */
function paidNode(tracing: Tracing, state: StepState): Made {
  const purchases = tracing.remembered('purchases', () =>
    tracing.timeline.flatMap((entry, record) => (entry.type === 'purchase' ? [record] : [])),
  );
  let total = 0;
  while (total < purchases.length && purchases[total]! < state.records) total++;
  return {
    label: 'Paid',
    amount: state.paid,
    kind: 'sum',
    note: 'purchases, without tax',
    parts: {
      total,
      part: (index) => {
        const entry = tracing.timeline[purchases[index]!]!;
        return recordPart(tracing, '+', purchases[index]!, entry.type === 'purchase' ? entry.amount : 0n);
      },
    },
  };
}

/** Debt that starting the monthly plan moved to an invoice: all that was owed before. */
function debtMovedPart(tracing: Tracing, amount: Atoms, steps: number): Part | null {
  if (amount === 0n) return null;
  const before = tracing.history.after(steps - 1);
  return { sign: '+', key: keyOf('debt', before.steps, before.row) };
}
