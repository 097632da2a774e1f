/**
 * Nothing is taken silently: a cell that cannot be read is a problem of its line and no row, and a digit that changes is a
 * value that changes by just as much. `RUNS` and `SEED` as in the damaged files.
 */
import { expect, test } from 'vitest';
import type { Atoms } from '../../shared/domain/money.ts';
import { Random } from '../../shared/scenario/random.ts';
import type { FileReading } from '../../shared/session/reading.ts';
import { answerTo } from './check.ts';
import { plainAtoms, sameRow, storedRows, type StoredRow } from './readRows.ts';
import { TABLES, drawn, fileOf, numberCells, type NumberCell, type Table } from './tables.ts';

const RUNS = Math.ceil(Number(process.env['RUNS'] ?? 1_000) / 4);
const FIRST = Number(process.env['SEED'] ?? 1);

const UNREADABLE: readonly string[] = [
  ...['abc', '1.2.3', '--5', '0x1F', '1e', 'NaN', 'Infinity', '12a', '#REF!', '()', '.', '+', '1..5', '5-5', '1_000'],
  ...['1e999', '1;5,2.3,4', '=1+1', '12 apples', '\u0000', '\u00b2', 'e5', '1e1e1', '9'.repeat(60), '?'],
];

async function only(table: Table, bytes: Uint8Array): Promise<FileReading> {
  const { readings, faults } = await answerTo(fileOf(table), bytes);
  const [reading] = readings;
  if (faults.length > 0) throw new Error(faults.join('; '));
  if (reading === undefined || readings.length > 1) throw new Error(`${table.name} is ${readings.length} files`);
  return reading;
}

/** The rows of a table as it is, by line. */
const known = new Map<Table, Promise<readonly StoredRow[]>>();

function rowsOf(table: Table): Promise<readonly StoredRow[]> {
  const rows = known.get(table) ?? only(table, fileOf(table).bytes).then(storedRows);
  known.set(table, rows);
  return rows;
}

/** The reading says that something is wrong in this line, or waits for an answer, or is of nothing. */
function isTold({ source: { report }, questions }: FileReading, line: number): boolean {
  const { problems, tie, rows } = report;
  return (
    // the other copy of its id has more now, and takes its place
    rows.superseded > 0 ||
    problems.some((problem) => problem.line === line) ||
    questions.length > 0 ||
    (report.kind === 'unknown' && report.problemCount > 0) ||
    tie?.holds === false
  );
}

function at(rows: readonly StoredRow[], line: number): readonly StoredRow[] {
  return rows.filter((row) => row.line === line);
}

/** Rows of other lines are as they were. */
function othersChanged(before: readonly StoredRow[], after: readonly StoredRow[], line: number): boolean {
  const others = before.filter((row) => row.line !== line);
  return !others.every((row) => after.some((other) => sameRow(row, other)));
}

async function unreadableFault(table: Table, cell: NumberCell, random: Random): Promise<string | null> {
  const text = drawn(random, UNREADABLE);
  const quoted = text.includes(table.delimiter) ? `"${text}"` : text;
  const reading = await only(table, cell.with(quoted));
  const rows = storedRows(reading);
  const says = `${table.name} line ${cell.line}, ${cell.header}: ${cell.text} became ${text}`;
  const before = at(await rowsOf(table), cell.line);
  if (before.length === 0 || isBlank(table, cell, text)) return null;
  if (!isTold(reading, cell.line)) return `${says} and no problem says so`;
  // what a row costs may stand without a figure beside it that cannot be read
  for (const row of at(rows, cell.line)) {
    if (before.every(({ cost }) => cost !== row.cost)) return `${says} and its row costs ${row.cost}`;
    if (costIs(table, cell, row.cost)) return `${says} and its row was stored`;
  }
  const isOpen = reading.questions.length > 0 || reading.source.report.kind === 'unknown';
  if (!isOpen && othersChanged(await rowsOf(table), rows, cell.line)) return `${says} and other rows changed`;
  return null;
}

/** Exports of FOCUS write NaN where a figure is not known. */
function isBlank({ name }: Table, { header }: NumberCell, text: string): boolean {
  return name === 'focus_1_2.csv' && header !== 'BilledCost' && text === 'NaN';
}

/** The cell states what the row costs. */
function costIs(table: Table, cell: NumberCell, cost: Atoms | null): boolean {
  const value = cell.isMoney ? valueOf(table, cell.text) : null;
  return value !== null && value !== 0n && cost !== null && (cost === value || cost === -value);
}

async function digitFault(table: Table, cell: NumberCell, random: Random): Promise<string | null> {
  const places = [...cell.text.matchAll(/\d/g)];
  const place = drawn(random, places);
  const digit = (Number(place[0]) + 1 + (random.uint32() % 9)) % 10;
  const text = cell.text.slice(0, place.index) + String(digit) + cell.text.slice(place.index + 1);
  const reading = await only(table, cell.with(text));
  const [before, after] = [await rowsOf(table), storedRows(reading)];
  const says = `${table.name} line ${cell.line}, ${cell.header}: ${cell.text} became ${text}`;
  if (isTold(reading, cell.line)) return null;
  const [was, is] = [at(before, cell.line), at(after, cell.line)];
  const [from, to] = [valueOf(table, cell.text), valueOf(table, text)];
  // finer than what is kept: rounded, and told as a note
  if (from === null || to === null || from === to) return null;
  const by = to - from;
  // a repeated row, and what moved no money, are not stored
  if (was.length === 0) return null;
  if (othersChanged(before, after, cell.line)) return `${says} and other rows changed`;
  // of a correction only its amount is kept
  if (!cell.isMoney && Object.keys(was[0]?.meters ?? {}).length === 0) return null;
  if (sameRow(was[0], is[0]) && sameRow(was[1], is[1])) return `${says} and nothing came of it`;
  if (table.isProduct === true) return null;
  const moved = differences(was[0], is[0]).concat(differences(was[1], is[1]));
  const strange = moved.find((difference) => difference !== by && difference !== -by);
  return strange === undefined ? null : `${says} and a value moved by ${strange} and not by ${by}`;
}

function valueOf({ isLocal }: Table, text: string): bigint | null {
  return plainAtoms(isLocal === true ? text.replaceAll('.', '').replace(',', '.') : text);
}

/** What cost and quantities of a row moved by, where they did. */
function differences(before: StoredRow | undefined, after: StoredRow | undefined): bigint[] {
  const names = new Set([...Object.keys(before?.meters ?? {}), ...Object.keys(after?.meters ?? {})]);
  return [
    (after?.cost ?? 0n) - (before?.cost ?? 0n),
    ...[...names].map((name) => (after?.meters[name] ?? 0n) - (before?.meters[name] ?? 0n)),
  ].filter((difference) => difference !== 0n);
}

type Oracle = (table: Table, cell: NumberCell, random: Random) => Promise<string | null>;

test.each<[string, Oracle]>([
  ['cells that cannot be read', unreadableFault],
  ['digits that change', digitFault],
])(`${RUNS} %s from seed ${FIRST}`, { timeout: 3_600_000 }, async (_name, faultOf) => {
  const faults: string[] = [];
  for (let number = FIRST; number < FIRST + RUNS && faults.length < 20; number++) {
    const random = new Random(number);
    const table = drawn(random, TABLES);
    const fault = await faultOf(table, drawn(random, numberCells(table)), random);
    if (fault !== null) faults.push(`SEED=${number} ${fault}`);
  }
  expect(faults).toEqual([]);
});
