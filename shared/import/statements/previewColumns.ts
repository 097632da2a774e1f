/** The columns of a table as the user is shown them: name, what it is read as, a value. */
import type { PreviewColumn } from '../../contract/importing.ts';
import type { Row } from './table.ts';

export function previewColumns(
  names: readonly string[],
  columns: ReadonlyMap<string, number>,
  rows: readonly Row[],
): PreviewColumn[] {
  const meanings = new Map([...columns].map(([meaning, column]) => [column, meaning]));
  return names.map((header, column) => ({
    header,
    meaning: meanings.get(column) ?? null,
    example: rows.find(({ cells }) => (cells[column] ?? '') !== '')?.cells[column] ?? '',
  }));
}
