/**
 * An entry of CAMT.053 to lines: one for a single payment, one a payment for a batch, provided that the details add up
 * to the entry, charges included. An entry whose details do not stays whole.
 */
import { minorDigitsOf, parseAmount, type Atoms } from '../../domain/money.ts';
import { quoted } from '../problems.ts';
import { readIsoDate } from './dates.ts';
import { plainLine, type CalendarDate, type Money, type StatementLine } from '../../domain/statement.ts';
import { faultText, readPlain } from './numbers.ts';
import { isCurrency } from './questions.ts';
import { statedReference } from '../../domain/reference.ts';
import type { Source } from './source.ts';
import { anywhere, child, childrenOf, textAt, type XmlNode } from './xml.ts';

export interface EntryContext {
  readonly currency: string;
  /** Lines of entries that were kept whole. */
  readonly kept: number[];
}

export function reader(currency: string): EntryContext {
  return { currency, kept: [] };
}

interface Entry extends Money {
  readonly node: XmlNode;
  readonly date: CalendarDate;
  readonly direction: string;
  readonly id: string | null;
}

export function entryLines(source: Source, node: XmlNode, context: EntryContext): StatementLine[] {
  source.read++;
  const entry = entryOf(source, node, context);
  if (entry === null) return [];
  const details = childrenOf(node, 'NtryDtls').flatMap((each) => childrenOf(each, 'TxDtls'));
  if (details.length > 1) {
    const parts = partsOf(source, entry, details);
    if (parts !== null) return parts;
    context.kept.push(source.lineAt(node.from));
    return [lineOf(source, entry, null, entry.amount, entry.id, null)];
  }
  const detail = details[0] ?? null;
  const charges = chargesOf(detail) ?? chargesOf(node);
  const net = detail === null ? null : moneyOf(detail, entry);
  // charges are a part of the entry where they make up the difference to the payment
  const explains = charges !== null && net !== null && net + charges === entry.amount;
  return [lineOf(source, entry, detail, entry.amount, entry.id, explains && charges !== 0n ? charges : null)];
}

function entryOf(source: Source, node: XmlNode, context: EntryContext): Entry | null {
  const element = child(node, 'Amt');
  const currency = element?.attributes.get('Ccy') ?? context.currency;
  const value = readPlain(element?.text ?? '', minorDigitsOf(currency));
  const direction = textAt(node, 'CdtDbtInd') ?? '';
  const stated = dateText(node, 'BookgDt') ?? dateText(node, 'ValDt') ?? '';
  const date = readIsoDate(stated);
  const fail = (field: string, message: string): null => {
    source.reject(source.lineAt(node.from), field, message);
    return null;
  };
  if (currency === '') {
    source.rejected++;
    return null;
  }
  if (!isCurrency(currency)) return fail('Ccy', `${quoted(currency)} is no currency`);
  if (typeof value === 'string') return fail('Amt', `${quoted(element?.text ?? '')}: ${faultText(value)}`);
  if (direction !== 'CRDT' && direction !== 'DBIT') {
    return fail('CdtDbtInd', `${quoted(direction)} is neither CRDT nor DBIT`);
  }
  if (date === 'invalid') return fail('BookgDt', `${quoted(stated)} is no date`);
  const id = textAt(node, 'AcctSvcrRef') ?? textAt(node, 'NtryRef');
  return { node, date, direction, id, currency, amount: direction === 'DBIT' ? value : -value };
}

function dateText(node: XmlNode, name: string): string | null {
  return textAt(node, name, 'Dt') ?? textAt(node, name, 'DtTm');
}

/** A line for each payment of a batch; null where they do not make up the entry. */
function partsOf(source: Source, entry: Entry, details: readonly XmlNode[]): StatementLine[] | null {
  const parts = details.map((node) => ({ node, net: moneyOf(node, entry), charges: chargesOf(node) }));
  const sumOf = (amounts: readonly (Atoms | null)[]): Atoms =>
    amounts.reduce<Atoms>((sum, each) => sum + (each ?? 0n), 0n);
  if (parts.some(({ net }) => net === null)) return null;
  const rest = entry.amount - sumOf(parts.map(({ net }) => net));
  const charged = rest !== 0n && rest === sumOf(parts.map(({ charges }) => charges));
  const apart = rest !== 0n && !charged && rest === chargesOf(entry.node);
  if (rest !== 0n && !charged && !apart) return null;
  const idOf = (part: string | number): string | null => (entry.id === null ? null : `${entry.id}/${part}`);
  const lines = parts.map(({ node, net, charges }, index) => {
    const fee = charged && charges !== null && charges !== 0n ? charges : null;
    return lineOf(source, entry, node, (net ?? 0n) + (fee ?? 0n), idOf(index + 1), fee);
  });
  return apart ? [...lines, lineOf(source, entry, null, rest, idOf('charges'), rest)] : lines;
}

/** A payment's amount in the entry's currency, in canonical sign. */
function moneyOf(detail: XmlNode, entry: Entry): Atoms | null {
  const element = child(detail, 'Amt') ?? child(detail, 'AmtDtls', 'TxAmt', 'Amt');
  if (element === null || (element.attributes.get('Ccy') ?? entry.currency) !== entry.currency) return null;
  const value = readPlain(element.text, minorDigitsOf(entry.currency));
  if (typeof value === 'string') return null;
  return (textAt(detail, 'CdtDbtInd') ?? entry.direction) === 'DBIT' ? value : -value;
}

/** Charges in canonical sign; null where none are stated, or where they cannot be read. */
function chargesOf(node: XmlNode | null): Atoms | null {
  let sum: Atoms | null = null;
  for (const charges of childrenOf(node, 'Chrgs')) {
    // version 2 has the amount right below, later ones have records
    const records = childrenOf(charges, 'Rcrd');
    for (const record of records.length > 0 ? records : [charges]) {
      const element = child(record, 'Amt') ?? child(record, 'TtlChrgsAndTaxAmt');
      const value = readPlain(element?.text ?? '', minorDigitsOf(element?.attributes.get('Ccy') ?? ''));
      if (typeof value === 'string') return null;
      sum = (sum ?? 0n) + (textAt(record, 'CdtDbtInd') === 'CRDT' ? -value : value);
    }
  }
  return sum;
}

function lineOf(
  source: Source,
  entry: Entry,
  detail: XmlNode | null,
  amount: Atoms,
  id: string | null,
  fee: Atoms | null,
): StatementLine {
  const { node } = entry;
  const rate = parseAmount(
    (textAt(anywhere(child(detail ?? node, 'AmtDtls'), 'CcyXchg'), 'XchgRate') ?? '').slice(0, 40),
  );
  const valueDate = readIsoDate(dateText(node, 'ValDt') ?? '');
  // what states the line's own amount
  const piece = amount === entry.amount ? node : (detail ?? node);
  return plainLine({
    date: entry.date,
    valueDate: valueDate === 'invalid' ? null : valueDate,
    amount,
    currency: entry.currency,
    reference:
      statedReference(textAt(detail, 'Refs', 'EndToEndId')) ??
      statedReference(textAt(detail, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref')),
    description: descriptionOf(node, detail),
    party: partyOf(detail, entry.direction),
    id,
    kind: kindOf(node),
    original: originalOf(detail ?? node, amount, entry.currency),
    rate: typeof rate === 'bigint' ? rate : null,
    fee,
    reversal: ['true', '1'].includes(textAt(node, 'RvslInd') ?? ''),
    line: source.lineAt(piece.from),
    raw: source.text.slice(piece.from, piece.to),
  });
}

function descriptionOf(node: XmlNode, detail: XmlNode | null): string {
  const remittance = childrenOf(child(detail, 'RmtInf'), 'Ustrd').map(({ text }) => text.trim());
  const text = remittance.join(' ').trim();
  return text === '' ? (textAt(detail, 'AddtlTxInf') ?? textAt(node, 'AddtlNtryInf') ?? '') : text;
}

/** The other side: who is paid, or who pays; a returned payment names only whom it had been for. */
function partyOf(detail: XmlNode | null, direction: string): string | null {
  const parties = child(detail, 'RltdPties');
  const named = (name: string): string | null => textAt(parties, name, 'Pty', 'Nm') ?? textAt(parties, name, 'Nm');
  return direction === 'DBIT' ? (named('Cdtr') ?? named('Dbtr')) : (named('Dbtr') ?? named('Cdtr'));
}

function kindOf(node: XmlNode): string | null {
  const code = child(node, 'BkTxCd');
  const domain = child(code, 'Domn');
  const parts = [textAt(domain, 'Cd'), textAt(domain, 'Fmly', 'Cd'), textAt(domain, 'Fmly', 'SubFmlyCd')];
  const known = parts.filter((part) => part !== null);
  return known.length > 0 ? known.join('/') : textAt(code, 'Prtry', 'Cd');
}

function originalOf(node: XmlNode, amount: Atoms, home: string): Money | null {
  const element = child(node, 'AmtDtls', 'InstdAmt', 'Amt');
  const currency = element?.attributes.get('Ccy') ?? home;
  if (element === null || currency === home) return null;
  const value = readPlain(element.text, minorDigitsOf(currency));
  return typeof value === 'string' ? null : { amount: amount < 0n ? -value : value, currency };
}
