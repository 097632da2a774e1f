/**
 * Stripe's Invoice object, alone, in an array or in a list: the current shape, and the older one with `tax` at the top.
 * Amounts are whole numbers of the smallest unit, times Unix seconds.
 */
import { minorDigitsOf, minorUnit, type Atoms } from '../../domain/money.ts';
import { formatInstant } from '../../domain/time.ts';
import { quoted } from '../problems.ts';
import { dateInZone } from './dates.ts';
import { jsonPlaces, type JsonPlace } from './jsonPlaces.ts';
import { invoiceProblem } from './invoice.ts';
import { plainLine, type StatementLine } from '../../domain/statement.ts';
import { readingOf, type StatementReading } from './reading.ts';
import { statedReference } from '../../domain/reference.ts';
import type { Source } from './source.ts';

/** Where Stripe's smallest unit is not ISO 4217's. */
const SMALLEST_DIGITS: ReadonlyMap<string, number> = new Map([
  ['ISK', 2],
  ['UGX', 2],
  ['MGA', 0],
]);

/** Latest Unix time that is believed: the year 2200. */
const LAST_SECOND = 7_258_118_400;

type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined: the text is no invoice of Stripe's. */
export function readStripeJson(source: Source): StatementReading | null | undefined {
  if (!isStripeJson(source.text)) return undefined;
  const places = jsonPlaces(source.text);
  if (places.tooDeepAt !== null) {
    source.problem(source.lineAt(places.tooDeepAt), null, 'the JSON nests deeper than any invoice does');
    return null;
  }
  let value: unknown;
  try {
    value = JSON.parse(source.text);
  } catch {
    source.problem(null, null, 'the file is no JSON; it may be cut off');
    return null;
  }
  const isList = isObject(value) && Array.isArray(value['data']);
  const objects = listOf(value);
  const where = isList ? places.data : places.top;
  const invoices = objects.flatMap((invoice, index) => {
    const place = where[index];
    return invoice['object'] === 'invoice' && place !== undefined ? [{ invoice, place }] : [];
  });
  if (invoices.length === 0) return undefined;
  if (isObject(value) && value['has_more'] === true) {
    source.problem(null, 'has_more', 'the list goes on: there are more invoices than this file holds');
  }
  const lines = invoices.flatMap(({ invoice, place }) => lineOf(source, invoice, place) ?? []);
  const { zone } = source.options;
  return readingOf(source, {
    format: 'stripe-invoice-json',
    why: source.why("The JSON is Stripe's Invoice object.", `Dates are those of ${zone?.name ?? 'UTC'}.`),
    currency: lines[0]?.currency ?? '',
    lines,
  });
}

/** By the head of a text: JSON that has an invoice, or a list, of Stripe's. */
export function isStripeJson(text: string): boolean {
  return /^\s*[{[]/.test(text) && /"object"\s{0,20}:\s{0,20}"invoice"/.test(text);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The invoice, or those of an array or a list. */
function listOf(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.filter(isObject);
  if (!isObject(value)) return [];
  return Array.isArray(value['data']) ? value['data'].filter(isObject) : [value];
}

function lineOf(source: Source, invoice: JsonObject, place: JsonPlace): StatementLine | null {
  source.read++;
  const reader = new InvoiceReader(source, invoice, source.lineAt(place.from));
  const created = reader.instant('created', invoice['created']);
  const transitions = isObject(invoice['status_transitions']) ? invoice['status_transitions'] : {};
  const paid = transitions['paid_at'] == null ? null : reader.instant('paid_at', transitions['paid_at']);
  const figures = {
    status: reader.text('status') ?? '',
    created: formatInstant(created),
    paid: paid === null ? null : formatInstant(paid),
    subtotal: reader.amount('subtotal'),
    tax: invoice['tax'] == null ? reader.sum('total_taxes', 'total_tax_amounts') : reader.amount('tax'),
    total: reader.amount('total'),
    startingBalance: reader.optional('starting_balance') ?? 0n,
    amountDue: reader.amount('amount_due'),
    amountPaid: reader.optional('amount_paid') ?? 0n,
  };
  const endingBalance = reader.optional('ending_balance');
  if (reader.failed) return null;
  // which taxes are inside the subtotal is told for each, in several shapes; the balance check needs none of them
  const wrong = invoiceProblem(figures, { endingBalance, exclusiveTax: null, discount: null });
  if (wrong !== null) source.problem(reader.line, 'total', wrong);
  return plainLine({
    date: dateInZone(created, source.options.zone),
    amount: figures.amountDue,
    currency: reader.currency,
    reference: statedReference(reader.text('number')),
    description: reader.text('description') ?? '',
    // the seller, who is paid: the customer holds this paper
    party: reader.text('account_name'),
    id: reader.text('id'),
    kind: figures.status,
    invoice: figures,
    line: reader.line,
    raw: source.text.slice(place.from, place.to),
  });
}

class InvoiceReader {
  readonly currency: string;
  readonly line: number;
  failed = false;
  readonly #source: Source;
  readonly #invoice: JsonObject;
  readonly #unit: Atoms;

  constructor(source: Source, invoice: JsonObject, line: number) {
    this.#source = source;
    this.#invoice = invoice;
    this.line = line;
    this.currency = (this.text('currency') ?? '').toUpperCase();
    this.#unit = minorUnit(SMALLEST_DIGITS.get(this.currency) ?? minorDigitsOf(this.currency));
    if (!/^[A-Z]{3}$/.test(this.currency)) this.#problem('currency', invoice['currency'], 'this is no currency');
  }

  text(name: string): string | null {
    const value = this.#invoice[name];
    return typeof value === 'string' && value !== '' ? value : null;
  }

  amount(name: string): Atoms {
    return this.#atoms(name, this.#invoice[name]);
  }

  optional(name: string): Atoms | null {
    return this.#invoice[name] == null ? null : this.amount(name);
  }

  /** Sum of the amounts in the first of these arrays of objects that there is. */
  sum(...names: readonly string[]): Atoms {
    const name = names.find((each) => Array.isArray(this.#invoice[each]));
    if (name === undefined) return 0n;
    return listOf(this.#invoice[name]).reduce((sum, each) => sum + this.#atoms(name, each['amount']), 0n);
  }

  /** Milliseconds of a Unix time in seconds. */
  instant(name: string, value: unknown): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < LAST_SECOND) return value * 1_000;
    this.#problem(name, value, 'this is no Unix time in seconds');
    return 0;
  }

  #atoms(name: string, value: unknown): Atoms {
    // beyond 2^53 JSON's numbers are no longer what the file says
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value) * this.#unit;
    this.#problem(name, value, 'this is no whole number of the smallest unit');
    return 0n;
  }

  #problem(name: string, value: unknown, message: string): void {
    const said = `${quoted(JSON.stringify(value ?? null))}: ${message}`;
    if (this.failed) this.#source.problem(this.line, name, said);
    else this.#source.reject(this.line, name, said);
    this.failed = true;
  }
}
