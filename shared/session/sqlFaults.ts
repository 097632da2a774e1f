/** What SQLite says against a statement, with its place and a way out: SQLite gives the words, the place is found here. */
import type { SqlError } from '../contract/journal.ts';
import { faultOf } from '../storage/query.ts';
import { rowsOf, type Database } from '../storage/sqlite.ts';
import { errorAt } from './sqlCheck.ts';
import { nameOf, wordsOfSql, type SqlWord } from './sqlWords.ts';

export function explainFault(database: Database, sql: string, fault: string): SqlError {
  const near = /^near "([\s\S]*)": syntax error$/.exec(fault)?.[1];
  if (near !== undefined)
    return errorAt(sql, syntaxFault(database, sql, near, fault), `${shown(near)} is not expected here`);
  if (fault === 'incomplete input') return errorAt(sql, sql.trimEnd().length, 'the statement is not finished');
  if (fault.startsWith('unrecognized token')) return unreadable(sql);
  const unknown = /^no such (table|column|function): (.*)$/.exec(fault);
  if (unknown !== null) return unknownName(database, sql, unknown[1] ?? '', unknown[2] ?? '');
  const ambiguous = /^ambiguous column name: (.*)$/.exec(fault)?.[1];
  if (ambiguous !== undefined)
    return errorAt(
      sql,
      placeOf(sql, ambiguous),
      `${ambiguous} is in several tables; write the table before it, as in t.${ambiguous}`,
    );
  const called = /^wrong number of arguments to function (.*)\(\)$/.exec(fault)?.[1];
  if (called !== undefined) return errorAt(sql, placeOf(sql, called), fault);
  return errorAt(sql, null, plainly(fault));
}

function plainly(fault: string): string {
  if (fault.includes('readonly database')) return 'this console only reads: the statement would change the workspace';
  if (fault === 'out of memory')
    return 'the query needs more memory than there is; take fewer rows or columns, or count instead of listing';
  if (fault === 'integer overflow') return 'a sum of whole numbers is beyond 2^63; sum decimal text with exact_sum()';
  return fault;
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

function unreadable(sql: string): SqlError {
  const bad = wordsOfSql(sql).find(({ kind }) => kind === 'bad');
  if (bad === undefined) return errorAt(sql, null, 'the statement has a sign that SQL does not know');
  const open = /^['"`[]/.test(bad.text);
  return errorAt(
    sql,
    bad.start,
    open ? `this ${bad.text[0] ?? ''} has no end` : `SQL does not know the sign ${bad.text}`,
  );
}

/**
 * The word at which the parser gave up: the first one such that the text up to it is refused with the same words. Each
 * shorter text is refused otherwise, so the place is found by halving.
 */
function syntaxFault(database: Database, sql: string, near: string, fault: string): number | null {
  const candidates = wordsOfSql(sql).filter(({ text }) => text === near);
  let low = 0;
  let high = candidates.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { end } = candidates[middle] ?? { end: sql.length };
    if (faultOf(database, sql.slice(0, end)) === fault) high = middle;
    else low = middle + 1;
  }
  return candidates[low]?.start ?? null;
}

function unknownName(database: Database, sql: string, what: string, name: string): SqlError {
  const bare = (name.split('.').at(-1) ?? name).toLowerCase();
  const known = nearest(bare, namesOf(database, what));
  const hint = known === null ? '' : `; did you mean ${known}?`;
  return errorAt(sql, placeOf(sql, name), `there is no ${what} ${name}${hint}`);
}

/** Where a name, with the table before it if it has one, stands first. */
function placeOf(sql: string, name: string): number | null {
  const words = wordsOfSql(sql);
  const parts = name.toLowerCase().split('.');
  const at = (place: number): boolean =>
    parts.every((part, index) => {
      const word: SqlWord | undefined = words[place + index * 2];
      return word !== undefined && nameOf(word) === part && (index === 0 || words[place + index * 2 - 1]?.text === '.');
    });
  return words[words.findIndex((_, place) => at(place))]?.start ?? null;
}

function namesOf(database: Database, what: string): string[] {
  const sql = {
    table: "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')",
    column: 'SELECT DISTINCT c.name FROM sqlite_schema s JOIN pragma_table_xinfo(s.name) c',
    function: 'SELECT DISTINCT name FROM pragma_function_list',
  }[what];
  return sql === undefined ? [] : rowsOf(database, sql).map(([name]) => String(name));
}

/** The name with the fewest letters to change, where those are few. */
function nearest(name: string, names: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.min(3, Math.floor(name.length / 2) + 1);
  for (const candidate of names) {
    const changes = distance(name, candidate.toLowerCase());
    if (changes < least) {
      least = changes;
      best = candidate;
    }
  }
  return best;
}

/** Letters to put in, leave out or change to make one word the other. */
function distance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 3) return Infinity;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++)
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1)));
    row = next;
  }
  return row[to.length] ?? Infinity;
}
