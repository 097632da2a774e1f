/** Several statements in one file: the days or pages of one account, each starting where the one before it closed. */
import { soFar, type StatementReading } from './reading.ts';
import { formatAtoms } from '../../domain/money.ts';
import { movementsOf } from '../../domain/statement.ts';
import { balanced } from './balanceProof.ts';
import type { Source } from './source.ts';

/** One statement for the whole file; null, with a problem, where it holds several accounts. */
export function joined(source: Source, parts: readonly StatementReading[]): StatementReading | null {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return null;
  const others = parts.find(({ account, currency }) => account !== first.account || currency !== first.currency);
  if (others !== undefined) {
    const name = ({ account, currency }: StatementReading): string =>
      `${account ?? 'an unnamed account'} in ${currency}`;
    const message = `the file holds several accounts (${name(first)}, ${name(others)}); export each on its own`;
    source.problem(others.lines[0]?.line ?? null, null, message);
    return null;
  }
  const statement: StatementReading = {
    ...first,
    why: source.why(first.why, ...(parts.length > 1 ? [`${parts.length} statements were joined.`] : [])),
    closing: last.closing,
    lines: parts.flatMap(({ lines }) => lines),
    marks: parts.flatMap(({ marks }) => marks),
  };
  const tie = joinedTie(source, statement, parts);
  // last, since the parts' balances may have added problems
  const lines = tie?.holds === true ? balanced(statement.lines, tie) : statement.lines;
  return { ...statement, ...soFar(source), tie, lines };
}

function joinedTie(
  source: Source,
  statement: StatementReading,
  parts: readonly StatementReading[],
): StatementReading['tie'] {
  if (statement.opening === null || statement.closing === null || parts.some(({ tie }) => tie === null)) return null;
  let firstBreakLine: number | null = null;
  let holds = true;
  parts.forEach((part, index) => {
    const before = parts[index - 1];
    if (before !== undefined && before.closing !== part.opening) {
      const gap = `the statement opens at ${shown(part.opening)}, the one before it closed at ${shown(before.closing)}`;
      source.problem(
        part.lines[0]?.line ?? null,
        null,
        `${gap}; one between them is missing, or they are out of order`,
      );
      holds = false;
      firstBreakLine ??= part.lines[0]?.line ?? null;
    }
    if (part.tie?.holds === false) {
      holds = false;
      firstBreakLine ??= part.tie.firstBreakLine;
    }
  });
  return {
    opening: statement.opening,
    movements: movementsOf(statement.lines),
    closing: statement.closing,
    holds,
    firstBreakLine,
  };
}

function shown(amount: bigint | null): string {
  return amount === null ? 'no stated balance' : formatAtoms(amount);
}
