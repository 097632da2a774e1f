/** What the columns of a bank's CSV are, by their names in the languages that exports come in. */
import { plainName } from '../columns.ts';
import type { Meaning } from './reading.ts';

/** What a column can be, and what it is called where the user chooses. */
const LABELS = {
  date: 'Booking date',
  valueDate: 'Value date',
  amount: 'Amount',
  debit: 'Debit',
  credit: 'Credit',
  mark: 'Debit or credit mark',
  fee: 'Fee',
  balance: 'Balance',
  currency: 'Currency',
  originalAmount: 'Original amount',
  originalCurrency: 'Original currency',
  rate: 'Exchange rate',
  party: 'Payee or payer',
  description: 'Description',
  reference: 'Reference',
  id: 'Transaction id',
  kind: 'Kind of transaction',
  status: 'Status',
} as const;

export type BankRole = keyof typeof LABELS;

export const BANK_MEANINGS: readonly Meaning[] = Object.entries(LABELS).map(([meaning, label]) => ({ meaning, label }));

/** Plain names; the earlier in a list, the better it fits. */
const NAMES: { readonly [role in BankRole]: string } = {
  date:
    'buchungstag buchungsdatum bookingdate bookeddate postingdate posteddate postdate posted buchung boekdatum ' +
    'boekingsdatum dateoperation datedoperation datedeloperation datecomptable datecomptabilisation datacontabile ' +
    'dataoperazione fechaoperacion fechadeoperacion fechacontable foperacion dataoperacji dataksięgowania ' +
    'bokforingsdag bokforingsdatum bogføringsdato bokføringsdato kirjauspaiva datamov datamovimento datalancamento ' +
    'transactiondate transactiondateutc transaktionsdatum transaktionsdag completeddate datecompleted datecompletedutc ' +
    'finishedon datum date dateutc datetime fecha data dato paivays datumzauctovani konyvelesdatuma createdon',
  valueDate:
    'wertstellung wertstellungsdatum valutadatum valuta valutatag valuedate datevaleur datedevaleur datavaluta ' +
    'fechavalor fechadevalor fvalor rentedatum effectivedate datawaluty valutadag arvopaiva datavalor',
  amount:
    'betrag umsatz betrageuro amount transactionamount transactionvalue montant montanteuros importe importo bedrag ' +
    'bedragbij kwota kwotaoperacji belopp beløp beløb maara valor montante castka osszeg value net netamount ' +
    'einzelbetrag',
  debit:
    'soll debit debitamount debits debiteuros montantdebit belastung lastschrift ausgang ausgaben withdrawal ' +
    'withdrawals withdrawalamount withdrawalamt debitamt paidout moneyout amountout cargo cargos dare addebiti uscite obciazenia ' +
    'obciążenia utfrakonto ut debito debitos uttag charge charges spent',
  credit:
    'haben credit creditamount credits crediteuros montantcredit gutschrift eingang einnahmen deposit deposits ' +
    'depositamount depositamt creditamt paidin moneyin amountin abono abonos avere accrediti entrate uznania innpakonto inn credito creditos ' +
    'insattning received',
  mark:
    'sollhaben sh shkennzeichen sollhabenkennzeichen drcr crdr dc debitcredit creditdebit creditdebitindicator cdtdbtind ' +
    'debitcreditindicator afbij direction sens',
  fee: 'fee fees feeamount transactionfee gebuhr gebuehr entgelt frais kosten commission comision commissione',
  balance:
    'saldo balance runningbalance runningbal availablebalance kontostand saldonachbuchung saldonachumsatz solde ' +
    'soldeprogressif accountbalance closingbalance saldonatrn saldonamutatie saldopooperacji saldocontabile egyenleg ' +
    'zustatek tilinsaldo',
  currency:
    'wahrung waehrung buchungswahrung kontowahrung currency currencycode accountcurrency transactioncurrency devise ' +
    'divisa moneda moeda valutacode munt ccy waluta mena penznem valuuttakoodi monnaie',
  originalAmount:
    'originalamount origamount originalbetrag ursprungsbetrag betragoriginal betraginfremdwahrung fremdwahrungsbetrag ' +
    'foreignamount localamount montantorigine importeoriginal',
  originalCurrency:
    'originalcurrency origcurrency originalwahrung ursprungswahrung fremdwahrung foreigncurrency localcurrency ' +
    'deviseorigine monedaoriginal',
  rate: 'exchangerate wechselkurs kurs umrechnungskurs fxrate rate tauxdechange tipodecambio',
  party:
    'empfangerauftraggeber auftraggeberempfanger begunstigterzahlungspflichtiger beguenstigterzahlungspflichtiger ' +
    'namezahlungsbeteiligter beguenstigterauftraggeber begunstigterauftraggeber zahlungsempfanger zahlungsempfangerin ' +
    'zahlungsempfaenger empfanger empfaenger auftraggeber counterparty counterpartyname partnername payee payeename ' +
    'merchant merchantname vendor beneficiary beneficiaryname tegenpartij naamtegenpartij naamomschrijving ' +
    'nadawcaodbiorca kontrahent mottagare avsandare saaja saajamaksaja contrepartie beneficiario contraparte name naam ' +
    'namn zahlungspflichtiger zahlungspflichtigerin',
  description:
    'verwendungszweck verwendungszweckzusatz description transactiondescription details transactiondetails narrative ' +
    'narration memo libelle libelleoperation libelledeloperation concepto concept descripcion descrizione causale ' +
    'omschrijving omschrijving1 mededelingen particulars remarks transactionremarks beschreibung beschreibung1 avisierungstext ' +
    'opisoperacji opis tytul tytuł tytułem rubrik tekst forklaring descricao historico selite viesti popis kozlemeny ' +
    'remittanceinformation purpose subject note notes buchungstext buchungsinformation text',
  reference:
    'endtoendid endtoendreferenz endtoendreference kundenreferenz kundenreferenzendtoend paymentreference reference ' +
    'referenz referencia riferimento referencenumber refno refnochequeno betalingskenmerk chequenumber chequeno checknumber checknr ' +
    'ref invoicenumber rechnungsnummer viite',
  id: 'transactionid transaktionsid transaktionsnr transaktionsnummer umsatzid transactionnumber transactionreference id fitid volgnr',
  kind:
    'vorgang buchungsart umsatzart umsatztyp transactiontype type art typ mutatiesoort typeoperation tipo ' +
    'tipomovimiento rodzajtransakcji',
  status: 'status state transactionstatus umsatzstatus buchungsstatus',
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

/** Longest text that can be a column's name. */
const LONGEST_NAME = 120;

/** Letters and digits in lower case, without accents; empty for what is too long to be a name. */
export function plain(text: string): string {
  return text.length > LONGEST_NAME ? '' : plainName(text.normalize('NFKD').replace(/\p{Mark}/gu, ''));
}

/** `Betrag (EUR)`, `Amount in USD`, `Montant €`. */
const WITH_CURRENCY = /^(.*?)[\s([]+(?:in\s+)?([A-Z]{3}|[€£])[)\]]?$/;
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
]);
const MONEY: readonly BankRole[] = ['amount', 'debit', 'credit', 'balance', 'fee'];

/** What a column of this name is, and the currency that it states. */
function meaningOf(cell: string): { role: BankRole; rank: number; currency: string | null } | null {
  if (cell.length > LONGEST_NAME) return null;
  const [, name = '', code = ''] = WITH_CURRENCY.exec(cell) ?? [];
  const symbol = SYMBOLS.get(/[€£]/.exec(cell)?.[0] ?? '') ?? null;
  const whole = MEANINGS.get(plain(cell));
  if (whole !== undefined) return { ...whole, currency: MONEY.includes(whole.role) ? symbol : null };
  const meaning = MEANINGS.get(plain(name));
  if (meaning === undefined || !MONEY.includes(meaning.role)) return null;
  return { ...meaning, currency: SYMBOLS.get(code) ?? code };
}

/** Column of each meaning that the user has chosen; -1 where it shall have none. */
function chosenColumns(cells: readonly string[], chosen: Readonly<Record<string, string>>): Map<BankRole, number> {
  const columns = new Map<BankRole, number>();
  for (const [meaning, header] of Object.entries(chosen)) {
    const column = header === '' ? -1 : cells.indexOf(header);
    if (Object.hasOwn(LABELS, meaning) && (header === '' || column >= 0)) columns.set(meaning as BankRole, column);
  }
  return columns;
}

/**
 * The header row of a bank's table: a date, and an amount or debits and credits; null where it is none. `next` is the row
 * behind it; `chosen` the user's columns by meaning.
 */
export function bankHeader(
  cells: readonly string[],
  next: readonly string[] = [],
  chosen: Readonly<Record<string, string>> = {},
): BankHeader | null {
  const header = mappedHeader(cells, next, chosen);
  return isBankHeader(header) ? header : null;
}

export function isBankHeader({ columns }: BankHeader): boolean {
  return columns.has('date') && (columns.has('amount') || (columns.has('debit') && columns.has('credit')));
}

/** The columns that have a meaning, whether they suffice or not. */
export function mappedHeader(
  cells: readonly string[],
  next: readonly string[],
  chosen: Readonly<Record<string, string>>,
): BankHeader {
  const found = new Map<BankRole, { readonly column: number; readonly rank: number }>();
  const byUser = chosenColumns(cells, chosen);
  const taken = new Set(byUser.values());
  let currency: string | null = null;
  cells.forEach((cell, column) => {
    const meaning = meaningOf(cell);
    if (meaning === null) return;
    // Swedish banks call the currency what German ones call the value date
    const role = meaning.role === 'valueDate' && /^[A-Z]{3}$/.test(next[column] ?? '') ? 'currency' : meaning.role;
    if (role !== 'balance' && role !== 'fee') currency ??= meaning.currency;
    const best = found.get(role);
    if (!taken.has(column) && (best === undefined || meaning.rank < best.rank)) {
      found.set(role, { column, rank: meaning.rank });
    }
  });
  const columns = new Map([...found].map(([role, { column }]) => [role, column]));
  for (const [role, column] of byUser) {
    if (column < 0) columns.delete(role);
    else columns.set(role, column);
  }
  return { columns, width: cells.length, currency };
}

/** Beginnings of the labels of rows around the table. */
const SUMMARIES = {
  opening:
    'anfangssaldo eroffnungssaldo saldovortrag alterkontostand altersaldo openingbalance beginningbalance ' +
    'startingbalance previousbalance balancebroughtforward soldeinitial anciensolde saldoinicial saldoanterior ' +
    'saldoiniziale beginsaldo saldopoczatkowe ingaendesaldo',
  closing:
    'endsaldo schlusssaldo abschlusssaldo neuerkontostand neuersaldo closingbalance endingbalance newbalance ' +
    'balancecarriedforward soldefinal nouveausolde saldofinal eindsaldo saldokoncowe utgaendesaldo',
  total: 'total grandtotal subtotal summe gesamt totaal sum suma somme',
} as const;
const ACCOUNT = /^(iban|konto|kontonummer|account|accountnumber|accountno|rekening|compte|numerodecompte|cuenta)$/;

const LABELLED: readonly (readonly [keyof typeof SUMMARIES, readonly string[]])[] = [
  ['opening', SUMMARIES.opening.split(' ')],
  ['closing', SUMMARIES.closing.split(' ')],
  ['total', SUMMARIES.total.split(' ')],
];

/** What a row before or after the table says, by its first cell. */
export function summaryOf(label: string): 'opening' | 'closing' | 'account' | 'total' | null {
  const name = plain(label);
  if (ACCOUNT.test(name)) return 'account';
  return LABELLED.find(([, beginnings]) => beginnings.some((beginning) => name.startsWith(beginning)))?.[0] ?? null;
}
