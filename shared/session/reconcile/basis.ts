/** What a reconciliation is worked out from: the items of all sides, split and scoped as people decided, and the settings. */
import type { ReconMonth, ReconSettings, ReconSide } from '../../contract/reconcile.ts';
import type { LogRecord } from '../../domain/reconLog.ts';
import { monthOf as monthOfInstant } from '../../domain/time.ts';
import { folded, type Decisions } from '../../reconcile/log/fold.ts';
import type { Account } from '../account.ts';
import { bankItems, isBankSource } from './bankItems.ts';
import { documentItems } from './documentItems.ts';
import { isDocumentSource } from './documentMentions.ts';
import { dayNumber, monthOfDate, nextMonth, type Item } from './item.ts';
import { scoped, type Scoped } from './scope.ts';
import { atomsOf, settingsFrom } from './settings.ts';
import { simulatedItems } from './simulatedItems.ts';

export interface Basis {
  readonly account: Account;
  readonly log: readonly LogRecord[];
  readonly decisions: Decisions;
  readonly settings: ReconSettings;
  readonly items: readonly Scoped[];
  readonly byId: ReadonlyMap<string, Item>;
  readonly byMonth: ReadonlyMap<ReconMonth, readonly Scoped[]>;
  /** First and last month of which each side says something; null where it says nothing. */
  readonly spans: Readonly<Record<ReconSide, readonly [first: ReconMonth, last: ReconMonth] | null>>;
  /** All months, oldest first. */
  readonly months: readonly ReconMonth[];
  /** The last day that is known of; days since the epoch. */
  readonly asOf: number;
}

export function basisOf(account: Account, log: readonly LogRecord[]): Basis {
  const decisions = folded(log);
  const { zone, currency } = account.run.input;
  const documents = documentItems(account.sources, decisions, { zone, currency });
  const bank = bankItems(account.sources, documents);
  const simulated = simulatedItems(account);
  const settings = settingsFrom(decisions.settings, { documents, bank });
  const all = named([...simulated, ...documents, ...bank]).flatMap((item) => parts(item, decisions));
  const items = scoped(all, settings, decisions);
  const byMonth = new Map<ReconMonth, Scoped[]>();
  for (const one of items) {
    const month = monthOfDate(one.item.date);
    const known = byMonth.get(month);
    if (known === undefined) byMonth.set(month, [one]);
    else known.push(one);
  }
  const stated = [...documents, ...bank].map(({ date }) => dayNumber(date));
  const spans = {
    simulated: spanOf(simulated),
    document: spanOf(documents),
    bank: spanOf(bank),
  };
  return {
    ...{ account, log, decisions, settings, items, byMonth, spans },
    byId: new Map(all.map((item) => [item.id, item])),
    months: monthsOf(account, [...byMonth.keys()]),
    asOf: stated.reduce((a, b) => Math.max(a, b), 0),
  };
}

/** Whether files of a side were imported at all, also those without a line. */
export function hasFiles({ account }: Basis, side: 'document' | 'bank'): boolean {
  return account.sources.some((source) =>
    side === 'document' ? isDocumentSource(source) : isBankSource(source) && !isDocumentSource(source),
  );
}

/** A simulated item is matched by its id where that is a document's number. */
function named(items: readonly Item[]): Item[] {
  const numbers = new Set(items.flatMap(({ side, reference }) => (side === 'document' ? (reference ?? []) : [])));
  return items.map((item) =>
    item.side === 'simulated' && item.reference !== null && numbers.has(item.reference)
      ? { ...item, matchBy: item.reference }
      : item,
  );
}

/** An item in the parts that a person split it into. */
function parts(item: Item, { splits }: Decisions): Item[] {
  const amounts = splits.get(item.id);
  if (amounts === undefined) return [item];
  return amounts.map((amount, index) => ({
    ...item,
    ...{ id: partId(item.id, index), amount: atomsOf(amount), tax: null, subtotal: null, original: null },
    text: `${item.text} (part ${index + 1} of ${amounts.length})`,
  }));
}

export function partId(item: string, index: number): string {
  return `${item}/part ${index + 1}`;
}

function spanOf(items: readonly Item[]): readonly [ReconMonth, ReconMonth] | null {
  const [first] = items;
  if (first === undefined) return null;
  let [least, most] = [first.date, first.date];
  for (const { date } of items) {
    if (date < least) least = date;
    if (date > most) most = date;
  }
  return [monthOfDate(least), monthOfDate(most)];
}

/** Longer runs than this are a mistyped year's. */
const MOST_MONTHS = 600;

function monthsOf({ run, sources }: Account, found: readonly ReconMonth[]): ReconMonth[] {
  const { input, state } = run;
  const months = new Set(found);
  const isAlive = state.timeline.length > 0 || input.log.count > 0 || sources.length === 0;
  if (!isAlive) return [...months].sort();
  const last = monthOfInstant(state.now, input.zone);
  let month = monthOfInstant(input.opened, input.zone);
  for (let count = 0; month <= last && count < MOST_MONTHS; count++) {
    months.add(month);
    month = nextMonth(month);
  }
  return [...months].sort();
}
