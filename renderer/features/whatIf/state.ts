/** What the What-if place holds: controls, what is tried, what is kept, and what of it is drawn. */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type {
  DifferenceSeries,
  RunId,
  VariantTable,
  WhatIfControl,
  WhatIfCounts,
  WhatIfFigure,
  WhatIfProblem,
} from '../../../shared/contract/whatIf.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { ChartNotes, ChartSpot } from '../../ui/chart/chartModel.ts';
import type { LegendKey } from '../../ui/chart/legendKeys.ts';
import type { FetchedSeries } from '../../ui/chart/seriesPath.ts';
import type { TimeWindow } from '../../ui/chart/timeWindow.ts';
import { NO_DRAFT, type Draft } from './draft.ts';
import { NO_HISTORY, type History } from './history.ts';

/** Whether a hand is still moving it. */
export type Hand = 'moving' | 'resting';

/** The last run that could be made, and its figures. */
export interface TriedRun {
  /** What it was run under. */
  readonly draft: Draft;
  readonly against: RunId;
  readonly figures: readonly WhatIfFigure[];
  readonly counts: WhatIfCounts;
  readonly replayMs: number;
}

/** What is drawn of a window: the run that is tried, the one it is compared with, and variants laid over them. */
export interface Drawing {
  readonly series: FetchedSeries;
  readonly notes: ChartNotes;
  readonly baseline: FetchedSeries;
  readonly baselineNotes: ChartNotes;
  readonly difference: DifferenceSeries;
  readonly differenceWindow: TimeWindow;
  readonly overlays: readonly { readonly id: string; readonly series: FetchedSeries }[];
}

export interface WhatIfModel {
  /** Of which account and view the controls are; null before there are any. */
  readonly view: AccountView | null;
  readonly account: number | null;
  readonly controls: readonly WhatIfControl[];
  readonly draft: Draft;
  /** Why the draft cannot be run. */
  readonly problems: readonly WhatIfProblem[];
  readonly tried: TriedRun | null;
  readonly against: RunId;
  /** Null until it was asked for. */
  readonly table: VariantTable | null;
  readonly overlaid: ReadonlySet<string>;
  /** The variant that the pointer or the focus is on, in the table or in the chart: its line is drawn meanwhile. */
  readonly pointed: string | null;
  readonly history: History;
  readonly filter: string;
  readonly changedOnly: boolean;
  /** Groups that are folded. */
  readonly folded: ReadonlySet<string>;
  /** Figures that are 0 in every run are listed too. */
  readonly allFigures: boolean;
}

export interface WhatIfChart {
  readonly bounds: TimeWindow;
  readonly window: TimeWindow;
  readonly columns: number;
  readonly hand: Hand;
  readonly extent: { readonly low: number; readonly high: number } | null;
  readonly drawing: Drawing | null;
  readonly hidden: ReadonlySet<LegendKey>;
  readonly hover: ChartSpot | null;
  readonly selection: ChartSpot | null;
  readonly pinned: boolean;
}

const FOLDED = ['Limits', 'Tiers', 'Tax', 'Invoices', 'Burn order', 'Time zone', 'Prices'];

export const NOTHING_TRIED: WhatIfModel = {
  view: null,
  account: null,
  controls: [],
  draft: NO_DRAFT,
  problems: [],
  tried: null,
  against: 'saved',
  table: null,
  overlaid: new Set(),
  pointed: null,
  history: NO_HISTORY,
  filter: '',
  changedOnly: false,
  folded: new Set(FOLDED),
  allFigures: false,
};

const NO_TIME: TimeWindow = { from: 0, to: 0 };

export const NOTHING_DRAWN: WhatIfChart = {
  bounds: NO_TIME,
  window: NO_TIME,
  columns: 0,
  hand: 'resting',
  extent: null,
  drawing: null,
  hidden: new Set(),
  hover: null,
  selection: null,
  pinned: false,
};

export interface Known {
  readonly start: Instant;
  readonly end: Instant;
}
