/** What the tables of known vendors have in common: their columns go by name. */
import type { Detection, Head } from './importer.ts';
import { ExportColumns } from './openaiCost.ts';
import { blankPlan, type RowPlan } from './rowPlan.ts';

/** A plan that names its columns, and has none yet. */
export function tablePlan({ header }: ExportColumns): RowPlan {
  return blankPlan((cell) => header[cell] ?? '');
}

/** A claim to every table that has these columns. */
export function detectTable({ table }: Head, what: string, marks: readonly string[]): Detection | null {
  if (table === null || !new ExportColumns(table.header).has(...marks)) return null;
  const why = `${what}, by its ${table.header.length} columns, ${marks.join(', ')} among them.`;
  return { confidence: 0.95, why };
}
