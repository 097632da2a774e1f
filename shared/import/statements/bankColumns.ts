/** What the columns of a bank's CSV are, by their names in the languages that exports come in. */
import { plainName } from '../columns.ts';

export type BankRole =
  | 'date'
  | 'valueDate'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'mark'
  | 'balance'
  | 'currency'
  | 'party'
  | 'description'
  | 'reference'
  | 'id'
  | 'kind';

/** Plain names; the earlier in a list, the better it fits. */
const NAMES: { readonly [role in BankRole]: string } = {
  date:
    'buchungstag buchungsdatum bookingdate bookeddate postingdate posteddate postdate posted buchung boekdatum ' +
    'dateoperation datecomptable datacontabile fechaoperacion transactiondate completeddate datum date fecha data',
  valueDate:
    'wertstellung wertstellungsdatum valutadatum valuta valuedate datevaleur datedevaleur datavaluta fechavalor ' +
    'rentedatum effectivedate',
  amount: 'betrag umsatz amount transactionamount montant importe importo bedrag bedragbij kwota valor',
  debit:
    'soll debit debitamount debits belastung lastschrift ausgang withdrawal withdrawals paidout moneyout cargo dare',
  credit: 'haben credit creditamount credits gutschrift eingang deposit deposits paidin moneyin abono avere',
  mark: 'sollhaben sh shkennzeichen drcr crdr dc debitcredit creditdebit afbij',
  balance: 'saldo balance runningbalance kontostand saldonachbuchung solde accountbalance',
  currency: 'wahrung waehrung buchungswahrung currency devise divisa moneda valutacode munt ccy',
  party:
    'empfangerauftraggeber auftraggeberempfanger begunstigterzahlungspflichtiger namezahlungsbeteiligter ' +
    'zahlungsempfanger empfanger auftraggeber counterparty counterpartyname payee merchant beneficiary tegenpartij ' +
    'name naam',
  description:
    'verwendungszweck description transactiondescription details narrative memo libelle concepto descrizione ' +
    'omschrijving particulars buchungstext text',
  reference:
    'endtoendid endtoendreferenz kundenreferenz kundenreferenzendtoend reference referenz paymentreference ref chequenumber checknumber',
  id: 'transactionid transaktionsid umsatzid id fitid',
  kind: 'vorgang buchungsart transactiontype type art',
};

const MEANINGS: ReadonlyMap<string, { readonly role: BankRole; readonly rank: number }> = new Map(
  Object.entries(NAMES).flatMap(([role, names]) =>
    names.split(' ').map((name, rank) => [name, { role: role as BankRole, rank }] as const),
  ),
);

export interface BankHeader {
  readonly columns: ReadonlyMap<BankRole, number>;
  readonly width: number;
  /** Currency that the name of an amount column states. */
  readonly currency: string | null;
}

/** Letters and digits in lower case, without accents. */
export function plain(text: string): string {
  return plainName(text.normalize('NFKD').replace(/\p{Mark}/gu, ''));
}

/** `Betrag (EUR)`, `Amount in USD`. */
const WITH_CURRENCY = /^(.*?)[\s(]+(?:in\s+)?([A-Z]{3})\)?$/;

/** The header row of a bank's table: a date, and an amount or debits and credits; null where it is none. */
export function bankHeader(cells: readonly string[]): BankHeader | null {
  const found = new Map<BankRole, { readonly column: number; readonly rank: number }>();
  let currency: string | null = null;
  cells.forEach((cell, column) => {
    const parts = WITH_CURRENCY.exec(cell);
    const meaning = MEANINGS.get(plain(cell)) ?? MEANINGS.get(plain(parts?.[1] ?? ''));
    if (meaning === undefined) return;
    const isMoney = ['amount', 'debit', 'credit'].includes(meaning.role);
    if (isMoney && parts !== null && !MEANINGS.has(plain(cell))) currency = parts[2] ?? null;
    const best = found.get(meaning.role);
    if (best === undefined || meaning.rank < best.rank) found.set(meaning.role, { column, rank: meaning.rank });
  });
  if (!found.has('date') || !(found.has('amount') || (found.has('debit') && found.has('credit')))) return null;
  const columns = new Map([...found].map(([role, { column }]) => [role, column]));
  return { columns, width: cells.length, currency };
}

const OPENING =
  /^(anfangssaldo|eroffnungssaldo|saldovortrag|alterkontostand|openingbalance|beginningbalance|startingbalance|soldeinitial|saldoinicial|saldoiniziale|beginsaldo)/;
const CLOSING =
  /^(endsaldo|schlusssaldo|abschlusssaldo|neuerkontostand|closingbalance|endingbalance|soldefinal|saldofinal|saldofinale|eindsaldo)/;
const ACCOUNT = /^(iban|konto|kontonummer|account|accountnumber|rekening)$/;

/** What a row before or after the table says, by its first cell. */
export function summaryOf(label: string): 'opening' | 'closing' | 'account' | null {
  const name = plain(label);
  if (OPENING.test(name)) return 'opening';
  if (CLOSING.test(name)) return 'closing';
  return ACCOUNT.test(name) ? 'account' : null;
}
