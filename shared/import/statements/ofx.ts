/**
 * OFX and QFX, 1.x and 2.x: bank and card statements. Amounts there are signed from the customer's view, so a card
 * purchase is negative. A file states no opening balance: with the closing of the import before it, `tieOf` checks it.
 */
import { readingOf, type StatementReading } from './reading.ts';
import { ATOMS_PER_UNIT, formatAtoms, minorDigitsOf, minorUnit, parseAmount, type Atoms } from '../../domain/money.ts';
import { quoted } from '../problems.ts';
import { readOfxDate } from './dates.ts';
import { joined } from './join.ts';
import { plainLine, type Money, type StatementLine } from '../../domain/statement.ts';
import { faultText, readPlain } from './numbers.ts';
import { findAll, leaf, readOfxTree, type OfxNode } from './ofxTokens.ts';
import { isCurrency, statedCurrency } from './questions.ts';
import { statedReference } from '../../domain/reference.ts';
import type { Source } from './source.ts';

export function isOfx(text: string): boolean {
  const head = text.slice(0, 4096);
  return /^\s*OFXHEADER\s*:/i.test(head) || /<\?OFX\b|<OFX>/i.test(head);
}

export function readOfx(source: Source): StatementReading | null {
  const { root, unfinished, tooDeepAt } = readOfxTree(source.text);
  if (tooDeepAt !== null) {
    source.problem(
      source.lineAt(tooDeepAt),
      null,
      'elements lie deeper than OFX nests them; export the statement again',
    );
    return null;
  }
  if (unfinished !== null) {
    const message = `the file ends before ${unfinished} does; download it again, lines may be missing`;
    source.problem(source.lineCount, unfinished, message);
  }
  for (const status of findAll(root, ['STATUS'])) {
    if (leaf(status, 'SEVERITY')?.toUpperCase() !== 'ERROR') continue;
    const message = `the bank answered with an error: ${leaf(status, 'MESSAGE') ?? leaf(status, 'CODE') ?? 'no reason given'}`;
    source.problem(source.lineAt(status.from), 'STATUS', message);
  }
  const statements = findAll(root, ['STMTRS', 'CCSTMTRS']);
  if (statements.length === 0) {
    source.problem(null, null, 'there is no bank or card statement in this OFX file');
    return null;
  }
  const why = 'The OFX markup names a bank or card statement.';
  return joined(
    source,
    statements.map((node) => statementOf(source, node, why)),
  );
}

function statementOf(source: Source, node: OfxNode, why: string): StatementReading {
  const currency = statedCurrency(source, leaf(node, 'CURDEF'), source.lineAt(node.from));
  const account = leaf(node, 'CCACCTFROM', 'ACCTID') ?? leaf(node, 'BANKACCTFROM', 'ACCTID');
  const lines: StatementLine[] = [];
  const deletions: OfxNode[] = [];
  for (const transaction of findAll(node, ['STMTTRN'])) {
    source.read++;
    if (leaf(transaction, 'CORRECTACTION')?.toUpperCase() === 'DELETE') deletions.push(transaction);
    else {
      const line = lineOf(source, transaction, currency);
      if (line !== null) lines.push(line);
    }
  }
  const closing = closingOf(source, node, currency);
  const remaining = corrected(source, lines, deletions);
  return readingOf(source, { format: 'ofx', why, account, currency, closing, lines: remaining });
}

function closingOf(source: Source, node: OfxNode, currency: string): Atoms | null {
  const text = leaf(node, 'LEDGERBAL', 'BALAMT');
  if (text === null) return null;
  const value = readPlain(text, minorDigitsOf(currency));
  if (typeof value === 'bigint') return value;
  const at = findAll(node, ['LEDGERBAL'])[0]?.from ?? node.from;
  source.problem(source.lineAt(at), 'BALAMT', `${quoted(text)}: ${faultText(value)}`);
  return null;
}

function lineOf(source: Source, node: OfxNode, home: string): StatementLine | null {
  const line = source.lineAt(node.from);
  // CURRENCY says that the amount is in another currency; ORIGCURRENCY, that it was converted into the home currency
  const foreign = leaf(node, 'CURRENCY', 'CURSYM')?.toUpperCase() ?? null;
  const currency = foreign ?? home;
  const posted = leaf(node, 'DTPOSTED') ?? '';
  const date = readOfxDate(posted);
  const stated = leaf(node, 'TRNAMT') ?? '';
  const value = readPlain(stated, minorDigitsOf(currency));
  if (currency === '') {
    source.rejected++;
    return null;
  }
  if (!isCurrency(currency)) {
    source.reject(line, 'CURSYM', `${quoted(currency)} is no currency`);
    return null;
  }
  if (date === 'invalid') {
    source.reject(line, 'DTPOSTED', `${quoted(posted)} is no OFX date`);
    return null;
  }
  if (typeof value === 'string') {
    source.reject(line, 'TRNAMT', `${quoted(stated)}: ${faultText(value)}`);
    return null;
  }
  const available = readOfxDate(leaf(node, 'DTAVAIL') ?? '');
  const rate = parseAmount(
    (leaf(node, 'ORIGCURRENCY', 'CURRATE') ?? leaf(node, 'CURRENCY', 'CURRATE') ?? '').slice(0, 40).replace(',', '.'),
  );
  const original = leaf(node, 'ORIGCURRENCY', 'CURSYM')?.toUpperCase() ?? null;
  const party = leaf(node, 'NAME') ?? leaf(node, 'PAYEE', 'NAME');
  return plainLine({
    date,
    valueDate: available === 'invalid' ? null : available,
    amount: -value,
    currency,
    reference: statedReference(leaf(node, 'REFNUM') ?? leaf(node, 'CHECKNUM')),
    description: party ?? leaf(node, 'MEMO') ?? '',
    party,
    id: leaf(node, 'FITID'),
    kind: leaf(node, 'TRNTYPE'),
    original: original === null || typeof rate === 'string' ? null : originalOf(-value, rate, original),
    rate: typeof rate === 'string' ? null : rate,
    replaces: leaf(node, 'CORRECTFITID'),
    line,
    raw: source.text.slice(node.from, node.to).trim(),
  });
}

/**
 * The amount before conversion. OFX gives the rate (home per foreign) and not the amount, and rounds it: only where the
 * division is exact is the quotient what was paid. Otherwise several amounts fit, and none is picked.
 */
function originalOf(amount: Atoms, rate: Atoms, currency: string): Money | null {
  if (rate <= 0n || (amount * ATOMS_PER_UNIT) % rate !== 0n) return null;
  const original = (amount * ATOMS_PER_UNIT) / rate;
  return original % minorUnit(minorDigitsOf(currency)) === 0n ? { amount: original, currency } : null;
}

/** Lines without those that a correction in the same file replaces or deletes. */
function corrected(source: Source, lines: readonly StatementLine[], deletions: readonly OfxNode[]): StatementLine[] {
  const gone = new Set(lines.flatMap(({ replaces }) => (replaces === null ? [] : [replaces])));
  const ids = new Set(lines.map(({ id }) => id));
  for (const node of deletions) {
    const id = leaf(node, 'CORRECTFITID');
    if (id !== null && ids.has(id)) gone.add(id);
    else {
      const message = `deletes ${id === null ? 'a line it does not name' : quoted(id)}, which is not in this file; delete it by hand`;
      source.problem(source.lineAt(node.from), 'CORRECTFITID', message);
    }
  }
  const remaining = lines.filter(({ id }) => id === null || !gone.has(id));
  const removed = lines.filter(({ id }) => id !== null && gone.has(id));
  if (removed.length > 0) {
    const listed = removed
      .map(({ id, amount, currency }) => `${id ?? ''} (${formatAtoms(amount)} ${currency})`)
      .join(', ');
    source.note(`Corrected by later lines and left out: ${listed}.`);
  }
  return remaining;
}
