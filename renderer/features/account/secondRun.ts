/** The run that the account's chart is compared with, and what the worker says of it for a window. */
import type { ChartSpan } from '../../../shared/contract/engine.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { DifferenceSeries } from '../../../shared/contract/whatIf.ts';
import type { Beside } from '../../ui/chart/chartModel.ts';
import type { FetchedSeries } from '../../ui/chart/seriesPath.ts';
import type { TimeWindow } from '../../ui/chart/timeWindow.ts';
import { plusAmount } from '../../ui/amountSum.ts';
import type { EngineClient } from '../../ui/slice.ts';

export interface SecondChoice {
  /** A pinned variant by its id; null: another file, which the worker holds. */
  readonly variant: string | null;
  readonly name: string;
  /** At its end, exact. */
  readonly balance: string;
  /** The time that it shares with the account. */
  readonly shared: TimeWindow;
}

export interface SecondDrawn {
  readonly series: FetchedSeries;
  readonly spans: readonly ChartSpan[];
  /** The account less it. */
  readonly difference: DifferenceSeries;
  readonly differenceWindow: TimeWindow;
}

/** Columns of the strip: it shows steps, and they are few. */
const STRIP_COLUMNS = 400;

/** Null where the window lies outside the time that both runs share. */
export async function secondOver(
  engine: EngineClient,
  { variant, shared }: SecondChoice,
  window: TimeWindow,
  columns: number,
): Promise<SecondDrawn | null> {
  const from = Math.max(window.from, shared.from);
  const to = Math.min(window.to, shared.to);
  if (from >= to) return null;
  const inside = { from, to };
  const share = Math.max(1, Math.round((columns * (to - from)) / (window.to - window.from)));
  const strip = Math.min(columns, STRIP_COLUMNS);
  const answer =
    variant === null
      ? await engine.secondSeries({ ...inside, columns: share, strip }).result
      : await ofVariant(engine, variant, inside, share, strip);
  const { series, spans, difference } = answer;
  const drawn = { window: inside, columns: share, points: series, end: to };
  return { series: drawn, spans: spans.filter(({ record }) => record !== null), difference, differenceWindow: inside };
}

/** Its balance at an instant at which the account's is known; null outside the time that both share. */
export async function besideAt(
  engine: EngineClient,
  { variant, name, shared }: SecondChoice,
  { at, balance }: { readonly at: Instant; readonly balance: string },
): Promise<Beside | null> {
  if (at < shared.from || at > shared.to) return null;
  const instant = { from: at, to: at, columns: 1 };
  const { highest } =
    variant === null
      ? (await engine.secondSeries({ ...instant, strip: 1 }).result).difference
      : await engine.compareSeries({ a: variant, b: 'saved', ...instant }).result;
  // none where the runs are equal
  const difference = highest?.value ?? '0';
  return { name, balance: plusAmount(balance, difference, -1n), difference };
}

async function ofVariant(
  engine: EngineClient,
  id: string,
  inside: TimeWindow,
  columns: number,
  strip: number,
): Promise<{
  readonly series: FetchedSeries['points'];
  readonly spans: readonly ChartSpan[];
  readonly difference: DifferenceSeries;
}> {
  const [series, { spans }, difference] = await Promise.all([
    engine.variantSeries({ id, ...inside, columns }).result,
    engine.variantAnnotations({ id, ...inside }).result,
    engine.compareSeries({ a: id, b: 'saved', ...inside, columns: strip }).result,
  ]);
  return { series, spans, difference };
}
