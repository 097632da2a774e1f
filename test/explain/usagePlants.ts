/** Ways in which the vendor may take usage in and state it. */
import type { ChangeValue } from '../../shared/reconcile/explain/model.ts';
import type { Measured } from '../../shared/session/explain/measures.ts';
import { costOf, PRICES, RATE_CHANGE, type Row } from './accounts.ts';
import type { Plant, Planter } from './plants.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Atoms of a cent. */
const CENT = 10_000_000_000n;

export function ofRows(parameter: string, value: ChangeValue, change: (row: Row) => Row): Plant {
  return {
    changes: { [parameter]: value },
    made: (made) => ({ ...made, rows: made.rows.map(change).sort((a, b) => a.at - b.at) }),
  };
}

export function postedAfter(row: Row, minutes: number): Row {
  const until = row.until === null ? null : row.until + minutes * MINUTE;
  return { ...row, cost: costOf(row, row.at), at: row.at + minutes * MINUTE, until };
}

/** At the instant at which prices are read. */
function pricedAt(value: string, instantOf: (at: number) => number): Plant {
  return ofRows('usage.priced_at', value, (row) => ({ ...row, cost: costOf(row, instantOf(row.at)) }));
}

function month(at: number, months: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

type Mode = 'ceil' | 'floor' | 'half_up';

function roundedCents(atoms: bigint, mode: Mode): bigint {
  return (atoms + { ceil: CENT - 1n, floor: 0n, half_up: CENT / 2n }[mode]) / CENT;
}

/** Sums of a vendor's month that are rounded each by themselves. */
function partsOf(scope: string, period: string, vendor: Measured): bigint[] {
  const whole = { kind: 'usage', period, day: null, sku: null, exact: true } as const;
  if (scope === 'per_line') return Object.keys(PRICES).map((sku) => vendor.figure({ ...whole, sku }) ?? 0n);
  const [from, to] = vendor.window(period, null);
  return Array.from({ length: Math.round((to - from) / DAY) }, (_, index) => {
    return vendor.figure({ ...whole, day: index + 1 }) ?? 0n;
  });
}

export const USAGE: readonly Planter[] = [
  (pick) => {
    const minutes = pick([15, 30, 60, 120, 360]);
    return ofRows('usage.posting_delay_min', minutes, (row) => postedAfter(row, minutes));
  },
  (pick) =>
    pick([
      pricedAt('day_start', (at) => Math.floor(at / DAY) * DAY),
      pricedAt('period_start', (at) => month(at, 0)),
      pricedAt('invoice_date', (at) => month(at, 1)),
      pricedAt('version_before', () => 0),
      pricedAt('version_after', () => RATE_CHANGE),
    ]),
  () => ofRows('usage.cached_price', 'as_fresh', (row) => ({ ...row, cost: costOf({ ...row, cached: 0 }, row.at) })),
  (pick) => {
    const mode = pick(['ceil', 'floor', 'half_up'] as const);
    const round = { ceil: Math.ceil, floor: Math.floor, half_up: Math.round }[mode];
    return ofRows('usage.rounding', `per_request_${mode}`, (row) => ({
      ...row,
      cost: round(costOf(row, row.at) / 10_000) * 10_000,
    }));
  },
  (pick) => {
    const scope = pick(['per_line', 'per_day', 'per_day', 'total'] as const);
    const mode = pick<Mode>(scope === 'per_day' ? ['ceil', 'floor', 'half_up'] : ['ceil', 'floor']);
    return {
      changes: { 'usage.rounding': `${scope}_${mode}` },
      made: (made) => made,
      stated: (_, measure, vendor) => {
        const isOfDay = scope === 'total' || (scope === 'per_day' && measure.day !== null);
        if (isOfDay) return roundedCents(vendor.figure(measure) ?? 0n, mode);
        const parts =
          measure.day === null
            ? partsOf(scope, measure.period, vendor)
            : Object.keys(PRICES).map((sku) => vendor.figure({ ...measure, sku }) ?? 0n);
        return parts.reduce((sum, part) => sum + roundedCents(part, mode), 0n);
      },
    };
  },
  () => ({
    changes: { 'usage.duplicates': 'identical_once' },
    made: (made) => ({ ...made, rows: made.rows.filter(({ id }) => !id.startsWith('t')) }),
  }),
  // the earlier copies are billed beside the grown ones
  (_pick, { rows }) =>
    !rows.some(({ file }) => file === 'late.csv')
      ? null
      : ofRows('usage.duplicates', 'all', (row) => (row.file === 'late.csv' ? { ...row, id: `${row.id}l` } : row)),
  (pick, { rows }) => {
    if (!rows.some(({ until }) => until !== null)) return null;
    const placement = pick(['start', 'end'] as const);
    return ofRows('usage.placement', placement, (row) => {
      const { at, until } = row;
      const cost = costOf(row, at);
      if (until === null) return row;
      return { ...row, file: 'usage.csv', until: null, at: placement === 'start' ? at : until - 1, cost };
    });
  },
  (pick) => {
    const ppm = pick([70_000n, 88_750n, 190_000n]);
    const inside = pick([false, true]);
    const [times, by] = inside ? [1_000_000n, 1_000_000n + ppm] : [1_000_000n + ppm, 1_000_000n];
    return {
      changes: { 'usage.tax': `${String(Number(ppm) / 10_000)} % ${inside ? 'inside' : 'on top'}` },
      made: (made) => made,
      stated: (cents) => (cents * times * 2n + by) / (by * 2n),
    };
  },
];
