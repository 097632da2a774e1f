/**
 * Delimited tables. `TableReader` scans one and hands its rows on; what its columns mean is the format's. The generic
 * format, here, goes by the columns' names.
 */
import { TOKEN_ROLES, assign, missing, type Role } from './columns.ts';
import type { Cells } from './cells.ts';
import { CsvScanner, OPEN_END } from './csvScanner.ts';
import type { Detection, Head, Importer, OpenContext, Reader } from './importer.ts';
import { TOKEN_METERS, exclusiveMeters, tokenRule, tooManyMessage } from './tokens.ts';
import { rolePlan, rolesRead } from './rolePlan.ts';
import { NONE, type RowPlan, type UsageTarget } from './rowPlan.ts';
import { UsageRows } from './usageRows.ts';

const COMMA = 44;

/** Makes of a header what its columns mean; null, after adding a problem, where they are no usage. */
export type Planner = (header: readonly string[], target: UsageTarget, context: OpenContext) => RowPlan | null;

/** Reads a table whose first row names the columns. */
export class TableReader implements Reader {
  readonly #target: UsageTarget;
  readonly #context: OpenContext;
  readonly #planner: Planner;
  readonly #scanner: CsvScanner;
  #rows: UsageRows | null = null;
  #width = 0;
  /** The `sep=` line has not come yet. */
  #separatorLine: boolean;
  /** The header cannot be used: the rest is not read. */
  #unusable = false;

  constructor(target: UsageTarget, context: OpenContext, planner: Planner) {
    this.#target = target;
    this.#context = context;
    this.#planner = planner;
    this.#separatorLine = context.head.table?.separatorLine ?? false;
    this.#scanner = new CsvScanner(context.head.table?.delimiter ?? COMMA, this);
  }

  chunk(bytes: Uint8Array): void {
    if (!this.#unusable) this.#scanner.push(bytes);
  }

  end(): void {
    if (!this.#unusable) this.#scanner.end();
    if (this.#rows !== null) {
      this.#rows.end();
      if (this.#scanner.endsOpen && this.#target.counts.read > 0) this.#context.note(OPEN_END);
    } else if (!this.#unusable)
      this.#context.problems.add(null, null, null, 'the file is empty; a header row is needed');
  }

  record(cells: Cells): void {
    const rows = this.#rows;
    if (rows === null) this.#header(cells);
    else if (cells.count === this.#width) rows.row(cells);
    else if (cells.count > 1 || !cells.isBlank(0)) {
      const { line, column } = cells.placeOf(NONE);
      rows.reject(line, column, `the row has ${cells.count} cells, the header has ${this.#width}`);
    }
  }

  broken(line: number, column: number, message: string): void {
    if (this.#rows !== null) this.#rows.reject(line, column, message);
    else if (!this.#unusable) {
      this.#unusable = true;
      this.#context.problems.add(line, column, null, `the header row cannot be read: ${message}`);
    }
  }

  #header(cells: Cells): void {
    if (this.#unusable) return;
    if (this.#separatorLine) {
      this.#separatorLine = false;
      return;
    }
    const header = Array.from({ length: cells.count }, (_, cell) => cells.text(cell));
    const plan = this.#planner(header, this.#target, this.#context);
    this.#width = header.length;
    if (plan === null) this.#unusable = true;
    else this.#rows = new UsageRows(this.#target, this.#context, plan);
  }
}

/** The plan that column names, and the user's choices, make. */
function planByName(header: readonly string[], _target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = assign(header, context.choices.columns);
  const lacks = missing((role) => columns.has(role));
  if (lacks !== null) {
    const message = `the header row lacks ${lacks}; it has ${header.join(', ')}`;
    context.problems.add(context.head.table?.separatorLine === true ? 2 : 1, 1, null, message);
    return null;
  }
  const columnOf = (role: Role): number => columns.get(role) ?? NONE;
  const nameOf = (role: Role): string | null => header[columnOf(role)] ?? null;
  const read = [...columns].sort(([, a], [, b]) => a - b).map(([role]) => [role, nameOf(role) ?? ''] as const);
  context.note(`Columns read: ${rolesRead(read, TOKEN_ROLES)}.`);
  const rule = tokenRule(nameOf, context.cachedTokens);
  if (rule !== null) context.note(rule);
  const tokens = TOKEN_ROLES.filter((role) => columns.has(role));
  const byRole = new Float64Array(TOKEN_ROLES.length).fill(-1);
  const slots = tokens.map((role) => TOKEN_ROLES.indexOf(role));
  return {
    ...rolePlan(context, columnOf),
    field: (cell) => header[cell] ?? '',
    counts: tokens.map(columnOf),
    meters: tokens.length === 0 ? [] : TOKEN_METERS,
    settle: (counts, meters) => {
      for (let i = 0; i < slots.length; i++) byRole[slots[i] ?? 0] = counts[i] ?? 0;
      const fault = exclusiveMeters(byRole, meters, context.cachedTokens);
      return fault === null ? null : { cell: columnOf(fault.part), message: tooManyMessage(fault, nameOf) };
    },
  };
}

/** Name of a delimiter for reports. */
function delimiterName(delimiter: number): string {
  const names: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };
  const text = String.fromCharCode(delimiter);
  return names[text] ?? `"${text}"`;
}

/** JSON and XML have commas too. */
const OTHER_SYNTAX = /^\s*[{[<]/;

export const delimited: Importer<UsageTarget> = {
  format: 'csv',

  detect(head: Head): Detection | null {
    const { table } = head;
    if (table === null || OTHER_SYNTAX.test(head.text)) return null;
    const columns = assign(table.header);
    const lacks = missing((role) => columns.has(role));
    const why = `A table with cells separated by ${delimiterName(table.delimiter)}`;
    return lacks === null
      ? {
          confidence: 0.7,
          why: `${why} whose header row names a time and ${columns.has('cost') ? 'a cost' : 'token counts'}.`,
        }
      : { confidence: 0.2, why: `${why}, but its header row lacks ${lacks}.` };
  },

  open: (target, context) => new TableReader(target, context, planByName),
};
