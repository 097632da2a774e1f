/** Stepped sums: a column of amounts for each depth, as wide as its widest figure, the root's at the right. Pure. */
import type { TraceNode } from '../../../shared/contract/trace.ts';
import { amountParts, amountText, widestFraction, type AmountParts } from '../../ui/amountText.ts';
import type { TreeRow } from './tree.ts';

export interface Money {
  readonly currency: string;
  /** Digits of the minor unit. */
  readonly digits: number;
}

export interface AmountColumn {
  /** Digits after the point that all money of the column has. */
  readonly digits: number;
  /** In characters of the figures' type. */
  readonly width: number;
  /** From the right edge of the table to the column's, in characters. */
  readonly offset: number;
}

/** Width of a figure's digit. */
export const CHARACTER_REM = 0.45;
/** Between two columns, in characters. */
const GAP = 2;
const LEAST_WIDTH = 6;
/** Closer than this, steps are no longer seen as columns. */
const CLOSEST = 0.4;

/** A rule of its own shows its value where it is cited; in a sum its amount counts and stands in the column. */
export function inColumn({ amount, kind, sign }: TraceNode): boolean {
  return amount !== null && !(kind === 'rule' && sign === '=');
}

/**
 * Columns for rows of a tree, in as many characters of `room` as there are: a deep tree moves its columns closer, which
 * may overlap, because no row has an amount in two of them.
 */
export function amountColumns(rows: readonly TreeRow[], money: Money, room = Infinity): readonly AmountColumn[] {
  const byDepth: TraceNode[][] = [];
  for (const row of rows) {
    const nodes = (byDepth[row.depth] ??= []);
    if (row.kind === 'node' && inColumn(row.node)) nodes.push(row.node);
  }
  const columns: AmountColumn[] = [];
  let offset = 0;
  for (const nodes of byDepth) {
    const amounts = nodes.flatMap(({ amount, unit }) => (unit === money.currency && amount !== null ? [amount] : []));
    const digits = widestFraction(amounts, money.digits);
    const widths = nodes.map((node) => figureText(node, money, digits).length + (node.sign === '=' ? 1 : 0));
    const width = widths.reduce((widest, each) => Math.max(widest, each), LEAST_WIDTH);
    columns.push({ digits, width, offset });
    offset += width + GAP;
  }
  const last = columns.at(-1);
  if (last === undefined || last.offset + last.width <= room) return columns;
  const closer = Math.max(CLOSEST, (room - last.width) / last.offset);
  return columns.map((column) => ({ ...column, offset: column.offset * closer }));
}

export function columnsWidth(columns: readonly AmountColumn[]): number {
  const last = columns.at(-1);
  return last === undefined ? 0 : last.offset + last.width;
}

/** Counts and rates keep their own digits; money has the column's. */
export function figureParts({ amount, unit }: TraceNode, money: Money, digits: number): AmountParts {
  return amountParts(amount ?? '', { digits: unit === money.currency ? digits : 0, exact: true });
}

function figureText(node: TraceNode, money: Money, digits: number): string {
  const { sign, figure, faint } = figureParts(node, money, digits);
  return sign + figure + faint;
}

/** `−86.71` or `298 rows`, as a heading says it. */
export function shortFigure({ amount, unit }: TraceNode, money: Money): string {
  if (amount === null) return '';
  if (unit === money.currency) return amountText(amount, { digits: money.digits });
  const figure = amountText(amount, { digits: 0, exact: true });
  return unit === null ? figure : `${figure} ${unit}`;
}
