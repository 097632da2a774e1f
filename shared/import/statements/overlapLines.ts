/**
 * What a statement brings beyond those that were imported before. Banks repeat, reuse and leave out ids, so a line's key is
 * its account, id, date, amount and text together; where all agree, as many as are there already are repeats. Two equal
 * charges of one file are two charges.
 */
import type { Statement, StatementLine } from '../../domain/statement.ts';

export interface NewLines {
  readonly statement: Statement;
  /** Lines that are there already. */
  readonly repeated: readonly StatementLine[];
}

export function linesNotStored(statement: Statement, stored: readonly Statement[]): NewLines {
  const known = new Map<string, number>();
  for (const { account, lines } of stored)
    for (const line of lines) {
      const key = keyOf(account, line);
      known.set(key, (known.get(key) ?? 0) + 1);
    }
  if (known.size === 0) return { statement, repeated: [] };
  const repeated: StatementLine[] = [];
  const lines = statement.lines.filter((line) => {
    const key = keyOf(statement.account, line);
    const left = known.get(key) ?? 0;
    if (left === 0) return true;
    known.set(key, left - 1);
    repeated.push(line);
    return false;
  });
  return { statement: { ...statement, lines }, repeated };
}

function keyOf(account: string | null, line: StatementLine): string {
  const { id, date, amount, currency, reference, description, party, kind } = line;
  return JSON.stringify([account, id, date, String(amount), currency, reference, description, party, kind]);
}
