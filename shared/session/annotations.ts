/** What the chart marks besides the line: recharges and the like, cut-off spans, overruns, months. */
import type { ChartMark, ChartMonth, ChartOverrun, ChartSpan, MarkKind } from '../contract/engine.ts';
import { formatAtoms, toChartNumber } from '../domain/money.ts';
import type { TimelineRecord } from '../domain/result.ts';
import { monthOf, type Instant } from '../domain/time.ts';
import type { Account } from './account.ts';
import { isAbout, uncertain, type AccountRun } from './placements.ts';

export interface Annotations {
  readonly marks: readonly ChartMark[];
  readonly spans: readonly ChartSpan[];
  readonly overruns: readonly ChartOverrun[];
  readonly months: readonly ChartMonth[];
}

const known = new WeakMap<Account, Annotations>();

/** Everything the chart marks, worked out once an account: a chart asks again at every step of a zoom. */
export function annotationsOf(account: Account): Annotations {
  let annotations = known.get(account);
  if (annotations === undefined) {
    annotations = {
      marks: chartMarks(account),
      spans: marked(account, closedSpans),
      overruns: marked(account, overruns),
      months: months(account),
    };
    known.set(account, annotations);
  }
  return annotations;
}

/** Times of a run, with a mark at those that are not the same wherever buckets are placed. */
function marked<T extends { readonly from: Instant; readonly to: Instant | null }>(
  account: Account,
  timesOf: (run: AccountRun) => T[],
): T[] {
  const isUncertain = uncertain(account, (run) => timesOf(run).map(keyOf), true);
  return timesOf(account).map((time) => (isUncertain(keyOf(time)) ? { ...time, about: true } : time));
}

function keyOf({ from, to, ...more }: { readonly from: Instant; readonly to: Instant | null }): string {
  const what = 'lowest' in more ? more.lowest : 'reason' in more ? more.reason : '';
  return `${from} ${to ?? ''} ${String(what)}`;
}

/** All marks of a run, in order. */
function chartMarks(account: Account): ChartMark[] {
  const { run, course } = account;
  return run.state.timeline.flatMap((entry, record): ChartMark[] => {
    const kind = markKind(entry);
    if (kind === null) return [];
    const amount = 'amount' in entry ? formatAtoms(entry.amount) : null;
    const y = toChartNumber(course.afterRecord[record]!);
    return [{ at: entry.at, kind, amount, y, record, ...(isAbout(account, entry) ? { about: true } : {}) }];
  });
}

/** A purchase is marked where its credit posts: under the foot of the rise. */
export function markKind(entry: TimelineRecord): MarkKind | null {
  switch (entry.type) {
    case 'posting':
      return entry.kind;
    case 'grant':
    case 'expiry':
    case 'refund':
    case 'adjustment':
    case 'tier':
      return entry.type;
    case 'recharge_skipped':
      return 'skipped';
    case 'payment_declined':
    case 'purchase_rejected':
      return 'declined';
    case 'recharge_paused':
      return 'paused';
    case 'plan_started':
    case 'plan_cancelled':
      return 'plan';
    case 'purchase':
    case 'refund_rejected':
    case 'recharge_resumed':
    case 'cutoff':
    case 'restored':
    case 'limit_reached':
    case 'limit_lifted':
    case 'plan_rejected':
      return null;
  }
}

/** The times in which usage was rejected. */
export function closedSpans({ run }: AccountRun): ChartSpan[] {
  const { accessChanges } = run.state;
  return accessChanges.flatMap((change, i): ChartSpan[] => {
    if (change.reason === null) return [];
    const to = accessChanges[i + 1]?.at ?? null;
    // a change that another undoes in the same instant closed nothing
    if (to === change.at) return [];
    return [{ from: change.at, to, reason: change.reason, record: change.records > 0 ? change.records - 1 : null }];
  });
}

function overruns({ course }: AccountRun): ChartOverrun[] {
  return course.overruns().map(({ from, to, lowest }) => ({ from, to, lowest: formatAtoms(lowest) }));
}

/** Billing periods with an invoice, and the one still open. */
function months({ run }: Account): ChartMonth[] {
  const { invoices, period, now } = run.state;
  const { log, zone } = run.input;
  const billed = invoices.map((invoice, index): ChartMonth => ({
    period: invoice.period,
    from: invoice.from,
    to: invoice.to,
    invoice: index,
    used: formatAtoms(invoice.usage),
    carried: formatAtoms(invoice.carried),
    due: formatAtoms(invoice.amount_due),
  }));
  if (period.from >= now) return billed;
  const used = period.ranges.reduce((sum, { from, to }) => sum + log.sums.between(from, to), 0n);
  const open: ChartMonth = {
    period: monthOf(period.from, zone),
    from: period.from,
    to: now,
    invoice: null,
    used: formatAtoms(used),
    carried: formatAtoms(period.overrun),
    due: formatAtoms(period.excess + period.debt_brought_forward),
  };
  return [...billed, open];
}

/** Those of which a window shows something; each reaches up to its end and not into it. */
export function touching<T extends { readonly from: Instant; readonly to: Instant | null }>(
  items: readonly T[],
  from: Instant,
  to: Instant,
): T[] {
  return items.filter((item) => item.from <= to && (item.to === null || item.to > from));
}
