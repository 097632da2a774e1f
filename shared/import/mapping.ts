/**
 * What the columns of a file are read as, for showing and changing: of tables their headers, of JSON the members of the
 * first rows by their paths. Only formats that go by names let the user say otherwise.
 */
import type { PreviewColumn, ReadingChoices } from '../contract/importing.ts';
import { ROLES, ROLE_LABELS, assign, meaningOf, type Role } from './columns.ts';
import type { Cells } from './cells.ts';
import { CsvScanner } from './csvScanner.ts';
import { textOf } from './encoding.ts';
import type { Head } from './importer.ts';
import { JsonLineScanner, unescape } from './jsonLine.ts';

export interface Mapping {
  /** Names of the columns; null where the file has none. */
  readonly header: readonly string[] | null;
  /** Null where columns have no say. */
  readonly columns: readonly PreviewColumn[] | null;
  readonly meanings: readonly { readonly meaning: string; readonly label: string }[];
}

/** Rows that examples are looked for in. */
const LOOKED_AT = 50;
const DEEPEST = 4;
/** Longest example. */
const EXAMPLE_LENGTH = 80;

const LF = 10;
const OPEN_BRACE = 123;
const LETTER_N = 110;

const MEANINGS = ROLES.map((meaning) => ({ meaning, label: ROLE_LABELS[meaning] }));
const JSON_FORMATS: ReadonlySet<string> = new Set(['ndjson', 'json', 'cloudevents']);

export function mappingOf(head: Head, format: string, choices: ReadingChoices): Mapping {
  if (JSON_FORMATS.has(format)) return jsonMapping(head, choices.columns ?? {}, format === 'cloudevents');
  if (head.table === null) return { header: null, columns: null, meanings: [] };
  const { header } = head.table;
  if (format !== 'csv') return { header, columns: null, meanings: [] };
  const roles = new Map([...assign(header, choices.columns)].map(([role, column]) => [column, role]));
  const examples = tableExamples(head);
  const columns = header.map((name, column) => ({
    header: name,
    meaning: roles.get(column) ?? null,
    example: shown(examples[column] ?? ''),
  }));
  return { header, columns, meanings: MEANINGS };
}

/** First value of each column that is not blank. */
function tableExamples({ table, bytes, whole }: Head): string[] {
  const examples: string[] = [];
  let records = table?.separatorLine === true ? -2 : -1;
  const record = (cells: Cells): void => {
    if (++records < 1 || records > LOOKED_AT) return;
    for (let cell = 0; cell < cells.count; cell++) examples[cell] ||= cells.text(cell);
  };
  const scanner = new CsvScanner(table?.delimiter ?? 44, { record, broken: () => undefined });
  scanner.push(bytes);
  // the last line of a cut head is no record
  if (whole) scanner.end();
  return examples;
}

function jsonMapping(head: Head, chosen: Readonly<Record<string, string>>, events: boolean): Mapping {
  const members = new Map<string, string>();
  for (const [start, end] of firstObjects(head)) new Members(head.bytes, members).collect(start, end, '', 1);
  const header = [...members.keys()];
  const columns = header.map((path) => ({
    header: path,
    meaning: meaningOfPath(path, chosen, events),
    example: shown(members.get(path) ?? ''),
  }));
  return { header, columns, meanings: MEANINGS };
}

function meaningOfPath(path: string, chosen: Readonly<Record<string, string>>, events: boolean): Role | null {
  const role = ROLES.find((known) => chosen[known] === path);
  if (role !== undefined) return role;
  const name = events ? eventMember(path) : path;
  const meaning = name.includes('.') ? undefined : meaningOf(name)?.role;
  return meaning === undefined || chosen[meaning] !== undefined ? null : meaning;
}

/** The column that a member of an event is as (`cloudEvents.ts`); '' for none. */
function eventMember(path: string): string {
  if (path.startsWith('data.')) return path.slice('data.'.length);
  return path === 'time' || path === 'id' ? path : '';
}

/** Places of the head's first objects: of an array, or one a line. */
function firstObjects({ bytes }: Head): [start: number, end: number][] {
  const found: [number, number][] = [];
  const scanner = new JsonLineScanner({ key: () => undefined, value: () => undefined });
  for (let at = bytes.indexOf(OPEN_BRACE); at >= 0 && found.length < LOOKED_AT;) {
    let end = scanner.endOf(bytes, at, bytes.length);
    if (end < 0) {
      // a line that is broken, or the cut end of the head
      end = bytes.indexOf(LF, at);
      if (end < 0) break;
    } else found.push([at, end]);
    at = bytes.indexOf(OPEN_BRACE, end);
  }
  return found;
}

/** Collects the members of an object that are no objects, with their first values. */
class Members {
  readonly #bytes: Uint8Array;
  readonly #found: Map<string, string>;

  constructor(bytes: Uint8Array, found: Map<string, string>) {
    this.#bytes = bytes;
    this.#found = found;
  }

  collect(start: number, end: number, prefix: string, depth: number): void {
    let path = '';
    const inside: [path: string, start: number, end: number][] = [];
    const scanner = new JsonLineScanner({
      key: (from, to) => (path = prefix + textOf(this.#bytes.subarray(from, to))),
      value: (kind, from, to) => {
        if (kind === 'nested') {
          if (this.#bytes[from] === OPEN_BRACE) inside.push([path, from, to]);
          return;
        }
        const none = kind === 'literal' && this.#bytes[from] === LETTER_N;
        this.#found.set(path, this.#found.get(path) || (none ? '' : this.#text(kind === 'escaped', from, to)));
      },
    });
    scanner.scan(this.#bytes, start, end);
    for (const [name, from, to] of inside) if (depth < DEEPEST) this.collect(from, to, `${name}.`, depth + 1);
  }

  #text(escaped: boolean, start: number, end: number): string {
    const bytes = this.#bytes.slice(start, end);
    const length = escaped ? unescape(bytes, 0, bytes.length) : bytes.length;
    return textOf(bytes.subarray(0, Math.max(0, length)));
  }
}

function shown(text: string): string {
  return text.length > EXAMPLE_LENGTH ? `${text.slice(0, EXAMPLE_LENGTH)}…` : text;
}
