/** Single usage rows in a derivation: their cost by price or as stated, and who covered it. */
import type { RuleOrigin } from '../../contract/trace.ts';
import { ATOMS_PER_UNIT, divideRounded, formatAtoms, type Atoms } from '../../domain/money.ts';
import type { RateEntry } from '../../domain/scenario.ts';
import { formatInstant } from '../../domain/time.ts';
import { decimalAt, type UsageBatch } from '../../domain/usage.ts';
import { rateAt } from '../../engine/pricing.ts';
import { spanOfRow, usageRow, type UsageRowDetail } from '../../engine/usageRows.ts';
import { excessSet, drawSet, overrunSet } from './partSets.ts';
import { keyOf, listed, noFigure, type Made, type Maker, type Part, type Parts } from './nodes.ts';
import { modelPart } from './ruleNodes.ts';
import type { Tracing } from './tracing.ts';
import { acceptedSet, rejectedSet, setNode } from './usageSets.ts';

/** Reasons by the numbers that stand for them in keys. */
export const REASONS = ['no_plan', 'insufficient_quota', 'monthly_limit'] as const;

export const usageMakers: readonly (readonly [string, Maker])[] = [
  ['cost', (tracing, [row = -1]) => costNode(tracing, checkedRow(tracing, row))],
  ['one', (tracing, [row = -1]) => oneNode(tracing, checkedRow(tracing, row))],
  ['part', (tracing, [row = -1, lot = -1]) => coveredNode(tracing, checkedRow(tracing, row), lot)],
  ['uncovered', (tracing, [row = -1]) => uncoveredNode(tracing, checkedRow(tracing, row))],
  ['rowoverrun', (tracing, [row = -1]) => overrunNode(tracing, checkedRow(tracing, row))],
  [
    'used',
    (tracing, [from = -1, to = -1, sku = -2, ...window]) => {
      checkRange(tracing, from, to);
      if (sku < -1 || sku >= tracing.log.skus.length) throw noFigure();
      return setNode(
        tracing,
        keyOf('used', from, to, sku),
        acceptedSet(tracing, { from, to, sku, of: 'cost' }),
        window,
      );
    },
  ],
  [
    'counted',
    (tracing, [from = -1, to = -1, ...window]) => {
      checkRange(tracing, from, to);
      const set = acceptedSet(tracing, { from, to, sku: -1, of: 'count' });
      return setNode(tracing, keyOf('counted', from, to), set, window);
    },
  ],
  [
    'rejected',
    (tracing, [reason = -1, count = -1, ...window]) => {
      const name = REASONS[reason];
      if (name === undefined) throw noFigure();
      const set = rejectedSet(tracing, name, count === 1 ? 'count' : 'cost');
      return setNode(tracing, keyOf('rejected', reason, count), set, window);
    },
  ],
  [
    'drawn',
    (tracing, [lot = -1, steps, row, ...window]) => {
      const place = tracing.place(steps, row);
      if (place === null || tracing.history.lots.lots[lot] === undefined) throw noFigure();
      const key = keyOf('drawn', lot, place.steps, place.row);
      const set = tracing.remembered(key, () => drawSet(tracing, lot, place));
      return setNode(tracing, key, set, window);
    },
  ],
  [
    'overrun',
    (tracing, [first = -1, steps, row, ...window]) => {
      const place = tracing.place(steps, row);
      if (place === null || first < 0) throw noFigure();
      const key = keyOf('overrun', first, place.steps, place.row);
      const set = tracing.remembered(key, () => overrunSet(tracing, first, place));
      return setNode(tracing, key, set, window);
    },
  ],
  [
    'excess',
    (tracing, [from = -1, to = -1, ...window]) => {
      checkRange(tracing, from, to);
      const key = keyOf('excess', from, to);
      const set = tracing.remembered(key, () => excessSet(tracing, from, to));
      return setNode(tracing, key, set, window);
    },
  ],
];

function checkedRow({ state }: Tracing, row: number): number {
  if (row < 0 || row >= state.row) throw noFigure();
  return row;
}

function checkRange({ log }: Tracing, from: number, to: number): void {
  if (from < 0 || to < from || to > log.count) throw noFigure();
}

export function rowDetail({ log, state }: Tracing, row: number): UsageRowDetail {
  return usageRow(log, state.spans[spanOfRow(state.spans, row)]!, row);
}

/** What every node of a usage row says of it. */
function ofRow(tracing: Tracing, row: number): Pick<Made, 'label' | 'at' | 'source' | 'row'> {
  const { log } = tracing;
  return {
    label: `Usage ${log.skus[log.sku[row]!] ?? ''}`,
    at: log.at[row]!,
    source: tracing.sourceOfRow(row),
    row: { table: 'usage', index: row },
  };
}

/** A row's cost: as stated, or its meters by their prices; of a slice, its share. */
function costNode(tracing: Tracing, row: number): Made {
  const { log } = tracing;
  const amount = log.sums.cost(row);
  const { batch, index } = log.origin(row);
  const whole = wholeCost(tracing, batch, index);
  const node = { ...ofRow(tracing, row), amount };
  if (whole.cost !== amount) return { ...node, kind: 'sum', note: 'its share', parts: shareParts(tracing, row, whole) };
  if (whole.parts === null) return { ...node, kind: 'row', note: statedNote(tracing, batch) };
  return { ...node, kind: 'sum', note: 'by price', parts: listed(whole.parts) };
}

/** A row that is one of several that its usage was spread over. */
function shareParts(tracing: Tracing, row: number, whole: WholeCost): Parts {
  const { log, account } = tracing;
  const { batch } = log.origin(row);
  const source = account.sources.find((one) => one.report.file === batch.source);
  const own = { sign: '+' as const, label: 'Imported row', amount: whole.cost, source: tracing.sourceOfRow(row) };
  return listed([
    whole.parts === null ? { ...own, kind: 'row' } : { ...own, kind: 'sum', parts: listed(whole.parts) },
    {
      sign: '-',
      label: 'Placed in other parts of its bucket',
      amount: whole.cost - log.sums.cost(row),
      kind: 'rule',
      rule: { name: 'placement', value: source?.placement ?? 'spread', from: { kind: 'import' } },
    },
  ]);
}

/** Cost of an imported row before it was placed, with what it was priced from; null where it was stated. */
interface WholeCost {
  readonly cost: Atoms;
  readonly parts: readonly Part[] | null;
}

function wholeCost(tracing: Tracing, batch: UsageBatch, index: number): WholeCost {
  const stated = decimalAt(batch.cost, index);
  if (stated !== null) return { cost: stated, parts: null };
  const sku = batch.sku.names[batch.sku.codes[index] ?? 0] ?? '';
  const entry = rateAt(tracing.rates.get(sku) ?? [], batch.at[index]!);
  if (entry === null) return { cost: 0n, parts: null };
  const parts: Part[] = [];
  let exact = 0n;
  let sum = 0n;
  for (const [meter, column] of batch.meters) {
    const quantity = decimalAt(column, index);
    if (quantity === null) continue;
    const price = entry.prices[meter] ?? 0n;
    const amount = divideRounded(quantity * price, entry.per, 'half_even');
    exact += quantity * price;
    sum += amount;
    parts.push(meterPart(tracing, { sku, meter, entry }, { quantity, price, amount }));
  }
  const cost = divideRounded(exact, entry.per, 'half_even');
  if (cost !== sum) parts.push(modelPart('+', 'Rounding to 12 digits, once a row', 'row cost', cost - sum));
  return { cost, parts };
}

function meterPart(
  tracing: Tracing,
  { sku, meter, entry }: { readonly sku: string; readonly meter: string; readonly entry: RateEntry },
  { quantity, price, amount }: { readonly quantity: Atoms; readonly price: Atoms; readonly amount: Atoms },
): Part {
  const isOwn = tracing.account.parsed.rates.has(sku);
  const from: RuleOrigin = isOwn
    ? { kind: 'scenario', line: tracing.lines.lineOf(['rates', sku]) }
    : { kind: 'prices' };
  const name = `rates[${sku}].${meter}`;
  const per: Part = {
    sign: '/',
    label: 'Per',
    amount: entry.per,
    unit: meter,
    kind: 'rule',
    rule: { name: `rates[${sku}].per`, value: formatAtoms(entry.per), from },
  };
  return {
    sign: '+',
    label: meter,
    amount,
    kind: 'product',
    parts: listed([
      { sign: '*', label: 'Quantity', amount: quantity, unit: meter, kind: 'fact' },
      {
        sign: '*',
        label: 'Price',
        amount: price,
        kind: 'rule',
        rule: { name, value: formatAtoms(price), from },
        note: `in force from ${formatInstant(entry.from)}`,
      },
      entry.per === ATOMS_PER_UNIT ? null : per,
    ]),
  };
}

function statedNote(tracing: Tracing, batch: UsageBatch): string {
  const source = tracing.account.sources.find((one) => one.batch === batch);
  return source?.report.format === 'generated' ? source.report.why : 'cost as stated';
}

function oneNode(tracing: Tracing, row: number): Made {
  const count = BigInt(tracing.log.rowsBetween(row, row + 1)) * ATOMS_PER_UNIT;
  return { ...ofRow(tracing, row), amount: count, unit: 'rows', kind: 'row' };
}

/** What one lot covered of a row. */
function coveredNode(tracing: Tracing, row: number, lot: number): Made {
  const { draws, record } = rowDetail(tracing, row);
  if (tracing.state.book.all[lot] === undefined) throw noFigure();
  const amount = draws.reduce((sum, draw) => (draw.lot === lot ? sum + draw.amount : sum), 0n);
  if (amount === record.cost) return costNode(tracing, row);
  const others = draws.filter((draw) => draw.lot !== lot).map((draw) => coveredPart(tracing, draw));
  const uncovered = record.cost - draws.reduce((sum, draw) => sum + draw.amount, 0n);
  const rest: Part = { sign: '-', label: 'Not covered by any credit', amount: uncovered, kind: 'fact' };
  return {
    ...ofRow(tracing, row),
    amount,
    kind: 'sum',
    note: 'covered in part',
    parts: listed([{ sign: '+', key: keyOf('cost', row) }, ...others, uncovered === 0n ? null : rest]),
  };
}

/** What no credit covered of a row. */
function uncoveredNode(tracing: Tracing, row: number): Made {
  const { draws, record } = rowDetail(tracing, row);
  if (draws.length === 0) return costNode(tracing, row);
  return {
    ...ofRow(tracing, row),
    amount: record.cost - draws.reduce((sum, draw) => sum + draw.amount, 0n),
    kind: 'sum',
    note: 'not covered',
    parts: listed([{ sign: '+', key: keyOf('cost', row) }, ...draws.map((draw) => coveredPart(tracing, draw))]),
  };
}

/** What of a row became debt: nothing of one that was rejected, or of which the rest is billed. */
function overrunNode(tracing: Tracing, row: number): Made {
  const { record } = rowDetail(tracing, row);
  const span = tracing.state.spans[spanOfRow(tracing.state.spans, row)]!;
  if (record.type === 'usage' && span.uncovered === 'overrun') return uncoveredNode(tracing, row);
  const note = record.type === 'usage' ? 'what no credit covers is billed' : 'rejected, it cost nothing';
  return { ...ofRow(tracing, row), amount: 0n, kind: 'row', note };
}

function coveredPart(tracing: Tracing, draw: { readonly lot: number; readonly amount: Atoms }): Part {
  return {
    sign: '-',
    label: `Covered by lot ${tracing.state.book.all[draw.lot]!.id}`,
    amount: draw.amount,
    kind: 'fact',
    row: { table: 'lots', index: draw.lot },
    opens: { kind: 'lot', lot: draw.lot },
  };
}
