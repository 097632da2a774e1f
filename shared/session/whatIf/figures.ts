/** The figures by which runs are compared. Each is exact; one table says what they are. */
import type { FigureKind, WhatIfCounts, WhatIfFigure } from '../../contract/whatIf.ts';
import type { MarkKind } from '../../contract/engine.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import type { RejectionReason, TimelineType } from '../../domain/result.ts';
import type { BalanceCourse } from '../../engine/course.ts';
import { balanceOf } from '../../engine/lots.ts';
import type { Replay } from '../../engine/replay.ts';
import { visibleAccess } from '../../engine/resultJson.ts';
import { closedSpans, markKind } from '../annotations.ts';

export interface Figure {
  readonly name: string;
  readonly label: string;
  readonly kind: FigureKind;
  /** Atoms, a count, or milliseconds; a text as it is. */
  readonly value: bigint | string;
}

/** What the timeline adds up to, gone through once. */
interface Sums {
  readonly counts: Map<TimelineType, number>;
  purchases: number;
  recharges: number;
  charged: Atoms;
  purchaseTax: Atoms;
}

/** All figures of a run, in the order in which they are shown. */
export function figuresOf(run: Replay, course: BalanceCourse): Figure[] {
  const { state } = run;
  const { counts, purchases, recharges, charged, purchaseTax } = sumsOf(run);
  let [rejectedRows, rejectedCost] = [0, 0n];
  for (const { rows, cost } of state.rejected.values()) {
    rejectedRows += rows;
    rejectedCost += cost;
  }
  const closed = (reason: RejectionReason): bigint =>
    BigInt(
      closedSpans({ run, course })
        .filter((span) => span.reason === reason)
        .reduce((sum, { from, to }) => sum + (to ?? state.now) - from, 0),
    );
  const count = (type: TimelineType): bigint => BigInt(counts.get(type) ?? 0);
  return [
    amount('lowest_balance', 'Lowest balance', lowestOf(course)),
    amount('overrun', 'Overrun accepted', state.overrun),
    { name: 'cut_off', label: 'Time cut off', kind: 'duration', value: closed('insufficient_quota') },
    { name: 'limited', label: 'Time at the monthly limit', kind: 'duration', value: closed('monthly_limit') },
    counted('cutoffs', 'Cut-offs', count('cutoff')),
    counted('rejected', 'Requests refused', BigInt(rejectedRows)),
    amount('rejected_cost', 'Usage refused', rejectedCost),
    amount('accepted_cost', 'Usage accepted', state.accepted.cost),
    counted('purchases', 'Purchases', BigInt(purchases)),
    counted('auto_recharges', 'Auto-recharges', BigInt(recharges)),
    counted('recharges_skipped', 'Auto-recharges skipped', count('recharge_skipped')),
    counted('payments_declined', 'Payments declined', count('payment_declined')),
    amount('charged', 'Charged, with tax', charged),
    amount('purchase_tax', 'Tax on purchases', purchaseTax),
    amount(
      'invoiced',
      'Invoiced',
      sumBy(state.invoices, ({ amount_due }) => amount_due),
    ),
    amount(
      'invoice_tax',
      'Tax on invoices',
      sumBy(state.invoices, ({ tax }) => tax),
    ),
    amount(
      'expired',
      'Expired',
      sumBy(state.book.all, ({ expired }) => expired),
    ),
    amount(
      'refunded',
      'Refunded',
      sumBy(state.book.all, ({ refunded }) => refunded),
    ),
    amount('balance', 'Balance at the end', balanceOf(state.book)),
    amount('debt', 'Debt at the end', state.book.debt),
    { name: 'access', label: 'Access at the end', kind: 'text', value: visibleAccess(run) },
    { name: 'tier', label: 'Tier at the end', kind: 'text', value: state.tier ?? 'none' },
  ];
}

function amount(name: string, label: string, value: Atoms): Figure {
  return { name, label, kind: 'amount', value };
}

function counted(name: string, label: string, value: bigint): Figure {
  return { name, label, kind: 'count', value };
}

/** The lowest balance that a change left; that an account begins with nothing is no low. */
function lowestOf({ changes }: BalanceCourse): Atoms {
  let lowest = 0n;
  for (const [place, { after }] of changes.entries()) if (place === 0 || after < lowest) lowest = after;
  return lowest;
}

function sumsOf({ state }: Replay): Sums {
  const sums: Sums = { counts: new Map(), purchases: 0, recharges: 0, charged: 0n, purchaseTax: 0n };
  for (const entry of state.timeline) {
    sums.counts.set(entry.type, (sums.counts.get(entry.type) ?? 0) + 1);
    if (entry.type !== 'purchase') continue;
    if (entry.kind === 'auto_recharge') sums.recharges++;
    else sums.purchases++;
    sums.charged += entry.charged;
    sums.purchaseTax += entry.tax;
  }
  return sums;
}

function sumBy<T>(items: readonly T[], of: (item: T) => Atoms): Atoms {
  return items.reduce((sum, item) => sum + of(item), 0n);
}

/** Figures beside a baseline's. */
export function comparedFigures(figures: readonly Figure[], baseline: readonly Figure[]): WhatIfFigure[] {
  return figures.map(({ name, label, kind, value }, index): WhatIfFigure => {
    const before = baseline[index]?.value;
    const shown = (figure: bigint | string): string =>
      typeof figure === 'string' ? figure : kind === 'amount' ? formatAtoms(figure) : String(figure);
    const isNumber = typeof value === 'bigint' && typeof before === 'bigint';
    return {
      ...{ name, label, kind, value: shown(value) },
      delta: isNumber ? shown(value - before) : null,
      same: value === before,
    };
  });
}

/** How many things a run has to draw and to list. */
export function countsOf(run: Replay, course: BalanceCourse): WhatIfCounts {
  const { state } = run;
  const marks: Partial<Record<MarkKind, number>> = {};
  for (const entry of state.timeline) {
    const kind = markKind(entry);
    if (kind !== null) marks[kind] = (marks[kind] ?? 0) + 1;
  }
  return {
    marks,
    spans: closedSpans({ run, course }).length,
    overruns: course.overruns().length,
    months: state.invoices.length + (state.period.from < state.now ? 1 : 0),
    timeline: state.timeline.length,
    lots: state.book.all.length,
    invoices: state.invoices.length,
  };
}
