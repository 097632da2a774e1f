/** What a reconciliation is worked out from: the items of all sides, split and scoped as people decided, and the settings. */
import type { ReconMonth, ReconSettings, ReconSide } from '../../contract/reconcile.ts';
import type { LogRecord } from '../../domain/reconLog.ts';
import { ATOMS_PER_UNIT, divideRounded, type Atoms } from '../../domain/money.ts';
import { monthOf as monthOfInstant } from '../../domain/time.ts';
import { folded, type Decisions } from '../../reconcile/log/fold.ts';
import type { Account } from '../account.ts';
import type { Steps } from '../inPieces.ts';
import { adoptedIn, accountUnder, valuesOf, type MonthAccount } from './adopted.ts';
import { allItems, type AllItems } from './allItems.ts';
import { isBankSource } from './bankItems.ts';
import { isDocumentSource } from './documentMentions.ts';
import { nextMonth, valueOf, type Item } from './item.ts';
import type { Scoped } from './scope.ts';
import { scopedItems } from './scopedItems.ts';
import type { ReconSource } from '../../contract/reconSettings.ts';
import { atomsOf, settingsFrom } from './settings.ts';
import { sourcesOf } from './sources.ts';

export interface Basis {
  /** As it is saved. */
  readonly account: Account;
  /** What stands for a month: the account under what is adopted for the vendor. */
  readonly accountOf: (month: ReconMonth) => MonthAccount;
  readonly log: readonly LogRecord[];
  readonly decisions: Decisions;
  readonly settings: ReconSettings;
  /** What items come from. */
  readonly sources: () => readonly ReconSource[];
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

/** @param before of the same account and another log: what is the same in both stays the very same object */
export function* basisSteps(account: Account, log: readonly LogRecord[], before: Basis | null = null): Steps<Basis> {
  const decisions = folded(log, before?.decisions);
  const accountOf = (month: ReconMonth): MonthAccount => accountUnder(account, valuesOf(adoptedIn(decisions, month)));
  const known = yield* allItems(account, decisions);
  const settings = unchangedSettings(before, settingsFrom(decisions.settings, known));
  const all = inParts(known, decisions, account.run.input.currency);
  const { items, byId, byMonth } = yield* scopedItems(all, settings, decisions);
  return {
    ...{ account, accountOf, log, decisions, settings, items, byId, byMonth, spans: known.spans, asOf: known.asOf },
    sources: () => sourcesOf(account.sources, known, settings),
    months: monthsOf(account, [...byMonth.keys()]),
  };
}

function unchangedSettings(before: Basis | null, now: ReconSettings): ReconSettings {
  return before !== null && JSON.stringify(before.settings) === JSON.stringify(now) ? before.settings : now;
}

/** What the last splits made of all items: what they leave alone stays the very same object. */
const split = new WeakMap<AllItems, { readonly splits: string; readonly all: readonly Item[] }>();

function inParts(known: AllItems, decisions: Decisions, currency: string): readonly Item[] {
  if (decisions.splits.size === 0) return known.all;
  const splits = JSON.stringify([...decisions.splits]);
  const before = split.get(known);
  if (before?.splits === splits) return before.all;
  const all = known.all.flatMap((item) => parts(item, decisions, currency));
  split.set(known, { splits, all });
  return all;
}

/** Whether files of a side were imported at all, also those without a line. */
export function hasFiles({ account }: Basis, side: 'document' | 'bank'): boolean {
  return account.sources.some((source) =>
    side === 'document' ? isDocumentSource(source) : isBankSource(source) && !isDocumentSource(source),
  );
}

/** An item in the parts that a person split it into. */
function parts(item: Item, { splits }: Decisions, currency: string): Item[] {
  const amounts = splits.get(item.id);
  if (amounts === undefined) return [item];
  const worth = item.currency === currency ? null : valueOf(item, currency);
  let rest = worth ?? 0n;
  return amounts.map((text, index) => {
    const amount = atomsOf(text);
    // the parts are worth what the whole is, to the last digit
    const share =
      index === amounts.length - 1 ? rest : ((worth ?? 0n) * amount) / (item.amount === 0n ? 1n : item.amount);
    rest -= share;
    return {
      ...item,
      ...{ id: partId(item.id, index), amount, tax: null, subtotal: null, original: null, fee: null },
      converted: worth === null ? null : { amount: share, rate: item.converted?.rate ?? rateOf(worth, item.amount) },
      text: `${item.text} (part ${index + 1} of ${amounts.length})`,
    };
  });
}

function rateOf(worth: Atoms, amount: Atoms): Atoms {
  return amount === 0n ? 0n : divideRounded(worth * ATOMS_PER_UNIT, amount, 'half_up');
}

export function partId(item: string, index: number): string {
  return `${item}/part ${index + 1}`;
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
