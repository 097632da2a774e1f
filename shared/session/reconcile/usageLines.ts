/** What vendors state of the usage of a month, beside the simulated: cost files that are evidence, FOCUS, usage invoices. */
import type { UsageLine } from '../../contract/reconcile.ts';
import { formatAtoms, roundToMinor, type Atoms } from '../../domain/money.ts';
import { startOfDay, type Instant } from '../../domain/time.ts';
import { decimalAt } from '../../domain/usage.ts';
import { lowerBound } from '../../engine/prefixSums.ts';
import { dateInZone } from '../../import/statements/dates.ts';
import type { StoredSource } from '../../storage/source.ts';
import type { Account } from '../account.ts';
import { isCompared } from '../counted.ts';
import type { MonthOutcome } from './month.ts';
import { monthBounds } from './rollForward.ts';
import { monthInWords } from './words.ts';

interface Stated {
  readonly file: string;
  readonly rows: readonly { readonly at: Instant; readonly sku: string; readonly cost: Atoms }[];
}

export function usageLines(account: Account, outcome: MonthOutcome): UsageLine[] {
  const { input } = account.run;
  const bounds = monthBounds(outcome.input.month, input.zone);
  const files = account.sources.flatMap((source) => statedBy(source, bounds) ?? []);
  const invoices = invoiceLines(account, outcome);
  if (files.length === 0) return invoices;
  const simulated = simulatedUsage(account, bounds);
  const lines = files.flatMap(({ file, rows }) => {
    const days = new Map<string, Atoms>();
    const skus = new Map<string, Atoms>();
    let total = 0n;
    for (const { at, sku, cost } of rows) {
      const day = dateInZone(at, input.zone);
      days.set(day, (days.get(day) ?? 0n) + cost);
      skus.set(sku, (skus.get(sku) ?? 0n) + cost);
      total += cost;
    }
    const line = lineMaker(file, input.minorDigits);
    return [
      line('month', monthInWords(outcome.input.month), simulated.total, total),
      ...beside(simulated.skus, skus, (sku, ours, theirs) => line('sku', sku, ours, theirs)),
      ...beside(simulated.days, days, (day, ours, theirs) => line('day', day, ours, theirs)),
    ];
  });
  return [...lines, ...invoices];
}

type LineMaker = (what: UsageLine['what'], label: string, ours: Atoms | null, theirs: Atoms | null) => UsageLine;

function lineMaker(source: string, minorDigits: number): LineMaker {
  return (what, label, ours, theirs) => {
    const difference = (theirs ?? 0n) - (ours ?? 0n);
    // what a vendor rounds to cents agrees where ours rounds to it
    const isRounded = ours !== null && theirs !== null && roundToMinor(ours, minorDigits, 'half_up') === theirs;
    return {
      ...{ id: `${what}/${label}/${source}`, what, label, source },
      simulated: ours === null ? null : formatAtoms(ours),
      stated: theirs === null ? null : formatAtoms(theirs),
      difference: formatAtoms(difference),
      agrees: difference === 0n || isRounded,
    };
  };
}

function beside(
  ours: ReadonlyMap<string, Atoms>,
  theirs: ReadonlyMap<string, Atoms>,
  line: (label: string, ours: Atoms | null, theirs: Atoms | null) => UsageLine,
): UsageLine[] {
  const labels = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return labels.map((label) => line(label, ours.get(label) ?? null, theirs.get(label) ?? null));
}

/** Null where the file states no usage of these days. */
function statedBy(source: StoredSource, { from, to }: { readonly from: Instant; readonly to: Instant }): Stated | null {
  const { batch, statement, report } = source;
  const isIn = (at: Instant): boolean => at >= from && at < to;
  if (isCompared(source)) {
    const rows = Array.from({ length: batch.count }, (_, row) => ({
      at: batch.at[row] ?? 0,
      sku: batch.sku.names[batch.sku.codes[row] ?? 0] ?? '',
      cost: decimalAt(batch.cost, row),
    })).flatMap(({ at, sku, cost }) => (cost !== null && isIn(at) ? [{ at, sku, cost }] : []));
    return rows.length === 0 ? null : { file: report.file, rows };
  }
  const rows = (statement?.lines ?? []).flatMap(({ charge }) =>
    charge?.category === 'Usage' && charge.effectiveCost !== null && isIn(charge.from)
      ? [{ at: charge.from, sku: charge.sku ?? '', cost: charge.effectiveCost }]
      : [],
  );
  return rows.length === 0 ? null : { file: report.file, rows };
}

interface SimulatedUsage {
  readonly total: Atoms;
  readonly days: ReadonlyMap<string, Atoms>;
  readonly skus: ReadonlyMap<string, Atoms>;
}

/** Accepted usage between two instants. */
function simulatedUsage(
  { run }: Account,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): SimulatedUsage {
  const { log, zone } = run.input;
  const totals = log.noTotals();
  const days = new Map<string, Atoms>();
  let total = 0n;
  for (const span of run.state.spans) {
    if (span.status !== 'accepted') continue;
    const [first, last] = [
      Math.max(span.from, lowerBound(log.at, from, 0)),
      Math.min(span.to, lowerBound(log.at, to, 0)),
    ];
    if (first >= last) continue;
    log.addBySku(first, last, totals);
    for (let row = first; row < last;) {
      const at = log.at[row] ?? 0;
      const next = Math.min(last, lowerBound(log.at, startOfDay(at, zone, 1), row));
      const cost = log.sums.between(row, next);
      const day = dateInZone(at, zone);
      days.set(day, (days.get(day) ?? 0n) + cost);
      total += cost;
      row = next;
    }
  }
  const skus = new Map(
    log.skus.flatMap((sku, index) => ((totals.rows[index] ?? 0) === 0 ? [] : [[sku, totals.cost[index] ?? 0n]])),
  );
  return { total, days, skus };
}

/** Invoices of the account beside the documents that they were matched with: the usage on them, and what is due. */
function invoiceLines({ run }: Account, { legs }: MonthOutcome): UsageLine[] {
  return legs.flatMap(({ leg, links }) =>
    leg !== 'simulated_document'
      ? []
      : links.flatMap(({ ledger: [ours], statement: [theirs] }) => {
          if (ours?.kind !== 'invoice' || theirs === undefined) return [];
          const name = theirs.reference ?? theirs.text;
          const line = lineMaker(theirs.sources[0]?.file ?? name, run.input.minorDigits);
          return [
            ...(theirs.subtotal === null ? [] : [line('invoice', `${name}, usage`, ours.subtotal, theirs.subtotal)]),
            line('invoice', `${name}, amount due`, ours.amount, theirs.amount),
          ];
        }),
  );
}
