/**
 * What a statement brings beyond those that were imported before. Banks repeat, reuse and leave out ids, so a line's key is
 * its account, id, date, amount and text together; where all agree, as many as are there already are repeats. Two equal
 * charges of one file are two charges.
 */
import type { StatedBalance } from '../../domain/statedBalance.ts';
import type { Statement, StatementLine } from '../../domain/statement.ts';

export interface NewLines {
  readonly statement: Statement;
  /** Lines that are there already. */
  readonly repeated: readonly StatementLine[];
  /** Balances that the same vendor was said to have stated already, for the same time. */
  readonly repeatedBalances: readonly StatedBalance[];
}

export function linesNotStored(statement: Statement, stored: readonly Statement[]): NewLines {
  const lines = notThere(
    statement.lines.map((line) => ({ row: line, key: keyOf(statement.account, line) })),
    stored.flatMap(({ account, lines: known }) => known.map((line) => keyOf(account, line))),
  );
  const balances = notThere(
    statement.balances.map((balance) => ({ row: balance, key: balanceKey(balance) })),
    stored.flatMap(({ balances: known }) => known.map(balanceKey)),
  );
  return {
    statement: { ...statement, lines: lines.added, balances: balances.added },
    repeated: lines.repeated,
    repeatedBalances: balances.repeated,
  };
}

/** Parts rows by whether one of the same key is there; each that is there stands for one. */
function notThere<T>(
  rows: readonly { readonly row: T; readonly key: string }[],
  there: readonly string[],
): { readonly added: readonly T[]; readonly repeated: readonly T[] } {
  const known = new Map<string, number>();
  for (const key of there) known.set(key, (known.get(key) ?? 0) + 1);
  const added: T[] = [];
  const repeated: T[] = [];
  for (const { row, key } of rows) {
    const left = known.get(key) ?? 0;
    if (left > 0) known.set(key, left - 1);
    (left > 0 ? repeated : added).push(row);
  }
  return { added, repeated };
}

function keyOf(account: string | null, line: StatementLine): string {
  const { id, date, amount, currency, reference, description, party, kind } = line;
  return JSON.stringify([account, id, date, String(amount), currency, reference, description, party, kind]);
}

function balanceKey({ at, on, amount, currency, by }: StatedBalance): string {
  return JSON.stringify([at, on, String(amount), currency, by]);
}
