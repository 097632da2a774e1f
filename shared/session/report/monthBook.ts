/**
 * A reconciled month as the buyer books it: credits are a prepaid expense, use and expiry spend it. What a bank line and
 * the ledger agree on is booked at once; everything else goes through a suspense account and is flagged, so nothing that
 * was not matched stands there as settled. The prepaid account ends with the roll-forward's balance; where the account has
 * no purchases of its own, the vendor's documents stand for them.
 */
import type { ReconGroup, Reconciliation, ReconItem, RollForward, StepCategory } from '../../contract/reconcile.ts';
import { parseAmount, type Atoms } from '../../domain/money.ts';
import type { CalendarDate } from '../../domain/statement.ts';
import { shiftDate } from '../../domain/time.ts';
import type { Book, BookEntry, BookPosting } from '../../export/plainAccounts.ts';

export interface MonthBookInput {
  readonly reconciliation: Reconciliation;
  readonly rollForward: RollForward;
  /** Accepted usage of the month by SKU, exact. */
  readonly usage: readonly (readonly [sku: string, amount: Atoms])[];
  /** Paid and not yet credited, at the month's beginning and end. */
  readonly pending: readonly [opening: Atoms, closing: Atoms];
  /** Whether an invoice's usage was booked in a month before. */
  readonly isAccruedBefore: (invoice: number) => boolean;
  /** Version of the program. */
  readonly engine: string;
}

export function monthBook(input: MonthBookInput): Book {
  const { reconciliation, rollForward, pending } = input;
  const { period, vendor, currency, minorDigits, timezone, verdict, head } = reconciliation;
  const books = new MonthBooks(input);
  const closing = books.isOwn ? amountOf(rollForward.total.closing) + pending[1] : books.prepaid;
  return {
    title: `${vendor}, ${period.period}`,
    remarks: [
      `${period.from} to ${shiftDate(period.to, -1)}, days in ${timezone}; ${verdict.replaceAll('_', ' ')}`,
      `made by ${input.engine}; log ${head ?? 'empty'}`,
      'The first entry is for a file that stands alone: leave it out where the months before are in the same ledger.',
      ...books.remarks,
    ],
    ...{ currency, minorDigits, entries: books.entries },
    closing: [{ account: books.accounts.prepaid, date: shiftDate(period.to, -1), amount: closing }],
  };
}

type Accounts = Readonly<Record<'prepaid' | 'suspense' | 'payable' | 'bank' | 'tax', readonly string[]>>;

const OPENING = ['Equity', 'Opening balances'];

/** Settled with nothing beside it: a fee or tax on a line of its own, a charge that was given back. */
function isBanksOwn({ section, cells, category, links }: ReconGroup): boolean {
  if (section !== 'matched' || cells.simulated.length > 0 || cells.document.length > 0) return false;
  return ['fee', 'tax', 'fx', 'rounding'].includes(category) || links.some(({ rule }) => rule === 'reversal');
}

class MonthBooks {
  readonly accounts: Accounts;
  readonly entries: readonly BookEntry[];
  /** The account's own purchases are booked; else the vendor's documents. */
  readonly isOwn: boolean;
  /** What is on one side only and moves nothing. */
  readonly remarks: string[] = [];
  readonly #input: MonthBookInput;
  readonly #booked: BookEntry[] = [];
  /** What stood in suspense, and was owed, before the month. */
  #suspended = 0n;
  #owed = 0n;

  constructor(input: MonthBookInput) {
    const { vendor } = input.reconciliation;
    this.#input = input;
    this.isOwn = input.reconciliation.bridge.pillars.some(({ side }) => side === 'simulated');
    if (!this.isOwn) this.remarks.push('the account has no purchases of its own: the vendor’s documents are booked');
    this.accounts = {
      prepaid: ['Assets', 'Prepaid', vendor],
      suspense: ['Liabilities', 'Suspense', vendor],
      payable: ['Liabilities', 'Payable', vendor],
      bank: ['Liabilities', 'Card'],
      tax: ['Expenses', 'Tax', 'Sales'],
    };
    for (const group of input.reconciliation.groups) if (group.section !== 'ignored') this.#bookGroup(group);
    if (this.isOwn) this.#bookRest();
    this.#booked.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
    this.#bookMonthEnd();
    this.entries = [...this.#opening(), ...this.#booked];
  }

  /** Of the prepaid account at the end. */
  get prepaid(): Atoms {
    return sum(
      this.entries.flatMap(({ postings }) => postings.filter(({ account }) => account === this.accounts.prepaid)),
      ({ amount }) => amount,
    );
  }

  #bookGroup(group: ReconGroup): void {
    const { bank, document } = group.cells;
    const simulated = this.isOwn ? group.cells.simulated : document;
    const isSettled = group.section === 'matched' && simulated.length > 0 && bank.length > 0;
    const [ours, theirs] = [this.#inMonth(simulated), this.#inMonth(bank)];
    const before = (items: readonly ReconItem[]): readonly ReconItem[] => items.filter(({ date }) => date < this.#from);
    const [oursBefore, theirsBefore] = [before(simulated), before(bank)];
    this.#suspended +=
      sum(theirsBefore, (item) => this.#valueOf(item)) - sum(oursBefore, ({ amount }) => amountOf(amount));
    if (simulated.length === 0 && bank.length === 0) {
      for (const item of document)
        this.remarks.push(`not booked, as neither ledger nor bank has it: ${described(item)}`);
      return;
    }
    const isWhole = ours.length === simulated.length && theirs.length === bank.length;
    if (isSettled && isWhole) {
      this.#book(group, ours[0]!.date, true, [
        ...ours.flatMap((item) => this.#ledgerPostings(item)),
        ...this.#differences(group),
        ...theirs.map((item) => this.#bankPosting(item)),
      ]);
      return;
    }
    if (ours.length > 0) {
      // a bank line of before is all there: then this is where the difference is known
      const completes = isSettled && theirsBefore.length === bank.length;
      this.#book(group, ours[0]!.date, isSettled, [
        ...ours.flatMap((item) => this.#ledgerPostings(item)),
        ...(completes ? this.#differences(group) : []),
      ]);
    }
    if (theirs.length > 0 && isBanksOwn(group)) {
      const worth = sum(theirs, (item) => this.#valueOf(item));
      this.#book(group, theirs[0]!.date, true, [
        ...(worth === 0n ? [] : [this.#posting(this.#accountOf(group.category), worth)]),
        ...theirs.map((item) => this.#bankPosting(item)),
      ]);
      return;
    }
    if (theirs.length > 0) {
      const completes = isSettled && oursBefore.length === simulated.length;
      this.#book(group, theirs[0]!.date, isSettled, [
        ...(completes ? this.#differences(group) : []),
        ...theirs.map((item) => this.#bankPosting(item)),
      ]);
    }
  }

  /** An entry; what its postings do not balance goes to suspense. */
  #book(group: ReconGroup, date: CalendarDate, isSettled: boolean, postings: readonly BookPosting[]): void {
    const { simulated, bank, document } = group.cells;
    const [paper] = [...document, ...simulated];
    const lines = bank.flatMap(({ sources }) => sources.map(({ file, line }) => `${file}:${line}`));
    this.#booked.push({
      ...{ date, isSettled, payee: this.#input.reconciliation.vendor },
      code: document.find(({ reference }) => reference !== null)?.reference ?? paper?.reference ?? null,
      text: paper?.text ?? bank[0]?.text ?? '',
      notes: {
        recon: group.state,
        ...(bank.length === 0 ? {} : { bank_date: bank.map((item) => item.date).join(' ') }),
        ...(lines.length === 0 ? {} : { statement_line: lines.join(' ') }),
      },
      postings: this.#balanced(postings),
    });
  }

  #ledgerPostings(item: ReconItem): BookPosting[] {
    const tax = item.tax === null ? 0n : amountOf(item.tax);
    const net = amountOf(item.amount) - tax;
    const isInvoice = this.isOwn && item.kind === 'invoice';
    if (isInvoice && item.invoice !== null && this.#input.isAccruedBefore(item.invoice)) this.#owed += net;
    return [
      this.#posting(isInvoice ? this.accounts.payable : this.accounts.prepaid, net),
      this.#posting(this.accounts.tax, tax),
    ];
  }

  #bankPosting(item: ReconItem): BookPosting {
    const { currency } = this.#input.reconciliation;
    const amount = -amountOf(item.amount);
    if (item.currency === currency) return this.#posting(this.accounts.bank, amount);
    const worth = this.#valueOf(item);
    return { account: this.accounts.bank, amount, currency: item.currency, worth: worth < 0n ? -worth : worth };
  }

  /** What bank and ledger differ by, each part where its category belongs. */
  #differences({ links }: ReconGroup): BookPosting[] {
    return links.map(({ category, difference }) => this.#posting(this.#accountOf(category), amountOf(difference)));
  }

  #accountOf(category: StepCategory | 'none'): readonly string[] {
    switch (category) {
      case 'tax':
        return this.accounts.tax;
      case 'fee':
        return ['Expenses', 'Fees'];
      case 'fx':
        return ['Expenses', 'Exchange differences'];
      case 'rounding':
        return ['Expenses', 'Rounding'];
      case 'none':
      case 'amount_difference':
      case 'timing':
      case 'timing_prior_period':
      case 'reversed':
      case 'duplicate_in_ledger':
      case 'duplicate_in_statement':
      case 'missing_in_ledger':
      case 'missing_in_statement':
      case 'ambiguous':
      case 'unexplained':
        return this.accounts.suspense;
    }
  }

  /** What the ledger bought and no group shows: ignored purchases, or lines left out. */
  #bookRest(): void {
    const { rollForward, pending } = this.#input;
    const moved = amountOf(rollForward.total.purchases) - amountOf(rollForward.total.refunds) + pending[1] - pending[0];
    const booked = this.#balanceOf(this.accounts.prepaid);
    if (moved === booked) return;
    this.#booked.push({
      ...{ date: this.#last, isSettled: false, code: null, payee: this.#input.reconciliation.vendor },
      text: 'Purchases that no group of the reconciliation shows',
      notes: {},
      postings: this.#balanced([this.#posting(this.accounts.prepaid, moved - booked)]),
    });
  }

  #bookMonthEnd(): void {
    const { rollForward, usage } = this.#input;
    const { total } = rollForward;
    const { prepaid, payable } = this.accounts;
    const used = amountOf(total.usage);
    const beyond = sum(usage, ([, amount]) => amount) - used;
    this.#bookEnd('Usage', [
      ...usage.map(([sku, amount]) => this.#posting(['Expenses', 'API', sku], amount)),
      this.#posting(prepaid, -used),
      this.#posting(payable, -beyond),
    ]);
    const against = (text: string, amount: Atoms, account: readonly string[]): void =>
      this.#bookEnd(text, [this.#posting(prepaid, amount), this.#posting(account, -amount)]);
    against('Credits given', amountOf(total.grants), ['Income', 'Credits given']);
    against('Adjustments', amountOf(total.adjustments), ['Income', 'Adjustments']);
    against('Credits expired', -amountOf(total.expired), ['Expenses', 'Expired credits']);
    against('Debt taken over by an invoice', amountOf(total.transfers), payable);
  }

  #bookEnd(text: string, postings: readonly BookPosting[]): void {
    const moving = postings.filter(({ amount }) => amount !== 0n);
    if (moving.length === 0) return;
    const { vendor, period } = this.#input.reconciliation;
    this.#booked.push({
      ...{ date: this.#last, isSettled: true, code: null, payee: vendor, text: `${text} ${period.period}` },
      ...{ notes: {}, postings: moving },
    });
  }

  #opening(): BookEntry[] {
    const { rollForward, pending, reconciliation } = this.#input;
    const parts = [
      this.#posting(this.accounts.prepaid, amountOf(rollForward.total.opening) + pending[0]),
      this.#posting(this.accounts.suspense, this.#suspended),
      this.#posting(this.accounts.payable, -this.#owed),
    ].filter(({ amount }) => amount !== 0n);
    if (parts.length === 0) return [];
    const rest = this.#posting(OPENING, -sum(parts, ({ amount }) => amount));
    return [
      {
        ...{ date: this.#from, isSettled: true, code: null, payee: reconciliation.vendor, text: 'Opening balances' },
        ...{ notes: {}, postings: [...parts, rest].filter(({ amount }) => amount !== 0n) },
      },
    ];
  }

  #balanced(postings: readonly BookPosting[]): BookPosting[] {
    const rest = sum(postings, (posting) => weightOf(posting));
    return [...postings, this.#posting(this.accounts.suspense, -rest)].filter(({ amount }) => amount !== 0n);
  }

  #balanceOf(account: readonly string[]): Atoms {
    return sum(
      this.#booked.flatMap(({ postings }) => postings.filter((posting) => posting.account === account)),
      ({ amount }) => amount,
    );
  }

  #posting(account: readonly string[], amount: Atoms): BookPosting {
    return { account, amount, currency: this.#input.reconciliation.currency };
  }

  #valueOf({ amount, currency, original, converted }: ReconItem): Atoms {
    const own = this.#input.reconciliation.currency;
    if (currency === own) return amountOf(amount);
    if (original?.currency === own) return amountOf(original.amount);
    return converted === null ? 0n : amountOf(converted.amount);
  }

  #inMonth(items: readonly ReconItem[]): readonly ReconItem[] {
    const { from, to } = this.#input.reconciliation.period;
    return items.filter(({ date }) => date >= from && date < to);
  }

  get #from(): CalendarDate {
    return this.#input.reconciliation.period.from;
  }

  get #last(): CalendarDate {
    return shiftDate(this.#input.reconciliation.period.to, -1);
  }
}

function weightOf({ amount, worth }: BookPosting): Atoms {
  if (worth === undefined) return amount;
  return amount < 0n ? -worth : worth;
}

function described({ kind, reference, amount, currency, date }: ReconItem): string {
  return `${kind.replaceAll('_', ' ')} ${reference ?? ''} of ${date}, ${amount} ${currency}`;
}

function sum<T>(items: readonly T[], of: (item: T) => Atoms): Atoms {
  return items.reduce((all, item) => all + of(item), 0n);
}

function amountOf(text: string): Atoms {
  const amount = parseAmount(text);
  if (typeof amount !== 'bigint') throw new RangeError(`${text} is no amount`);
  return amount;
}
