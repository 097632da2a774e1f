/**
 * Double entry as text for plain-text accounting programs: hledger and beancount. The book says what is booked; the two
 * writers say it in the program's own form, with account names that both accept.
 */
import { formatAtoms, minorDigitsOf, type Atoms } from '../domain/money.ts';
import type { CalendarDate } from '../domain/statement.ts';
import { shiftDate } from '../domain/time.ts';

export interface BookPosting {
  /** From the top: `Assets`, `Prepaid`, `Halcyon Models`. The first is one of the five kinds of account. */
  readonly account: readonly string[];
  readonly amount: Atoms;
  readonly currency: string;
  /** What it is worth in the book's currency, without a sign, where it is in another. */
  readonly worth?: Atoms;
}

export interface BookEntry {
  readonly date: CalendarDate;
  /** False: flagged `!`, as nothing that a reader may rely on. */
  readonly isSettled: boolean;
  /** Number of the document; a code in hledger, a link in beancount. */
  readonly code: string | null;
  readonly payee: string | null;
  readonly text: string;
  /** Names in small letters. */
  readonly notes: Readonly<Record<string, string>>;
  readonly postings: readonly BookPosting[];
}

/** The balance of an account at the end of a day. */
export interface BookBalance {
  readonly account: readonly string[];
  readonly date: CalendarDate;
  readonly amount: Atoms;
}

export interface Book {
  readonly title: string;
  /** Lines at the top. */
  readonly remarks: readonly string[];
  readonly currency: string;
  readonly minorDigits: number;
  /** By date. */
  readonly entries: readonly BookEntry[];
  readonly closing: readonly BookBalance[];
}

export function hledgerText(book: Book): string {
  const { currency } = book;
  const lines = [...heading(book).map((line) => `; ${line}`), ''];
  // without it a reader takes 1.000 for a thousand in some places and for one in others
  for (const code of currencies(book)) lines.push(`commodity 1000.${'0'.repeat(minorDigitsOf(code))} ${code}`);
  for (const name of accountNames(book)) lines.push(`account ${name}`);
  for (const { date, isSettled, code, payee, text, notes, postings } of book.entries) {
    const number = code === null ? '' : `(${oneLine(code, /[()]/g)}) `;
    const title = [payee, text].flatMap((part) => (part === null ? [] : [oneLine(part, /[;|]/g)])).join(' | ');
    lines.push('', `${date} ${isSettled ? '*' : '!'} ${number}${title}`);
    for (const [name, value] of Object.entries(notes)) lines.push(`    ; ${name}: ${oneLine(value, /,/g)}`);
    for (const posting of postings) lines.push(postingLine('    ', posting, book));
  }
  for (const { account, date, amount } of book.closing) {
    const balance = `${amountText(amount, book.minorDigits)} ${currency}`;
    lines.push('', `${date} * Closing balance`, `    ${accountName(account)}  0 ${currency} = ${balance}`);
  }
  return lines.join('\n') + '\n';
}

export function beancountText(book: Book): string {
  const { currency, entries, closing } = book;
  const first = entries[0]?.date ?? closing[0]?.date;
  const lines = [...heading(book).map((line) => `; ${line}`), ''];
  lines.push(`option "title" ${quoted(book.title)}`, `option "operating_currency" "${currency}"`, '');
  if (first !== undefined) for (const name of accountNames(book)) lines.push(`${first} open ${name}`);
  for (const { date, isSettled, code, payee, text, notes, postings } of entries) {
    const link = code === null ? '' : ` ^${code.replace(/[^A-Za-z0-9\-_/.]+/g, '-')}`;
    const title = payee === null ? quoted(text) : `${quoted(payee)} ${quoted(text)}`;
    lines.push('', `${date} ${isSettled ? '*' : '!'} ${title}${link}`);
    if (code !== null) lines.push(`  document: ${quoted(code)}`);
    for (const [name, value] of Object.entries(notes)) lines.push(`  ${name}: ${quoted(value)}`);
    for (const posting of postings) lines.push(postingLine('  ', posting, book));
  }
  if (closing.length > 0) lines.push('');
  // checked as a day begins: what a day ends with stands on the next
  for (const { account, date, amount } of closing)
    lines.push(
      `${shiftDate(date, 1)} balance ${accountName(account)}  ${amountText(amount, book.minorDigits)} ~ 0 ${currency}`,
    );
  return lines.join('\n') + '\n';
}

function heading({ title, remarks }: Book): string[] {
  return [title, ...remarks].map((line) => oneLine(line));
}

function currencies({ currency, entries }: Book): string[] {
  const others = entries.flatMap(({ postings }) => postings.map((posting) => posting.currency));
  return [...new Set([currency, ...others])];
}

function accountNames({ entries, closing }: Book): string[] {
  const names = new Set<string>();
  for (const { postings } of entries) for (const { account } of postings) names.add(accountName(account));
  for (const { account } of closing) names.add(accountName(account));
  return [...names].sort();
}

function postingLine(
  indent: string,
  { account, amount, currency, worth }: BookPosting,
  { minorDigits, currency: own }: Book,
): string {
  const price = worth === undefined ? '' : ` @@ ${amountText(worth, minorDigits)} ${own}`;
  return `${indent}${accountName(account).padEnd(40)}  ${amountText(amount, minorDigits).padStart(14)} ${currency}${price}`;
}

/** Exact, with the currency's usual digits at least. */
function amountText(amount: Atoms, minorDigits: number): string {
  const [whole = '0', fraction = ''] = formatAtoms(amount).split('.');
  const digits = fraction.padEnd(minorDigits, '0');
  return digits === '' ? whole : `${whole}.${digits}`;
}

/** Letters, digits and dashes, each part with a capital or a digit first: what beancount takes, hledger takes as well. */
function accountName(parts: readonly string[]): string {
  return parts
    .map((part) => {
      const plain = part
        .normalize('NFKD')
        .replace(/\p{Mark}+/gu, '')
        .replace(/[^A-Za-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '');
      return plain === '' ? 'Other' : plain.charAt(0).toUpperCase() + plain.slice(1);
    })
    .join(':');
}

function quoted(text: string): string {
  return `"${oneLine(text).replace(/["\\]/g, (mark) => `\\${mark}`)}"`;
}

/** @param marks what means something to the reader, and becomes a blank */
function oneLine(text: string, marks?: RegExp): string {
  const flat = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  return (marks === undefined ? flat : flat.replace(marks, ' ')).replace(/ {2,}/g, ' ').trim();
}
