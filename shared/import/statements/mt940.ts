/**
 * MT940 as banks send it: `:20: :25: :28C: :60F: (:61: [:86:])* :62F:`, several statements a file. `RC` is a reversed
 * credit (money leaves), `RD` a reversed debit (money comes back). What `:86:` means is the bank's own affair.
 */
import { balanceMark, readingOf, type StatementReading } from './reading.ts';
import type { LineMark } from '../../contract/importing.ts';
import { minorDigitsOf, type Atoms } from '../../domain/money.ts';
import { quoted } from '../problems.ts';
import { nearestYear, readSwiftDate } from './dates.ts';
import { joined } from './join.ts';
import { plainLine, tieOf, type StatementLine } from '../../domain/statement.ts';
import { details } from './mt940Details.ts';
import { faultText, readPlain } from './numbers.ts';
import { statedCurrency } from './questions.ts';
import { statedReference } from '../../domain/reference.ts';
import type { Source } from './source.ts';

interface Field {
  readonly tag: string;
  /** Its lines, as written. */
  readonly lines: readonly string[];
  readonly line: number;
}

const TAG = /^:(\d{2}[A-Z]?):(.*)$/;
const BALANCE = /^([CD])(\d{6})([A-Z]{3})(\d[\d,.]*)$/;
const ENTRY =
  /^(?<value>\d{6})(?<entry>\d{4})?(?<mark>RC|RD|C|D)[A-Z]?(?<amount>\d[\d,.]*)(?:(?<kind>[NSF][A-Z0-9]{3})|(?=[/\s]))(?<references>.*)$/;

export function isMt940(text: string): boolean {
  return /^:20:/m.test(text) && /^:60[FM]:/m.test(text);
}

export function readMt940(source: Source): StatementReading | null {
  const statements: Field[][] = [];
  for (const field of fieldsOf(source)) {
    if (field.tag === '20') statements.push([]);
    statements.at(-1)?.push(field);
  }
  return joined(
    source,
    statements.map((fields) => statementOf(source, fields)),
  );
}

/** Fields with the lines that continue them. A line `-` ends a message; envelopes and bank headers are passed over. */
function fieldsOf(source: Source): Field[] {
  const fields: { tag: string; lines: string[]; line: number }[] = [];
  let inside = false;
  for (let line = 1; line <= source.lineCount; line++) {
    const text = source.lineText(line);
    const tag = TAG.exec(text);
    if (tag !== null) {
      fields.push({ tag: tag[1] ?? '', lines: [tag[2] ?? ''], line });
      inside = true;
    } else if (/^-(?:}.*)?\s*$/.test(text)) inside = false;
    else if (inside && text !== '') fields.at(-1)?.lines.push(text);
  }
  return fields;
}

interface Balance {
  readonly amount: Atoms;
  readonly currency: string;
  readonly line: number;
}

function statementOf(source: Source, fields: readonly Field[]): StatementReading {
  const value = (...tags: readonly string[]): Field | undefined => fields.find(({ tag }) => tags.includes(tag));
  const opening = balanceOf(source, value('60F', '60M'));
  const closing = balanceOf(source, value('62F', '62M'));
  if (value('62F', '62M') === undefined) {
    const message = 'the statement has no closing balance; it may be cut off, so fetch it again';
    source.problem(fields.at(-1)?.line ?? null, ':62F:', message);
  }
  const currency = statedCurrency(source, opening?.currency ?? closing?.currency ?? null, fields[0]?.line ?? null);
  const lines: StatementLine[] = [];
  fields.forEach((field, index) => {
    if (field.tag !== '61') return;
    const next = fields[index + 1];
    // an :86: elsewhere is about the whole statement
    const line = lineOf(source, field, next?.tag === '86' ? next : null, currency);
    if (line !== null) lines.push(line);
  });
  return readingOf(source, {
    format: 'mt940',
    why: 'The fields :20:, :60F: and :61: are those of MT940.',
    account: value('25', '25P')?.lines[0]?.trim() ?? null,
    currency,
    opening: opening?.amount ?? null,
    closing: closing?.amount ?? null,
    lines,
    marks: marksOf(value('25', '25P'), opening, closing),
    tie: tieOf(opening?.amount ?? null, lines, closing?.amount ?? null, closing?.line ?? null),
  });
}

function marksOf(account: Field | undefined, opening: Balance | null, closing: Balance | null): LineMark[] {
  return [
    ...(account === undefined ? [] : [{ line: account.line, says: 'account', amount: null } as const]),
    ...(opening === null ? [] : [balanceMark('opening', opening.line, opening.amount)]),
    ...(closing === null ? [] : [balanceMark('closing', closing.line, closing.amount)]),
  ];
}

function balanceOf(source: Source, field: Field | undefined): Balance | null {
  if (field === undefined) return null;
  const text = field.lines[0]?.trim() ?? '';
  const [, mark, , currency = '', digits = ''] = BALANCE.exec(text) ?? [];
  const amount = readPlain(digits, minorDigitsOf(currency));
  if (typeof amount === 'string') {
    source.problem(field.line, `:${field.tag}:`, `${quoted(text)} is no balance`);
    return null;
  }
  return { amount: mark === 'D' ? -amount : amount, currency, line: field.line };
}

function lineOf(source: Source, field: Field, about: Field | null, currency: string): StatementLine | null {
  source.read++;
  const [first = '', ...supplement] = field.lines;
  const parts = ENTRY.exec(first.trimEnd())?.groups;
  const fail = (message: string): null => {
    source.reject(field.line, ':61:', `${quoted(first)}: ${message}`);
    return null;
  };
  if (parts === undefined) return fail('this is no statement line of MT940');
  if (currency === '') {
    source.rejected++;
    return null;
  }
  const { value = '', entry, mark = '', kind, references = '' } = parts;
  const amount = readPlain(parts['amount'] ?? '', minorDigitsOf(currency));
  if (typeof amount === 'string') return fail(faultText(amount));
  const valueDate = readSwiftDate(value);
  if (valueDate === 'invalid') return fail('the value date does not exist');
  const date = entry === undefined ? valueDate : nearestYear(entry, valueDate);
  if (date === 'invalid') return fail('the entry date does not exist');
  const split = references.indexOf('//');
  const customer = split < 0 ? references : references.slice(0, split);
  const bank = split < 0 ? '' : references.slice(split + 2).trim();
  const { reference, party, text } = details(about?.lines ?? []);
  const end = about ?? field;
  const reversal = mark.startsWith('R');
  const leaves = (mark === 'D' || mark === 'RC') !== (reversal && source.options.flipReversals === true);
  return plainLine({
    date,
    valueDate,
    amount: leaves ? amount : -amount,
    currency,
    reference: statedReference(customer) ?? statedReference(reference),
    description: text === '' ? supplement.join(' ').trim() : text,
    party,
    id: bank === '' ? null : bank,
    kind: kind ?? null,
    reversal,
    line: field.line,
    raw: source.lineText(field.line, end.line + end.lines.length - 1 - field.line),
  });
}
