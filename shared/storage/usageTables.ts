/** Usage rows between columns in memory and their table, as fast as sql.js goes. */
import type { ImportReport } from '../contract/engine.ts';
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import { ABSENT, type DecimalColumn, type IdColumn, type NameColumn, type UsageAdjustment, type UsageBatch } from '../domain/usage.ts';
import { METER_COLUMNS } from './schema.ts';
import { decimalColumns, eachRow, inTransaction, insertObjects, insertRows, picoPart, rowsOf, wholePart, type Database, type Value } from './sqlite.ts';
import { RecordWriter, TablePages } from './tablePages.ts';

/** A source's rows with what its import reported. */
export interface StoredSource {
  readonly report: ImportReport;
  /** Bytes of the file. */
  readonly size: number;
  readonly batch: UsageBatch;
  readonly adjustments: readonly UsageAdjustment[];
}

/** Writes all sources but their usage rows, which `usagePages` makes; their rows are numbered through in this order. */
export function writeSources(database: Database, sources: readonly StoredSource[]): NameTable {
  const names = new NameTable();
  inTransaction(database, () => {
    let firstRow = 1;
    for (const [index, source] of sources.entries()) {
      writeFile(database, index + 1, source);
      for (const [meter, column] of source.batch.meters)
        if (!hasOwnColumn(meter, column)) writeMeter(database, firstRow, source.batch.count, meter, column);
      names.addAll(source.batch);
      firstRow += source.batch.count;
    }
    insertObjects(database, 'name', ['name_id', 'text'], names.texts(), (text, index) => [index + 1, text]);
  });
  return names;
}

/** The usage rows of all sources as the pages of their table. */
export function usagePages(filePages: number, sources: readonly StoredSource[], names: NameTable): TablePages {
  const pages = new TablePages(filePages);
  const record = new RecordWriter();
  let rowId = 1;
  for (const [index, { batch }] of sources.entries()) {
    const write = rowWriter(record, index + 1, batch, names);
    for (let row = 0; row < batch.count; row++) {
      record.begin();
      write(row);
      pages.add(rowId++, record);
    }
  }
  return pages;
}

const FILE_COLUMNS = [
  ...['file_id', 'name', 'size', 'sha256', 'format', 'why', 'rows_read', 'rows_stored', 'rows_duplicate', 'rows_rejected'],
  ...['adjustments', 'from_ms', 'to_ms', 'cost', 'problem_count'],
];

function writeFile(database: Database, fileId: number, { report, size, adjustments }: StoredSource): void {
  const { rows, problems } = report;
  insertObjects(database, 'source_file', FILE_COLUMNS, [report], ({ file, sha256, format, why, from, to, cost, problemCount }) => [
    ...[fileId, file, size, sha256, format, why, rows.read, rows.stored, rows.duplicate, rows.rejected],
    ...[rows.adjustments, from, to, cost, problemCount],
  ]);
  insertObjects(database, 'import_problem', ['file_id', 'line', 'column_number', 'field', 'message'], problems, (problem) => [
    ...[fileId, problem.line, problem.column, problem.field, problem.message],
  ]);
  insertObjects(database, 'usage_adjustment', ['file_id', 'line', 'at_ms', ...decimalColumns('amount')], adjustments, (adjustment) => [
    ...[fileId, adjustment.line, adjustment.at, wholePart(adjustment.amount), picoPart(adjustment.amount)],
  ]);
}

/** Texts that rows name by number. */
export class NameTable {
  readonly #ids = new Map<string, number>();

  addAll({ sku, project, key }: UsageBatch): void {
    for (const text of [...sku.names, ...(project?.names ?? []), ...(key?.names ?? [])]) {
      if (!this.#ids.has(text)) this.#ids.set(text, this.#ids.size + 1);
    }
  }

  idOf(text: string): number {
    return this.#ids.get(text)!;
  }

  texts(): string[] {
    return [...this.#ids.keys()];
  }
}

/** Writes one row's values in the order of `usage_row`'s columns. */
function rowWriter(record: RecordWriter, fileId: number, batch: UsageBatch, names: NameTable): (row: number) => void {
  const { at, cost, ids, line, sku, project, key } = batch;
  const skuIds = sku.names.map((text) => names.idOf(text));
  const optionalName = (column: NameColumn | null): ((row: number) => void) => {
    if (column === null) return () => record.null();
    const nameIds = column.names.map((text) => (text === '' ? null : names.idOf(text)));
    return (row) => integerOrNull(record, nameIds[column.codes[row]!]!);
  };
  const writeProject = optionalName(project);
  const writeKey = optionalName(key);
  const meters = METER_COLUMNS.map((name) => {
    const column = batch.meters.get(name);
    return column !== undefined && hasOwnColumn(name, column) ? column.whole : null;
  });
  return (row) => {
    // the row id itself is the cell's key and stands as null in the record
    record.null();
    record.integer(fileId);
    integerOrNull(record, line === null ? null : line[row]!);
    record.integer(at[row]!);
    record.integer(skuIds[sku.codes[row]!]!);
    writeProject(row);
    writeKey(row);
    const start = ids === null || row === 0 ? 0 : ids.ends[row - 1]!;
    if (ids === null || ids.ends[row] === start) record.null();
    else record.text(ids.bytes, start, ids.ends[row]!);
    for (let m = 0; m < meters.length; m++) integerOrNull(record, present(meters[m]?.[row]));
    const whole = present(cost.whole[row]);
    integerOrNull(record, whole);
    integerOrNull(record, whole === null ? null : (cost.pico?.[row] ?? 0));
  };
}

function integerOrNull(record: RecordWriter, value: number | null): void {
  if (value === null) record.null();
  else record.integer(value);
}

function present(whole: number | undefined): number | null {
  return whole === undefined || whole === ABSENT ? null : whole;
}

/** Whole quantities of the commonest meters stand in the row itself. */
function hasOwnColumn(meter: string, column: DecimalColumn): boolean {
  return isMeterColumn(meter) && column.pico === null;
}

function isMeterColumn(meter: string): boolean {
  return (METER_COLUMNS as readonly string[]).includes(meter);
}

/** A meter without a column of its own, or one with fractions. */
function writeMeter(database: Database, firstRow: number, count: number, meter: string, column: DecimalColumn): void {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (column.whole[row] !== ABSENT) rows.push(row);
  insertRows(database, 'usage_meter', ['row_id', 'meter', ...decimalColumns('quantity')], rows.length, (index, values, place) => {
    const row = rows[index]!;
    for (const [i, value] of [firstRow + row, meter, column.whole[row]!, column.pico?.[row] ?? 0].entries()) values[place + i] = value;
  });
}

/** Reads all sources back as they were written. */
export function readSources(database: Database): StoredSource[] {
  const names = new Map(rowsOf(database, 'SELECT name_id, text FROM name').map(([id, text]) => [Number(id), String(text)]));
  return rowsOf(database, `SELECT ${FILE_COLUMNS.join(', ')} FROM source_file ORDER BY file_id`).map((values) => {
    const [fileId, name, size, sha256, format, why, read, stored, duplicate, rejected, adjustments, from, to, cost, problemCount] = values;
    const file = String(name);
    return {
      size: Number(size),
      report: {
        ...{ file, sha256: String(sha256), format: String(format), why: String(why), repeatedFile: false },
        rows: {
          ...{ read: Number(read), stored: Number(stored), duplicate: Number(duplicate) },
          ...{ rejected: Number(rejected), adjustments: Number(adjustments) },
        },
        from: numberOrNull(from),
        to: numberOrNull(to),
        cost: textOrNull(cost),
        problems: readProblems(database, Number(fileId), file),
        problemCount: Number(problemCount),
      },
      batch: readBatch(database, Number(fileId), file, names),
      adjustments: readAdjustments(database, Number(fileId), file),
    };
  });
}

function readProblems(database: Database, fileId: number, file: string): ImportReport['problems'] {
  const sql = 'SELECT line, column_number, field, message FROM import_problem WHERE file_id = ? ORDER BY rowid';
  return rowsOf(database, sql, [fileId]).map(([line, column, field, message]) => ({
    file,
    line: numberOrNull(line),
    column: numberOrNull(column),
    field: textOrNull(field),
    message: String(message),
  }));
}

function numberOrNull(value: Value | undefined): number | null {
  return value == null ? null : Number(value);
}

function textOrNull(value: Value | undefined): string | null {
  return value == null ? null : String(value);
}

function readAdjustments(database: Database, fileId: number, source: string): UsageAdjustment[] {
  const sql = 'SELECT line, at_ms, amount_whole, amount_pico FROM usage_adjustment WHERE file_id = ? ORDER BY adjustment_id';
  return rowsOf(database, sql, [fileId]).map(([line, at, whole, pico]) => ({
    at: Number(at),
    amount: (whole as Atoms) * ATOMS_PER_UNIT + (pico as Atoms),
    source,
    line: numberOrNull(line),
  }));
}

/** Columns by number, as the query of `readBatch` names them. */
const METERS_FROM = 8;

function readBatch(database: Database, fileId: number, source: string, names: ReadonlyMap<number, string>): UsageBatch {
  const [[counted = 0n, firstRow = 1n] = []] = rowsOf(database, 'SELECT count(*), min(row_id) FROM usage_row WHERE file_id = ?', [fileId]);
  const count = Number(counted);
  const number = (): Float64Array => new Float64Array(count).fill(ABSENT);
  const at = new Float64Array(count);
  const line = new Uint32Array(count);
  const whole = number();
  const pico = new Float64Array(count);
  const meters = METER_COLUMNS.map(() => number());
  const [sku, project, key] = [new NameReader(names, count), new NameReader(names, count), new NameReader(names, count)];
  const ids = new IdWriter(count);
  const seen = { line: false, pico: false, meter: METER_COLUMNS.map(() => false) };
  let row = 0;
  const sql = `SELECT at_ms, line, sku_id, project_id, key_id, id, cost_whole, cost_pico, ${METER_COLUMNS.join(', ')} FROM usage_row WHERE file_id = ? ORDER BY row_id`;
  eachRow(database, sql, [fileId], (values) => {
    at[row] = values[0] as number;
    if (values[1] !== null) {
      line[row] = values[1] as number;
      seen.line = true;
    }
    sku.add(row, values[2] as number | null);
    project.add(row, values[3] as number | null);
    key.add(row, values[4] as number | null);
    ids.add(row, values[5] as string | null);
    if (values[6] !== null) {
      whole[row] = values[6] as number;
      pico[row] = values[7] as number;
      seen.pico ||= pico[row] !== 0;
    }
    for (let m = 0; m < METER_COLUMNS.length; m++) {
      const quantity = values[METERS_FROM + m] as number | null;
      if (quantity === null) continue;
      meters[m]![row] = quantity;
      seen.meter[m] = true;
    }
    row++;
  });
  const columns = METER_COLUMNS.flatMap((meter, m): [string, DecimalColumn][] => (seen.meter[m] === true ? [[meter, { whole: meters[m]!, pico: null }]] : []));
  return {
    source,
    count,
    at,
    sku: sku.column() ?? { codes: new Uint32Array(count), names: [''] },
    cost: { whole, pico: seen.pico ? pico : null },
    meters: new Map([...columns, ...readMeters(database, Number(firstRow), count)]),
    project: project.column(),
    key: key.column(),
    ids: ids.column(),
    line: seen.line ? line : null,
  };
}

function readMeters(database: Database, firstRow: number, count: number): Map<string, DecimalColumn> {
  const meters = new Map<string, { whole: Float64Array; pico: Float64Array }>();
  const sql = 'SELECT row_id, meter, quantity_whole, quantity_pico FROM usage_meter WHERE row_id >= ? AND row_id < ?';
  eachRow(database, sql, [firstRow, firstRow + count], ([rowId, name, whole, pico]) => {
    let column = meters.get(name as string);
    if (column === undefined) {
      column = { whole: new Float64Array(count).fill(ABSENT), pico: new Float64Array(count) };
      meters.set(name as string, column);
    }
    column.whole[(rowId as number) - firstRow] = whole as number;
    column.pico[(rowId as number) - firstRow] = pico as number;
  });
  return meters;
}

/** Name ids of the file to codes of a column. */
class NameReader {
  readonly #names: ReadonlyMap<number, string>;
  readonly #codes: Uint32Array;
  readonly #local = new Map<number | null, number>();

  constructor(names: ReadonlyMap<number, string>, count: number) {
    this.#names = names;
    this.#codes = new Uint32Array(count);
  }

  add(row: number, id: number | null): void {
    let code = this.#local.get(id);
    if (code === undefined) this.#local.set(id, (code = this.#local.size));
    this.#codes[row] = code;
  }

  /** Null where no row has a name. */
  column(): NameColumn | null {
    const ids = [...this.#local.keys()];
    if (ids.every((id) => id === null)) return null;
    return { codes: this.#codes, names: ids.map((id) => (id === null ? '' : (this.#names.get(id) ?? ''))) };
  }
}

/** Ids back to the bytes they were read from. */
class IdWriter {
  readonly #ends: Float64Array;
  #bytes = new Uint8Array(1 << 16);
  #used = 0;

  constructor(count: number) {
    this.#ends = new Float64Array(count);
  }

  add(row: number, id: string | null): void {
    if (id !== null) this.#write(id);
    this.#ends[row] = this.#used;
  }

  column(): IdColumn | null {
    return this.#used === 0 ? null : { bytes: this.#bytes.slice(0, this.#used), ends: this.#ends };
  }

  #write(id: string): void {
    // a UTF-16 unit is at most three bytes of UTF-8
    const most = this.#used + id.length * 3;
    if (most > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(most, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    for (const character of id) {
      const code = character.codePointAt(0)!;
      if (code < 0x80) this.#bytes[this.#used++] = code;
      else this.#used = writeUtf8(this.#bytes, this.#used, code);
    }
  }
}

/** Writes one character beyond ASCII; returns the place after it. */
function writeUtf8(bytes: Uint8Array, at: number, code: number): number {
  const tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  bytes[at] = [0, 0xc0, 0xe0, 0xf0][tail]! | (code >> (6 * tail));
  for (let i = 1; i <= tail; i++) bytes[at + i] = 0x80 | ((code >> (6 * (tail - i))) & 0x3f);
  return at + tail + 1;
}
