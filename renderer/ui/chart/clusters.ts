/**
 * Marks that would touch become one box with their count. Only the same kind merges; expiries never do, because each is
 * money lost and none may hide another.
 */
import type { ChartMark, MarkKind } from '../../../shared/contract/engine.ts';

/** Nearer than this, marks of one kind merge. */
export const TOUCHING_PX = 12;
/** Marks reaching farther than this are not gathered further, so that a box stays near what it stands for. */
const WIDEST_PX = 40;
const SINGLE_HALF_PX = 6;

export interface PlacedMark {
  readonly kind: MarkKind;
  readonly x: number;
  readonly marks: readonly ChartMark[];
}

const NEVER_MERGED: ReadonlySet<MarkKind> = new Set<MarkKind>(['expiry']);

/**
 * Marks by place; `x` maps an instant to pixels, `halfWidth` is that of the box of so many marks. A mark that a box would
 * cover joins it, and a box that would cover the one before it steps aside.
 */
export function clusterMarks(
  marks: readonly ChartMark[],
  x: (at: number) => number,
  halfWidth: (count: number) => number,
): PlacedMark[] {
  const byKind = new Map<MarkKind, ChartMark[]>();
  for (const mark of marks) {
    const same = byKind.get(mark.kind);
    if (same === undefined) byKind.set(mark.kind, [mark]);
    else same.push(mark);
  }
  const placed: PlacedMark[] = [];
  for (const [kind, same] of byKind) {
    same.sort((a, b) => a.at - b.at);
    if (NEVER_MERGED.has(kind)) for (const mark of same) placed.push({ kind, x: x(mark.at), marks: [mark] });
    else placed.push(...clusterKind(kind, same, x, halfWidth));
  }
  return placed.sort((a, b) => a.x - b.x);
}

function clusterKind(
  kind: MarkKind,
  marks: readonly ChartMark[],
  x: (at: number) => number,
  halfWidth: (count: number) => number,
): PlacedMark[] {
  const placed: PlacedMark[] = [];
  let edge = -Infinity;
  let group: ChartMark[] = [];
  let firstX = 0;
  let lastX = 0;
  const place = (): { x: number; half: number } => {
    const half = group.length === 1 ? SINGLE_HALF_PX : halfWidth(group.length);
    const middle = (firstX + lastX) / 2;
    return { x: group.length === 1 ? middle : Math.max(middle, edge + half + 1), half };
  };
  const close = (): void => {
    if (group.length === 0) return;
    const { x: at, half } = place();
    placed.push({ kind, x: at, marks: group });
    edge = at + half;
    group = [];
  };
  for (const mark of marks) {
    const at = x(mark.at);
    const box = group.length === 0 ? null : place();
    const touches = at - lastX < TOUCHING_PX && at - firstX < WIDEST_PX;
    const covered = box !== null && group.length > 1 && at - SINGLE_HALF_PX < box.x + box.half;
    if (box === null || !(touches || covered)) {
      close();
      firstX = at;
    }
    group.push(mark);
    lastX = at;
  }
  close();
  return placed;
}
