/** Lines of banks and cards, whoever was paid; which of them are the vendor's is decided by aliases and rules. */
import { formatAtoms } from '../../domain/money.ts';
import type { StatementLine } from '../../domain/statement.ts';
import { referenceKey } from '../../domain/reference.ts';
import { exchangeInText } from '../../import/statements/exchangeInText.ts';
import { referenceInText } from '../../import/statements/references.ts';
import type { StoredSource } from '../../storage/source.ts';
import { eachOf, type Steps } from '../inPieces.ts';
import { isDocumentSource } from './documentMentions.ts';
import { DistinctIds, plainItem, type Item } from './item.ts';
import { accountSource } from './sources.ts';

/** The seller's own reports of what was paid out say nothing about one customer's payments. */
const SELLERS = ['stripe-balance', 'stripe-payouts'];

/** Of a reference that is the vendor's and of no known document: so many characters of a known number begin it. */
const NUMBER_PREFIX = 4;

const FEE = /\b(fee|fees|gebuehr|gebühr|entgelt|frais|comisi[oó]n|kosten)\b|entgelt|gebühr|foreign transaction/iu;

export function isBankSource({ report, statement }: StoredSource): boolean {
  return statement !== null && !SELLERS.includes(report.format) && report.kind === 'statement';
}

/** @param documents by whose numbers a bank's references are told from its own */
export function* bankSteps(sources: readonly StoredSource[], documents: readonly Item[]): Steps<Item[]> {
  const ids = new DistinctIds();
  const keys = new Set(documents.flatMap(({ reference }) => referenceKey(reference ?? '') ?? []));
  const prefixes = new Set([...keys].map((key) => key.slice(0, NUMBER_PREFIX)));
  const items: Item[][] = [];
  for (const source of sources) {
    if (!isBankSource(source) || isDocumentSource(source)) continue;
    const account = source.statement?.account ?? '';
    const from = accountSource(source);
    const made = yield* eachOf('bank lines', source.statement?.lines ?? [], (line) => {
      const reference = line.reference ?? referenceInText(line.description);
      const key = referenceKey(reference ?? '') ?? '';
      const isVendors = keys.has(key) || prefixes.has(key.slice(0, NUMBER_PREFIX));
      return plainItem({
        id: ids.next(idOf(account, line)),
        side: 'bank',
        kind: FEE.test(line.description) ? 'fee' : line.amount < 0n ? 'refund' : 'payment',
        ...{ date: line.date, amount: line.amount, currency: line.currency },
        original: line.original ?? exchangeInText(line),
        fee: line.fee,
        reference: line.reference,
        matchBy: isVendors ? reference : null,
        ...{ text: purposeOf(line.description), party: line.party, status: line.kind },
        importId: line.id,
        source: from,
        sources: [{ file: source.report.file, line: line.line }],
      });
    });
    items.push(made);
  }
  return items.flat();
}

/** SEPA's keywords in one text: the remittance information alone is for people. */
function purposeOf(description: string): string {
  const [, purpose = ''] = /SVWZ\+(.*?)(?:(?:EREF|KREF|MREF|CRED|DEBT|ABWA|ABWE|IBAN|BIC)\+|$)/.exec(description) ?? [];
  return purpose.trim() === '' ? description : purpose.trim();
}

/** By what the line says: the bank's own id is unique neither everywhere nor always. */
function idOf(account: string, { date, amount, currency, id, description }: StatementLine): string {
  return ['bank', account, date, formatAtoms(amount), currency, id ?? description].join('/');
}
