/** Usage by what paid for it: what a lot covered, what no credit covered and became debt or was billed. */
import type { Atoms } from '../../domain/money.ts';
import type { UsageSpan } from '../../engine/state.ts';
import type { Place } from './history.ts';
import { movementsBy, type SpanPart } from './lotHistory.ts';
import { keyOf } from './nodes.ts';
import type { Tracing } from './tracing.ts';
import type { Segment, UsageSet } from './usageSets.ts';

/** What usage drew from a lot up to a place. */
export function drawSet(tracing: Tracing, lot: number, place: Place): UsageSet {
  const { movements } = tracing.history.lots.lots[lot]!;
  const { id } = tracing.state.book.all[lot]!;
  const parts = movements
    .slice(0, movementsBy(movements, place.steps))
    .flatMap((movement) => (movement.kind === 'usage' ? [movement.part] : []));
  const cut = partWithin(tracing, lot, place);
  return {
    label: 'Drawn by usage',
    note: `lot ${id}`,
    segments: segmentsOf(tracing, cut === null ? parts : [...parts, cut]),
    sku: -1,
    rowKey: (row) => keyOf('part', row, lot),
  };
}

/** What a lot covered of the span that a place lies within. */
function partWithin(tracing: Tracing, lot: number, place: Place): SpanPart | null {
  const { history } = tracing;
  const used = history.usedAt(place);
  if (used === 0n) return null;
  const { movements } = history.lots.lots[lot]!;
  const next = movements[movementsBy(movements, place.steps)];
  if (next?.kind !== 'usage' || next.step !== place.steps + 1 || next.part.from >= used) return null;
  return { ...next.part, to: next.part.to < used ? next.part.to : used };
}

/** What remains of a lot at a place; null before it was made. */
export function remainingAt(tracing: Tracing, lot: number, place: Place): Atoms | null {
  const { history, state } = tracing;
  const past = history.lots.lots[lot];
  if (past === undefined || past.step > place.steps) return null;
  const { amount, settled } = state.book.all[lot]!;
  const done = movementsBy(past.movements, place.steps);
  const taken = done === 0 ? 0n : past.takenBefore[done - 1]! + past.movements[done - 1]!.amount;
  const cut = history.spanAt(place) === null ? null : partWithin(tracing, lot, place);
  return amount - settled - taken - (cut === null ? 0n : cut.to - cut.from);
}

/** Usage that became debt: movements of the debt from the `first` on, up to a place. */
export function overrunSet(tracing: Tracing, first: number, place: Place): UsageSet {
  const { debt } = tracing.history.lots;
  const parts = debt
    .slice(first, movementsBy(debt, place.steps))
    .flatMap((movement) => (movement.kind === 'overrun' ? [movement.part] : []));
  const cut = overrunWithin(tracing, place);
  return {
    label: 'Overrun',
    note: 'usage that no credit covered',
    segments: segmentsOf(tracing, cut === null ? parts : [...parts, cut]),
    sku: -1,
    rowKey: (row) => keyOf('uncovered', row),
  };
}

function overrunWithin(tracing: Tracing, place: Place): SpanPart | null {
  const { history } = tracing;
  const span = history.spanAt(place);
  if (span?.uncovered !== 'overrun' || span.status !== 'accepted') return null;
  const used = history.usedAt(place);
  const covered = coveredOf(span);
  return used <= covered ? null : { span: history.states[place.steps]!.spans, from: covered, to: used };
}

/** Usage that no credit covered and that is billed, of the rows `[from, to)`. */
export function excessSet(tracing: Tracing, from: number, to: number): UsageSet {
  const { spans } = tracing.state;
  const { sums } = tracing.log;
  const parts: SpanPart[] = [];
  for (let index = firstSpan(spans, from); index < spans.length && spans[index]!.from < to; index++) {
    const span = spans[index]!;
    const cost = sums.between(span.from, span.to);
    const covered = coveredOf(span);
    if (span.status === 'accepted' && span.uncovered === 'excess' && cost > covered)
      parts.push({ span: index, from: covered, to: cost });
  }
  return {
    label: 'Usage that no credit covered',
    segments: segmentsOf(tracing, parts),
    sku: -1,
    rowKey: (row) => keyOf('uncovered', row),
  };
}

function segmentsOf({ log, state }: Tracing, parts: readonly SpanPart[]): Segment[] {
  const { sums } = log;
  return parts.map((part): Segment => {
    const span = state.spans[part.span]!;
    const used = (row: number): Atoms => clamped(sums.between(span.from, row), part);
    return {
      from: sums.firstReaching(part.from + 1n, span.from, span.to),
      to: sums.firstReaching(part.to, span.from, span.to) + 1,
      amount: (a, b) => used(b) - used(a),
    };
  });
}

function clamped(value: Atoms, { from, to }: SpanPart): Atoms {
  return value < from ? from : value > to ? to : value;
}

function coveredOf({ draws }: UsageSpan): Atoms {
  return draws.reduce((sum, { amount }) => sum + amount, 0n);
}

function firstSpan(spans: readonly UsageSpan[], row: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.to <= row) low = middle + 1;
    else high = middle;
  }
  return low;
}
