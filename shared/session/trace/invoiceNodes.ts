/** An invoice and each of its figures and lines, down to usage rows and records (billing model, section 10). */
import type { InvoiceFigure } from '../../contract/trace.ts';
import { ATOMS_PER_UNIT, divideRounded, type Atoms } from '../../domain/money.ts';
import type { Invoice, TimelineRecord } from '../../domain/result.ts';
import { balanceParts, recordPart } from './balanceNodes.ts';
import { movementsBy } from './lotHistory.ts';
import { keyOf, listed, noFigure, type Made, type Maker, type Part } from './nodes.ts';
import { excessSet, overrunSet } from './partSets.ts';
import { rulePart } from './ruleNodes.ts';
import type { Tracing } from './tracing.ts';
import { sumOf } from './usageSets.ts';

/** Figures by the numbers that stand for them in keys, in the order of the result format. */
export const INVOICE_FIGURES: readonly InvoiceFigure[] = [
  'usage',
  'excess_billed',
  'carried',
  'credits_applied',
  'debt_brought_forward',
  'tax',
  'amount_due',
  'opening_balance',
  'purchased',
  'granted',
  'adjusted',
  'drawn',
  'expired',
  'refunded',
  'debt_invoiced',
  'closing_balance',
  'debt_settled',
  'purchase_tax',
];

const LABELS: Readonly<Record<InvoiceFigure, string>> = {
  usage: 'Usage',
  excess_billed: 'Usage billed',
  carried: 'Carried as debt',
  credits_applied: 'Covered by credits',
  debt_brought_forward: 'Debt brought forward',
  tax: 'Tax',
  amount_due: 'Amount due',
  opening_balance: 'Opening balance',
  purchased: 'Purchased credits posted',
  granted: 'Granted',
  adjusted: 'Adjusted',
  drawn: 'Drawn by usage',
  expired: 'Expired',
  refunded: 'Refunded',
  debt_invoiced: 'Debt moved to an invoice',
  closing_balance: 'Closing balance',
  debt_settled: 'Debt settled by credits',
  purchase_tax: 'Tax charged with purchases',
};

/** A billing period of the run. */
interface Period {
  readonly index: number;
  /** Steps after which its period began and ended. */
  readonly began: number;
  readonly ended: number;
  /** Its rows. */
  readonly from: number;
  readonly to: number;
}

/** A billing period that has ended. */
interface Bill extends Period {
  readonly invoice: Invoice;
}

export const invoiceMakers: readonly (readonly [string, Maker])[] = [
  [
    'invoice',
    (tracing, [index = -1, figure = -1]) => {
      const name = INVOICE_FIGURES[figure];
      if (name === undefined) throw noFigure();
      return figureNode(tracing, billOf(tracing, index), name);
    },
  ],
  ['line', (tracing, [index = -1, line = -1]) => lineNode(tracing, billOf(tracing, index), line)],
  ['due', (tracing) => dueNode(tracing, openPeriod(tracing))],
  [
    'moved',
    (tracing, [index = -1, figure = -1]) => {
      const name = INVOICE_FIGURES[figure];
      const bill = index === tracing.state.invoices.length ? openPeriod(tracing) : billOf(tracing, index);
      if (name === undefined || !(name in MOVED)) throw noFigure();
      return movedNode(tracing, bill, name);
    },
  ],
];

export function invoiceKey(index: number, figure: InvoiceFigure): string {
  return keyOf('invoice', index, INVOICE_FIGURES.indexOf(figure));
}

function billOf({ history, state }: Tracing, index: number): Bill {
  const invoice = state.invoices[index];
  if (invoice === undefined) throw noFigure();
  const began = index === 0 ? 0 : history.stepOfInvoice(index - 1);
  const ended = history.stepOfInvoice(index);
  return { index, invoice, began, ended, from: history.states[began]!.row, to: history.states[ended]!.row };
}

/** The period since the last invoice. */
function openPeriod({ history, state }: Tracing): Period {
  const index = state.invoices.length;
  const began = index === 0 ? 0 : history.stepOfInvoice(index - 1);
  const { steps, row } = history.end;
  return { index, began, ended: steps, from: history.states[began]!.row, to: row };
}

export function openPeriodKey(tracing: Tracing, figure: 'used' | 'carried' | 'due'): string {
  const period = openPeriod(tracing);
  if (figure === 'due') return 'due';
  if (figure === 'used') return keyOf('used', period.from, period.to, -1);
  return keyOf('overrun', firstOwed(tracing, period), period.ended, period.to);
}

/** What an invoice would bill now, before rounding and tax. */
function dueNode(tracing: Tracing, period: Period): Made {
  const excess = excessOf(tracing, period);
  const moved = movedSum(tracing, period, 'debt_invoiced');
  const movedKey = keyOf('moved', period.index, INVOICE_FIGURES.indexOf('debt_invoiced'));
  return {
    label: 'Due so far',
    amount: excess + moved,
    kind: 'sum',
    note: 'before rounding and tax',
    parts: listed([
      excess === 0n ? null : { sign: '+', key: keyOf('excess', period.from, period.to) },
      moved === 0n ? null : { sign: '+', key: movedKey },
    ]),
  };
}

function figureNode(tracing: Tracing, bill: Bill, name: InvoiceFigure): Made {
  const head = {
    label: LABELS[name],
    amount: bill.invoice[name],
    at: name === 'opening_balance' ? bill.invoice.from : bill.invoice.to,
    row: { table: 'invoices' as const, index: bill.index },
    note: `invoice ${bill.invoice.period}`,
  };
  const sum = (parts: readonly (Part | null)[]): Made => ({ ...head, kind: 'sum', parts: listed(parts) });
  const figure = (sign: '+' | '-', of: InvoiceFigure): Part => ({ sign, key: invoiceKey(bill.index, of) });
  const { lines } = bill.invoice;
  switch (name) {
    case 'usage':
      return {
        ...head,
        kind: 'sum',
        parts: { total: lines.length, part: (line) => ({ sign: '+', key: keyOf('line', bill.index, line) }) },
      };
    case 'excess_billed':
    case 'carried':
      return sum(cappedParts(tracing, bill, name));
    case 'credits_applied':
      return sum([figure('+', 'usage'), figure('-', 'excess_billed'), figure('-', 'carried')]);
    case 'debt_brought_forward':
      return sum(
        rounded(tracing, bill, head.amount, {
          exact: movedSum(tracing, bill, 'debt_invoiced'),
          part: { sign: '+', key: keyOf('moved', bill.index, INVOICE_FIGURES.indexOf('debt_invoiced')) },
        }),
      );
    case 'tax':
      return sum(taxParts(tracing, bill));
    case 'amount_due':
      return sum([figure('+', 'excess_billed'), figure('+', 'debt_brought_forward'), figure('+', 'tax')]);
    case 'opening_balance':
      return sum(balanceParts(tracing.history.after(bill.began)));
    case 'closing_balance':
      return sum([
        figure('+', 'opening_balance'),
        figure('+', 'purchased'),
        figure('+', 'granted'),
        figure('+', 'adjusted'),
        figure('-', 'drawn'),
        figure('-', 'expired'),
        figure('-', 'refunded'),
        figure('+', 'debt_invoiced'),
      ]);
    case 'drawn':
      return sum([
        { sign: '+', key: keyOf('used', bill.from, bill.to, -1) },
        excessOf(tracing, bill) === 0n ? null : { sign: '-', key: keyOf('excess', bill.from, bill.to) },
      ]);
    case 'purchased':
    case 'granted':
    case 'adjusted':
    case 'expired':
    case 'refunded':
    case 'debt_invoiced':
    case 'debt_settled':
    case 'purchase_tax': {
      const { parts } = movedNode(tracing, bill, name);
      return parts === undefined ? sum([]) : { ...head, kind: 'sum', parts };
    }
  }
}

/** A rounded figure: what it was exactly, and what rounding added. */
function rounded(
  tracing: Tracing,
  { ended }: Bill,
  figure: Atoms,
  { exact, part }: { readonly exact: Atoms; readonly part: Part },
): (Part | null)[] {
  const rule = rulePart(tracing, 'invoice.rounding', ended, { sign: '+', note: 'to the minor unit' });
  return [exact === 0n ? null : part, figure === exact ? null : { ...rule, amount: figure - exact }];
}

function lineNode(tracing: Tracing, bill: Bill, line: number): Made {
  const [sku, amount] = bill.invoice.lines[line] ?? ['', null];
  if (amount === null) throw noFigure();
  const index = tracing.log.skus.indexOf(sku);
  const totals = tracing.log.noTotals();
  for (const { from, to } of tracing.accepted) {
    const [first, last] = [Math.max(from, bill.from), Math.min(to, bill.to)];
    if (first < last) tracing.log.addBySku(first, last, totals);
  }
  const part: Part = { sign: '+', key: keyOf('used', bill.from, bill.to, index) };
  return {
    label: sku,
    amount,
    kind: 'sum',
    at: bill.invoice.to,
    row: { table: 'invoices', index: bill.index },
    note: `line of invoice ${bill.invoice.period}`,
    parts: listed(rounded(tracing, bill, amount, { exact: totals.cost[index] ?? 0n, part })),
  };
}

/** The first movement of the debt in a period. */
function firstOwed({ history }: Tracing, { began }: Period): number {
  return movementsBy(history.lots.debt, began);
}

function excessOf(tracing: Tracing, { from, to }: Period): Atoms {
  return sumOf(excessSet(tracing, from, to), from, to);
}

/** Overrun and excess, rounded, are at most what usage is left for them. */
function cappedParts(tracing: Tracing, bill: Bill, name: 'excess_billed' | 'carried'): (Part | null)[] {
  const { usage, excess_billed } = bill.invoice;
  const end = tracing.history.after(bill.ended);
  const first = firstOwed(tracing, bill);
  const exact =
    name === 'carried' ? sumOf(overrunSet(tracing, first, end), bill.from, bill.to) : excessOf(tracing, bill);
  const part: Part =
    name === 'carried'
      ? { sign: '+', key: keyOf('overrun', first, end.steps, end.row) }
      : { sign: '+', key: keyOf('excess', bill.from, bill.to) };
  const figure = bill.invoice[name];
  const room = name === 'carried' ? usage - excess_billed : usage;
  const note = figure === room ? 'at most what is left of usage' : undefined;
  const parts = rounded(tracing, bill, figure, { exact, part });
  return note === undefined
    ? parts
    : [...parts, { sign: '=', label: 'Left of usage', amount: room, kind: 'fact', note }];
}

function taxParts(tracing: Tracing, bill: Bill): Part[] {
  const { excess_billed, debt_brought_forward, tax } = bill.invoice;
  const rate = tracing.history.states[bill.ended]!.policy.invoice.tax_rate;
  const exact = divideRounded((excess_billed + debt_brought_forward) * rate, ATOMS_PER_UNIT, 'half_even');
  const base: Part = {
    sign: '*',
    label: 'Billed and brought forward',
    amount: excess_billed + debt_brought_forward,
    kind: 'sum',
    parts: listed([
      { sign: '+', key: invoiceKey(bill.index, 'excess_billed') },
      { sign: '+', key: invoiceKey(bill.index, 'debt_brought_forward') },
    ]),
  };
  const product: Part = {
    sign: '+',
    label: 'Taxed amount × tax rate',
    amount: exact,
    kind: 'product',
    parts: listed([base, rulePart(tracing, 'invoice.tax_rate', bill.ended, { sign: '*' })]),
  };
  const rounding = rulePart(tracing, 'invoice.rounding', bill.ended, { sign: '+', note: 'to the minor unit' });
  return tax === exact ? [product] : [product, { ...rounding, amount: tax - exact }];
}

/** What of a record counts in a figure of movements; null where nothing does. */
const MOVED: Partial<Record<InvoiceFigure, (entry: TimelineRecord) => Atoms | null>> = {
  purchased: (entry) => (entry.type === 'posting' ? entry.amount : null),
  granted: (entry) => (entry.type === 'grant' ? entry.amount : null),
  adjusted: (entry) => (entry.type === 'adjustment' ? entry.amount : null),
  expired: (entry) => (entry.type === 'expiry' ? entry.amount : null),
  refunded: (entry) => (entry.type === 'refund' ? entry.amount : null),
  debt_invoiced: (entry) => (entry.type === 'plan_started' && entry.debt_invoiced > 0n ? entry.debt_invoiced : null),
  purchase_tax: (entry) => (entry.type === 'purchase' && entry.tax > 0n ? entry.tax : null),
};

/** Movements of the period, by the records that made them. */
function movementsOf(tracing: Tracing, bill: Period, name: InvoiceFigure): readonly (readonly [number, Atoms])[] {
  return tracing.remembered(`movements ${bill.index} ${name}`, () => {
    const { states } = tracing.history;
    const moved: [number, Atoms][] = [];
    for (let record = states[bill.began]!.records; record < states[bill.ended]!.records; record++) {
      const amount = name === 'debt_settled' ? settledBy(tracing, record) : MOVED[name]?.(tracing.timeline[record]!);
      if (amount != null) moved.push([record, amount]);
    }
    return moved;
  });
}

/** Debt that the credit of a record settled. */
function settledBy(tracing: Tracing, record: number): Atoms | null {
  const settlements = tracing.remembered('settlements', () => {
    const { lots, debt } = tracing.history.lots;
    return lots.length === 0
      ? new Map<number, Atoms>()
      : new Map(debt.flatMap((one) => (one.kind === 'settled' ? [[one.record, -one.amount] as const] : [])));
  });
  return settlements.get(record) ?? null;
}

function movedSum(tracing: Tracing, bill: Period, name: InvoiceFigure): Atoms {
  return movementsOf(tracing, bill, name).reduce((sum, [, amount]) => sum + amount, 0n);
}

function movedNode(tracing: Tracing, bill: Period, name: InvoiceFigure): Made {
  const moved = movementsOf(tracing, bill, name);
  return {
    label: LABELS[name],
    amount: movedSum(tracing, bill, name),
    kind: 'sum',
    parts: {
      total: moved.length,
      part: (index) => {
        const [record, amount] = moved[index]!;
        return recordPart(tracing, '+', record, amount);
      },
    },
  };
}
