/** Usage from columns in memory to its tables. */
import { ABSENT, type DecimalColumn, type NameColumn, type UsageBatch } from '../domain/usage.ts';
import { METER_COLUMNS } from './schema.ts';
import { RecordWriter } from './recordWriter.ts';
import type { StoredSource } from './source.ts';
import { decimalColumns, insertObjects, insertRows, ROWS_A_TURN, type Database } from './sqlite.ts';
import type { TablePages } from './tablePages.ts';

/** Writes what the rows of all sources need beside `usage_row`: their names and their uncommon meters. */
export function writeUsageParts(database: Database, sources: readonly StoredSource[]): NameTable {
  const names = new NameTable();
  let firstRow = 1;
  for (const { batch } of sources) {
    for (const [meter, column] of batch.meters)
      if (!hasOwnColumn(meter, column)) writeMeter(database, firstRow, batch.count, meter, column);
    names.addAll(batch);
    firstRow += batch.count;
  }
  insertObjects(database, 'name', ['name_id', 'text'], names.texts(), (text, index) => [index + 1, text]);
  return names;
}

/**
 * Writes the usage rows of all sources as the pages of their table, numbered through from 1. In turns; each yields how many
 * rows are written so far.
 */
export function* writeUsageRows(
  pages: TablePages,
  sources: readonly StoredSource[],
  names: NameTable,
): Generator<number, void> {
  const record = new RecordWriter();
  let rowId = 1;
  for (const [index, { batch }] of sources.entries()) {
    const write = rowWriter(record, index + 1, batch, names);
    for (let row = 0; row < batch.count; row++) {
      record.begin();
      write(row);
      pages.add(rowId++, record);
      if (rowId % ROWS_A_TURN === 0) yield rowId;
    }
  }
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
  const { at, until, cost, ids, line, sku, project, key } = batch;
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
    // a record that ends early is NULL in the columns it lacks
    if (until !== null) integerOrNull(record, until[row] === 0 ? null : until[row]!);
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
  insertRows(
    database,
    'usage_meter',
    ['row_id', 'meter', ...decimalColumns('quantity')],
    rows.length,
    (index, values, place) => {
      const row = rows[index]!;
      for (const [i, value] of [firstRow + row, meter, column.whole[row]!, column.pico?.[row] ?? 0].entries())
        values[place + i] = value;
    },
  );
}
