/** What a chart of an answer is made of: the first column along, the columns of figures up. */
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
  const times = timesOf(first, rows);
  const series = figures.slice(0, MOST_SERIES).map((index): QuerySeries => ({
    name: columns[index]?.name ?? '',
    values: rows.map((row) => numberOf(row[index] ?? null)),
    texts: rows.map((row) => shownText(row[index] ?? null)),
  }));
  return {
    chart: {
      along: first.name,
      labels: rows.map((row) => (row[0] === null || row[0] === undefined ? 'NULL' : String(row[0]))),
      places: times,
      series,
    },
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
function timesOf(first: SqlColumn, rows: SqlRows['rows']): readonly number[] | null {
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
