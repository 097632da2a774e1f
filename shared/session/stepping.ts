/** The run event by event, both ways: what happened, and the account right before and after it. */
import type { Step, StepEvent, StepPlace, StepRequest, SteppedState } from '../contract/trace.ts';
import { formatAtoms } from '../domain/money.ts';
import type { ControlEvent } from '../domain/scenario.ts';
import type { Instant } from '../domain/time.ts';
import { openLots, recordLabel } from './trace/balanceNodes.ts';
import type { Place, StepState } from './trace/history.ts';
import { noFigure } from './trace/nodes.ts';
import { remainingAt } from './trace/partSets.ts';
import type { Tracing } from './trace/tracing.ts';

/** Most lots and pending purchases of one state. */
const MOST_LISTED = 1_000;

export function stepAt(tracing: Tracing, request: StepRequest): Step | null {
  const { history } = tracing;
  if ('record' in request) {
    if (tracing.timeline[request.record] === undefined) throw noFigure();
    return stepTo(tracing, history.placeOfRecord(request.record), false);
  }
  if ('row' in request) {
    if (!(request.row >= 0 && request.row < tracing.state.row)) throw noFigure();
    return stepTo(tracing, history.placeOfRow(request.row), true);
  }
  if ('at' in request) {
    const place = history.placeAt(request.at);
    return stepTo(tracing, place, history.spanAt(place) !== null);
  }
  const from = tracing.place(request.from.steps, request.from.row);
  if (from === null) throw noFigure();
  const rows = request.rows === true;
  const place = request.by === 1 ? placeAfter(tracing, from, rows) : placeBefore(tracing, from, rows);
  return place === null ? null : stepTo(tracing, place, rows);
}

/** The place one event on: the end of the next step, or of its next row. */
function placeAfter({ history }: Tracing, { steps, row }: Place, rows: boolean): Place | null {
  const next = history.states[steps + 1];
  if (next === undefined) return null;
  return rows && next.kind === 'usage' && row + 1 < next.row ? { steps, row: row + 1 } : history.after(steps + 1);
}

/** The place one event back; null where that is before the opening. */
function placeBefore({ history }: Tracing, { steps, row }: Place, rows: boolean): Place | null {
  const state = history.states[steps]!;
  if (row > state.row) return rows && row - 1 > state.row ? { steps, row: row - 1 } : history.after(steps);
  const before = history.states[steps - 1];
  if (before === undefined) return null;
  return rows && state.kind === 'usage' && state.row - 1 > before.row
    ? { steps: steps - 1, row: state.row - 1 }
    : history.after(steps - 1);
}

/** The event that ends at a place; null at the very beginning, where nothing has happened. */
function stepTo(tracing: Tracing, place: Place, rows: boolean): Step | null {
  const { history } = tracing;
  const before = placeBefore(tracing, place, rows);
  if (before === null) return null;
  const isWithin = history.spanAt(place) !== null;
  return {
    place: placeOf(place),
    number: isWithin ? place.steps + 1 : place.steps,
    total: history.steps,
    event: eventOf(tracing, before, place),
    before: stateAt(tracing, before),
    after: stateAt(tracing, place),
    hasPrevious: before.steps > 0 || history.spanAt(before) !== null,
    hasNext: place.steps < history.steps,
  };
}

function placeOf({ steps, row }: Place): StepPlace {
  return { steps, row };
}

function eventOf(tracing: Tracing, before: Place, place: Place): StepEvent {
  const { history, timeline } = tracing;
  const isWithin = history.spanAt(place) !== null;
  const step = isWithin ? place.steps + 1 : place.steps;
  const state = history.states[step]!;
  const previous = history.states[step - 1]!;
  const none = { from: previous.records, to: previous.records };
  const records = isWithin ? none : { from: previous.records, to: state.records };
  const issued = !isWithin && state.invoices > previous.invoices ? previous.invoices : null;
  const own = timeline[records.from];
  const plain = { kind: state.kind, at: state.at, rows: null, source: null, records, invoice: issued };
  switch (state.kind) {
    case 'opening':
      return { ...plain, label: 'Account opened' };
    case 'usage':
      return { ...plain, ...usageEvent(tracing, before.row, place.row) };
    case 'month_end':
      return { ...plain, label: 'Calendar month ended' };
    case 'event': {
      const control = state.controls - 1;
      const source = tracing.sourceOfControl(control);
      return { ...plain, source, label: own === undefined ? controlLabel(tracing, control) : recordLabel(own) };
    }
    case 'due':
      return { ...plain, label: own === undefined ? '' : recordLabel(own) };
  }
}

function usageEvent(
  tracing: Tracing,
  from: number,
  to: number,
): { label: string; at: Instant; rows: StepEvent['rows']; source: StepEvent['source'] } {
  const { log, state } = tracing;
  const since = log.at[from]!;
  const isRejected = state.spans[spanIndex(tracing, from)]?.status !== 'accepted';
  const what = isRejected ? 'Rejected usage' : 'Usage';
  return {
    label: to - from === 1 ? `${what} ${log.skus[log.sku[from]!] ?? ''}` : what,
    at: log.at[to - 1]!,
    rows: { from, to, since, cost: formatAtoms(log.sums.between(from, to)) },
    source: tracing.sourceOfRow(from),
  };
}

function spanIndex({ history }: Tracing, row: number): number {
  const { steps } = history.placeOfRow(row);
  const within = history.states[steps]!.row <= row;
  return within ? history.states[steps]!.spans : history.states[steps]!.spans - 1;
}

/** Of an event that leaves no record. */
function controlLabel({ input }: Tracing, control: number): string {
  const event: ControlEvent | undefined = input.controls[control]?.event;
  if (event?.type === 'policy') return 'Policy changed';
  return event?.type === 'auto_recharge' ? 'Auto-recharge settings changed' : 'Event';
}

function stateAt(tracing: Tracing, place: Place): SteppedState {
  const { history, state: end } = tracing;
  const state = history.states[place.steps]!;
  const { credits, debt } = tracing.bookAt(place);
  const open = openLots(tracing, place);
  return {
    balance: formatAtoms(credits - debt),
    credits: formatAtoms(credits),
    debt: formatAtoms(debt),
    access: state.access,
    accessReason: state.accessReason,
    cutoffAt: instantOrNull(state.cutoffAt),
    restoreAt: instantOrNull(state.restoreAt),
    limitStopAt: instantOrNull(state.limitStopAt),
    plan: state.plan,
    tier: state.tier,
    lots: open.slice(0, MOST_LISTED).map((lot) => ({
      lot,
      id: end.book.all[lot]!.id,
      remaining: formatAtoms(remainingAt(tracing, lot, place) ?? 0n),
    })),
    lotsOpen: open.length,
    pending: state.pending
      .slice(0, MOST_LISTED)
      .map(({ id, amount, posts_at }) => ({ id, amount: formatAtoms(amount), postsAt: posts_at })),
    pendingTotal: formatAtoms(state.pending.reduce((sum, { amount }) => sum + amount, 0n)),
    recharge: rechargeOf(tracing, state, place),
    monthAccepted: formatAtoms(state.monthAccepted + history.usedAt(place)),
    paid: formatAtoms(state.paid),
  };
}

function rechargeOf({ log }: Tracing, state: StepState, { row }: Place): SteppedState['recharge'] {
  const now = row > state.row ? log.at[row - 1]! : state.at;
  return {
    enabled: state.policy.auto_recharge.enabled,
    pausedFor: state.pausedFor,
    inFlight: state.pending.filter(({ kind }) => kind === 'auto_recharge').length,
    cooledAt: state.cooledAt > now ? instantOrNull(state.cooledAt) : null,
    waitUntil: state.waitUntil > now ? instantOrNull(state.waitUntil) : null,
    declines: state.declines,
    monthRecharged: formatAtoms(state.monthRecharged),
  };
}

function instantOrNull(instant: Instant): Instant | null {
  return Number.isFinite(instant) ? instant : null;
}
