/**
 * The roll-forward of a prepaid balance over any time `[from, to)`: opening + purchases + grants + adjustments - usage -
 * expired - refunds + transfers = closing, for every lot, for every month in which credits were bought, for the debt, and
 * in total. Exact; the total is what the balance is, also below zero, where debt outweighs the credits.
 */
import type { Atoms } from '../domain/money.ts';
import type { LotKind } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';

export type MovementKind = 'purchase' | 'grant' | 'adjustment' | 'usage' | 'expiry' | 'refund' | 'transfer';

/** One change of what a lot has left, or of the debt. */
export interface Movement {
  readonly at: Instant;
  readonly kind: MovementKind;
  /** Signed by what it does to the balance: usage, expiries and refunds are negative. */
  readonly amount: Atoms;
}

export interface LotCourse {
  readonly id: string;
  readonly kind: LotKind;
  /** Month in which it was bought or given, `YYYY-MM` on the account's clock. */
  readonly month: string;
  /** In order of time; the first is what the lot was made with, before it settled any debt. */
  readonly movements: readonly Movement[];
}

/** All that happened to the balance. Usage counts at its rows: none of its movements lies across a bound that is asked for. */
export interface BalanceMovements {
  /** In the order of making. */
  readonly lots: readonly LotCourse[];
  readonly debt: readonly Movement[];
}

export interface RollForwardSums {
  readonly opening: Atoms;
  readonly purchases: Atoms;
  readonly grants: Atoms;
  /** Signed. */
  readonly adjustments: Atoms;
  readonly usage: Atoms;
  readonly expired: Atoms;
  readonly refunds: Atoms;
  /** Signed: between lots and the debt, and debt that an invoice took over. */
  readonly transfers: Atoms;
  readonly closing: Atoms;
}

export interface RollForwardLine extends RollForwardSums {
  /** A lot's id or a month; `debt`. */
  readonly id: string;
  readonly of: 'lot' | 'month' | 'debt';
}

export interface RollForwardLines {
  readonly lines: readonly RollForwardLine[];
  readonly total: RollForwardSums;
}

const NOTHING: RollForwardSums = {
  ...{ opening: 0n, purchases: 0n, grants: 0n, adjustments: 0n, usage: 0n },
  ...{ expired: 0n, refunds: 0n, transfers: 0n, closing: 0n },
};

/** Lines that are nothing throughout are left out: lots used up before `from` or made after `to`, no debt. */
export function rollForward(
  { lots, debt }: BalanceMovements,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  by: 'lot' | 'purchase_month',
): RollForwardLines {
  const lines = new Map<string, RollForwardLine>();
  const add = (id: string, of: RollForwardLine['of'], sums: RollForwardSums): void => {
    const key = `${of} ${id}`;
    lines.set(key, { id, of, ...sumOf(lines.get(key) ?? NOTHING, sums) });
  };
  for (const { id, month, movements } of lots) {
    const sums = sumsOf(movements, from, to);
    if (by === 'lot') add(id, 'lot', sums);
    else add(month, 'month', sums);
  }
  add('debt', 'debt', sumsOf(debt, from, to));
  const shown = [...lines.values()].filter((line) => FIGURES.some((figure) => line[figure] !== 0n));
  if (by === 'purchase_month') shown.sort(byMonth);
  return { lines: shown, total: shown.reduce<RollForwardSums>(sumOf, NOTHING) };
}

const FIGURES = Object.keys(NOTHING) as (keyof RollForwardSums)[];

const COLUMN: Readonly<Record<MovementKind, { readonly of: keyof RollForwardSums; readonly sign: 1n | -1n }>> = {
  purchase: { of: 'purchases', sign: 1n },
  grant: { of: 'grants', sign: 1n },
  adjustment: { of: 'adjustments', sign: 1n },
  usage: { of: 'usage', sign: -1n },
  expiry: { of: 'expired', sign: -1n },
  refund: { of: 'refunds', sign: -1n },
  transfer: { of: 'transfers', sign: 1n },
};

function sumsOf(movements: readonly Movement[], from: Instant, to: Instant): RollForwardSums {
  const sums: { -readonly [K in keyof RollForwardSums]: Atoms } = { ...NOTHING };
  for (const { at, kind, amount } of movements) {
    if (at >= to) continue;
    sums.closing += amount;
    const { of, sign } = COLUMN[kind];
    if (at < from) sums.opening += amount;
    else sums[of] += sign * amount;
  }
  return sums;
}

function sumOf(a: RollForwardSums, b: RollForwardSums): RollForwardSums {
  return {
    opening: a.opening + b.opening,
    purchases: a.purchases + b.purchases,
    grants: a.grants + b.grants,
    adjustments: a.adjustments + b.adjustments,
    usage: a.usage + b.usage,
    expired: a.expired + b.expired,
    refunds: a.refunds + b.refunds,
    transfers: a.transfers + b.transfers,
    closing: a.closing + b.closing,
  };
}

/** Months in their order, the debt last. */
function byMonth(a: RollForwardLine, b: RollForwardLine): number {
  if (a.of !== b.of) return a.of === 'debt' ? 1 : -1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
