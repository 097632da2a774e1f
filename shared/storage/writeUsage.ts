/** Usage from columns in memory to its tables. */
import { ABSENT, type DecimalColumn, type NameColumn, type UsageBatch } from '../domain/usage.ts';
import { METER_COLUMNS } from './schema.ts';
import { FILE_COLUMNS, type StoredSource } from './source.ts';
import {
  decimalColumns,
  inTransaction,
  insertObjects,
  insertRows,
  picoPart,
  wholePart,
  type Database,
} from './sqlite.ts';
import { RecordWriter, TablePages } from './tablePages.ts';

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

function writeFile(database: Database, fileId: number, { report, size, adjustments }: StoredSource): void {
  const { rows, problems } = report;
  insertObjects(
    database,
    'source_file',
    FILE_COLUMNS,
    [report],
    ({ file, sha256, format, why, from, to, cost, problemCount }) => [
      ...[fileId, file, size, sha256, format, why, rows.read, rows.stored, rows.duplicate, rows.rejected],
      ...[rows.adjustments, from, to, cost, problemCount],
    ],
  );
  insertObjects(
    database,
    'import_problem',
    ['file_id', 'line', 'column_number', 'field', 'message'],
    problems,
    (problem) => [...[fileId, problem.line, problem.column, problem.field, problem.message]],
  );
  insertObjects(
    database,
    'usage_adjustment',
    ['file_id', 'line', 'at_ms', ...decimalColumns('amount')],
    adjustments,
    (adjustment) => [
      ...[fileId, adjustment.line, adjustment.at, wholePart(adjustment.amount), picoPart(adjustment.amount)],
    ],
  );
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
