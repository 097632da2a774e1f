/**
 * CAMT.053, any version: elements are matched by local name, and where versions differ both spellings are read. Amounts
 * there are unsigned; `CdtDbtInd` gives the direction. The entry is the truth, its details only explain it.
 */
import { minorDigitsOf, type Atoms } from '../../domain/money.ts';
import { quoted } from '../problems.ts';
import { entryLines, reader, type EntryContext } from './camtEntry.ts';
import { joined } from './join.ts';
import { tieOf, type Statement, type StatementLine, type Tie } from './line.ts';
import { readPlain } from './numbers.ts';
import type { Source } from './source.ts';
import { anywhere, child, childrenOf, readXml, textAt, type XmlNode } from './xml.ts';

/** What of an entry's status counts in booked balances, and what does not yet. */
const BOOKED = 'BOOK';
const NOT_BOOKED: ReadonlySet<string> = new Set(['PDNG', 'INFO', 'FUTR']);

export function isCamt053(text: string): boolean {
  return /<(?:[\w.-]+:)?BkToCstmrStmt[\s>]/.test(text.slice(0, 1 << 16));
}

export function readCamt053(source: Source): Statement | null {
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
  readonly amount: Atoms;
  readonly currency: string;
  readonly line: number;
}

function statementOf(source: Source, node: XmlNode, version: string): Statement {
  const balances = balancesOf(source, node);
  const opening = balances.get('OPBD') ?? balances.get('PRCD') ?? null;
  const closing = balances.get('CLBD') ?? null;
  const account = child(node, 'Acct');
  const currency = textAt(account, 'Ccy') ?? opening?.currency ?? closing?.currency ?? '';
  if (currency === '') source.problem(source.lineAt(node.from), 'Ccy', 'the statement names no currency');
  const entries = bookedEntries(source, node);
  const tied = (context: EntryContext): { lines: StatementLine[]; tie: Tie | null } => {
    const lines = entries.flatMap((entry) => entryLines(source, entry, context));
    return { lines, tie: tieOf(opening?.amount ?? null, lines, closing?.amount ?? null, closing?.line ?? null) };
  };
  const context = reader(currency);
  let { lines, tie } = tied(context);
  // by the standard the indicator already gives a reversal's direction; some banks print the original entry's, and only
  // the balances can tell
  if (tie?.holds === false && lines.some(({ reversal }) => reversal)) {
    const inverted = lines.map((line) => (line.reversal ? turned(line) : line));
    const second = tieOf(tie.opening, inverted, tie.closing, closing?.line ?? null);
    if (second?.holds === true) {
      ({ lines, tie } = { lines: inverted, tie: second });
      source.note('Reversals carry the direction of what they reverse: only so does the statement tie.');
    }
  }
  if (context.kept.length > 0) {
    source.note(`Entries kept whole, as their details do not add up to them: on line ${context.kept.join(', ')}.`);
  }
  return {
    format: 'camt053',
    why: `The XML is a ${version} bank-to-customer statement.`,
    account: textAt(account, 'Id', 'IBAN') ?? textAt(account, 'Id', 'Othr', 'Id'),
    currency,
    opening: opening?.amount ?? null,
    closing: closing?.amount ?? null,
    lines,
    problems: source.problems.listed,
    tie,
  };
}

function turned(line: StatementLine): StatementLine {
  const original = line.original === null ? null : { ...line.original, amount: -line.original.amount };
  return { ...line, amount: -line.amount, original };
}

function balancesOf(source: Source, node: XmlNode): ReadonlyMap<string, Balance> {
  const found = new Map<string, Balance>();
  for (const balance of childrenOf(node, 'Bal')) {
    const code = textAt(balance, 'Tp', 'CdOrPrtry', 'Cd') ?? '';
    if (!['OPBD', 'PRCD', 'CLBD'].includes(code)) continue;
    const line = source.lineAt(balance.from);
    const amount = child(balance, 'Amt');
    const currency = amount?.attributes.get('Ccy') ?? '';
    const value = readPlain(amount?.text ?? '', minorDigitsOf(currency));
    const direction = textAt(balance, 'CdtDbtInd');
    if (typeof value === 'string' || (direction !== 'CRDT' && direction !== 'DBIT')) {
      source.problem(line, code, `${quoted(amount?.text ?? '')} ${direction ?? ''} is no balance`);
    } else found.set(code, { amount: direction === 'DBIT' ? -value : value, currency, line });
  }
  return found;
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
    else source.problem(source.lineAt(entry.from), 'Sts', `the entry's status ${quoted(status)} is not known`);
  }
  if (pending > 0) source.note(`Entries that are not booked were left out: ${pending}.`);
  if (stated !== null && /^\d+$/.test(stated) && ![entries.length, booked.length].includes(Number(stated))) {
    const message = `the file says that it holds ${stated} entries, and holds ${entries.length}`;
    source.problem(source.lineAt(node.from), 'NbOfNtries', message);
  }
  return booked;
}
