/** Usage from its tables back to columns in memory. */
import type { ImportReport } from '../contract/engine.ts';
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import {
  ABSENT,
  type DecimalColumn,
  type IdColumn,
  type NameColumn,
  type UsageAdjustment,
  type UsageBatch,
} from '../domain/usage.ts';
import { METER_COLUMNS } from './schema.ts';
import { FILE_COLUMNS, type StoredSource } from './source.ts';
import { eachRow, rowsOf, type Database, type Value } from './sqlite.ts';

/** Reads all sources back as they were written. */
export function readSources(database: Database): StoredSource[] {
  const names = new Map(
    rowsOf(database, 'SELECT name_id, text FROM name').map(([id, text]) => [Number(id), String(text)]),
  );
  return rowsOf(database, `SELECT ${FILE_COLUMNS.join(', ')} FROM source_file ORDER BY file_id`).map((values) => {
    const [
      fileId,
      name,
      size,
      sha256,
      format,
      why,
      read,
      stored,
      duplicate,
      rejected,
      adjustments,
      from,
      to,
      cost,
      problemCount,
    ] = values;
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
  const sql =
    'SELECT line, at_ms, amount_whole, amount_pico FROM usage_adjustment WHERE file_id = ? ORDER BY adjustment_id';
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
  const [[counted = 0n, firstRow = 1n] = []] = rowsOf(
    database,
    'SELECT count(*), min(row_id) FROM usage_row WHERE file_id = ?',
    [fileId],
  );
  const count = Number(counted);
  const number = (): Float64Array => new Float64Array(count).fill(ABSENT);
  const at = new Float64Array(count);
  const line = new Uint32Array(count);
  const whole = number();
  const pico = new Float64Array(count);
  const meters = METER_COLUMNS.map(() => number());
  const [sku, project, key] = [
    new NameReader(names, count),
    new NameReader(names, count),
    new NameReader(names, count),
  ];
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
  const columns = METER_COLUMNS.flatMap((meter, m): [string, DecimalColumn][] =>
    seen.meter[m] === true ? [[meter, { whole: meters[m]!, pico: null }]] : [],
  );
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
