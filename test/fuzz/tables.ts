/** The seeds that are tables, as a plain reader for tests sees them: which cells say what, and where they stand. */
import type { Random } from '../../shared/scenario/random.ts';
import { seed, type Seed } from './seeds.ts';

export interface Table {
  readonly name: string;
  readonly delimiter: string;
  /** Line of the header, from 1. */
  readonly headerLine: number;
  /** Columns of money, by their headers; each is read. */
  readonly money: readonly string[];
  /** Columns of quantities. */
  readonly counts: readonly string[];
  /** `1.234,56`. */
  readonly isLocal?: boolean;
  /** A row costs the one number times the other. */
  readonly isProduct?: boolean;
}

const comma = { delimiter: ',', headerLine: 1, counts: [] } as const;

export const TABLES: readonly Table[] = [
  { ...comma, name: 'usage_plain.csv', money: ['cost'], counts: ['input_tokens', 'cached_tokens', 'output_tokens'] },
  { ...comma, name: 'usage_last_cost.csv', delimiter: '\t', money: ['cost'] },
  {
    ...{ name: 'usage_local.csv', delimiter: ';', headerLine: 1, isLocal: true },
    ...{ money: ['cost'], counts: ['input_tokens', 'output_tokens'] },
  },
  { ...comma, name: 'usage_events.csv', money: [], counts: ['input_tokens', 'cached_tokens', 'output_tokens'] },
  { ...comma, name: 'openai_cost_export.csv', money: ['amount_value'], counts: ['quantity'] },
  { ...comma, name: 'openai_cost_export_2025.csv', money: ['amount_value'], counts: [] },
  {
    ...{ ...comma, name: 'completions_usage_2026-10-02_2026-10-03.csv', money: [] },
    counts: ['input_tokens', 'output_tokens', 'input_cached_tokens'],
  },
  { ...comma, name: 'anthropic_console_cost.csv', money: ['cost_usd'], counts: [] },
  {
    ...{ ...comma, name: 'anthropic_console_usage.csv', money: [] },
    counts: ['usage_input_tokens_no_cache', 'usage_output_tokens', 'usage_input_tokens_cache_read'],
  },
  { ...comma, name: 'openrouter_activity.csv', money: ['cost_total'], counts: ['tokens_prompt', 'tokens_completion'] },
  { ...comma, name: 'deepseek_cost.csv', money: ['cost'], counts: [] },
  { ...comma, name: 'deepseek_amount.csv', money: ['price'], counts: ['amount'], isProduct: true },
  { ...comma, name: 'stripe_invoices.csv', money: ['Amount Due', 'Subtotal', 'Total', 'Amount Paid'], counts: [] },
  { ...comma, name: 'stripe_balance_change_itemized.csv', money: ['gross', 'fee', 'net'], counts: [] },
  { ...comma, name: 'stripe_payouts.csv', money: ['Amount'], counts: [] },
  { ...comma, name: 'stripe_payments.csv', money: ['Amount', 'Amount Refunded', 'Fee'], counts: [] },
  { ...comma, name: 'focus_1_2.csv', money: ['BilledCost', 'EffectiveCost'], counts: ['ConsumedQuantity'] },
  { ...comma, name: 'bank_balance.csv', money: ['Amount', 'Balance'], counts: [] },
  { ...comma, name: 'quickbooks_3.csv', money: ['Amount'], counts: [] },
  { ...comma, name: 'quickbooks_4.csv', money: ['Credit', 'Debit'], counts: [] },
  { ...comma, name: 'xero.csv', money: ['Amount'], counts: [] },
  {
    ...{ name: 'bank_generic_eu.csv', delimiter: ';', headerLine: 6, isLocal: true },
    ...{ money: ['Soll', 'Haben', 'Saldo'], counts: [] },
  },
];

/** A cell with a number in it. */
export interface NumberCell {
  readonly line: number;
  readonly header: string;
  readonly isMoney: boolean;
  readonly text: string;
  /** The file with another text in the cell. */
  with(text: string): Uint8Array;
}

const latin = new TextDecoder('latin1');
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0) & 255);

/** All cells of a table that hold a number which is read. Bytes stand for themselves, whatever the encoding. */
export function numberCells(table: Table): readonly NumberCell[] {
  const { bytes } = seed(table.name);
  const text = latin.decode(bytes);
  const lines = [...text.matchAll(/([^\r\n]*)(?:\r\n|\n|$)/g)].map(({ 1: line = '', index }) => ({ line, index }));
  const header = cellsOf(lines[table.headerLine - 1]?.line ?? '', table.delimiter).map((cell) =>
    cell.text.replace('\u00ef\u00bb\u00bf', ''),
  );
  const lacks = [...table.money, ...table.counts].filter((name) => !header.includes(name));
  if (lacks.length > 0) throw new Error(`${table.name} lacks ${lacks.join(', ')}`);
  const cells: NumberCell[] = [];
  for (const [row, { line, index }] of lines.entries()) {
    if (row < table.headerLine) continue;
    for (const [column, cell] of cellsOf(line, table.delimiter).entries()) {
      const name = header[column] ?? '';
      const isMoney = table.money.includes(name);
      if ((!isMoney && !table.counts.includes(name)) || !/\d/.test(cell.text)) continue;
      const [from, to] = [index + cell.from, index + cell.from + cell.text.length];
      cells.push({
        ...{ line: row + 1, header: name, isMoney, text: cell.text },
        with: (other) => bytesOf(text.slice(0, from) + other + text.slice(to)),
      });
    }
  }
  return cells;
}

function cellsOf(line: string, delimiter: string): { readonly text: string; readonly from: number }[] {
  const cells: { readonly text: string; readonly from: number }[] = [];
  for (let at = 0; at <= line.length;) {
    const quoted = line[at] === '"' ? /^"(?:[^"]|"")*"/.exec(line.slice(at))?.[0] : undefined;
    const end = quoted === undefined ? line.indexOf(delimiter, at) : at + quoted.length;
    const stop = end < 0 ? line.length : end;
    cells.push({ text: line.slice(at, stop), from: at });
    at = stop + 1;
  }
  return cells;
}

export function drawn<T>(random: Random, list: readonly T[]): T {
  const one = list[random.uint32() % list.length];
  if (one === undefined) throw new Error('there is nothing to draw from');
  return one;
}

/** The table's file. */
export function fileOf({ name }: Table): Seed {
  return seed(name);
}
