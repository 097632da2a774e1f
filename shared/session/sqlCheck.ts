/**
 * What the console takes: one statement that reads, with a value for each of its parameters. SQLite itself is asked not to
 * write as well; this tells a person so before anything runs, and keeps out what would only seem to work, such as ATTACH.
 */
import type { SqlError, SqlRequest } from '../contract/journal.ts';
import { nameOf, wordsOfSql, type SqlWord } from './sqlWords.ts';

const READING = ['select', 'with', 'values', 'explain', 'pragma'];

/** Pragmas that only tell something; those of the first list take an argument. */
const PRAGMAS_OF = [
  'table_info',
  'table_xinfo',
  'table_list',
  'index_list',
  'index_info',
  'index_xinfo',
  'foreign_key_list',
];
const PRAGMAS = [
  'collation_list',
  'compile_options',
  'database_list',
  'function_list',
  'pragma_list',
  'application_id',
];
const MORE_PRAGMAS = [
  'user_version',
  'page_count',
  'page_size',
  'encoding',
  'query_only',
  'quick_check',
  'integrity_check',
];

const READS_ONLY =
  'this console only reads: begin with SELECT, WITH, VALUES, EXPLAIN or PRAGMA table_info. What is imported is changed under Data';

/** A place in the text as line and column, from 1. */
export function errorAt(sql: string, place: number | null, message: string): SqlError {
  if (place === null) return { message, line: null, column: null };
  const before = sql.slice(0, place);
  const line = before.split('\n').length;
  const column = Array.from(before.slice(before.lastIndexOf('\n') + 1)).length + 1;
  return { message: `line ${line}, column ${column}: ${message}`, line, column };
}

/** Null where the statement may run. */
export function refusalOf({ sql, params }: SqlRequest): SqlError | null {
  const nul = sql.indexOf('\0');
  if (nul >= 0) return errorAt(sql, nul, 'a NUL character ends a statement for SQLite; remove it');
  const all = wordsOfSql(sql);
  const first = all.findIndex(({ text }) => text !== ';');
  const end = all.findIndex(({ text }, index) => index > first && text === ';');
  const words = first < 0 ? [] : all.slice(first, end < 0 ? all.length : end);
  const [begin] = words;
  if (begin === undefined) return errorAt(sql, null, 'there is no statement; such as SELECT * FROM timeline');
  const more = end < 0 ? undefined : all.slice(end).find(({ text }) => text !== ';');
  if (more !== undefined)
    return errorAt(sql, more.start, 'a second statement begins; run one at a time, or join them with UNION ALL');
  return refusedWord(sql, words) ?? refusedParams(sql, words, params ?? []);
}

function refusedWord(sql: string, words: readonly SqlWord[]): SqlError | null {
  const place = words.findIndex((word) => !['explain', 'query', 'plan'].includes(lower(word)));
  const explained = place > 0;
  const word = words[place];
  const verb = lower(words[0]);
  if (!READING.includes(verb)) return errorAt(sql, words[0]?.start ?? 0, READS_ONLY);
  if (word === undefined) return null;
  if (verb === 'pragma') return refusedPragma(sql, words);
  if (explained && !['select', 'with', 'values'].includes(lower(word)))
    return errorAt(sql, word.start, 'EXPLAIN is for SELECT, WITH and VALUES here');
  return null;
}

function refusedPragma(sql: string, words: readonly SqlWord[]): SqlError | null {
  const named = words[2]?.text === '.' ? words[3] : words[1];
  const name = lower(named);
  const argument = words.slice(words.indexOf(named ?? words[0]!) + 1).length > 0;
  if (PRAGMAS_OF.includes(name) || ([...PRAGMAS, ...MORE_PRAGMAS].includes(name) && !argument)) return null;
  return errorAt(
    sql,
    named?.start ?? sql.length,
    `this pragma is not for reading; ${[...PRAGMAS_OF, ...PRAGMAS].join(', ')} are`,
  );
}

function refusedParams(
  sql: string,
  words: readonly SqlWord[],
  params: NonNullable<SqlRequest['params']>,
): SqlError | null {
  const asked = words.filter(({ kind }) => kind === 'parameter');
  if (isList(params)) {
    const numbered = asked.find(({ text }) => !text.startsWith('?'));
    if (numbered !== undefined)
      return errorAt(sql, numbered.start, `there is no value for ${numbered.text}; give it by name`);
    let largest = 0;
    for (const { text, start } of asked) {
      largest = text === '?' ? largest + 1 : Math.max(largest, Number(text.slice(1)));
      if (largest > params.length) return errorAt(sql, start, `there is no value for parameter ${largest}`);
    }
    const idle = params.length - largest;
    return idle > 0 ? errorAt(sql, null, `${idle} more values are given than the statement has parameters`) : null;
  }
  const missing = asked.find(({ text }) => !Object.hasOwn(params, text) && !Object.hasOwn(params, text.slice(1)));
  return missing === undefined ? null : errorAt(sql, missing.start, `there is no value for ${missing.text}`);
}

function isList(params: NonNullable<SqlRequest['params']>): params is readonly (string | number | null)[] {
  return Array.isArray(params);
}

function lower(word: SqlWord | undefined): string {
  return word?.kind === 'name' ? (nameOf(word) ?? '') : '';
}
