/** Usage rows between columns in memory and their table, as fast as sql.js goes. */
import type { ImportReport } from '../contract/engine.ts';
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import { ABSENT, idAt, type DecimalColumn, type IdColumn, type NameColumn, type UsageAdjustment, type UsageBatch } from '../domain/usage.ts';
import { METER_COLUMNS, USAGE_ROW_TABLE } from './schema.ts';
import { decimalColumns, eachRow, inTransaction, insertObjects, insertRows, picoPart, rowsOf, wholePart, type Database, type Value } from './sqlite.ts';

/** A source's rows with what its import reported. */
export interface StoredSource {
  readonly report: ImportReport;
  /** Bytes of the file. */
  readonly size: number;
  readonly batch: UsageBatch;
  readonly adjustments: readonly UsageAdjustment[];
}

/** Writes all sources; their rows are numbered through, in the order of the sources. */
export function writeSources(database: Database, sources: readonly StoredSource[]): void {
  const names = new Map<string, number>();
  // loaded apart, in memory proper, and moved as whole pages: twice as fast as into the file that is exported
  database.exec(`ATTACH ':memory:' AS loading; CREATE TABLE loading.${USAGE_ROW_TABLE}`);
  inTransaction(database, () => {
    let firstRow = 1;
    for (const [index, source] of sources.entries()) {
      writeFile(database, index + 1, source);
      writeRows(database, index + 1, firstRow, source.batch, names);
      firstRow += source.batch.count;
    }
    database.exec('INSERT INTO main.usage_row SELECT * FROM loading.usage_row');
    const texts = [...names];
    insertRows(database, 'name', ['name_id', 'text'], texts.length, (row, values, place) => {
      values[place] = texts[row]![1];
      values[place + 1] = texts[row]![0];
    });
  });
  database.exec('DETACH loading');
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

function nameId(names: Map<string, number>, text: string): number {
  let id = names.get(text);
  if (id === undefined) names.set(text, (id = names.size + 1));
  return id;
}

/** Columns that a batch does not have are not bound: every bound value costs. */
function writeRows(database: Database, fileId: number, firstRow: number, batch: UsageBatch, names: Map<string, number>): void {
  const { at, cost, ids, line } = batch;
  const idsOf = (column: NameColumn): (number | null)[] => column.names.map((text) => (text === '' ? null : nameId(names, text)));
  const skuIds = batch.sku.names.map((text) => nameId(names, text));
  const columns: [string, (row: number) => number | string | null][] = [
    ['row_id', (row) => firstRow + row],
    ['file_id', () => fileId],
    ['at_ms', (row) => at[row]!],
    ['sku_id', (row) => skuIds[batch.sku.codes[row]!]!],
  ];
  if (line !== null) columns.push(['line', (row) => line[row]!]);
  for (const [name, column] of [['project_id', batch.project], ['key_id', batch.key]] as const) {
    if (column === null) continue;
    const rowIds = idsOf(column);
    columns.push([name, (row) => rowIds[column.codes[row]!]!]);
  }
  if (ids !== null) columns.push(['id', (row) => idAt(ids, row) || null]);
  columns.push(['cost_whole', (row) => present(cost.whole[row]!)]);
  columns.push(['cost_pico', (row) => (cost.whole[row] === ABSENT ? null : (cost.pico?.[row] ?? 0))]);
  for (const [meter, column] of batch.meters) {
    if (isMeterColumn(meter) && column.pico === null) columns.push([meter, (row) => present(column.whole[row]!)]);
    else writeMeter(database, firstRow, batch.count, meter, column);
  }
  const values = columns.map(([, value]) => value);
  insertRows(database, 'loading.usage_row', columns.map(([name]) => name), batch.count, (row, out, place) => {
    for (let i = 0; i < values.length; i++) out[place + i] = values[i]!(row);
  });
}

function present(whole: number): number | null {
  return whole === ABSENT ? null : whole;
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
