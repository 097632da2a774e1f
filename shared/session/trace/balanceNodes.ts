/** The balance at a place of the run: lots less debt; a lot: what was posted less what took it away; debt: its causes. */
import type { TraceSign } from '../../contract/trace.ts';
import type { Atoms } from '../../domain/money.ts';
import { firstUncovered } from './causeNodes.ts';
import type { Place } from './history.ts';
import { movementsBy, type DebtMovement, type LotMovement } from './lotHistory.ts';
import { keyOf, listed, noFigure, type Made, type Maker, type Part } from './nodes.ts';
import { drawSet, overrunSet, remainingAt } from './partSets.ts';
import { rulePart } from './ruleNodes.ts';
import type { Tracing } from './tracing.ts';
import { sumOf } from './usageSets.ts';

export const balanceMakers: readonly (readonly [string, Maker])[] = [
  ['balance', (tracing, [steps, row]) => balanceNode(tracing, checked(tracing, steps, row))],
  ['lots', (tracing, [steps, row]) => lotsNode(tracing, checked(tracing, steps, row))],
  ['spent', (tracing, [steps, row]) => spentNode(tracing, checked(tracing, steps, row))],
  ['debt', (tracing, [steps, row]) => debtNode(tracing, checked(tracing, steps, row))],
  [
    'lot',
    (tracing, [lot = -1, steps, row]) => {
      const place = checked(tracing, steps, row);
      const remaining = remainingAt(tracing, lot, place);
      if (remaining === null) throw noFigure();
      return lotNode(tracing, lot, place, remaining);
    },
  ],
  [
    'settled',
    (tracing, [lot = -1]) => {
      const past = tracing.history.lots.lots[lot];
      if (past === undefined) throw noFigure();
      const { id, settled } = tracing.state.book.all[lot]!;
      const { sign: _, ...record } = recordPart(tracing, '+', past.record, settled);
      return { ...record, label: `Debt settled by lot ${id} at posting` };
    },
  ],
  [
    'consumed',
    (tracing, [lot = -1]) => {
      if (tracing.history.lots.lots[lot] === undefined) throw noFigure();
      return consumedNode(tracing, lot);
    },
  ],
  [
    'taken',
    (tracing, [lot = -1, kind = -1, steps = -1]) => {
      const name = TAKEN[kind];
      const past = tracing.history.lots.lots[lot];
      if (name === undefined || past === undefined) throw noFigure();
      const moved = past.movements.slice(0, movementsBy(past.movements, steps));
      return movementsNode(
        tracing,
        TAKEN_LABELS[name],
        moved.filter((one) => one.kind === name),
      );
    },
  ],
  [
    'owed',
    (tracing, [first = -1, kind = -1, steps = -1]) => {
      const name = OWED[kind];
      const { debt } = tracing.history.lots;
      if (name === undefined || first < 0) throw noFigure();
      const moved = debt.slice(first, movementsBy(debt, steps)).filter((one) => one.kind === name);
      return movementsNode(tracing, OWED_LABELS[name], moved);
    },
  ],
];

/** What takes from a lot besides usage. */
export const TAKEN = ['adjustment', 'expiry', 'refund'] as const;
const TAKEN_LABELS = { adjustment: 'Drawn by adjustments', expiry: 'Expired', refund: 'Refunded' } as const;
/** What moves debt besides overrun. */
const OWED = ['adjustment', 'settled', 'invoiced'] as const;
const OWED_LABELS = {
  adjustment: 'Adjustments that no credit covered',
  settled: 'Settled by credits',
  invoiced: 'Moved to an invoice',
} as const;

function checked(tracing: Tracing, steps: number | undefined, row: number | undefined): Place {
  const place = tracing.place(steps, row);
  if (place === null) throw noFigure();
  return place;
}

export function placeKey(maker: string, { steps, row }: Place): string {
  return keyOf(maker, steps, row);
}

/** Lots less debt, for the balance and for whatever shows it. */
export function balanceParts(place: Place): Part[] {
  return [
    { sign: '+', key: placeKey('lots', place) },
    { sign: '-', key: placeKey('debt', place) },
  ];
}

function instantOf({ history, log }: Tracing, { steps, row }: Place): number {
  const state = history.states[steps]!;
  return row > state.row ? log.at[row - 1]! : state.at;
}

function balanceNode(tracing: Tracing, place: Place): Made {
  return {
    label: 'Balance',
    amount: tracing.balanceAt(place),
    kind: 'sum',
    at: instantOf(tracing, place),
    parts: listed([...balanceParts(place), { sign: '=', key: keyOf('rules', place.steps) }]),
  };
}

/** Lots made by a place, those with something left and the others. */
function lotsBy(tracing: Tracing, place: Place): { readonly open: number[]; readonly spent: number[] } {
  return tracing.remembered(placeKey('lotsBy', place), () => {
    const { lots } = tracing.history.lots;
    const open: number[] = [];
    const spent: number[] = [];
    for (let lot = 0; lot < lots.length && lots[lot]!.step <= place.steps; lot++)
      (remainingAt(tracing, lot, place) === 0n ? spent : open).push(lot);
    return { open, spent };
  });
}

/** Lots with something left at a place. */
export function openLots(tracing: Tracing, place: Place): readonly number[] {
  return lotsBy(tracing, place).open;
}

function lotsNode(tracing: Tracing, place: Place): Made {
  const { open, spent } = lotsBy(tracing, place);
  const spentKey = placeKey('spent', place);
  return {
    label: 'Lots',
    amount: tracing.bookAt(place).credits,
    kind: 'sum',
    note: `${open.length} with credit left, ${spent.length} used up, expired or refunded`,
    parts: {
      total: open.length + (spent.length > 0 ? 1 : 0),
      part: (index) => ({
        sign: '+',
        key: index < open.length ? keyOf('lot', open[index]!, place.steps, place.row) : spentKey,
      }),
    },
  };
}

function spentNode(tracing: Tracing, place: Place): Made {
  const { spent } = lotsBy(tracing, place);
  return {
    label: 'Lots with nothing left',
    amount: 0n,
    kind: 'sum',
    note: spent.length === 1 ? '1 lot' : `${spent.length} lots`,
    parts: {
      total: spent.length,
      part: (index) => ({ sign: '+', key: keyOf('lot', spent[index]!, place.steps, place.row) }),
    },
  };
}

const LOT_KINDS = {
  purchase: 'purchase',
  auto_recharge: 'auto-recharge',
  grant: 'grant',
  adjustment: 'adjustment',
} as const;

function lotNode(tracing: Tracing, lot: number, place: Place, remaining: Atoms): Made {
  const { id, kind, settled, expires_at, priority } = tracing.state.book.all[lot]!;
  const { movements, record, step } = tracing.history.lots.lots[lot]!;
  const moved = movements.slice(0, movementsBy(movements, place.steps));
  const drawn = drawSet(tracing, lot, place);
  const [first, last] = [drawn.segments[0]?.from ?? 0, drawn.segments.at(-1)?.to ?? 0];
  const settledPart: Part = {
    sign: '-',
    label: 'Settled debt at posting',
    amount: settled,
    kind: 'row',
    at: tracing.timeline[record]!.at,
    row: { table: 'timeline', index: record },
    opens: { kind: 'record', record },
  };
  const taken = TAKEN.map((name, index): Part | null =>
    moved.some((one) => one.kind === name) ? { sign: '-', key: keyOf('taken', lot, index, place.steps) } : null,
  );
  return {
    label: `Lot ${id}`,
    amount: remaining,
    kind: 'sum',
    row: { table: 'lots', index: lot },
    note: LOT_KINDS[kind],
    parts: listed([
      { sign: '+', key: keyOf('posted', lot) },
      settled === 0n ? null : settledPart,
      sumOf(drawn, first, last) === 0n ? null : { sign: '-', key: keyOf('drawn', lot, place.steps, place.row) },
      ...taken,
      expires_at === null ? null : expiryPart(tracing, lot, step),
      priority === 0 ? null : { sign: '=', label: `Priority ${priority} in burn order`, amount: null, kind: 'fact' },
    ]),
  };
}

/** All that usage and adjustments drew from a lot. */
function consumedNode(tracing: Tracing, lot: number): Made {
  const { end } = tracing.history;
  const { id, amount, settled, expired, refunded, remaining } = tracing.state.book.all[lot]!;
  const { movements } = tracing.history.lots.lots[lot]!;
  const has = (kind: LotMovement['kind']): boolean => movements.some((one) => one.kind === kind);
  return {
    label: `Drawn from lot ${id}`,
    amount: amount - settled - expired - refunded - remaining,
    kind: 'sum',
    row: { table: 'lots', index: lot },
    parts: listed([
      has('usage') ? { sign: '+', key: keyOf('drawn', lot, end.steps, end.row) } : null,
      has('adjustment') ? { sign: '+', key: keyOf('taken', lot, TAKEN.indexOf('adjustment'), end.steps) } : null,
    ]),
  };
}

/** When a lot expires, and the rule that said so when it was paid. */
function expiryPart(tracing: Tracing, lot: number, madeIn: number): Part {
  const { id, kind, expires_at } = tracing.state.book.all[lot]!;
  const at = expires_at === null ? {} : { at: expires_at };
  if (kind === 'grant') return { sign: '=', label: 'Expires as granted', amount: null, kind: 'fact', ...at };
  const paid = tracing.purchaseRecord(id);
  const rule = rulePart(tracing, 'credits.expire_after', paid < 0 ? madeIn : tracing.stepOf(paid));
  return { ...rule, ...at };
}

function debtNode(tracing: Tracing, place: Place): Made {
  const { debt, debtAfter } = tracing.history.lots;
  const made = movementsBy(debt, place.steps);
  let first = made;
  // debt as it is now began when it was last nothing
  while (first > 0 && debtAfter[first - 1] !== 0n) first--;
  const amount = tracing.bookAt(place).debt;
  const current = debt.slice(first, made);
  const over = overrunSet(tracing, first, place);
  const overrun = sumOf(over, over.segments[0]?.from ?? 0, over.segments.at(-1)?.to ?? 0);
  const row = overrun === 0n ? -1 : firstUncovered(tracing, first, place);
  const groups = OWED.map((name, index): Part | null =>
    current.some((one) => one.kind === name)
      ? { sign: name === 'adjustment' ? '+' : '-', key: keyOf('owed', first, index, place.steps) }
      : null,
  );
  return {
    label: 'Debt',
    amount,
    kind: 'sum',
    note: amount === 0n ? 'nothing is owed' : 'usage and adjustments that no credit covered, less what settled them',
    parts: listed([
      overrun === 0n ? null : { sign: '+', key: keyOf('overrun', first, place.steps, place.row) },
      ...groups,
      row < 0 ? null : { sign: '=', key: keyOf('cause', row, place.steps) },
    ]),
  };
}

/** Movements that timeline records made, as a sum of these. */
function movementsNode(tracing: Tracing, label: string, moved: readonly (LotMovement | DebtMovement)[]): Made {
  const magnitude = (amount: Atoms): Atoms => (amount < 0n ? -amount : amount);
  return {
    label,
    amount: moved.reduce((sum, { amount }) => sum + magnitude(amount), 0n),
    kind: 'sum',
    parts: {
      total: moved.length,
      part: (index) => {
        const movement = moved[index]!;
        return 'record' in movement ? recordPart(tracing, '+', movement.record, magnitude(movement.amount)) : NOTHING;
      },
    },
  };
}

const NOTHING: Part = { sign: '=', label: '', amount: null, kind: 'fact' };

/** A timeline record as the end of the line, with what of it counts here; it opens as a root of its own. */
export function recordPart(tracing: Tracing, sign: TraceSign, record: number, amount: Atoms | null): Part & Made {
  const entry = tracing.timeline[record]!;
  return {
    sign,
    label: recordLabel(entry),
    amount,
    kind: 'row',
    at: entry.at,
    row: { table: 'timeline', index: record },
    ...controlSource(tracing, record),
    opens: { kind: 'record', record },
  };
}

/** The scenario's event behind a record, where one made it. */
export function controlSource(tracing: Tracing, record: number): Pick<Made, 'source'> {
  const step = tracing.stepOf(record);
  const { kind, controls } = tracing.history.states[step]!;
  const entry = tracing.timeline[record]!;
  if (kind !== 'event' || ('kind' in entry && entry.kind === 'auto_recharge')) return {};
  const source = tracing.sourceOfControl(controls - 1);
  return source === null ? {} : { source };
}

/** A timeline record in words. */
export function recordLabel(entry: Tracing['timeline'][number]): string {
  switch (entry.type) {
    case 'purchase':
      return `${entry.kind === 'purchase' ? 'Purchase' : 'Auto-recharge'} ${entry.id}`;
    case 'purchase_rejected':
      return `${entry.kind === 'purchase' ? 'Purchase' : 'Auto-recharge'} refused: ${entry.reason.replaceAll('_', ' ')}`;
    case 'payment_declined':
      return `Payment of ${entry.kind === 'purchase' ? 'a purchase' : 'an auto-recharge'} declined`;
    case 'posting':
      return `Credit ${entry.lot} posted`;
    case 'grant':
      return `Grant ${entry.lot}`;
    case 'adjustment':
      return 'Adjustment';
    case 'refund':
      return `Refund of lot ${entry.lot}`;
    case 'refund_rejected':
      return `Refund of lot ${entry.lot} refused: ${entry.reason.replaceAll('_', ' ')}`;
    case 'expiry':
      return `Lot ${entry.lot} expired`;
    case 'recharge_skipped':
      return 'Auto-recharge skipped: monthly limit';
    case 'recharge_paused':
      return `Auto-recharge paused: ${entry.reason.replaceAll('_', ' ')}`;
    case 'recharge_resumed':
      return 'Auto-recharge resumed';
    case 'tier':
      return `Tier ${entry.tier}`;
    case 'cutoff':
      return 'Access cut off';
    case 'restored':
      return 'Access restored';
    case 'limit_reached':
      return 'Monthly usage limit reached';
    case 'limit_lifted':
      return 'Monthly usage limit lifted';
    case 'plan_cancelled':
      return `Plan ${entry.plan} cancelled`;
    case 'plan_started':
      return `Plan ${entry.plan} started`;
    case 'plan_rejected':
      return `Change of plan refused: ${entry.reason.replaceAll('_', ' ')}`;
  }
}
