/**
 * A Parquet file as CSV: a header row, then row N on line N + 1. Values are exact: integers and decimals digit by digit,
 * doubles as the shortest decimal that is that double.
 */
import type { ColumnChunk, FileMetaData } from 'hyparquet';
import { parquetMetadata } from 'hyparquet/src/metadata.js';
import { ContainerError, damaged, Meter, type Bounds } from './bounds.ts';
import type { ByteSource } from './byteSource.ts';
import { CsvText } from './csvText.ts';
import { ParquetFault } from './parquetEncodings.ts';
import { ColumnPages } from './parquetPages.ts';
import { LeafCursor, nestedText } from './parquetRows.ts';
import { leavesOf, schemaOf, tableColumns, type SchemaNode, type TableColumn } from './parquetSchema.ts';
import type { TextFile } from './textFile.ts';

const MAGIC = 0x31524150;
const TAIL_BYTES = 8;
/** Metadata of a million column chunks are some 100 MiB; real ones a few kilobytes. */
const MOST_METADATA_BYTES = 64 * 1024 * 1024;

/** Rows between two looks whether a piece of text is ready. */
const STRIDE = 256;

type RowGroup = FileMetaData['row_groups'][number];

export async function parquetText(name: string, source: ByteSource, bounds: Bounds): Promise<TextFile> {
  const { schema, groups } = await readFooter(name, source);
  return {
    name,
    size: null,
    how: 'Rows of a Parquet file.',
    stream: () => rowsText(name, source, schema, groups, bounds),
  };
}

async function readFooter(name: string, source: ByteSource): Promise<{ schema: SchemaNode; groups: RowGroup[] }> {
  try {
    const tail = await source.read(Math.max(0, source.size - TAIL_BYTES), source.size);
    const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
    const length = view.getUint32(0, true);
    const size = length + TAIL_BYTES;
    if (view.getUint32(4, true) !== MAGIC || size > source.size) throw new ParquetFault('its end is missing');
    if (length > MOST_METADATA_BYTES) throw new ParquetFault('its description is too long');
    const metadata = parquetMetadata(await source.read(source.size - size, source.size), { geoparquet: false });
    const schema = schemaOf(metadata.schema);
    const leaves = leavesOf(schema);
    for (const group of metadata.row_groups) {
      if (group.columns.length !== leaves.length) throw new ParquetFault('a column is missing');
      for (const column of group.columns) refuseUnreadable(name, column);
    }
    return { schema, groups: metadata.row_groups };
  } catch (error) {
    throw damaged(name, error);
  }
}

function refuseUnreadable(name: string, column: ColumnChunk): void {
  if (column.crypto_metadata !== undefined || column.meta_data === undefined) {
    throw new ContainerError(`${name} has encrypted columns. Write it again without encryption.`);
  }
  if (column.file_path !== undefined && column.file_path !== '') {
    throw new ContainerError(`${name} keeps its data in another file, ${column.file_path}. Import that one.`);
  }
}

async function* rowsText(
  name: string,
  source: ByteSource,
  schema: SchemaNode,
  groups: readonly RowGroup[],
  bounds: Bounds,
): AsyncGenerator<Uint8Array> {
  const meter = new Meter(name, bounds);
  meter.took(source.size);
  const csv = new CsvText(meter);
  const columns = tableColumns(schema);
  try {
    csv.row(columns.map(({ header }) => header));
    const pages = new Meter(name, bounds);
    for (const group of groups) yield* groupText(source, schema, columns, group, csv, pages, bounds);
    yield* csv.take(true);
  } catch (error) {
    throw damaged(name, error);
  }
}

async function* groupText(
  source: ByteSource,
  schema: SchemaNode,
  columns: readonly TableColumn[],
  group: RowGroup,
  csv: CsvText,
  meter: Meter,
  bounds: Bounds,
): AsyncGenerator<Uint8Array> {
  const cursors = leavesOf(schema).map((node) => {
    const meta = group.columns[node.leaf]?.meta_data;
    if (meta === undefined || meta.path_in_schema.join('.') !== node.path.join('.')) {
      throw new ParquetFault('a column is not where the file says');
    }
    return new LeafCursor(new ColumnPages(source, meta, node, meter, bounds), node);
  });
  const rows = cursors.length === 0 ? 0 : Number(group.num_rows);
  const plain = columns.filter(({ json }) => !json).map(({ node }) => cursors[node.leaf]!);
  for (let row = 0; row < rows; row++) {
    for (const cursor of plain) if (cursor.waiting) await cursor.load();
    const cells: string[] = [];
    for (const column of columns)
      cells.push(column.json ? await nested(column, cursors) : cursors[column.node.leaf]!.text());
    csv.row(cells);
    if (row % STRIDE === 0) yield* csv.take(false);
  }
  for (const cursor of cursors) if (await cursor.load()) throw new ParquetFault('a column has more values than rows');
}

async function nested(column: TableColumn, cursors: readonly LeafCursor[]): Promise<string> {
  const entries: Awaited<ReturnType<LeafCursor['row']>>[] = [];
  for (const leaf of column.leaves) entries.push(await cursors[leaf.leaf]!.row());
  return nestedText(column, entries);
}
