/**
 * CAMT.053, any version: elements are matched by local name, and where versions differ both spellings are read. Amounts
 * there are unsigned; `CdtDbtInd` gives the direction. The entry is the truth, its details only explain it.
 */
import { balanceMark, readingOf, type StatementReading } from './reading.ts';
import { minorDigitsOf, type Atoms } from '../../domain/money.ts';
import { quoted } from '../problems.ts';
import { entryLines, reader } from './camtEntry.ts';
import { joined } from './join.ts';
import { tieOf, turned, type StatementLine, type Tie } from '../../domain/statement.ts';
import { readPlain } from './numbers.ts';
import { statedCurrency } from './questions.ts';
import type { Source } from './source.ts';
import { anywhere, child, childrenOf, readXml, textAt, type XmlNode } from './xml.ts';

/** What of an entry's status counts in booked balances, and what does not yet. */
const BOOKED = 'BOOK';
const NOT_BOOKED: ReadonlySet<string> = new Set(['PDNG', 'INFO', 'FUTR']);

/** Codes of the balances before and after the entries, the better first. */
const OPENINGS: readonly string[] = ['OPBD', 'PRCD', 'ITBD'];
const CLOSINGS: readonly string[] = ['CLBD', 'ITBD'];

export function isCamt053(text: string): boolean {
  return /<(?:[\w.-]+:)?BkToCstmrStmt[\s>]/.test(text.slice(0, 1 << 16));
}

export function readCamt053(source: Source): StatementReading | null {
  const root = readXml(source.text);
  if ('fault' in root) {
    source.problem(source.lineAt(root.at), null, root.fault);
    return null;
  }
  const statements = childrenOf(anywhere({ ...root, children: [root] }, 'BkToCstmrStmt'), 'Stmt');
  if (statements.length === 0) {
    source.problem(source.lineAt(root.from), 'Stmt', 'there is no statement in this file');
    return null;
  }
  const version = /camt\.053\.\d{3}\.\d{2}/.exec(source.text.slice(0, 4096))?.[0] ?? 'camt.053';
  return joined(
    source,
    statements.map((node) => statementOf(source, node, version)),
  );
}

interface Balance {
  readonly code: string;
  readonly amount: Atoms;
  readonly currency: string;
  readonly line: number;
}

function statementOf(source: Source, node: XmlNode, version: string): StatementReading {
  const balances = balancesOf(source, node);
  // a page of a statement starts and ends with interim balances
  const [opening, closing] = [firstOf(balances, OPENINGS), firstOf(balances.toReversed(), CLOSINGS)];
  const account = child(node, 'Acct');
  const named = textAt(account, 'Ccy') ?? opening?.currency ?? closing?.currency ?? currencyOfEntries(node);
  const currency = statedCurrency(source, named, source.lineAt(node.from));
  const context = reader(currency);
  const entries = bookedEntries(source, node).flatMap((entry) => entryLines(source, entry, context));
  const tied = (lines: readonly StatementLine[]): Tie | null =>
    tieOf(opening?.amount ?? null, lines, closing?.amount ?? null, closing?.line ?? null);
  const lines = reversalsOf(source, entries, tied);
  if (context.kept.length > 0) {
    source.note(`Entries kept whole, as their details do not add up to them: on line ${context.kept.join(', ')}.`);
  }
  return readingOf(source, {
    format: 'camt053',
    why: `The XML is a ${version} bank-to-customer statement.`,
    account: textAt(account, 'Id', 'IBAN') ?? textAt(account, 'Id', 'Othr', 'Id'),
    currency,
    opening: opening?.amount ?? null,
    closing: closing?.amount ?? null,
    lines,
    marks: [
      ...(opening === null ? [] : [balanceMark('opening', opening.line, opening.amount)]),
      ...(closing === null ? [] : [balanceMark('closing', closing.line, closing.amount)]),
    ],
    tie: tied(lines),
  });
}

/** That of the first entry, where neither the account nor a balance names one. */
function currencyOfEntries(node: XmlNode): string | null {
  return child(node, 'Ntry', 'Amt')?.attributes.get('Ccy') ?? null;
}

/**
 * By the standard the indicator already gives a reversal's direction; some banks print the original entry's. The user
 * may say so; else only the balances can tell.
 */
function reversalsOf(
  source: Source,
  lines: readonly StatementLine[],
  tied: (lines: readonly StatementLine[]) => Tie | null,
): readonly StatementLine[] {
  const { flipReversals } = source.options;
  if (flipReversals === false || !lines.some(({ reversal }) => reversal)) return lines;
  const inverted = lines.map((line) => (line.reversal ? turned(line) : line));
  if (flipReversals === true) return inverted;
  if (tied(lines)?.holds !== false || tied(inverted)?.holds !== true) return lines;
  source.note('Reversals carry the direction of what they reverse: only so does the statement tie.');
  return inverted;
}

function balancesOf(source: Source, node: XmlNode): Balance[] {
  const found: Balance[] = [];
  for (const balance of childrenOf(node, 'Bal')) {
    const code = textAt(balance, 'Tp', 'CdOrPrtry', 'Cd') ?? '';
    if (!OPENINGS.includes(code) && !CLOSINGS.includes(code)) continue;
    const line = source.lineAt(balance.from);
    const amount = child(balance, 'Amt');
    const currency = amount?.attributes.get('Ccy') ?? '';
    const value = readPlain(amount?.text ?? '', minorDigitsOf(currency));
    const direction = textAt(balance, 'CdtDbtInd');
    if (typeof value === 'string' || (direction !== 'CRDT' && direction !== 'DBIT')) {
      source.problem(line, code, `${quoted(amount?.text ?? '')} ${direction ?? ''} is no balance`);
    } else found.push({ code, amount: direction === 'DBIT' ? -value : value, currency, line });
  }
  return found;
}

/** The first balance of the best code that there is; null where there is none. */
function firstOf(balances: readonly Balance[], codes: readonly string[]): Balance | null {
  for (const code of codes) {
    const found = balances.find((balance) => balance.code === code);
    if (found !== undefined) return found;
  }
  return null;
}

/** Entries that count in the balances; the others are named in the report. */
function bookedEntries(source: Source, node: XmlNode): XmlNode[] {
  const entries = childrenOf(node, 'Ntry');
  const stated = textAt(node, 'TxsSummry', 'TtlNtries', 'NbOfNtries');
  const booked: XmlNode[] = [];
  let pending = 0;
  for (const entry of entries) {
    const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts', 'Prtry') ?? textAt(entry, 'Sts') ?? '';
    if (status === BOOKED) booked.push(entry);
    else if (NOT_BOOKED.has(status)) pending++;
    else source.reject(source.lineAt(entry.from), 'Sts', `the entry's status ${quoted(status)} is not known`);
  }
  if (pending > 0) source.note(`Entries that are not booked were left out: ${pending}.`);
  if (stated !== null && /^\d+$/.test(stated) && ![entries.length, booked.length].includes(Number(stated))) {
    const message = `the file says that it holds ${stated} entries, and holds ${entries.length}`;
    source.problem(source.lineAt(node.from), 'NbOfNtries', message);
  }
  return booked;
}
