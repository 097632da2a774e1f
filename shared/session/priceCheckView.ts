/** Comparisons of stated costs with prices, as the page and the command line show them. */
import type { PriceCheckView, PriceDifferenceRow } from '../contract/prices.ts';
import { formatAtoms, type Atoms } from '../domain/money.ts';
import { csvTable } from './csv.ts';
import type { LineDifference, PricedAgainst } from './priceAgainst.ts';
import type { PriceCheck, PriceDifference } from './priceCheck.ts';

export interface Compared {
  readonly currency: string;
  readonly listName: string;
  readonly files: readonly string[];
}

/** Of files whose rows state both cost and quantities. */
export function checkView(check: PriceCheck, compared: Compared): PriceCheckView {
  const lines = check.byModelDay.map(differenceRow);
  return {
    ...compared,
    days: null,
    rows: check.rows,
    ...amountsOf(check),
    verdicts: { ...check.verdicts, complimentary: 0, unpriced: 0, cost_only: 0, usage_only: 0 },
    ...classesOf(check),
    withoutCost: check.withoutCost,
    withoutQuantity: check.withoutQuantity,
    outside: { usageRows: 0, costRows: 0 },
    lines,
    csv: csvOf(lines),
  };
}

/** Of a file of usage and a file of costs. */
export function againstView(against: PricedAgainst, compared: Compared): PriceCheckView {
  const lines = against.byModelDay.map(lineRow);
  return {
    ...compared,
    days: against.days,
    rows: against.inside.usageRows,
    ...amountsOf(against),
    verdicts: against.verdicts,
    ...classesOf(against),
    withoutCost: 0,
    withoutQuantity: 0,
    outside: against.outside,
    lines,
    csv: csvOf(lines),
  };
}

function classesOf(
  found: Pick<PriceCheck, 'disagreements' | 'complimentary' | 'rounding' | 'unpriced' | 'notes'>,
): Pick<PriceCheckView, 'disagreements' | 'complimentary' | 'rounding' | 'unpriced' | 'notes'> {
  const { disagreements, complimentary, rounding, unpriced, notes } = found;
  return {
    disagreements: { rows: disagreements.rows, ...amountsOf(disagreements) },
    complimentary: { rows: complimentary.rows, priced: formatAtoms(complimentary.priced) },
    rounding: formatAtoms(rounding),
    unpriced,
    notes,
  };
}

function amountsOf({ stated, priced }: { readonly stated: Atoms; readonly priced: Atoms }): {
  stated: string;
  priced: string;
  difference: string;
} {
  return { stated: formatAtoms(stated), priced: formatAtoms(priced), difference: formatAtoms(stated - priced) };
}

function differenceRow({
  sku,
  day,
  rows,
  ratio,
  tolerance,
  verdict,
  hint,
  ...of
}: PriceDifference): PriceDifferenceRow {
  return {
    ...{ sku, day, ...amountsOf(of), ratio, tolerance: formatAtoms(tolerance) },
    ...{ usageRows: rows, costRows: rows, verdict, hint: hint?.says ?? null },
  };
}

function lineRow({ line, day, ratio, tolerance, verdict, hint, ...of }: LineDifference): PriceDifferenceRow {
  return {
    ...{ sku: line, day, ...amountsOf(of), ratio, tolerance: formatAtoms(tolerance) },
    ...{ usageRows: of.usageRows, costRows: of.costRows, verdict, hint: hint?.says ?? null },
  };
}

function csvOf(lines: readonly PriceDifferenceRow[]): string {
  const header = [
    'sku',
    'day',
    'stated',
    'priced',
    'difference',
    'ratio',
    'usage_rows',
    'cost_rows',
    'verdict',
    'hint',
  ];
  return csvTable(
    header,
    lines.map((row) => [
      ...[row.sku, row.day, row.stated, row.priced, row.difference, row.ratio],
      ...[row.usageRows, row.costRows, row.verdict, row.hint],
    ]),
  );
}
