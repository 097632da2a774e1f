/**
 * Where stated balances stand: on the line where they agree, else at their own amount, tied to the line. Each stands for
 * itself; none merges with another or with a mark. Of a day, in its middle, with a bar as wide as the day.
 */
import type { StatedPoint } from '../../../shared/contract/stated.ts';
import { amountText } from '../amountText.ts';
import type { PlotGeometry } from './geometry.ts';
import { boxAt, textWidth, type Box, type LabelRequest } from './labels.ts';

export interface LaidOutPoint {
  readonly point: StatedPoint;
  readonly x: number;
  readonly y: number;
  /** Height of the replayed balance: the end of the tie. */
  readonly lineY: number;
  /** Ends of the day's bar; null where it would be no wider than the diamond. */
  readonly bar: { readonly left: number; readonly right: number } | null;
  readonly box: Box;
}

/** Half of a diamond. */
export const DIAMOND_PX = 5;
const REACH_PX = 3;

type Plot = Pick<PlotGeometry, 'left' | 'right' | 'top' | 'bottom' | 'x' | 'y'>;

export function layOutStated(points: readonly StatedPoint[], plot: Plot): LaidOutPoint[] {
  return points.flatMap((point) => {
    const { at, until } = point;
    const x = plot.x(until === null ? at : (at + until) / 2);
    if (x < plot.left - DIAMOND_PX || x > plot.right + DIAMOND_PX) return [];
    const clamped = (y: number): number => Math.min(Math.max(y, plot.top + DIAMOND_PX), plot.bottom - DIAMOND_PX);
    const lineY = clamped(plot.y(point.replayedY));
    const y = point.agrees ? lineY : clamped(plot.y(point.y));
    const edges = until === null ? null : { left: plot.x(at), right: plot.x(until) };
    const bar =
      edges === null || edges.right - edges.left <= 2 * DIAMOND_PX + 2
        ? null
        : { left: Math.max(edges.left, plot.left), right: Math.min(edges.right, plot.right) };
    const box = { left: x - DIAMOND_PX, right: x + DIAMOND_PX, top: y - DIAMOND_PX, bottom: y + DIAMOND_PX };
    return [{ point, x, y, lineY, bar, box }];
  });
}

/** The point under the hand, with some mercy for fingers; the nearest of several, of equally near ones what differs. */
export function pointAt(points: readonly LaidOutPoint[], x: number, y: number): LaidOutPoint | null {
  let best: LaidOutPoint | null = null;
  let nearest = Infinity;
  for (const each of points) {
    const [dx, dy] = [Math.abs(each.x - x), Math.abs(each.y - y)];
    const distance = dx * dx + dy * dy + (each.point.agrees ? 0.5 : 0);
    if (dx <= DIAMOND_PX + REACH_PX && dy <= DIAMOND_PX + REACH_PX && distance < nearest) {
      nearest = distance;
      best = each;
    }
  }
  return best;
}

export function statedKey({ index }: StatedPoint): string {
  return `stated${index}`;
}

/** Of each that differs, by how much; the largest difference first. */
export function statedLabels(points: readonly LaidOutPoint[], rem: number, digits: number): LabelRequest[] {
  return points
    .filter(({ point }) => !point.agrees)
    .sort((a, b) => Math.abs(b.y - b.lineY) - Math.abs(a.y - a.lineY))
    .map(({ point, x, y, lineY }) => {
      const text = amountText(point.difference, { digits, sign: 'movement' });
      const width = textWidth(text, 11 * rem) * 1.05;
      const height = 14 * rem;
      const away = y <= lineY ? -12 : 12;
      const candidates = [
        boxAt(x - width / 2, y + away, width, height),
        boxAt(x + DIAMOND_PX + 4, y, width, height),
        boxAt(x - DIAMOND_PX - 4 - width, y, width, height),
        boxAt(x - width / 2, y + 2 * away, width, height),
        boxAt(x + DIAMOND_PX + 4, y + away, width, height),
        boxAt(x - DIAMOND_PX - 4 - width, y + away, width, height),
      ];
      return { key: statedKey(point), text, tone: 'evidence', candidates };
    });
}
