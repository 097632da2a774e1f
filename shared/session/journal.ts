/** Pages of the journal through a filter, with running balances; the trial balance at any instant. */
import type { AccountSums, JournalFilter, JournalPage, JournalRow, TrialBalanceView } from '../contract/journal.ts';
import { JOURNAL_ACCOUNTS, type JournalEntry } from '../domain/journal.ts';
import { ATOMS_PER_UNIT, formatAtoms, parseAmount, type Atoms } from '../domain/money.ts';
import { formatInstant, type Instant } from '../domain/time.ts';
import type { Account } from './account.ts';
import { csvFile } from './csv.ts';
import type { Steps } from './inPieces.ts';
import { JournalIndex, maskOf } from './journalIndex.ts';
import { causeOf, JOURNAL_KINDS, KIND_OF_PAIR, kindOf } from './journalKinds.ts';
import { cutSpan } from './journalUsage.ts';

const MAX_PAGE = 5_000;
/** Rows that an export makes at once: some milliseconds of work. */
const ROWS_AT_ONCE = 500;
/** Filters whose rows are kept: scrolling asks for the same one again and again. */
const KEPT_FILTERS = 4;

interface Filtered {
  readonly entries: Uint32Array;
  readonly sums: JournalPage['sums'];
}

interface Journal {
  readonly index: JournalIndex;
  readonly filtered: Map<string, Filtered>;
  /** What a text is looked for in, by entry; made as it is needed. */
  readonly words: string[];
}

const journals = new WeakMap<Account['run'], Journal>();

function journalOf({ run }: Account): Journal {
  let journal = journals.get(run);
  if (journal === undefined) {
    journal = { index: new JournalIndex(run.state.journal), filtered: new Map(), words: [] };
    journals.set(run, journal);
  }
  return journal;
}

export function journalPage(
  account: Account,
  request: { readonly filter: JournalFilter; readonly offset: number; readonly limit: number },
): JournalPage {
  const { filter } = request;
  const { index } = journalOf(account);
  const { entries, sums } = filteredBy(account, filter);
  const total = entries.length;
  const offset = Math.max(0, Math.min(Math.floor(request.offset) || 0, total));
  const shown = entries.subarray(offset, offset + Math.max(0, Math.min(Math.floor(request.limit) || 0, MAX_PAGE)));
  const mask = maskOf(filter.accounts ?? []);
  const balance = (count: number): string | null => (mask === 0 ? null : formatAtoms(index.balanceBefore(count, mask)));
  return {
    total,
    offset,
    rows: Array.from(shown, (entry) => rowOf(account, entry, balance(entry + 1))),
    sums,
    opening: balance(filter.from === undefined ? 0 : index.countUpTo(filter.from - 1)),
    closing: balance(filter.to === undefined ? index.count : index.countUpTo(filter.to)),
  };
}

function rowOf(account: Account, index: number, balance: string | null): JournalRow {
  const entry = account.run.state.journal[index]!;
  const { at, debit, credit, amount, cause } = entry;
  return {
    ...{ index, at, debit, credit, amount: formatAtoms(amount), kind: kindOf(entry), cause: causeOf(account, entry) },
    opens: 'span' in cause,
    balance,
  };
}

function filteredBy(account: Account, filter: JournalFilter): Filtered {
  const { filtered } = journalOf(account);
  const { accounts = [], from, to, kind, text, minAmount } = filter;
  const key = JSON.stringify([maskOf(accounts), from, to, kind, text?.toLowerCase(), minAmount]);
  const known = filtered.get(key);
  if (known !== undefined) return known;
  const entries = matching(account, filter);
  const made = { entries, sums: sumsOf(journalOf(account).index, entries) };
  const [oldest] = filtered.keys();
  if (filtered.size >= KEPT_FILTERS && oldest !== undefined) filtered.delete(oldest);
  filtered.set(key, made);
  return made;
}

/** @throws RangeError where `minAmount` is no amount. */
function matching(
  account: Account,
  { accounts = [], from, to, kind, text = '', minAmount }: JournalFilter,
): Uint32Array {
  const { index } = journalOf(account);
  const mask = maskOf(accounts);
  const wanted = kind === undefined ? -1 : JOURNAL_KINDS.indexOf(kind);
  const least = minAmount === undefined || minAmount === '' ? 0n : parseAmount(minAmount);
  if (typeof least !== 'bigint') throw new RangeError(`${minAmount ?? ''} is no amount; write one such as 12.50`);
  const whole = Number(least / ATOMS_PER_UNIT);
  const pico = Number(least % ATOMS_PER_UNIT);
  const needle = text.trim().toLowerCase();
  const first = from === undefined ? 0 : index.countUpTo(from - 1);
  const last = to === undefined ? index.count : index.countUpTo(to);
  const found = new Uint32Array(Math.max(0, last - first));
  let count = 0;
  for (let entry = first; entry < last; entry++) {
    const debit = index.debit[entry]!;
    const credit = index.credit[entry]!;
    if (mask !== 0 && ((mask >> debit) & 1) + ((mask >> credit) & 1) === 0) continue;
    if (wanted >= 0 && KIND_OF_PAIR[debit * JOURNAL_ACCOUNTS.length + credit] !== wanted) continue;
    if (least > 0n && !index.amountAtLeast(entry, whole, pico)) continue;
    if (needle !== '' && !wordsOf(account, entry).includes(needle)) continue;
    found[count++] = entry;
  }
  return found.slice(0, count);
}

function wordsOf(account: Account, index: number): string {
  const { words } = journalOf(account);
  let found = words[index];
  if (found === undefined) {
    const entry = account.run.state.journal[index]!;
    const kind = kindOf(entry);
    const { words: cause } = causeOf(account, entry);
    const names = `${entry.debit}\n${entry.credit}\n${kind}`;
    found = `${cause}\n${names}\n${names.replaceAll('_', ' ').replaceAll(':', ': ')}`.toLowerCase();
    words[index] = found;
  }
  return found;
}

function sumsOf(index: JournalIndex, entries: Uint32Array): JournalPage['sums'] {
  const { debit, credit } = index.sums(entries);
  const accounts = accountSums(debit, credit).filter((sums) => sums.debit !== '0' || sums.credit !== '0');
  return { amount: formatAtoms(total(debit)), accounts };
}

function accountSums(debit: readonly Atoms[], credit: readonly Atoms[]): AccountSums[] {
  return JOURNAL_ACCOUNTS.map((account, place) => ({
    account,
    debit: formatAtoms(debit[place]!),
    credit: formatAtoms(credit[place]!),
    balance: formatAtoms(debit[place]! - credit[place]!),
  }));
}

function total(amounts: readonly Atoms[]): Atoms {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

export function trialBalanceView(account: Account, at: Instant | undefined): TrialBalanceView {
  const { index } = journalOf(account);
  const { state } = account.run;
  const until = at ?? state.now;
  const count = at === undefined ? index.count : index.countUpTo(at);
  const sums = index.sums(count);
  const debit = [...sums.debit];
  const credit = [...sums.credit];
  const add = (debited: JournalEntry['debit'], amount: Atoms): void => {
    debit[JOURNAL_ACCOUNTS.indexOf(debited)]! += amount;
    credit[JOURNAL_ACCOUNTS.indexOf('revenue:usage')]! += amount;
  };
  const cut = at === undefined ? null : cutSpan(account, at);
  if (cut !== null) {
    add('credits', cut.covered);
    add(cut.uncovered === 'overrun' ? 'overrun_receivable' : 'accounts_receivable', cut.beyond);
  }
  const of = (name: JournalEntry['debit']): Atoms => {
    const place = JOURNAL_ACCOUNTS.indexOf(name);
    return debit[place]! - credit[place]!;
  };
  // what the customer has stands on the credit side of `credits`
  const customer = -of('credits') - of('overrun_receivable');
  const ledger = account.course.changeAt(until)?.balance ?? 0n;
  const untied = total(debit) - total(credit);
  const off = untied === 0n ? customer - ledger : untied;
  return {
    at: until,
    accounts: accountSums(debit, credit),
    debit: formatAtoms(total(debit)),
    credit: formatAtoms(total(credit)),
    total: formatAtoms(off),
    error: off === 0n ? null : errorOf(untied, customer, ledger),
  };
}

function errorOf(untied: Atoms, customer: Atoms, ledger: Atoms): string {
  return untied === 0n
    ? `The journal gives the customer ${formatAtoms(customer)}, the lots and the debt give ${formatAtoms(ledger)}.`
    : `Debits and credits differ by ${formatAtoms(untied)}.`;
}

/** Columns of the journal outside the app. */
export const JOURNAL_COLUMNS = ['entry', 'at', 'debit', 'credit', 'amount', 'kind', 'of', 'cause', 'balance'] as const;

/** Every row that the filter lets through; pages are read as they are needed. */
export function* journalRows(account: Account, filter: JournalFilter): Generator<JournalRow> {
  for (let offset = 0; ; offset += ROWS_AT_ONCE) {
    const { rows, total: count } = journalPage(account, { filter, offset, limit: ROWS_AT_ONCE });
    yield* rows;
    if (offset + ROWS_AT_ONCE >= count) return;
  }
}

export function journalCsv(account: Account, filter: JournalFilter): Steps<Uint8Array> {
  const { total } = journalPage(account, { filter, offset: 0, limit: 0 });
  return csvFile(JOURNAL_COLUMNS, cells(journalRows(account, filter)), total);
}

function* cells(rows: Iterable<JournalRow>): Generator<(string | number | null)[]> {
  for (const { index, at, debit, credit, amount, kind, cause, balance } of rows)
    yield [index, formatInstant(at), debit, credit, amount, kind, cause.of, cause.words, balance];
}
