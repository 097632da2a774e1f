/**
 * NDJSON: one JSON object a line. Keys mean what columns of these names mean (`columns.ts`) and may differ from line to
 * line; objects and arrays inside are kept out of the row, and are no error.
 */
import { Cells } from './cells.ts';
import { ROLES, TOKEN_ROLES, meaningOf, missing, type Role } from './columns.ts';
import { textOf } from './encoding.ts';
import type { Detection, Head, Importer, OpenContext, Reader } from './importer.ts';
import { JsonLineScanner, unescape, type MemberSink, type ValueKind } from './jsonLine.ts';
import { openArrayOrLines } from './jsonRows.ts';
import { LineSplitter, TOO_LONG_LINE, type LineSink } from './lines.ts';
import { NameTable } from './names.ts';
import { quoted } from './problems.ts';
import { memberByName, roleShape } from './roleShape.ts';
import { rolePlan, rolesRead } from './rolePlan.ts';
import { NONE, type RowPlan, type UsageTarget } from './rowPlan.ts';
import { TOKEN_METERS, exclusiveMeters, tokenRule, tooManyMessage } from './tokens.ts';
import { UsageRows } from './usageRows.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const LETTER_N = 110;
const OPEN_BRACE = 123;

/** A row's cells are numbered by role. */
const CELL: Readonly<Record<Role, number>> = Object.fromEntries(ROLES.map((role, cell) => [role, cell])) as Record<
  Role,
  number
>;

class NdjsonReader implements Reader, MemberSink, LineSink {
  readonly #context: OpenContext;
  readonly #lines = new LineSplitter(this);
  readonly #cells = new Cells(ROLES.length);
  readonly #scanner = new JsonLineScanner(this);
  readonly #rows: UsageRows;
  /** Keys that were seen, and what each is: a cell and its rank, or `NONE`. */
  readonly #keys = new NameTable('');
  readonly #cellOfKey: number[] = [NONE];
  readonly #rankOfKey: number[] = [0];
  /** Key of each cell of the line at hand; 0 where it has none. */
  readonly #keyOfCell = new Int32Array(ROLES.length);
  /** First key that any line had for a role. */
  readonly #seen = new Map<Role, string>();
  /** Key whose value comes next. */
  #key = 0;
  /** A key of the line at hand that came twice (0: none did), and its place. */
  #twice = 0;
  #twiceAt = 0;
  /** An escape of the line at hand that is none. */
  #badEscape = -1;

  constructor(target: UsageTarget, context: OpenContext) {
    this.#context = context;
    this.#cells.count = ROLES.length;
    this.#rows = new UsageRows(target, context, this.#plan());
  }

  chunk(bytes: Uint8Array): void {
    this.#lines.push(bytes);
  }

  end(): void {
    this.#lines.end();
    const nameOf = (role: Role): string | null => this.#seen.get(role) ?? null;
    if (this.#seen.size > 0) this.#context.note(`Keys read: ${rolesRead(this.#seen, TOKEN_ROLES)}.`);
    const rule = tokenRule(nameOf, this.#context.cachedTokens);
    if (rule !== null) this.#context.note(rule);
    this.#rows.end();
  }

  key(start: number, end: number): void {
    const { bytes, view } = this.#lines.window;
    const code = this.#keys.codeOf(bytes, view, start, end);
    if (code === this.#cellOfKey.length) {
      const meaning = meaningOf(this.#keys.names[code] ?? '');
      this.#cellOfKey.push(meaning === null ? NONE : CELL[meaning.role]);
      this.#rankOfKey.push(meaning?.rank ?? 0);
      if (meaning !== null && !this.#seen.has(meaning.role)) this.#seen.set(meaning.role, this.#keys.names[code] ?? '');
    }
    this.#key = code;
  }

  value(kind: ValueKind, start: number, end: number): void {
    const cell = this.#cellOfKey[this.#key] ?? NONE;
    if (cell === NONE || kind === 'nested') return;
    const { bytes } = this.#lines.window;
    if (kind === 'literal' && bytes[start] === LETTER_N) return;
    const before = this.#keyOfCell[cell] ?? 0;
    if (before === this.#key) {
      this.#twice = this.#key;
      this.#twiceAt = start;
    }
    if (before !== 0 && (this.#rankOfKey[before] ?? 0) <= (this.#rankOfKey[this.#key] ?? 0)) return;
    let last = end;
    if (kind === 'escaped') {
      last = unescape(bytes, start, end);
      if (last < 0) this.#badEscape = start;
    }
    this.#keyOfCell[cell] = this.#key;
    this.#cells.starts[cell] = start;
    this.#cells.ends[cell] = last;
  }

  tooLong(line: number): void {
    this.#rows.reject(line, 1, TOO_LONG_LINE);
  }

  line(from: number, start: number, end: number, line: number): void {
    const { bytes, view } = this.#lines.window;
    const cells = this.#cells;
    cells.bytes = bytes;
    cells.view = view;
    cells.line = line;
    cells.from = from;
    // a cell that the line lacks stands, empty, at the line's start
    cells.starts.fill(from);
    cells.ends.fill(from);
    this.#keyOfCell.fill(0);
    this.#twice = 0;
    this.#badEscape = -1;
    const fault = this.#scanner.scan(bytes, start, end);
    if (fault !== null) this.#reject(fault.at, `the line is no JSON object: expected ${fault.message}`);
    else if (this.#badEscape >= 0) this.#reject(this.#badEscape, 'this string has a malformed escape');
    else if (this.#twice !== 0) {
      this.#reject(this.#twiceAt, `the key ${quoted(this.#keys.names[this.#twice] ?? '')} stands twice in this object`);
    } else this.#rows.row(cells);
  }

  #reject(at: number, message: string): void {
    const { line, column } = this.#cells.placeAt(at);
    this.#rows.reject(line, column, message);
  }

  #plan(): RowPlan {
    const byRole = (role: Role): string | null => {
      const key = this.#keyOfCell[CELL[role]] ?? 0;
      return key === 0 ? null : (this.#keys.names[key] ?? null);
    };
    return {
      field: (cell) => {
        const role = ROLES[cell] ?? 'time';
        return byRole(role) ?? role;
      },
      ...rolePlan(this.#context, (role) => CELL[role]),
      counts: TOKEN_ROLES.map((role) => CELL[role]),
      meters: TOKEN_METERS,
      settle: (counts, meters) => {
        const fault = exclusiveMeters(counts, meters, this.#context.cachedTokens);
        return fault === null ? null : { cell: CELL[fault.part], message: tooManyMessage(fault, byRole) };
      },
    };
  }
}

/** The first line that is not blank; `cut` where it goes on behind the head. */
function firstLine({ bytes, whole }: Head): { readonly start: number; readonly end: number; readonly cut: boolean } {
  let start = 0;
  while (start < bytes.length && (bytes[start] ?? 0) <= SPACE) start++;
  let end = start;
  while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
  return { start, end, cut: end === bytes.length && !whole };
}

export const ndjson: Importer<UsageTarget> = {
  format: 'ndjson',

  detect(head: Head): Detection | null {
    const { bytes } = head;
    const { start, end, cut } = firstLine(head);
    const roles = new Set<Role>();
    const scanner = new JsonLineScanner({
      key: (from, to) => {
        const meaning = meaningOf(textOf(bytes.subarray(from, to)));
        if (meaning !== null) roles.add(meaning.role);
      },
      value: () => undefined,
    });
    const fault = scanner.scan(bytes, start, end);
    // a line that goes on behind the head cannot be judged by its end
    if (fault !== null && !(cut && bytes[start] === OPEN_BRACE)) return null;
    const lacks = missing((role) => roles.has(role));
    const why = 'One JSON object a line';
    return lacks === null
      ? { confidence: 0.8, why: `${why}, with a time and ${roles.has('cost') ? 'a cost' : 'token counts'}.` }
      : { confidence: 0.25, why: `${why}, but the first lacks ${lacks}.` };
  },

  // members inside others, and what the user says of them, take the general reader
  open: (target, context) =>
    context.choices.columns === undefined
      ? new NdjsonReader(target, context)
      : openArrayOrLines(target, context, roleShape(context, memberByName)),
};
