/** Rows of the tables, a page at a time, and whole tables as CSV. */
import type { InvoiceRow, LotRow, Page, TableName, TimelineRow, UsageRow } from '../contract/engine.ts';
import { formatAtoms, type Atoms } from '../domain/money.ts';
import type { TimelineRecord } from '../domain/result.ts';
import { formatInstant } from '../domain/time.ts';
import { invoiceJson, recordJson } from '../engine/resultJson.ts';
import { spanOfRow, usageRow } from '../engine/usageRows.ts';
import type { Account } from './account.ts';
import { csvFile } from './csv.ts';
import type { Steps } from './inPieces.ts';
import { isAbout, placementView } from './placements.ts';
import { ruleOf } from './ruleOf.ts';

interface Window {
  readonly offset: number;
  readonly limit: number;
}

/** Most rows of one page, whatever is asked for. */
const MAX_PAGE = 5_000;
/** Rows that an export makes at once: some milliseconds of work. */
const ROWS_AT_ONCE = 500;

function page<T>(total: number, { offset, limit }: Window, row: (index: number) => T): Page<T> {
  const from = Math.max(0, Math.min(offset, total));
  const count = Math.max(0, Math.min(limit, MAX_PAGE, total - from));
  return { total, offset: from, rows: Array.from({ length: count }, (_, i) => row(from + i)) };
}

export function timelinePage(account: Account, window: Window): Page<TimelineRow> {
  const { timeline, accessChanges } = account.run.state;
  // the last change of access that a record has behind it
  const closedAfter = (record: number): boolean => {
    let low = 0;
    let high = accessChanges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (accessChanges[middle]!.records <= record + 1) low = middle + 1;
      else high = middle;
    }
    return low > 0 && accessChanges[low - 1]!.reason !== null;
  };
  return page(timeline.length, window, (index): TimelineRow => {
    const entry = timeline[index]!;
    const { at: _at, type: _type, ...fields } = recordJson(entry) as Record<string, string>;
    const movement = movementOf(entry);
    return {
      index,
      at: entry.at,
      type: entry.type,
      kind: fields['kind'] ?? null,
      subject: fields['lot'] ?? fields['id'] ?? fields['tier'] ?? fields['plan'] ?? fields['reason'] ?? null,
      fields,
      rule: ruleOf(account, entry),
      amount: movement === null ? null : formatAtoms(movement),
      balance: formatAtoms(account.course.afterRecord[index]!),
      closed: closedAfter(index),
      about: isAbout(account, entry),
    };
  });
}

/** Signed movement of the balance; null for what moves nothing. */
function movementOf(entry: TimelineRecord): Atoms | null {
  switch (entry.type) {
    case 'posting':
    case 'grant':
    case 'adjustment':
      return entry.amount;
    case 'expiry':
    case 'refund':
      return -entry.amount;
    case 'plan_started':
      return entry.debt_invoiced === 0n ? null : entry.debt_invoiced;
    case 'purchase':
    case 'purchase_rejected':
    case 'payment_declined':
    case 'refund_rejected':
    case 'recharge_skipped':
    case 'recharge_paused':
    case 'recharge_resumed':
    case 'tier':
    case 'cutoff':
    case 'restored':
    case 'limit_reached':
    case 'limit_lifted':
    case 'plan_cancelled':
    case 'plan_rejected':
      return null;
  }
}

export function usagePage({ run }: Account, window: Window): Page<UsageRow> {
  const { log } = run.input;
  const { spans } = run.state;
  return page(run.state.row, window, (index): UsageRow => {
    const { record, balanceAfter } = usageRow(log, spans[spanOfRow(spans, index)]!, index);
    const { batch, index: place } = log.origin(index);
    const accepted = record.type === 'usage';
    return {
      index,
      at: record.at,
      sku: record.sku,
      cost: formatAtoms(record.cost),
      status: accepted ? 'accepted' : record.reason,
      overrun: accepted ? formatAtoms(record.overrun) : '0',
      balance: formatAtoms(balanceAfter),
      source: batch.source,
      line: batch.line?.[place] ?? null,
    };
  });
}

export function lotsPage({ run }: Account, window: Window): Page<LotRow> {
  const { all } = run.state.book;
  return page(all.length, window, (index): LotRow => {
    const lot = all[index]!;
    const { amount, settled, expired, refunded, remaining } = lot;
    return {
      index,
      id: lot.id,
      kind: lot.kind,
      bought_at: lot.bought_at,
      posted_at: lot.posted_at,
      expires_at: lot.expires_at,
      priority: lot.priority,
      amount: formatAtoms(amount),
      settled: formatAtoms(settled),
      drawn: formatAtoms(amount - settled - expired - refunded - remaining),
      expired: formatAtoms(expired),
      refunded: formatAtoms(refunded),
      remaining: formatAtoms(remaining),
    };
  });
}

export function invoicesPage({ run }: Account, window: Window): Page<InvoiceRow> {
  const { invoices } = run.state;
  return page(invoices.length, window, (index): InvoiceRow => {
    const invoice = invoices[index]!;
    const { period, from, to, lines, ...amounts } = invoice;
    const figures = Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, formatAtoms(amount)]));
    return {
      index,
      period,
      from,
      to,
      lines: lines.map(([sku, amount]) => ({ sku, amount: formatAtoms(amount) })),
      figures,
    };
  });
}

/** A whole table as a CSV file: exact amounts, ISO instants, one header row. */
export function tableCsv(account: Account, table: TableName): Steps<Uint8Array> {
  switch (table) {
    case 'timeline': {
      const fields = [
        'kind',
        'id',
        'lot',
        'amount',
        'tax',
        'charged',
        'settled',
        'debt_invoiced',
        'tier',
        'plan',
        'reason',
      ];
      const [total, rows] = allPages((window) => timelinePage(account, window));
      // only where an instant may be uncertain is it said of each
      const placed = placementView(account) !== null;
      const header = ['at', 'type', ...fields, 'rule', 'movement', 'balance', ...(placed ? ['instant'] : [])];
      return csvFile(
        header,
        map(rows, (row) => [
          ...[formatInstant(row.at), row.type, ...fields.map((name) => row.fields[name] ?? null)],
          ...[row.rule?.name ?? null, row.amount, row.balance],
          ...(placed ? [row.about === true ? 'about' : 'exact'] : []),
        ]),
        total,
      );
    }
    case 'lots': {
      const header = [
        'id',
        'kind',
        'bought_at',
        'posted_at',
        'expires_at',
        'priority',
        'amount',
        'settled',
        'drawn',
        'expired',
        'refunded',
        'remaining',
      ];
      const [total, rows] = allPages((window) => lotsPage(account, window));
      return csvFile(
        header,
        map(rows, (lot) => [
          ...[lot.id, lot.kind, formatInstant(lot.bought_at), formatInstant(lot.posted_at)],
          ...[lot.expires_at === null ? 'never' : formatInstant(lot.expires_at), lot.priority, lot.amount, lot.settled],
          ...[lot.drawn, lot.expired, lot.refunded, lot.remaining],
        ]),
        total,
      );
    }
    case 'invoices':
      return invoicesCsv(account);
    case 'usage': {
      const [total, rows] = allPages((window) => usagePage(account, window));
      return csvFile(
        ['at', 'sku', 'cost', 'status', 'overrun', 'balance', 'source', 'line'],
        map(rows, (row) => [
          formatInstant(row.at),
          row.sku,
          row.cost,
          row.status,
          row.overrun,
          row.balance,
          row.source,
          row.line,
        ]),
        total,
      );
    }
  }
}

/** One row a line and one for each invoice's figures: an invoice without lines has a row too. */
function invoicesCsv({ run }: Account): Steps<Uint8Array> {
  const rows = run.state.invoices.map((invoice) => {
    const { lines, ...figures } = invoiceJson(invoice) as Record<string, string> & { lines: Record<string, string> };
    const usage = Object.entries(lines).map(([sku, amount]) => `${sku} ${amount}`);
    return { figures, usage: usage.join('; ') };
  });
  const names = Object.keys(rows[0]?.figures ?? {});
  return csvFile(
    [...names, 'lines'],
    rows.map(({ figures, usage }) => [...names.map((name) => figures[name] ?? null), usage]),
    rows.length,
  );
}

/** How many rows there are, and all of them; a few hundred are made at a time. */
function allPages<T>(read: (window: Window) => Page<T>): [total: number, rows: Generator<T>] {
  const { total } = read({ offset: 0, limit: 0 });
  const rows = function* (): Generator<T> {
    for (let offset = 0; offset < total; offset += ROWS_AT_ONCE) yield* read({ offset, limit: ROWS_AT_ONCE }).rows;
  };
  return [total, rows()];
}

function* map<T, U>(items: Iterable<T>, of: (item: T) => U): Generator<U> {
  for (const item of items) yield of(item);
}
