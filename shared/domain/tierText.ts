/** The table of trust tiers as text, JSON with exact amounts, and its single cells. */
import type { ControlForm, ControlValue, Read } from './controlText.ts';
import { formatAtoms } from './money.ts';
import type { Tier } from './policy.ts';

export type TierField = keyof Tier;

/** Days that a tier can need: no account lives longer than a hundred years. */
const MAX_DAYS = 1_000_000;

/** Reads a cell as typed. */
export type ReadCell = (form: ControlForm, text: string) => Read<ControlValue>;

export interface TierColumn {
  readonly field: TierField;
  readonly label: string;
  readonly form: ControlForm;
}

export const TIER_COLUMNS: readonly TierColumn[] = [
  { field: 'name', label: 'Tier', form: { kind: 'name' } },
  { field: 'paid', label: 'Paid in all', form: { kind: 'amount', none: null, signed: false } },
  { field: 'days', label: 'Days since first payment', form: { kind: 'integer', low: 0, high: MAX_DAYS } },
  { field: 'max_purchase', label: 'Largest purchase', form: { kind: 'amount', none: 'no limit', signed: false } },
  { field: 'monthly_limit', label: 'Monthly limit', form: { kind: 'amount', none: 'no limit', signed: false } },
];

/** One JSON object a tier; amounts are exact decimal texts, null is no limit. */
export function showTiers(tiers: readonly Tier[]): string {
  return JSON.stringify(
    tiers.map(({ name, paid, days, max_purchase, monthly_limit }) => ({
      name,
      paid: formatAtoms(paid),
      days,
      max_purchase: max_purchase === null ? null : formatAtoms(max_purchase),
      monthly_limit: monthly_limit === null ? null : formatAtoms(monthly_limit),
    })),
  );
}

export function readTiers(text: string, readCell: ReadCell): Read<readonly Tier[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = null;
  }
  if (!Array.isArray(parsed))
    return wrong('is no list of tiers; it takes JSON such as [{"name":"Tier 1","paid":"5","days":0}]');
  const tiers: Tier[] = [];
  for (const [index, row] of (parsed as readonly unknown[]).entries()) {
    const read = readTier(row, index, readCell);
    if (!read.ok) return read;
    tiers.push(read.value);
  }
  return distinct(tiers);
}

function readTier(row: unknown, index: number, readCell: ReadCell): Read<Tier> {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return wrong(`[${index}] is no tier`);
  const given = new Map(Object.entries(row));
  const values: Partial<Record<TierField, ControlValue>> = {};
  for (const column of TIER_COLUMNS) {
    const raw: unknown = given.get(column.field);
    given.delete(column.field);
    const text = cellText(raw, column);
    if (text === null) return wrong(`[${index}].${column.field} must be given as a text such as "12.50"`);
    const read = readCell(column.form, text);
    if (!read.ok) return wrong(`[${index}].${column.field} ${read.message}`);
    values[column.field] = read.value;
  }
  const [unknown] = given.keys();
  if (unknown !== undefined) return wrong(`[${index}] has a field ${unknown}, which no tier has; remove it`);
  return { ok: true, value: values as unknown as Tier };
}

/** A cell of the JSON as text; null where it is none. Whole numbers are exact, others are not. */
function cellText(raw: unknown, { form }: TierColumn): string | null {
  if (typeof raw === 'string') return raw;
  if (form.kind === 'name') return null;
  if (raw === null || raw === undefined) return 'none' in form && form.none !== null ? form.none : null;
  return typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : null;
}

/** Tiers whose names are all different, as the format asks. */
export function distinct(tiers: readonly Tier[]): Read<readonly Tier[]> {
  const seen = new Set<string>();
  for (const [index, { name }] of tiers.entries()) {
    if (seen.has(name)) return wrong(`[${index}].name repeats ${name}; give each tier a name of its own`);
    seen.add(name);
  }
  return { ok: true, value: tiers };
}

function wrong(message: string): Read<never> {
  return { ok: false, column: 1, message };
}
