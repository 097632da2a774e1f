/** The labels of one drawing: asks for those that are due and places what fits. */
import type { ChartOverrun, ChartSpan } from '../../../shared/contract/engine.ts';
import type { ChartAccount, ChartSpot, ChartState } from './chartModel.ts';
import { expiryKey, labelRequests, overrunKey } from './chartLabels.ts';
import { pixelValue, spanEdges, type PlotGeometry } from './geometry.ts';
import { placeLabels, type Box, type PlacedLabel } from './labels.ts';
import type { LaidOutMark } from './markLayout.ts';
import { statedKey, statedLabels, type LaidOutPoint } from './statedLayout.ts';
import { extentBetween, lastAtOrBefore } from './seriesPath.ts';

type LineBetween = (left: number, right: number) => { readonly top: number; readonly bottom: number } | null;

/** What the card at a spot already says: a label that repeats it is hidden while the card is there. */
function repeated(
  spot: ChartSpot | null,
  overruns: readonly ChartOverrun[],
  marks: readonly LaidOutMark[],
): Set<string> {
  if (spot === null) return new Set();
  const { at } = spot;
  return new Set([
    ...overruns.filter(({ from, to }) => from <= at && at <= to).map(overrunKey),
    ...marks.filter(({ kind, marks: [mark] }) => kind === 'expiry' && mark?.at === at).map(expiryKey),
  ]);
}

type Extent = { readonly low: number; readonly high: number } | null;

function joined(a: Extent, b: Extent): Extent {
  if (a === null || b === null) return a ?? b;
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

export interface ChartLabels {
  /** Keys of labels that the card replaces. */
  readonly replaced: ReadonlySet<string>;
  readonly placed: readonly PlacedLabel[];
  /** Height of the last balance; null where it is not drawn. */
  readonly endY: number | null;
  /** Height of the last balance of the run that is compared with. */
  readonly baselineY: number | null;
  readonly lineBetween: LineBetween;
}

export function chartLabels(input: {
  readonly account: ChartAccount;
  readonly state: ChartState;
  readonly plot: PlotGeometry;
  readonly rem: number;
  readonly spans: readonly ChartSpan[];
  readonly overruns: readonly ChartOverrun[];
  readonly marks: readonly LaidOutMark[];
  readonly stated: readonly LaidOutPoint[];
  /** The stated balance under the pointer. */
  readonly hoveredStated: LaidOutPoint | null;
  readonly spot: ChartSpot | null;
}): ChartLabels {
  const { account, state, plot, rem, spans, overruns, marks, stated, hoveredStated, spot } = input;
  const points = (state.series ?? state.overview)?.points ?? null;
  const compare = state.compare ?? null;
  const baseline = compare === null || compare.letter === '' ? null : compare.baseline;
  const lineBetween: LineBetween = (left, right) => {
    if (points === null || state.hidden.has('balance')) return null;
    const from = plot.at(Math.max(left, plot.left));
    if (from > account.end) return null;
    const to = Math.min(plot.at(Math.min(right, plot.right)), account.end);
    const extent = joined(
      extentBetween(points, from, to),
      baseline === null ? null : extentBetween(baseline.points, from, to),
    );
    return extent === null ? null : { top: plot.y(extent.high) - 3, bottom: plot.y(extent.low) + 3 };
  };
  const last = points === null ? -1 : lastAtOrBefore(points.at, account.end);
  const endBalance = points === null || state.hidden.has('balance') ? undefined : points.balance[last];
  const endY = endBalance === undefined ? null : plot.y(endBalance);
  const baselineEnd = baseline?.points.balance[lastAtOrBefore(baseline.points.at, account.end)];
  const baselineY = baselineEnd === undefined ? null : plot.y(baselineEnd);
  const requests = labelRequests({
    letter: compare?.letter ?? '',
    baseline: compare === null || baselineY === null ? null : { balance: compare.baselineBalance, y: baselineY },
    plot,
    rem,
    digits: account.digits,
    end: account.end,
    spans,
    overruns,
    marks,
    threshold: account.threshold,
    balance: account.balance,
    balanceY: endY,
    lineTop: (left, right) => lineBetween(left, right)?.top ?? null,
  });
  const locks: Box[] = spans.map((span) => {
    const { left, right } = spanEdges(span, plot, account.end);
    const middle = (left + right) / 2;
    return { left: middle - 10, right: middle + 10, top: plot.top, bottom: plot.top + 26 };
  });
  const ring: Box[] =
    spot === null
      ? []
      : [
          {
            left: plot.x(spot.at) - 8,
            right: plot.x(spot.at) + 8,
            top: plot.y(spot.y) - 8,
            bottom: plot.y(spot.y) + 8,
          },
        ];
  const levels = [plot.y(0), ...(account.threshold === null ? [] : [plot.y(pixelValue(account.threshold))])];
  const rules: Box[] = levels.map((y) => ({ left: plot.left, right: plot.right, top: y - 1, bottom: y + 1 }));
  const obstacles = [...marks.map(({ box }) => box), ...stated.map(({ box }) => box), ...locks, ...ring, ...rules];
  return {
    placed: placeLabels([...requests, ...statedLabels(stated, rem, account.digits)], plot, obstacles, lineBetween),
    replaced: new Set([
      ...repeated(spot, overruns, marks),
      ...(hoveredStated === null ? [] : [statedKey(hoveredStated.point)]),
    ]),
    endY,
    baselineY,
    lineBetween,
  };
}
