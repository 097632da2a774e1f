/** What may stand at the caret of a query: columns of the tables that it names, tables, functions, keywords. */
import type { SqlTable } from '../../../shared/contract/journal.ts';
import { KEYWORDS } from './sqlText.ts';

export interface Completion {
  readonly text: string;
  readonly kind: 'column' | 'table' | 'function' | 'keyword';
  /** What it is, in a line. */
  readonly note: string;
}

export interface Completions {
  /** Where the word that is being typed begins. */
  readonly from: number;
  readonly items: readonly Completion[];
}

const MOST = 60;
const FUNCTIONS: readonly (readonly [string, string])[] = [
  ['count(*)', 'how many rows'],
  ['sum(', 'sum of whole numbers'],
  ['min(', 'least'],
  ['max(', 'greatest'],
  ['avg(', 'mean, as a binary float'],
  ['substr(', 'part of a text: substr(at, 1, 10) is the day'],
  ['round(', 'rounded, as a binary float'],
  ['coalesce(', 'the first that is not NULL'],
  ['strftime(', 'a time in a form: strftime(form, at)'],
  ['group_concat(', 'texts joined'],
];

/** @param asked by hand: then also where no word has begun */
export function completionsAt(
  sql: string,
  caret: number,
  outline: readonly SqlTable[],
  asked: boolean,
): Completions | null {
  const before = sql.slice(0, caret);
  if (insideText(before)) return null;
  const [, owner, word = ''] = /(?:([A-Za-z_]\w*)\.)?([A-Za-z_]\w*)?$/.exec(before) ?? [];
  const from = caret - word.length;
  const typed = word.toLowerCase();
  if (owner !== undefined) {
    const table = outline.find(({ name }) => name === tableOf(sql, owner));
    const items = table === undefined ? [] : columnsOf(table).filter(({ text }) => begins(text, typed));
    return items.length === 0 ? null : { from, items };
  }
  if (!asked && (word.length < 2 || /\d$/.test(before.slice(0, from)))) return null;
  const items = candidates(sql, before.slice(0, from), outline).filter(({ text }) => begins(text, typed));
  // the only one that is left has been typed
  if (items.length === 0 || (items.length === 1 && items[0]?.text.toLowerCase() === typed)) return null;
  return { from, items: items.slice(0, MOST) };
}

function begins(text: string, typed: string): boolean {
  return text.toLowerCase().startsWith(typed);
}

function candidates(sql: string, before: string, outline: readonly SqlTable[]): readonly Completion[] {
  const tables = outline
    .filter(({ kind }) => kind !== 'function')
    .map(({ name, note }): Completion => ({ text: name, kind: 'table', note }));
  if (/\b(?:from|join)\s+$/i.test(before)) return tables;
  const named = namedTables(sql);
  const of = outline.filter(({ name, kind }) => kind !== 'function' && named.has(name));
  const columns = of.flatMap(columnsOf);
  const functions = [
    ...outline
      .filter(({ kind }) => kind === 'function')
      .map(({ name, note }): Completion => ({ text: name.replace(/\(.*$/, '('), kind: 'function', note })),
    ...FUNCTIONS.map(([text, note]): Completion => ({ text, kind: 'function', note })),
  ];
  const keywords = KEYWORDS.map((text): Completion => ({ text, kind: 'keyword', note: '' }));
  const seen = new Set<string>();
  return [...columns, ...functions, ...keywords, ...tables].filter(({ text }) => !seen.has(text) && seen.add(text));
}

function columnsOf(table: SqlTable): readonly Completion[] {
  return table.columns.map(({ name, note }) => ({
    text: writtenName(name),
    kind: 'column',
    note: note === '' ? table.name : note,
  }));
}

/** Columns of these names are written in quotes. */
const RESERVED = new Set(['from', 'to', 'order', 'group', 'index', 'key', 'values', 'limit', 'transaction']);

const NAMED =
  /\b(?:from|join)\s+([A-Za-z_]\w*)(?:\s+(?:as\s+)?(?!on\b|using\b|where\b|join\b|left\b|group\b|order\b|limit\b|union\b|cross\b|inner\b)([A-Za-z_]\w*))?/gi;

function namedTables(sql: string): ReadonlySet<string> {
  return new Set(Array.from(sql.matchAll(NAMED), ([, table = '']) => table.toLowerCase()));
}

/** The table that a name before a point stands for: itself, or what has it as its alias. */
function tableOf(sql: string, owner: string): string {
  for (const [, table = '', alias] of sql.matchAll(NAMED)) {
    if (alias?.toLowerCase() === owner.toLowerCase()) return table.toLowerCase();
  }
  return owner.toLowerCase();
}

/** Whether the caret stands in a text or a comment. */
function insideText(before: string): boolean {
  const bare = before.replace(/'(?:[^']|'')*'|--[^\n]*\n|\/\*[\s\S]*?\*\//g, '');
  return /'|--[^\n]*$|\/\*/.test(bare);
}

/** A name as it is written in a query. */
export function writtenName(name: string): string {
  return /^[a-z_]\w*$/i.test(name) && !RESERVED.has(name) ? name : `"${name}"`;
}
