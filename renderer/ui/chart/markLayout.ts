/**
 * Where marks stand: what adds credit under the foot of its rise, a grant above its step, what did not happen under the
 * line, an expiry as a drop along the line. Boxes that would cover one another step aside, away from the line.
 */
import type { ChartMark, MarkKind } from '../../../shared/contract/engine.ts';
import { clusterMarks, type PlacedMark } from './clusters.ts';
import { pixelValue, type PlotGeometry } from './geometry.ts';
import { overlaps, textWidth, type Box } from './labels.ts';

export interface LaidOutMark extends PlacedMark {
  readonly y: number;
  readonly box: Box;
  /** Where an expiry's drop begins; null for other marks. */
  readonly from: number | null;
}

const ABOVE: ReadonlySet<MarkKind> = new Set<MarkKind>(['grant', 'adjustment', 'plan', 'tier']);
const HALF = 6;
const STEP = 14;

export function layOutMarks(
  marks: readonly ChartMark[],
  plot: Pick<PlotGeometry, 'left' | 'right' | 'top' | 'bottom' | 'x' | 'y'>,
  rem: number,
): LaidOutMark[] {
  const visible = marks.filter((mark) => {
    const x = plot.x(mark.at);
    return x >= plot.left - 30 && x <= plot.right + 30;
  });
  const taken: Box[] = [];
  const inside = ({ x }: PlacedMark): boolean => x >= plot.left - HALF && x <= plot.right + HALF;
  const found = clusterMarks(visible, plot.x, (count) => clusterHalfWidth(count, rem)).filter(inside);
  return found.map((placed) => {
    const above = ABOVE.has(placed.kind);
    const half = placed.marks.length === 1 ? HALF : clusterHalfWidth(placed.marks.length, rem);
    if (placed.kind === 'expiry') return expiry(placed, plot, taken);
    const edge = above
      ? Math.min(...placed.marks.map((mark) => Math.min(plot.y(mark.y), foot(mark, plot)))) - 12
      : Math.max(...placed.marks.map((mark) => foot(mark, plot))) + 12;
    let y = Math.min(Math.max(edge, plot.top + 9), plot.bottom - 8);
    let box = around(placed.x, y, half);
    for (let tries = 0; tries < 4 && taken.some((other) => overlaps(other, box)); tries += 1) {
      const next = above ? y - STEP : y + STEP;
      if (next < plot.top + 9 || next > plot.bottom - 8) break;
      y = next;
      box = around(placed.x, y, half);
    }
    taken.push(box);
    return { ...placed, y, box, from: null };
  });
}

/** Where the balance was before the mark's own movement. */
function foot(mark: ChartMark, plot: Pick<PlotGeometry, 'y'>): number {
  const moved =
    mark.amount !== null && (mark.kind === 'purchase' || mark.kind === 'auto_recharge' || mark.kind === 'grant');
  return plot.y(moved ? mark.y - pixelValue(mark.amount) : mark.y);
}

function expiry(placed: PlacedMark, plot: Pick<PlotGeometry, 'y'>, taken: Box[]): LaidOutMark {
  const mark = placed.marks[0];
  const lost = Math.abs(pixelValue(mark?.amount ?? '0'));
  const to = plot.y(mark?.y ?? 0);
  const from = plot.y((mark?.y ?? 0) + lost);
  const box = { left: placed.x - 5, right: placed.x + 5, top: Math.min(from, to - 8), bottom: to + 6 };
  taken.push(box);
  return { ...placed, y: to, box, from };
}

function around(x: number, y: number, half: number): Box {
  return { left: x - half, right: x + half, top: y - 8, bottom: y + 8 };
}

/** A cluster's box: mark, count, and room around them. */
export function clusterHalfWidth(count: number, rem: number): number {
  return (textWidth(String(count), 11 * rem) + 10 + 14) / 2;
}

/** The mark under a point of the picture, with some mercy for fingers; the nearest of several. */
export function markAt(marks: readonly LaidOutMark[], x: number, y: number): LaidOutMark | null {
  let best: LaidOutMark | null = null;
  let nearest = Infinity;
  for (const mark of marks) {
    const { box } = mark;
    const dx = Math.max(box.left - x, 0, x - box.right);
    const dy = Math.max(box.top - y, 0, y - box.bottom);
    const distance = dx * dx + dy * dy;
    if (dx <= 3 && dy <= 3 && distance < nearest) {
      nearest = distance;
      best = mark;
    }
  }
  return best;
}
