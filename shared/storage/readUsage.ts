/** Usage from its tables back to columns in memory. */
import { ABSENT, type DecimalColumn, type IdColumn, type NameColumn, type UsageBatch } from '../domain/usage.ts';
import { METER_COLUMNS } from './schema.ts';
import { eachRow, eachRowInTurns, rowsOf, type Database } from './sqlite.ts';

/** Names by number, as rows name them. */
export function readNames(database: Database): Map<number, string> {
  return new Map(rowsOf(database, 'SELECT name_id, text FROM name').map(([id, text]) => [Number(id), String(text)]));
}

/** How many rows of all sources there are. */
export function countUsageRows(database: Database): number {
  const [[count = 0n] = []] = rowsOf(database, 'SELECT count(*) FROM usage_row');
  return Number(count);
}

/** Columns by number, as the query of `readBatch` names them. */
const METERS_FROM = 9;

/** Which rows of the table are a source's. */
export interface RowRange {
  readonly fileId: number;
  readonly firstRow: number;
  readonly count: number;
}

/**
 * A source's rows. In turns; each yields how many of them are read so far.
 * @throws RangeError where they are not all there
 */
export function* readBatch(
  database: Database,
  { fileId, firstRow, count }: RowRange,
  source: string,
  names: ReadonlyMap<number, string>,
): Generator<number, UsageBatch> {
  const number = (): Float64Array => new Float64Array(count).fill(ABSENT);
  const at = new Float64Array(count);
  const until = new Float64Array(count);
  const line = new Uint32Array(count);
  const whole = number();
  const pico = new Float64Array(count);
  const meters = METER_COLUMNS.map(() => number());
  const sku = new NameReader(names, count, false);
  const project = new NameReader(names, count, true);
  const key = new NameReader(names, count, true);
  const ids = new IdWriter(count);
  const seen = { line: false, until: false, pico: false, meter: METER_COLUMNS.map(() => false) };
  let row = 0;
  // as a blob an id is its bytes, also where they are no proper UTF-8
  const sql = `SELECT at_ms, line, sku_id, project_id, key_id, CAST(id AS BLOB), cost_whole, cost_pico, until_ms, ${METER_COLUMNS.join(', ')}
    FROM usage_row WHERE row_id >= ? AND row_id < ? AND file_id = ? ORDER BY row_id`;
  yield* eachRowInTurns(database, sql, [firstRow, firstRow + count, fileId], (values) => {
    at[row] = values[0] as number;
    if (values[1] !== null) {
      line[row] = values[1] as number;
      seen.line = true;
    }
    sku.add(row, values[2] as number | null);
    project.add(row, values[3] as number | null);
    key.add(row, values[4] as number | null);
    ids.add(row, values[5] as Uint8Array | null);
    if (values[6] !== null) {
      whole[row] = values[6] as number;
      pico[row] = values[7] as number;
      seen.pico ||= pico[row] !== 0;
    }
    if (values[8] !== null) {
      until[row] = values[8] as number;
      seen.until = true;
    }
    for (let m = 0; m < METER_COLUMNS.length; m++) {
      const quantity = values[METERS_FROM + m] as number | null;
      if (quantity === null) continue;
      meters[m]![row] = quantity;
      seen.meter[m] = true;
    }
    row++;
  });
  if (row !== count) throw new RangeError(`${source} has ${row} of its ${count} usage rows`);
  const columns = METER_COLUMNS.flatMap((meter, m): [string, DecimalColumn][] =>
    seen.meter[m] === true ? [[meter, { whole: meters[m]!, pico: null }]] : [],
  );
  return {
    source,
    count,
    at,
    until: seen.until ? until : null,
    sku: sku.column() ?? { codes: new Uint32Array(count), names: [''] },
    cost: { whole, pico: seen.pico ? pico : null },
    meters: new Map([...columns, ...readMeters(database, firstRow, count)]),
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

  /** @param optional code 0 is "none" */
  constructor(names: ReadonlyMap<number, string>, count: number, optional: boolean) {
    this.#names = names;
    this.#codes = new Uint32Array(count);
    if (optional) this.#local.set(null, 0);
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

  add(row: number, id: Uint8Array | null): void {
    if (id !== null) {
      const end = this.#used + id.length;
      if (end > this.#bytes.length) {
        const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2));
        grown.set(this.#bytes);
        this.#bytes = grown;
      }
      this.#bytes.set(id, this.#used);
      this.#used = end;
    }
    this.#ends[row] = this.#used;
  }

  column(): IdColumn | null {
    return this.#used === 0 ? null : { bytes: this.#bytes.slice(0, this.#used), ends: this.#ends };
  }
}
