/** `drawdown import --lines`: what files say, as canonical lines; nothing is stored. */
import type { TieReport } from '../../shared/contract/importing.ts';
import { formatAtoms } from '../../shared/domain/money.ts';
import type { StatedBalance, StatedGrant } from '../../shared/domain/statedBalance.ts';
import type { StatementLine } from '../../shared/domain/statement.ts';
import { formatInstant, type Instant } from '../../shared/domain/time.ts';
import { decimalAt, idAt } from '../../shared/domain/usage.ts';
import { formatProblem } from '../../shared/scenario/read.ts';
import type { FileReading } from '../../shared/session/reading.ts';

export interface CanonicalLines {
  readonly lines: Iterable<object>;
  /** Every row was read, and the files' own arithmetic, where they state any, holds. */
  readonly whole: boolean;
  /** What was left out and why, for standard error. */
  readonly problems: readonly string[];
  /** Problems of files of which nothing can be read. */
  readonly unreadable: readonly string[];
}

export function canonicalLines(readings: readonly FileReading[]): CanonicalLines {
  const reports = readings.map(({ source }) => source.report);
  return {
    lines: linesOf(readings),
    whole: reports.every(({ rows, tie }) => rows.rejected === 0 && tie?.holds !== false),
    problems: reports.flatMap((report) => [
      ...report.problems.map(formatProblem),
      ...(report.tie?.holds === false ? [brokenTie(report.file, report.tie)] : []),
    ]),
    unreadable: readings.flatMap(({ unreadable, source }) =>
      unreadable ? source.report.problems.map(formatProblem) : [],
    ),
  };
}

function brokenTie(file: string, { opening, movements, closing, firstBreakLine }: TieReport): string {
  const sums = `opening ${opening} and movements ${movements} do not make closing ${closing}`;
  return `${file}:${firstBreakLine ?? 1}:1: the statement does not tie: ${sums}`;
}

function* linesOf(readings: readonly FileReading[]): Generator<object> {
  for (const { source } of readings) {
    const { statement } = source;
    if (statement === null) {
      yield* usageLines(source);
      continue;
    }
    for (const line of statement.lines) yield statementLine(line);
    for (const balance of statement.balances) yield balanceLine(balance);
    for (const grant of statement.grants) yield grantLine(grant);
  }
}

function* usageLines({ batch, adjustments, report }: FileReading['source']): Generator<object> {
  const currency = Object.keys(report.totals)[0] ?? null;
  let next = 0;
  for (let row = 0; row < batch.count; row++) {
    const line = batch.line?.[row] ?? null;
    // corrections stand among the rows, in the order of the file
    while (line !== null && (adjustments[next]?.line ?? Infinity) < line)
      yield adjustmentLine(adjustments[next++], currency);
    const cost = decimalAt(batch.cost, row);
    const meters = [...batch.meters].flatMap(([meter, column]): [string, string][] => {
      const quantity = decimalAt(column, row);
      return quantity === null ? [] : [[meter, formatAtoms(quantity)]];
    });
    const until = batch.until?.[row] ?? 0;
    yield {
      kind: 'usage',
      at: formatInstant(batch.at[row] ?? 0),
      ...(until === 0 ? {} : { until: formatInstant(until) }),
      amount: cost === null ? null : formatAtoms(cost),
      currency: cost === null ? null : currency,
      ref: batch.ids === null ? null : idAt(batch.ids, row) || null,
      description: null,
      orig: null,
      sku: batch.sku.names[batch.sku.codes[row] ?? 0] ?? null,
      project: batch.project?.names[batch.project.codes[row] ?? 0] || null,
      key: batch.key?.names[batch.key.codes[row] ?? 0] || null,
      meters: Object.fromEntries(meters),
      line,
    };
  }
  while (next < adjustments.length) yield adjustmentLine(adjustments[next++], currency);
}

/** A negative row: what the vendor gives back. */
function adjustmentLine(
  adjustment: FileReading['source']['adjustments'][number] | undefined,
  currency: string | null,
): object {
  if (adjustment === undefined) return {};
  const { at, amount, line } = adjustment;
  return {
    ...{ kind: 'adjustment', at: formatInstant(at), amount: formatAtoms(-amount), currency },
    ...{ ref: null, description: null, orig: null, sku: null, meters: {}, line },
  };
}

function statementLine(line: StatementLine): object {
  const { original, rate, fee, invoice, charge, balance } = line;
  return {
    kind: invoice !== null ? 'invoice' : charge !== null ? 'charge' : 'movement',
    date: line.date,
    amount: formatAtoms(line.amount),
    currency: line.currency,
    ref: line.reference,
    description: line.description,
    orig: original === null ? null : { amount: formatAtoms(original.amount), currency: original.currency },
    sku: charge?.sku ?? null,
    meters:
      charge === null || charge.meter === null || charge.quantity === null
        ? {}
        : { [charge.meter]: formatAtoms(charge.quantity) },
    line: line.line,
    value_date: line.valueDate,
    party: line.party,
    id: line.id,
    rate: rate === null ? null : formatAtoms(rate),
    fee: fee === null ? null : formatAtoms(fee),
    reversal: line.reversal,
    replaces: line.replaces,
    balance: balance === null ? null : formatAtoms(balance),
    ...(invoice === null ? {} : { invoice: figures(invoice) }),
    ...(charge === null
      ? {}
      : { charge: { ...figures(charge), from: formatInstant(charge.from), until: instantOf(charge.until) } }),
  };
}

/** What is left, as someone states it: no movement, so it has no `amount`. */
function balanceLine({ at, on, amount, currency, by, line }: StatedBalance): object {
  return { kind: 'balance', at: instantOf(at), date: on, balance: formatAtoms(amount), currency, by, line };
}

function grantLine({ id, amount, used, currency, effective, expires, by, line }: StatedGrant): object {
  return {
    ...{ kind: 'grant', at: formatInstant(effective), until: instantOf(expires), granted: formatAtoms(amount) },
    ...{ used: formatAtoms(used), currency, ref: id === '' ? null : id, by, line },
  };
}

function instantOf(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at);
}

/** Amounts as decimal text, everything else as it is. */
function figures(of: object): object {
  return Object.fromEntries(
    Object.entries(of).map(([name, value]): [string, unknown] => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof value === 'bigint' ? formatAtoms(value) : value,
    ]),
  );
}
