/**
 * What a chart of an answer is made of: the first column along, the columns of figures up. Where the first column repeats
 * and a column of words tells its rows apart (cost by day and model), each word has a series of its own.
 */
import type { SqlColumn, SqlRows } from '../../../shared/contract/journal.ts';
import { parseInstant } from '../../../shared/domain/time.ts';
import { fullAmountText } from '../../ui/amountText.ts';
import type { QueryChartData, QuerySeries } from '../../ui/charts/queryChartData.ts';

/** Columns of figures that can be chosen for the chart. */
const MOST_SERIES = 8;

export type ResultChart = { readonly chart: QueryChartData } | { readonly reason: string };

export function chartOf({ columns, rows }: Pick<SqlRows, 'columns' | 'rows'>): ResultChart {
  const [first] = columns;
  if (first === undefined || rows.length === 0) return { reason: 'There are no rows to draw.' };
  const figures = columns.flatMap((column, index) => (index > 0 && isFigure(column) ? [index] : []));
  if (figures.length === 0)
    return {
      reason:
        'A chart needs a column of figures behind the first column. SELECT what stands along first, then a figure.',
    };
  const [figure = 0] = figures;
  const apart = bySeries(columns, rows, figure);
  const { kept, series } = apart ?? {
    kept: rows,
    series: figures.slice(0, MOST_SERIES).map((index) => seriesOf(columns[index]?.name ?? '', rows, index)),
  };
  return {
    chart: {
      along: first.name,
      figure: apart === null ? null : (columns[figure]?.name ?? null),
      labels: kept.map(([label]) => (label === null || label === undefined ? 'NULL' : String(label))),
      places: timesOf(first, kept),
      series,
    },
  };
}

type Rows = SqlRows['rows'];

function seriesOf(name: string, rows: readonly (Rows[number] | undefined)[], index: number): QuerySeries {
  return {
    name,
    values: rows.map((row) => numberOf(row?.[index] ?? null)),
    texts: rows.map((row) => (row === undefined ? '' : shownText(row[index] ?? null))),
  };
}

/** One figure, a series for each word of the first column of words; null where that does not tell the rows apart. */
function bySeries(
  columns: readonly SqlColumn[],
  rows: Rows,
  figure: number,
): { readonly kept: Rows; readonly series: readonly QuerySeries[] } | null {
  const word = columns.findIndex(({ kind }, index) => index > 0 && kind === 'text');
  if (word < 0) return null;
  const kept = new Map<unknown, Rows[number]>();
  const byWord = new Map<string, Map<unknown, Rows[number]>>();
  for (const row of rows) {
    const [along] = row;
    if (!kept.has(along)) kept.set(along, row);
    const name = String(row[word] ?? 'NULL');
    const of = byWord.get(name) ?? new Map<unknown, Rows[number]>();
    if (of.has(along)) return null;
    byWord.set(name, of.set(along, row));
  }
  if (kept.size === rows.length) return null;
  const places = [...kept.keys()];
  const largest = [...byWord].sort(([, a], [, b]) => b.size - a.size).slice(0, MOST_SERIES);
  return {
    kept: [...kept.values()],
    series: largest.map(([name, of]) =>
      seriesOf(
        name,
        places.map((place) => of.get(place)),
        figure,
      ),
    ),
  };
}

function shownText(value: string | number | null): string {
  return value === null ? 'NULL' : fullAmountText(String(value), 0);
}

function isFigure({ kind }: SqlColumn): boolean {
  return kind === 'integer' || kind === 'amount' || kind === 'real';
}

/** For pixels only; what is read stays exact text. */
function numberOf(value: string | number | null): number | null {
  if (value === null) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Places in time or number along the axis, where the first column has them in order; null: one beside the other. */
function timesOf(first: SqlColumn, rows: Rows): readonly number[] | null {
  const places: number[] = [];
  for (const [value] of rows) {
    const place = placeOf(first, value ?? null);
    if (place === null || place < (places.at(-1) ?? -Infinity)) return null;
    places.push(place);
  }
  return places.length > 1 ? places : null;
}

function placeOf({ kind }: SqlColumn, value: string | number | null): number | null {
  if (kind === 'instant' || (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value))) {
    const text = String(value);
    const instant = parseInstant(text.length === 10 ? `${text}T00:00:00Z` : text);
    return typeof instant === 'number' ? instant : null;
  }
  return null;
}
