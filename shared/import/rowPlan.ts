/** What a format's columns mean to rows of usage, and where the rows go. */
import { zoneOf, type Zone } from '../domain/time.ts';
import type { Cells } from './cells.ts';
import type { IdSet } from './idSet.ts';
import type { LeftOutRow } from './leftOutRows.ts';
import type { LocalForms } from './localForms.ts';
import type { CostSum, UsageBuilder } from './usageBuilder.ts';

/** No such column. */
export const NONE = -1;

/** A cell that keeps its row out. */
export interface Fault {
  readonly cell: number;
  readonly message: string;
}

/** Where a row's values stand, and what the format makes of them. Cells are numbered from 0; `NONE` where there is none. */
export interface RowPlan {
  /** Name of a cell for messages. */
  field(cell: number): string;
  readonly time: number;
  /** Read where `time` is blank. */
  readonly timeFallback: number;
  /** End, exclusive, of the time that a row covers; none: rows are instants. A row that lacks it is one too. */
  readonly until?: number;
  /** Read where `until` is blank. */
  readonly untilFallback?: number;
  /** `until` was found by its name, and may be when a request ended (`bucketEnds.ts`); false: the user chose it. */
  readonly untilByName?: boolean;
  /** What a row covers that states no end, in milliseconds from its time. */
  readonly bucketMs?: number;
  /** Zone of times that state none, where the format fixes it; else the user's. */
  readonly zone: Zone | null;
  readonly cost: number;
  /** Costs are in hundredths of the currency's unit. */
  readonly cents?: boolean;
  readonly currency: number;
  readonly sku: number;
  readonly project: number;
  readonly key: number;
  readonly id: number;
  /** Two cells by which a row is known where it has both; where it has one and no id, by that. */
  readonly idPair?: readonly [first: number, second: number];
  /** Reads the forms that a vendor would fix; none: the format's are fixed. */
  readonly local?: LocalForms;
  /** Cells with whole numbers: token counts. `settle` gets them in this order, `ABSENT` where blank. */
  readonly counts: readonly number[];
  /** Meters that `settle` gives, in its order. */
  readonly meters: readonly string[];
  /** Makes meters that exclude one another of the counts. */
  settle(counts: Float64Array, meters: Float64Array): Fault | null;
  /** A record that stands for no usage: it is passed over in silence. */
  isEmpty?(cells: Cells): boolean;
  /** SKU that is more than its cell; null: the cell as it is. */
  skuOf?(cells: Cells): string | null;
  /** The row of these cells was stored. */
  stored?(cells: Cells): void;
  /** After the last row: what the format counted goes into the report. */
  end?(): void;
  /** Further meters of a row that will be stored as row `row`. */
  further?(cells: Cells, row: number): Fault | null;
}

/** A vendor's plan before it says where anything stands: times in UTC unless they say otherwise, finer costs rounded. */
export function blankPlan(field: (cell: number) => string): RowPlan {
  return {
    field,
    time: NONE,
    timeFallback: NONE,
    zone: zoneOf('UTC'),
    cost: NONE,
    currency: NONE,
    sku: NONE,
    project: NONE,
    key: NONE,
    id: NONE,
    counts: [],
    meters: [],
    settle: () => null,
  };
}

/** Rows by what became of them (`ImportReport.rows`). */
export interface RowCounts {
  read: number;
  duplicate: number;
  rejected: number;
  complimentary: number;
  rounded: number;
  superseded: number;
}

/** Where rows of usage go: the columns, and the ids that were there before. */
export interface UsageTarget {
  readonly rows: UsageBuilder;
  readonly ids: IdSet;
  /** How many ids were there before the file. */
  readonly idsBefore: number;
  readonly counts: RowCounts;
  /** What the rows left out as duplicates cost. */
  readonly repeated: CostSum;
  /** Ids of earlier files' rows of which this file has grown copies. */
  readonly grownIds: string[];
  /** The first of the rows left out as duplicates. */
  readonly leftOut: LeftOutRow[];
  /** Of the costs, as soon as a row states one. */
  currency: string | null;
}
