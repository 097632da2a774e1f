/**
 * The words of Stripe's invoices and receipts in the languages that customers get them in. They only help: places,
 * patterns and sums decide, and what no word settles must come out of the arithmetic.
 */

/** Words of any place in a text, and at its beginning; each string is a list. */
function has(...words: readonly string[]): RegExp {
  return new RegExp(words.join('|'));
}

function begins(...words: readonly string[]): RegExp {
  return new RegExp(`^(?:${words.join('|')})`);
}

function beginsWord(...words: readonly string[]): RegExp {
  return new RegExp(`^(?:${words.join('|')})\\b`);
}

/** What a row of the totals is. */
export type TotalsRole =
  'refund' | 'subtotal' | 'net' | 'discount' | 'applied' | 'due' | 'paid' | 'tax' | 'includedTax' | 'total';

/** The first that fits is the role: a subtotal is a total by name, and a total without tax is no tax. */
const TOTALS: readonly (readonly [TotalsRole, RegExp])[] = [
  ['refund', /refund|erstatt|rembours|reembols|rimbors|terugbetaa?l|aterbet|refusi|zwro[tc]/],
  ['subtotal', /^(sub-? ?tota|zwischensumme|sous-? ?total|totale parziale|del(sum|tota)|mellansumma|suma czesciowa)/],
  [
    'net',
    has(
      String.raw`^(?:net|tota\w*|gesamt|summe|importe|montant|suma|razem).*(?:excl|without|before|ohne|exkl|hors|sin )`,
      String.raw`^(?:net|tota\w*|gesamt|summe|importe|montant|suma|razem).*(?:senza|esclus|zonder|antes|bez|ut[ea]n|uden|\bht\b)`,
    ),
  ],
  ['total', /^(total|gesamt|totaal|importe total|montant total|suma|razem).*(incl|inkl|ttc|compris|brutto)/],
  [
    'due',
    has(
      String.raw`due\b|zahlbar|to pay|fallig|zu zahlen|offener betrag|remaining|restant|montant du|a payer`,
      'adeudad|a pagar|pendiente|dovut|da pagare|verschuldigd|te betalen|openstaand|devid|att betala',
      'a betale|at betale|forfall|do zaplaty|nalezn',
    ),
  ],
  [
    'paid',
    has(
      String.raw`paid|payment|bezahlt|gezahlt|zahlung|\bpaye|paiement|pagad|pagat|pagament|\bpago|betaald`,
      String.raw`betaling|betal[dt]\b|betalning|zaplacon|oplacon`,
    ),
  ],
  [
    'discount',
    has(
      'discount|coupon|promo|rabatt|rabat|nachlass|gutschein|remise|reduction|descuento|cupon|sconto',
      String.raw`korting|desconto|\boff\b|znizk`,
    ),
  ],
  ['applied', /balance|guthaben|saldo|solde|credit|gutschrift|tegoed|avoir|haben/],
  [
    'tax',
    has(
      String.raw`\btax|\bvat\b|\b[ghpq]st\b|steuer|\bmwst|\bust\b|\btva\b|\biva\b|\bbtw\b|taxe|impuesto|imposta`,
      String.raw`impost|\bmoms|\bmva\b|podat|\bigst\b`,
    ),
  ],
  [
    'total',
    begins(
      'total|gesamt|summe|montant total|importe total|importo totale|totale|totaal|totalt|suma|razem',
      'belopp|valor total',
    ),
  ],
];

const INCLUDED = /incl|inkl|enthalten|compris|incluid|inclus|compres|inbegrepen|wlicz/;

/** Null where no word is known. */
export function totalsRole(label: string): TotalsRole | null {
  const plain = plainWords(label);
  const role = TOTALS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
  // an unknown word with a percentage is a tax of some land
  if (role === null) return /\d ?%/.test(plain) ? 'tax' : null;
  return role === 'tax' && INCLUDED.test(plain) ? 'includedTax' : role;
}

export type FieldName = 'number' | 'receiptNumber' | 'issued' | 'due' | 'paid' | 'billTo';

const FIELDS: readonly (readonly [FieldName, RegExp])[] = [
  [
    'receiptNumber',
    begins(
      'receipt n|receipt #|(beleg|quittungs|zahlungsbeleg)-?(nummer|nr)|numero (de|du) (recu|recibo)',
      'n. de recu|numero (della |di )?ricevuta|(bon|ontvangstbewijs|kwitantie)-?nummer|numero do recibo',
      'kvitto|kvittering',
    ),
  ],
  [
    'number',
    begins(
      'invoice n|invoice #|rechnungs-?(nummer|nr)',
      'numero (de|du|da|della|di) (la )?(factur|fattur|fatur)|numero fattura',
      String.raw`n\S{0,2} (de )?(factur|fattur|fatur)|factuur-?nummer|faktur\w*-?(nummer|nr)|numer faktury`,
    ),
  ],
  [
    'due',
    begins(
      'date due|due (date|on)|payment due|fallig|faelligkeit|date d.?echeance|echeance',
      'fecha de vencimiento|vencimiento|data di scadenza|scadenza|vervaldatum|uiterste',
      'data de vencimento|forfallo|forfald|termin',
    ),
  ],
  [
    'issued',
    begins(
      'date of issue|issue date|issued|invoice date|date$|ausstellungs?datum|ausgestellt|rechnungsdatum',
      'datum$|date d.?(emission|edition)|date de (facturation|la facture)|emis',
      'fecha de (emision|la factura|factura)|data (di )?(emissione|fattura)|data de emissao',
      'datum van uitgifte|uitgiftedatum|factuurdatum|utfardandedatum|fakturadat|udstedelses|utstedelses',
      'data wystawienia',
    ),
  ],
  [
    'paid',
    begins(
      'date paid|paid on|payment date|bezahlt am|zahlungsdatum|datum der zahlung|date (de|du) paiement',
      'payee? le|date de reglement|fecha de pago|pagado el|data (di |del )?pagamento|pagato il',
      'betaaldatum|betalingsdatum|datum (van )?betaling|betaald op|data d[eo] pagamento|pago em',
      'betalnings|betalings|data platnosci',
    ),
  ],
  [
    'billTo',
    begins(
      'bill(ed)? to|invoice to|sold to|rechnung an|rechnungsempfanger|abrechnen an|kunde$|facture a',
      'facturer a|adresse de facturation|facturar a|cobrar a|facturado a|fatturare a|fattura a|intestat',
      'factuur aan|factureren aan|faturar (a|para)|cobranca|faktureras|faktureres|nabywca',
    ),
  ],
];

/** The field that a label names, by its beginning; null where it names none. */
export function fieldOf(label: string): FieldName | null {
  const plain = plainWords(label);
  return FIELDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

export type DocumentKind = 'invoice' | 'receipt' | 'creditNote';

const KINDS: readonly (readonly [DocumentKind, RegExp])[] = [
  [
    'creditNote',
    beginsWord(
      'credit note|gutschrift|rechnungskorrektur|avoir|note de credit|nota de credito|nota di credito',
      'creditnota|kreditnota|kreditfaktura',
    ),
  ],
  [
    'receipt',
    beginsWord(
      'receipt|quittung|beleg|zahlungsbeleg|recu|recibo|ricevuta|ontvangstbewijs|kwitantie',
      'betalingsbewijs|bon|kvitto|kvittering|potwierdzenie',
    ),
  ],
  ['invoice', /^((tax )?invoice|rechnung|facture|factura|fattura|factuur|fatura|faktura)\b/],
];

/** What a title says the document is. */
export function kindOf(title: string): DocumentKind | null {
  const plain = plainWords(title);
  return KINDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

/** Lower case, without accents. */
function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/ø/g, 'o')
    .replace(/\s+/g, ' ')
    .trim();
}
