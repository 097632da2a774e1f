/** Purchases in a derivation: what was charged, where the amount is from, and why an auto-recharge fired or did not. */
import { ceilToMinor, divideRounded, ATOMS_PER_UNIT, type Atoms } from '../../domain/money.ts';
import type { TimelineRecord } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import { balanceOfStep } from './history.ts';
import { keyOf, listed, noFigure, type Made, type Maker, type Part } from './nodes.ts';
import { controlSource, recordLabel, recordPart } from './balanceNodes.ts';
import { modelPart, rulePart, tierRulePart } from './ruleNodes.ts';
import type { Tracing } from './tracing.ts';

type PurchaseRecord = Extract<TimelineRecord, { type: 'purchase' | 'purchase_rejected' | 'payment_declined' }>;
type RechargeRecord = PurchaseRecord | Extract<TimelineRecord, { type: 'recharge_skipped' }>;

export const purchaseMakers: readonly (readonly [string, Maker])[] = [
  [
    'asked',
    (tracing, [record = -1]) => {
      const entry = tracing.timeline[record];
      if (entry === undefined || !isAttempt(entry)) throw noFigure();
      return amountNode(tracing, record, entry);
    },
  ],
  [
    'posted',
    (tracing, [lot = -1]) => {
      const past = tracing.history.lots.lots[lot];
      if (past === undefined) throw noFigure();
      return postedNode(tracing, lot, past.record);
    },
  ],
];

function isAttempt(entry: TimelineRecord): entry is RechargeRecord {
  return ['purchase', 'purchase_rejected', 'payment_declined', 'recharge_skipped'].includes(entry.type);
}

/** What a lot was when it was made: the amount of its purchase, grant or adjustment. */
function postedNode(tracing: Tracing, lot: number, record: number): Made {
  const { id, amount, kind } = tracing.state.book.all[lot]!;
  const paid = kind === 'purchase' || kind === 'auto_recharge' ? tracing.purchaseRecord(id) : -1;
  const { sign: _, ...made } = recordPart(tracing, '+', paid < 0 ? record : paid, amount);
  const { at: postedAt } = tracing.timeline[record]!;
  const posting: Part = {
    ...rulePart(tracing, 'purchase.posting_delay', tracing.stepOf(Math.max(paid, 0)), { note: 'posted' }),
    at: postedAt,
    row: { table: 'timeline', index: record },
  };
  return paid < 0 ? made : { ...made, parts: listed([posting]) };
}

/** Charged: the amount, which becomes credits, and the tax on it. */
export function purchaseNode(tracing: Tracing, record: number, entry: PurchaseRecord & { type: 'purchase' }): Made {
  const steps = tracing.stepOf(record);
  return {
    ...headOf(tracing, record, 'charged'),
    amount: entry.charged,
    kind: 'sum',
    parts: listed([
      { sign: '+', key: keyOf('asked', record) },
      taxPart(tracing, entry.amount, entry.tax, steps),
      ...(entry.kind === 'auto_recharge' ? decisionParts(tracing, record, entry) : []),
      postingPart(tracing, entry.id, steps),
    ]),
  };
}

/** A purchase or auto-recharge that did not happen, with what kept it from it. */
export function attemptNode(tracing: Tracing, record: number, entry: RechargeRecord): Made {
  const isAuto = entry.type === 'recharge_skipped' || entry.kind === 'auto_recharge';
  const { amount, parts } = amountNode(tracing, record, entry);
  const own = parts === undefined ? [] : Array.from({ length: parts.total }, (_, i) => parts.part(i));
  return {
    ...headOf(tracing, record, 'asked for'),
    amount,
    kind: own.some(({ sign }) => sign !== '=') ? 'sum' : 'row',
    parts: listed([
      ...own,
      ...(entry.type === 'purchase_rejected' ? refusalParts(tracing, entry.reason, tracing.stepOf(record)) : []),
      ...(isAuto ? decisionParts(tracing, record, entry) : []),
    ]),
  };
}

function headOf(
  tracing: Tracing,
  record: number,
  note: string,
): Pick<Made, 'label' | 'at' | 'row' | 'note' | 'source'> {
  const entry = tracing.timeline[record]!;
  return {
    label: recordLabel(entry),
    at: entry.at,
    row: { table: 'timeline', index: record },
    note,
    ...controlSource(tracing, record),
  };
}

function taxPart(tracing: Tracing, amount: Atoms, tax: Atoms, steps: number): Part | null {
  const { policy } = tracing.history.states[steps]!;
  const rate = policy.purchase.tax_rate;
  if (rate === 0n) return null;
  const exact = divideRounded(amount * rate, ATOMS_PER_UNIT, 'half_even');
  const product: Part = {
    sign: '+',
    label: 'Amount × tax rate',
    amount: exact,
    kind: 'product',
    parts: listed([
      { sign: '*', label: 'Amount', amount, kind: 'fact' },
      rulePart(tracing, 'purchase.tax_rate', steps, { sign: '*' }),
    ]),
  };
  const rounding = rulePart(tracing, 'invoice.rounding', steps, { sign: '+', note: 'to the minor unit' });
  return {
    sign: '+',
    label: 'Tax',
    amount: tax,
    kind: 'sum',
    parts: listed([product, tax === exact ? null : { ...rounding, amount: tax - exact }]),
  };
}

function postingPart(tracing: Tracing, id: string, steps: number): Part {
  const rule = rulePart(tracing, 'purchase.posting_delay', steps);
  const lot = tracing.history.lots.lotOfId(id);
  if (lot < 0) return { ...rule, note: 'not posted by the end of the run' };
  const { record } = tracing.history.lots.lots[lot]!;
  return { ...rule, note: 'posted', at: tracing.timeline[record]!.at, row: { table: 'timeline', index: record } };
}

/** The amount of a purchase: the scenario's, the policy's, or what was missing to the target. */
function amountNode(tracing: Tracing, record: number, entry: RechargeRecord): Made {
  const steps = tracing.stepOf(record);
  const { auto_recharge, purchase } = tracing.history.states[steps]!.policy;
  const head = { ...headOf(tracing, record, 'amount'), label: 'Amount', amount: entry.amount };
  if (entry.type !== 'recharge_skipped' && entry.kind === 'purchase') return { ...head, kind: 'row' };
  if (auto_recharge.amount !== null || auto_recharge.top_up_to === null) {
    const { sign: _, ...rule } = rulePart(tracing, 'auto_recharge.amount', steps);
    return { ...rule, amount: entry.amount };
  }
  const figure = comparedAt(tracing, record);
  const missing = auto_recharge.top_up_to - figure;
  const rounded = ceilToMinor(missing, tracing.input.minorDigits);
  const raised = rulePart(tracing, 'purchase.minimum', steps, { sign: '+', note: 'raised to it' });
  return {
    ...head,
    kind: 'sum',
    parts: listed([
      rulePart(tracing, 'auto_recharge.top_up_to', steps, { sign: '+' }),
      { sign: '-', label: 'Balance that was compared', amount: figure, kind: 'fact' },
      rounded === missing ? null : modelPart('+', 'Rounded up to the minor unit', 'minor unit', rounded - missing),
      entry.amount === rounded ? null : { ...raised, amount: entry.amount - rounded },
      entry.amount === rounded ? null : { sign: '=', label: 'Least purchase', amount: purchase.minimum, kind: 'fact' },
    ]),
  };
}

/** Purchases that were pending when auto-recharge was evaluated: all but the one that it made. */
function pendingAt(tracing: Tracing, record: number): Atoms {
  const entry = tracing.timeline[record]!;
  const own = entry.type === 'purchase' ? entry.id : null;
  const { pending } = tracing.history.states[tracing.stepOf(record)]!;
  return pending.reduce((sum, { id, amount }) => (id === own ? sum : sum + amount), 0n);
}

/** The figure that the threshold was compared with; nothing of a step changes the balance after its evaluation. */
function comparedAt(tracing: Tracing, record: number): Atoms {
  const state = tracing.history.states[tracing.stepOf(record)]!;
  return balanceOfStep(state) + (state.policy.auto_recharge.count_pending ? pendingAt(tracing, record) : 0n);
}

/** Threshold, balance and every rule that could have held an auto-recharge back, as they were. */
function decisionParts(tracing: Tracing, record: number, entry: RechargeRecord): Part[] {
  const steps = tracing.stepOf(record);
  const state = tracing.history.states[steps]!;
  const { auto_recharge } = state.policy;
  const pending = pendingAt(tracing, record);
  const compared: Part = {
    sign: '=',
    label: 'Balance that was compared',
    amount: comparedAt(tracing, record),
    kind: 'sum',
    parts: listed([
      {
        sign: '+',
        label: 'Balance',
        amount: balanceOfStep(state),
        kind: 'fact',
        at: entry.at,
        opens: { kind: 'record_balance', record },
      },
      auto_recharge.count_pending ? { sign: '+', label: 'Pending purchases', amount: pending, kind: 'fact' } : null,
      rulePart(tracing, 'auto_recharge.count_pending', steps),
    ]),
  };
  const last = lastAttemptBefore(tracing, record);
  const limit = auto_recharge.monthly_limit === null ? [] : [limitPart(tracing, entry, steps)];
  return [
    rulePart(tracing, 'auto_recharge.threshold', steps, {
      note: auto_recharge.trigger === 'below' ? 'the balance was below it' : 'the balance was at or below it',
    }),
    compared,
    rulePart(tracing, 'auto_recharge.in_flight', steps, {
      note: auto_recharge.in_flight === 'one' ? 'none was pending' : 'any number may be pending',
    }),
    {
      ...rulePart(tracing, 'auto_recharge.cooldown', steps, {
        note: last === null ? 'no attempt before' : 'over; the last attempt',
      }),
      ...(last === null ? {} : { at: last }),
    },
    ...limit,
    ...(entry.type === 'payment_declined' ? declineParts(tracing, steps) : []),
  ];
}

/** Left of the month's limit before this one: limit less what was recharged. */
function limitPart(tracing: Tracing, entry: RechargeRecord, steps: number): Part {
  const state = tracing.history.states[steps]!;
  const limit = state.policy.auto_recharge.monthly_limit ?? 0n;
  const before = state.monthRecharged - (entry.type === 'purchase' ? entry.amount : 0n);
  const isOver = before + entry.amount > limit;
  return {
    sign: '=',
    label: 'Left of the calendar month’s limit',
    amount: limit - before,
    kind: 'sum',
    note: isOver ? 'less than the amount: skipped' : 'enough for the amount',
    parts: listed([
      rulePart(tracing, 'auto_recharge.monthly_limit', steps, { sign: '+' }),
      { sign: '-', label: 'Recharged in the month before it', amount: before, kind: 'fact' },
    ]),
  };
}

function declineParts(tracing: Tracing, steps: number): Part[] {
  const { declines, pausedFor, waitUntil, at } = tracing.history.states[steps]!;
  const waits = Number.isFinite(waitUntil) && waitUntil >= at;
  return [
    {
      ...rulePart(tracing, 'auto_recharge.retry_after', steps, {
        note: waits ? `decline ${declines} in a row; tried again after the wait` : 'no further wait: paused',
      }),
      ...(waits && pausedFor === null ? { at: waitUntil } : {}),
    },
  ];
}

/** The instant of the auto-recharge before a record that was paid, declined or refused; null where there was none. */
function lastAttemptBefore(tracing: Tracing, record: number): Instant | null {
  const attempts = tracing.remembered('attempts', () =>
    tracing.timeline.flatMap((entry, index) =>
      isAttempt(entry) && 'kind' in entry && entry.kind === 'auto_recharge' ? [index] : [],
    ),
  );
  let low = 0;
  let high = attempts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (attempts[middle]! < record) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : tracing.timeline[attempts[low - 1]!]!.at;
}

function refusalParts(tracing: Tracing, reason: string, steps: number): Part[] {
  if (reason === 'below_minimum') return [rulePart(tracing, 'purchase.minimum', steps)];
  if (reason !== 'above_maximum') return [];
  const { tier, policy } = tracing.history.states[steps]!;
  const own = policy.tiers.find(({ name }) => name === tier)?.max_purchase ?? null;
  const maximum =
    own === null || tier === null
      ? rulePart(tracing, 'purchase.maximum', steps)
      : tierRulePart(tracing, { tier, field: 'max_purchase', steps }, { label: `Largest purchase of ${tier}` });
  return [maximum, rulePart(tracing, 'purchase.maximum_of', steps)];
}
