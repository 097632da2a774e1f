/**
 * The cost export of OpenAI's dashboard: 10 columns in 2025, 17 in 2026, 4 where there was no usage. Rows are costs of a
 * line item over a bucket of time, `[start_time, end_time)`. The Unix columns are read, for the ISO ones lack their zone on some
 * rows (it is UTC). Amounts have up to 30 digits after the point, zero is also written `0E-6176`.
 */
import { BUCKETS } from './bucketEnds.ts';
import { zoneOf } from '../domain/time.ts';
import { ABSENT } from '../domain/usage.ts';
import { plainName } from './columns.ts';
import type { Cells } from './cells.ts';
import { TableReader } from './delimited.ts';
import type { Detection, Head, Importer, OpenContext } from './importer.ts';
import { parseRounded, partsOf } from './numbers.ts';
import { quoted } from './problems.ts';
import { NONE, type Fault, type RowPlan, type UsageTarget } from './rowPlan.ts';

/** The time columns with which every export of the dashboard begins. */
const TIME_COLUMNS = ['start_time', 'end_time', 'start_time_iso', 'end_time_iso'];

/** Meter of a quantity whose unit is not stated. */
const PLAIN_QUANTITY = 'quantity';

/** Finds columns by name, and says which of the needed ones are missing. */
export class ExportColumns {
  readonly header: readonly string[];
  readonly #places: ReadonlyMap<string, number>;

  constructor(header: readonly string[]) {
    this.header = header;
    this.#places = new Map(header.map((name, column) => [plainName(name), column]));
  }

  of(name: string): number {
    return this.#places.get(plainName(name)) ?? NONE;
  }

  has(...names: readonly string[]): boolean {
    return names.every((name) => this.of(name) !== NONE);
  }

  /** False, and a problem, where a needed column is missing. */
  require(context: OpenContext, names: readonly string[]): boolean {
    const lacks = names.filter((name) => !this.has(name));
    if (lacks.length === 0) return true;
    const message = `the header row lacks ${lacks.join(', ')}; it has ${this.header.join(', ')}`;
    context.problems.add(1, 1, null, message);
    return false;
  }

  /** Only the four time columns: an export of a time without usage. */
  get isEmptyExport(): boolean {
    return this.header.length === TIME_COLUMNS.length && this.has(...TIME_COLUMNS);
  }
}

/** Passes over buckets without usage, and counts them. */
export function emptyBuckets(columns: ExportColumns): (cells: Cells) => boolean {
  const times = new Set(TIME_COLUMNS.map((name) => columns.of(name)));
  const others = columns.header.map((_, column) => column).filter((column) => !times.has(column));
  return (cells) => others.every((column) => cells.isBlank(column)) && !cells.isBlank(columns.of('start_time'));
}

/** What the dashboard's exports have in common. */
export function exportPlan(columns: ExportColumns): Omit<RowPlan, 'settle'> {
  return {
    field: (cell) => columns.header[cell] ?? '',
    time: columns.of('start_time'),
    timeFallback: columns.of('start_time_iso'),
    until: columns.of('end_time'),
    untilFallback: columns.of('end_time_iso'),
    zone: zoneOf('UTC'),
    cost: NONE,
    currency: NONE,
    sku: NONE,
    project: columns.of('project_id'),
    key: columns.of('api_key_id'),
    id: NONE,
    counts: [],
    meters: [],
    isEmpty: emptyBuckets(columns),
  };
}

function plan(header: readonly string[], target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = new ExportColumns(header);
  if (columns.isEmptyExport) return { ...exportPlan(columns), settle: () => null };
  if (!columns.require(context, ['start_time', 'amount_value'])) return null;
  context.note(BUCKETS);
  const quantity = columns.of('quantity');
  const unit = columns.of('quantity_unit');
  return {
    ...exportPlan(columns),
    cost: columns.of('amount_value'),
    currency: columns.of('amount_currency'),
    sku: columns.of('line_item'),
    settle: () => null,
    ...(quantity === NONE ? {} : { further: (cells, row) => storeQuantity(target, cells, row, quantity, unit) }),
  };
}

/** Stores a row's quantity as a meter with the name of its unit. */
export function storeQuantity(
  { rows }: UsageTarget,
  cells: Cells,
  row: number,
  quantity: number,
  unit: number,
): Fault | null {
  for (const meter of rows.meters) meter.whole[row] = ABSENT;
  const text = cells.text(quantity);
  if (text === '') return null;
  const read = parseRounded(text);
  // a correction takes its quantity back with its cost, and becomes an adjustment, which has none
  if (typeof read !== 'string' && read.atoms < 0n) return null;
  const parts = typeof read === 'string' ? null : partsOf(read.atoms);
  if (parts === null)
    return { cell: quantity, message: `quantity ${quoted(text)} cannot be read; expected a number such as 30.0` };
  const meter = rows.meter(cells.text(unit) || PLAIN_QUANTITY);
  meter.whole[row] = parts.whole;
  if (parts.pico !== 0 || meter.pico !== null) (meter.pico ??= rows.wholeNumbers())[row] = parts.pico;
  return null;
}

export const openaiCost: Importer<UsageTarget> = {
  format: 'openai-cost',

  detect({ table }: Head): Detection | null {
    if (table === null) return null;
    const columns = new ExportColumns(table.header);
    if (columns.isEmptyExport) {
      return {
        confidence: 0.9,
        why: 'An export of the OpenAI dashboard without usage: it has only the four time columns.',
      };
    }
    if (!columns.has('start_time', 'end_time', 'amount_value', 'amount_currency')) return null;
    const why = `The OpenAI dashboard's cost export, by its ${table.header.length} columns, amount_value among them.`;
    return { confidence: 0.95, why };
  },

  open: (target, context) => new TableReader(target, context, plan),
};
