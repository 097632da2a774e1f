/**
 * The totals of a Stripe invoice or receipt, proved by their own arithmetic: from the subtotal, over taxes, discounts and
 * the customer's balance, to what is due or paid. Signs are never read, since a font may lose them: the label tells them,
 * and where it does not, the sums must leave one reading only.
 */
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import type { PdfRow } from './pdfRows.ts';
import { totalsRole, type TotalsRole } from './stripePdfWords.ts';

/** A row with a label and an amount at its end. */
export interface AmountRow {
  readonly row: PdfRow;
  readonly label: string;
  readonly labelX: number;
  /** Without its sign. */
  readonly value: Atoms;
  readonly role: TotalsRole | null;
}

export interface Totals {
  /** Rows above the subtotal. */
  readonly items: readonly AmountRow[];
  readonly subtotal: Atoms;
  /** Added to the subtotal and contained in it. */
  readonly tax: Atoms;
  readonly total: Atoms;
  /** What the customer's balance paid; negative where it was charged. */
  readonly applied: Atoms;
  /** What is due or was paid. */
  readonly result: AmountRow;
  /** The rows that take part, from the subtotal to the result. */
  readonly rows: readonly AmountRow[];
  /** The sum in a sentence. */
  readonly sum: string;
}

export interface TotalsProblem {
  readonly line: number | null;
  readonly problem: string;
}

/** Rows whose meaning no word tells are tried both ways; more of them prove nothing. */
const MAX_STEPS = 20_000;

type Effect = 'adds' | 'takes' | 'within' | 'states';

/** `headline`: what the headline says is due or paid; null where there is none. */
export function totalsOf(
  rows: readonly AmountRow[],
  wanted: 'due' | 'paid',
  headline: Atoms | null,
): Totals | TotalsProblem {
  const start = startOf(rows);
  const end = start === null ? null : endOf(rows, start, wanted, headline);
  const first = rows[start ?? -1];
  const result = rows[end ?? -1];
  if (start === null || end === null || first === undefined || result === undefined) {
    const missing = `the totals do not show what is ${wanted === 'due' ? 'due' : 'paid'}`;
    return { line: rows.at(-1)?.row.line ?? null, problem: `${missing}; download the PDF again` };
  }
  const chain = rows.slice(start, end + 1).filter(({ role }) => role !== 'refund');
  if (chain.length < 2 && headline === null) {
    return {
      line: result.row.line,
      problem: 'only one amount is there, and nothing proves it; download the PDF again',
    };
  }
  const effects = solve(chain);
  if (typeof effects === 'string') return { line: result.row.line, problem: `${said(chain)}: ${effects}` };
  const { row, value } = result;
  if (headline !== null && headline !== value) {
    const message = `the headline says ${formatAtoms(headline)}, the totals say ${formatAtoms(value)}`;
    return { line: row.line, problem: `${message}; one of them was misread or changed` };
  }
  return { ...figuresOf(chain, effects), items: rows.slice(0, start), result, rows: chain };
}

function startOf(rows: readonly AmountRow[]): number | null {
  const named = rows.findIndex(({ role }) => role === 'subtotal');
  if (named >= 0) return named;
  let sum = 0n;
  for (const [index, { value }] of rows.entries()) {
    if (index > 0 && value === sum) return index;
    sum += value;
  }
  const total = rows.findIndex(({ role }) => role === 'total' || role === 'due' || role === 'paid');
  return total >= 0 ? total : null;
}

function endOf(
  rows: readonly AmountRow[],
  start: number,
  wanted: 'due' | 'paid',
  headline: Atoms | null,
): number | null {
  const last = (fits: (row: AmountRow) => boolean): number | null => {
    const index = rows.findLastIndex((row, at) => at >= start && fits(row));
    return index >= 0 ? index : null;
  };
  const first = rows[start];
  const aligned = ({ labelX }: AmountRow): boolean => Math.abs(labelX - (first?.labelX ?? 0)) <= 4;
  return (
    last(({ role }) => role === wanted) ??
    last((row) => row.role !== 'refund' && row.value === headline && aligned(row)) ??
    last(({ role }) => role === 'due' || role === 'paid') ??
    last(({ role }) => role === 'total')
  );
}

/** What each row does to the running sum; a sentence where the sums do not add up, or not in one way only. */
function solve(chain: readonly AmountRow[]): readonly Effect[] | string {
  const net = chain.find(({ role }) => role === 'net')?.value ?? null;
  const end = chain.at(-1)?.value ?? 0n;
  const found: (readonly Effect[])[] = [];
  let steps = 0;
  const go = (index: number, running: Atoms, effects: readonly Effect[]): void => {
    if (++steps > MAX_STEPS || found.length > 1) return;
    const row = chain[index];
    if (row === undefined) {
      found.push(effects);
      return;
    }
    for (const effect of effectsOf(row, running, net, index === chain.length - 1 ? null : end)) {
      const next = effect === 'adds' ? running + row.value : effect === 'takes' ? running - row.value : running;
      go(index + 1, next, [...effects, effect]);
    }
  };
  go(1, chain[0]?.value ?? 0n, ['states']);
  const [only, other] = found;
  if (only === undefined) return 'this does not add up; the PDF was changed, or a row of it was misread';
  return other !== undefined || steps > MAX_STEPS ? 'the labels are not known, and the sums fit in several ways' : only;
}

/** What a row may do where the sum so far is `running`. `end` is what the last row states; null for that row itself. */
function effectsOf(row: AmountRow, running: Atoms, net: Atoms | null, end: Atoms | null): readonly Effect[] {
  const { role, value } = row;
  const states: readonly Effect[] = value === running ? ['states'] : [];
  if (end === null || role === 'subtotal' || role === 'total' || role === 'due') return states;
  if (role === 'net' || role === 'includedTax') return ['within'];
  // a tax that the amounts contain already
  if (role === 'tax') return net !== null && net + value === running ? ['adds', 'within'] : ['adds'];
  if (role === 'discount') return ['takes'];
  // a balance is credit; what the customer owed is charged with the same words
  if (value === 0n) return ['within'];
  if (role === 'paid') return [...states, 'takes'];
  if (role === 'applied' || states.length === 0) return ['takes', 'adds'];
  // a repeated sum takes itself away only where nothing is left in the end
  return end === 0n ? ['states', 'takes'] : states;
}

function figuresOf(
  chain: readonly AmountRow[],
  effects: readonly Effect[],
): Pick<Totals, 'subtotal' | 'tax' | 'total' | 'applied' | 'sum'> {
  const subtotal = chain[0]?.value ?? 0n;
  const [tax, total, applied] = [{ sum: 0n }, { sum: subtotal }, { sum: 0n }];
  const words: string[] = [formatAtoms(subtotal)];
  const lastTotal = chain.findLastIndex(({ role }, at) => role === 'total' && effects[at] === 'states');
  for (const [index, { role, value }] of chain.entries()) {
    const effect = effects[index];
    if (effect === 'within' && (role === 'tax' || role === 'includedTax')) tax.sum += value;
    if (effect !== 'adds' && effect !== 'takes') continue;
    const change = effect === 'adds' ? value : -value;
    const balance = role === 'applied' || role === 'paid' || (role === null && lastTotal >= 0 && index > lastTotal);
    if (role === 'applied' || (balance && role === null)) applied.sum -= change;
    if (!balance) total.sum += change;
    if (!balance && effect === 'adds') tax.sum += value;
    words.push(`${effect === 'adds' ? '+' : '-'} ${formatAtoms(value)}`);
  }
  const end = formatAtoms(chain.at(-1)?.value ?? 0n);
  return { subtotal, tax: tax.sum, total: total.sum, applied: applied.sum, sum: `${words.join(' ')} = ${end}` };
}

/** The rows as a message names them. */
function said(chain: readonly AmountRow[]): string {
  const shown = chain.slice(0, 12).map(({ label, value }) => `${label} ${formatAtoms(value)}`);
  return [...shown, ...(chain.length > 12 ? ['…'] : [])].join(', ');
}

/** Rows with an amount at their end, and what their labels say. */
export function withRole(row: PdfRow, label: string, labelX: number, value: Atoms): AmountRow {
  return { row, label, labelX, value, role: totalsRole(label) };
}
