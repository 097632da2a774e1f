/** What the balance chart is given and what it tells back; all of it derived from the worker's answers. */
import type { ChartMark, ChartMonth, ChartOverrun, ChartSpan, Range } from '../../../shared/contract/engine.ts';
import type { StatedNotes, StatedPoint, StatementItem } from '../../../shared/contract/stated.ts';
import type { Instant, Zone } from '../../../shared/domain/time.ts';
import type { LegendKey } from './legendKeys.ts';
import type { FetchedSeries } from './seriesPath.ts';
import type { TimeWindow } from './timeWindow.ts';

/** The account's facts that the chart shows. */
export interface ChartAccount {
  readonly title: string;
  readonly currency: string;
  readonly digits: number;
  readonly zone: Zone;
  /** The first and the last instant that are known. */
  readonly start: Instant;
  readonly end: Instant;
  readonly balance: string;
  readonly threshold: string | null;
  /** What rows of usage cover, in words: `the day`, `its bucket`. */
  readonly within: string;
}

export interface ChartNotes {
  readonly marks: readonly ChartMark[];
  readonly spans: readonly ChartSpan[];
  readonly overruns: readonly ChartOverrun[];
  readonly months: readonly ChartMonth[];
  /** What others state; absent where nobody states anything. */
  readonly stated?: StatedNotes;
}

export interface OverlaidRun {
  readonly letter: string;
  readonly series: FetchedSeries;
  /** The pointer or the focus is on it, here or where else it is shown. */
  readonly pointed?: boolean;
}

/** A second run beside the one that is drawn, and others over both; each run is known by its letter. */
export interface ChartCompare {
  /** Of the run that is drawn; empty while it is the baseline itself. */
  readonly letter: string;
  readonly baseline: FetchedSeries;
  readonly baselineSpans: readonly ChartSpan[];
  /** At the end, exact. */
  readonly baselineBalance: string;
  readonly overlays: readonly OverlaidRun[];
}

/** A real point under the pointer, or the selected one. */
export interface ChartSpot {
  readonly at: Instant;
  readonly y: number;
  readonly balance: string;
  /** What the balance may be, where the placement of buckets makes a difference. */
  readonly between?: Range | null;
  readonly what: string;
  readonly source: string | null;
  /** The run that the account is compared with, at the same instant. */
  readonly beside?: Beside | null;
}

export interface Beside {
  readonly name: string;
  readonly balance: string;
  /** The account less it. */
  readonly difference: string;
}

export interface ChartState {
  readonly window: TimeWindow;
  readonly bounds: TimeWindow;
  readonly series: FetchedSeries | null;
  readonly overview: FetchedSeries | null;
  readonly notes: ChartNotes | null;
  readonly history: ChartNotes | null;
  readonly extent: { readonly low: number; readonly high: number } | null;
  readonly hidden: ReadonlySet<LegendKey>;
  readonly hover: ChartSpot | null;
  readonly pinned: boolean;
  readonly selection: ChartSpot | null;
  readonly selectedRecord: number | null;
  readonly selectedInvoice: number | null;
  /** By its place among those that are compared. */
  readonly selectedStated?: number | null;
  readonly selectedItem?: number | null;
  readonly compare?: ChartCompare | null;
}

export interface ChartActions {
  onColumns(columns: number): void;
  /** Moves the window; the change sees the newest window, not the one last drawn. */
  onMove(change: (window: TimeWindow, bounds: TimeWindow) => TimeWindow, hand: 'moving' | 'resting'): void;
  onHover(at: Instant | null): void;
  onPin(): void;
  /** A click on a mark, or on the line itself (`record` is null). */
  onSelect(at: Instant, record: number | null): void;
  onMonth(invoice: number): void;
  /** The pointer is on a further run's letter; null: it has left it. */
  onRunPointed?(letter: string | null): void;
  /** A click on a further run's letter. */
  onRun?(letter: string): void;
  /** A click on a stated balance. */
  onStated?(point: StatedPoint): void;
  /** A click on a line of a document or a bank. */
  onItem?(item: StatementItem): void;
}
