/** The table of tiers as cells that people type into, and back. Pure. */
import { readControl } from '../../../shared/domain/controlText.ts';
import { TIER_COLUMNS, type TierField } from '../../../shared/domain/tierText.ts';
import { amountText } from '../../ui/amountText.ts';

export type TierCells = Readonly<Record<TierField, string>>;

export interface TierProblem {
  readonly row: number;
  readonly field: TierField | null;
  readonly message: string;
}

/** @param digits of an amount, at least */
export function tierRows(text: string, digits: number): TierCells[] {
  const parsed = JSON.parse(text) as readonly Readonly<Record<TierField, string | number | null>>[];
  return parsed.map((tier) => {
    const cell = (field: TierField): string => {
      const value = tier[field];
      const form = TIER_COLUMNS.find((column) => column.field === field)?.form;
      if (value === null) return form !== undefined && 'none' in form ? (form.none ?? '') : '';
      return form?.kind === 'amount' ? amountText(String(value), { digits, exact: true }) : String(value);
    };
    return {
      name: cell('name'),
      paid: cell('paid'),
      days: cell('days'),
      max_purchase: cell('max_purchase'),
      monthly_limit: cell('monthly_limit'),
    };
  });
}

export function newTier(rows: readonly TierCells[]): TierCells {
  const last = rows.at(-1);
  return {
    name: `Tier ${rows.length + 1}`,
    paid: last?.paid ?? '0',
    days: last?.days ?? '0',
    max_purchase: 'no limit',
    monthly_limit: 'no limit',
  };
}

/** The table in the text that its control reads, or what is wrong and in which cell. */
export function tierTextOf(
  rows: readonly TierCells[],
  currency: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: TierProblem } {
  for (const [row, cells] of rows.entries()) {
    for (const { field, form } of TIER_COLUMNS) {
      const read = readControl(form, cells[field], currency);
      if (!read.ok) return { ok: false, problem: { row, field, message: read.message } };
    }
    const twin = rows.findIndex(({ name }) => name.trim() === cells.name.trim());
    if (twin < row) return { ok: false, problem: { row, field: 'name', message: 'is the name of another tier' } };
  }
  return { ok: true, text: JSON.stringify(rows.map((cells) => ({ ...cells }))) };
}
