/** `drawdown import --lines`: what a file says, as canonical lines; nothing is stored. */
import type { NamedFile } from '../../shared/contract/engine.ts';
import { formatAtoms } from '../../shared/domain/money.ts';
import { formatInstant } from '../../shared/domain/time.ts';
import { decimalAt, idAt, type UsageBatch } from '../../shared/domain/usage.ts';
import { importUsage } from '../../shared/import/importUsage.ts';
import type { Statement, StatementLine } from '../../shared/import/statements/line.ts';
import { readStatement } from '../../shared/import/statements/readStatement.ts';
import { formatProblem } from '../../shared/scenario/read.ts';
import { BadInput } from './badInput.ts';
import { NO_CONTEXT, surroundings } from './surroundings.ts';

export interface CanonicalLines {
  readonly lines: readonly object[];
  /** Every row was read, and the file's own arithmetic, where it states any, holds. */
  readonly whole: boolean;
  /** What was left out and why, for standard error. */
  readonly problems: readonly string[];
}

/** Usage where any row can be used as such, else a statement. @throws BadInput where it is neither. */
export async function canonicalLines(file: NamedFile): Promise<CanonicalLines> {
  const usage = await importUsage(file, surroundings, NO_CONTEXT);
  const { report } = usage;
  if (report.rows.stored > 0)
    return {
      lines: [...usageLines(usage.batch)],
      whole: report.rows.rejected === 0,
      problems: report.problems.map(formatProblem),
    };
  const statement = readStatement(file.name, await bytesOf(file));
  if (!('lines' in statement)) throw new BadInput(statement.problems.map(formatProblem));
  return {
    lines: statement.lines.map(statementLine),
    whole: statement.problems.length === 0 && statement.tie?.holds !== false,
    problems: [...statement.problems.map(formatProblem), ...tieProblem(file.name, statement)],
  };
}

function* usageLines(batch: UsageBatch): Generator<object> {
  for (let row = 0; row < batch.count; row++) {
    const cost = decimalAt(batch.cost, row);
    const meters = [...batch.meters].flatMap(([meter, column]): [string, string][] => {
      const quantity = decimalAt(column, row);
      return quantity === null ? [] : [[meter, formatAtoms(quantity)]];
    });
    yield {
      kind: 'usage',
      at: formatInstant(batch.at[row] ?? 0),
      amount: cost === null ? null : formatAtoms(cost),
      ref: batch.ids === null ? null : idAt(batch.ids, row) || null,
      sku: batch.sku.names[batch.sku.codes[row] ?? 0] ?? null,
      meters: Object.fromEntries(meters),
      line: batch.line?.[row] ?? null,
    };
  }
}

function statementLine(line: StatementLine): object {
  const {
    date,
    valueDate,
    amount,
    currency,
    reference,
    description,
    party,
    id,
    original,
    rate,
    fee,
    reversal,
    replaces,
  } = line;
  return {
    kind: 'statement',
    date,
    value_date: valueDate,
    amount: formatAtoms(amount),
    currency,
    ref: reference,
    description,
    party,
    id,
    orig: original === null ? null : { amount: formatAtoms(original.amount), currency: original.currency },
    rate: rate === null ? null : formatAtoms(rate),
    fee: fee === null ? null : formatAtoms(fee),
    reversal,
    replaces,
    line: line.line,
  };
}

function tieProblem(file: string, { tie }: Statement): string[] {
  if (tie === null || tie.holds) return [];
  const { opening, movements, closing, firstBreakLine } = tie;
  const sums = `opening ${formatAtoms(opening)} and movements ${formatAtoms(movements)} do not make closing ${formatAtoms(closing)}`;
  return [`${file}:${firstBreakLine ?? 1}:1: the statement does not tie: ${sums}`];
}

async function bytesOf({ content }: NamedFile): Promise<Uint8Array> {
  return content instanceof Uint8Array ? content : new Uint8Array(await content.slice(0, content.size).arrayBuffer());
}
