/** Recognises statements by the head of a file, without reading them. */
import type { Head } from '../importer.ts';
import { COLUMNS, TOKEN_ROLES } from '../columns.ts';
import { isBalanceJson, isBalanceTable } from './balanceRows.ts';
import { snapshotFormat } from './balanceSnapshot.ts';
import { bankHeader, plain, type BankHeader, type BankRole } from './bankColumns.ts';
import { isCamt053 } from './camt053.ts';
import { FOCUS_MARKS, FocusColumns } from './focusTable.ts';
import { headerlessTable } from './headerless.ts';
import { isMt940 } from './mt940.ts';
import { isOfx } from './ofx.ts';
import { readPasted } from './pastedRows.ts';
import { refusalOf } from './refusals.ts';
import { Source } from './source.ts';
import { readStripeCsv } from './stripeCsv.ts';
import { isStripeJson } from './stripeJson.ts';
import { isPdf } from './stripePdf.ts';
import { findTable, type Table } from './table.ts';

export interface StatementDetection {
  /** One of `STATEMENT_FORMATS`. */
  readonly format: string;
  /** 0 to 1, on the scale of the importers of usage. */
  readonly confidence: number;
  /** For the user: what shows the format. */
  readonly why: string;
}

/** Null where nothing shows a statement. */
export function detectStatement(head: Head): StatementDetection | null {
  const { text } = head;
  if (isPdf(head.bytes)) return found('stripe-pdf', 0.95, 'The file is a PDF.');
  if (isOfx(text)) return found('ofx', 0.98, 'The OFX markup names a bank or card statement.');
  if (isCamt053(text)) return found('camt053', 0.98, 'The XML is a CAMT.053 bank-to-customer statement.');
  if (isMt940(text)) return found('mt940', 0.97, 'The fields :20:, :60F: and :61: are those of MT940.');
  if (isStripeJson(text)) return found('stripe-invoice-json', 0.95, "The JSON is Stripe's Invoice object.");
  const snapshot = snapshotFormat(text);
  if (snapshot !== null) return found(snapshot.format, 0.95, snapshot.why);
  if (isBalanceJson(text)) return found('balances-json', 0.9, 'The objects have a time and a balance each.');
  // forms of statements that are not read: only their reader says what to do instead
  const refusal = refusalOf(text);
  if (refusal !== null) return found(/^PK/.test(text) ? 'bank-csv' : 'camt053', 0.5, refusal);
  if (/^\s*[{[<]/.test(text)) return null;
  return detectTable(head);
}

/** Text that was pasted: rows copied from a page, or the text of a file. */
export function detectPasted(head: Head): StatementDetection | null {
  const known = detectStatement(head);
  if (known !== null && known.confidence >= 0.5) return known;
  return pastedRows(new Source(head.name, head.bytes)) ?? known;
}

function pastedRows(source: Source): StatementDetection | null {
  if (/^\s*[{[<]/.test(source.text) || readPasted(source) === undefined) return null;
  return found('billing-history', 0.6, 'The rows have a date and an amount each, as copied from a billing history.');
}

function found(format: string, confidence: number, why: string): StatementDetection {
  return { format, confidence, why };
}

function detectTable(head: Head): StatementDetection | null {
  const source = new Source(head.name, head.bytes);
  const stripe = readStripeCsv(source);
  if (stripe !== null) return found(stripe.format, 0.96, stripe.why.split('. ')[0] ?? stripe.why);
  const focus = findTable(source, ({ cells }) => (new FocusColumns(cells).isFocus ? true : null), FOCUS_ROWS);
  if (focus !== null)
    return found('focus', 0.96, `The columns are those of FOCUS, ${FOCUS_MARKS.join(', ')} among them.`);
  if (isBalanceTable(source))
    return found('balances-csv', 0.9, 'The table has a time and a balance, and no movements.');
  const table = findTable(source, ({ cells }, next) => bankHeader(cells, next?.cells), BANK_ROWS);
  if (table !== null) return bankDetection(table);
  const pasted = pastedRows(source);
  if (pasted !== null || headerlessTable(source) === null) return pasted;
  return found('bank-csv', 0.6, 'Each row has a date and an amount, as banks export them without a header.');
}

/** Rows among which a header is searched. */
const FOCUS_ROWS = 20;
const BANK_ROWS = 100;

const BANK_ROLES: readonly BankRole[] = ['balance', 'valueDate', 'party', 'description', 'reference', 'mark'];
const BANK_WORD =
  /iban|bic|swift|sortcode|accountn|kontonummer|buchung|booking|posting|cheque|check|mandat|glaubiger|cardno|cardmember/;
/** What only logs of usage have. */
const USAGE_NAMES: ReadonlySet<string> = new Set(
  [...TOKEN_ROLES, 'key' as const]
    .flatMap((role) => COLUMNS[role].map((name) => plain(name)))
    .filter((name) => name !== 'key'),
);
const USAGE_WORD =
  /token|^model(?:name|id|version)?$|^sku|requestid|generationid|^requests?$|prompt|completion|apikey|lineitem|usagetype/;

function bankDetection({ header, headerRow, before }: Table<BankHeader>): StatementDetection {
  const names = headerRow.cells.map(plain);
  const has = (role: BankRole): boolean => header.columns.has(role);
  const why = `The table has a date and ${has('amount') ? 'an amount' : 'debits and credits'}, as banks export them`;
  if (names.some((name) => USAGE_NAMES.has(name) || USAGE_WORD.test(name))) {
    return found('bank-csv', 0.3, `${why}, but also columns of a usage log.`);
  }
  const bankLike = names.filter((name) => BANK_WORD.test(name)).length > 0 || before.length > 0;
  const shows = BANK_ROLES.filter(has);
  if (shows.length > 0 || bankLike || (has('debit') && has('credit'))) {
    const besides = shows.map((role) => headerRow.cells[header.columns.get(role) ?? -1] ?? '').slice(0, 3);
    return found('bank-csv', 0.8, besides.length > 0 ? `${why}, besides ${besides.join(', ')}.` : `${why}.`);
  }
  return found('bank-csv', 0.5, `${why}.`);
}
