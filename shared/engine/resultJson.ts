/** A run in the result format (scenario format, "The result"): amounts as decimal strings, instants as UTC text. */
import { formatAtoms, type Atoms } from '../domain/money.ts';
import type { Invoice, TimelineRecord, UsageRecord } from '../domain/result.ts';
import { formatInstant } from '../domain/time.ts';
import type { CheckedExpectation } from './expectations.ts';
import { balanceOf, type Lot } from './lots.ts';
import type { Replay } from './replay.ts';
import { usageRow } from './usageRows.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface ResultOptions {
  /** Usage rows in the timeline too (`--usage-rows`). */
  readonly usageRows?: boolean;
  readonly expectations?: readonly CheckedExpectation[];
}

/** The whole result. Objects keep the format's key order. */
export function resultOf(run: Replay, options: ResultOptions = {}): { readonly [key: string]: Json } {
  const { state, input } = run;
  return {
    title: input.title,
    end: {
      at: formatInstant(state.now),
      balance: formatAtoms(balanceOf(state.book)),
      debt: formatAtoms(state.book.debt),
      access: visibleAccess(run),
      plan: state.plan,
      tier: state.tier,
      lots: state.book.all.map(lotJson),
    },
    usage: {
      accepted: { count: state.accepted.rows, cost: formatAtoms(state.accepted.cost) },
      rejected: Object.fromEntries(
        [...state.rejected].map(([reason, { rows, cost }]) => [reason, { count: rows, cost: formatAtoms(cost) }]),
      ),
      overrun: formatAtoms(state.overrun),
    },
    invoices: state.invoices.map(invoiceJson),
    timeline: options.usageRows === true ? [...withUsage(run)].map(recordJson) : state.timeline.map(recordJson),
    ...(options.expectations === undefined
      ? {}
      : { expectations: options.expectations.map(({ holds, expected, actual }) => ({ holds, expected, actual })) }),
  };
}

/** Access as users see it: closed also where a monthly limit has stopped the account or there is no plan. */
export function visibleAccess({ state }: Replay): 'open' | 'closed' {
  return state.limitStopped || state.plan === 'none' ? 'closed' : state.access;
}

/** The timeline with its usage rows, in the order in which things happened. */
export function* withUsage({ state, input }: Replay): Generator<TimelineRecord | UsageRecord> {
  let next = 0;
  for (const span of state.spans) {
    while (next < span.records) yield state.timeline[next++]!;
    for (let row = span.from; row < span.to; row++) yield usageRow(input.log, span, row).record;
  }
  while (next < state.timeline.length) yield state.timeline[next++]!;
}

function lotJson(lot: Lot): Json {
  return {
    id: lot.id,
    kind: lot.kind,
    amount: formatAtoms(lot.amount),
    remaining: formatAtoms(lot.remaining),
    expired: formatAtoms(lot.expired),
    expires_at: lot.expires_at === null ? null : formatInstant(lot.expires_at),
  };
}

/** An invoice in the result format; figures in its order. */
export function invoiceJson(invoice: Invoice): Json {
  const { period, from, to, lines, ...figures } = invoice;
  // SKU names are the user's: a map without a prototype takes any of them
  const byName: Record<string, Json> = Object.create(null) as Record<string, Json>;
  for (const [sku, amount] of lines) byName[sku] = formatAtoms(amount);
  return { period, from: formatInstant(from), to: formatInstant(to), lines: byName, ...amountsJson(figures) };
}

/** A timeline record in the result format. */
export function recordJson(entry: TimelineRecord | UsageRecord): { readonly [key: string]: Json } {
  const { at, ...rest } = entry;
  return { at: formatInstant(at), ...amountsJson(rest) };
}

function amountsJson(fields: Record<string, string | Atoms>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'bigint' ? formatAtoms(value) : value]),
  );
}
