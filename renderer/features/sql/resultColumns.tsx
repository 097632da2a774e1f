/** An answer's columns: figures at the right, NULL as no value has it, widths by what is in them. */
import type { ReactNode } from 'react';
import type { SqlCell, SqlColumn, SqlRows } from '../../../shared/contract/journal.ts';
import { Amount } from '../../ui/Amount.tsx';
import { countText, widestFraction } from '../../ui/amountText.ts';
import type { Column } from '../../ui/tableText.ts';
import './sql.css';

export type ResultRow = readonly SqlCell[];

/** Rows that a column's width is measured by. */
const MEASURED = 200;
const WIDEST = 36;

export function resultColumns({ columns, rows }: Pick<SqlRows, 'columns' | 'rows'>): readonly Column<ResultRow>[] {
  const flexible = columns.some(({ kind }) => kind === 'text');
  return columns.map((column, index) => {
    const digits = column.kind === 'amount' ? widestFraction(texts(rows, index), 2) : 0;
    const right = isFigure(column);
    const rem = widthOf(column, rows, index, digits);
    return {
      key: String(index),
      header: column.name,
      width: flexible && column.kind === 'text' ? `minmax(${rem}rem, ${rem}fr)` : `${rem}rem`,
      ...(right ? { align: 'right' as const } : {}),
      cell: (row) => <Cell value={row[index] ?? null} column={column} digits={digits} />,
      text: (row) => textOf(row[index] ?? null),
    };
  });
}

/** The least width at which the columns stand beside each other. */
export function resultWidth(columns: readonly Column<ResultRow>[]): string {
  const rem = columns.reduce((sum, { width }) => sum + Number(/[\d.]+/.exec(width)?.[0] ?? 0) + 1, 2);
  return `${rem}rem`;
}

export function isFigure({ kind }: SqlColumn): boolean {
  return kind === 'integer' || kind === 'amount' || kind === 'real';
}

function* texts(rows: readonly ResultRow[], index: number): Generator<string> {
  for (const row of rows) {
    const value = row[index];
    if (typeof value === 'string') yield value;
  }
}

function widthOf(column: SqlColumn, rows: readonly ResultRow[], index: number, digits: number): number {
  let longest = column.name.length;
  for (const row of rows.slice(0, MEASURED)) {
    const value = row[index] ?? null;
    const text = textOf(value);
    const whole = column.kind === 'amount' ? (text.split('.')[0] ?? '').length * 1.33 + 1 + digits : text.length;
    longest = Math.max(longest, value === null ? 4 : whole);
  }
  return Math.max(3.5, Math.min(WIDEST, Math.ceil(longest * 0.48 * 4) / 4 + 0.5));
}

/** As it is copied: an empty cell where there is no value, as spreadsheets have it. */
export function textOf(value: SqlCell): string {
  return value === null ? '' : String(value);
}

/** Whole numbers that name a thing are not grouped. */
function isName(name: string): boolean {
  return /(?:^|_)(?:id|ms|line|record|entry|year|pico|whole)$/.test(name);
}

function Cell(props: { readonly value: SqlCell; readonly column: SqlColumn; readonly digits: number }): ReactNode {
  const { value, column, digits } = props;
  if (value === null) return <span className="sql-null">NULL</span>;
  if (column.kind === 'amount') return <Amount value={String(value)} digits={digits} exact />;
  const text = String(value);
  if (column.kind === 'integer') return isName(column.name) ? text : wholeText(text);
  if (column.kind === 'text' || column.kind === 'instant') {
    const shown = text.replace(/\s+/g, ' ');
    return <span title={text}>{shown}</span>;
  }
  return text.replace(/^-/, '−');
}

function wholeText(text: string): string {
  const [, minus = '', digits = text] = /^(-?)(\d+)$/.exec(text) ?? [];
  const grouped = digits.length > 15 ? digits : countText(Number(digits));
  return minus === '' ? grouped : `−${grouped}`;
}
