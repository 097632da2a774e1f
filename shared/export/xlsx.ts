/**
 * Spreadsheet files (XLSX). Text is typed as text, so nothing in it can run; amounts are numbers as long as a spreadsheet
 * keeps every digit, and text beyond. The same rows make the same bytes. Rows are packed as they come, so a table of a
 * million rows is never in memory as text.
 */
import { cellXml, HEADER_STYLE, stylesXml, textXml, type Cell, type ColumnKind } from './xlsxCells.ts';
import { framePartsOf, MAIN, sheetPath, type SheetPart } from './xlsxFrame.ts';
import { columnName, sheetNames } from './xlsxText.ts';
import { textBytes, ZipArchive } from './zipArchive.ts';

export type { Cell, ColumnKind } from './xlsxCells.ts';

export interface Column {
  readonly title: string;
  readonly kind: ColumnKind;
  /** In characters; by the kind unless told. */
  readonly width?: number;
}

export interface Sheet {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: Iterable<readonly Cell[]>;
}

export interface XlsxOptions {
  /** Called between batches with the rows done, so that others come to their turn; throws to stop. */
  readonly pause?: (rows: number) => Promise<void>;
  /** Most rows of a sheet, its header included; more go on a sheet of the same columns after it. */
  readonly maxRows?: number;
}

/** What spreadsheet programs take. */
const MAX_ROWS = 1_048_576;
/** Rows between two pauses. */
const BATCH = 1_000;

const PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const WIDTHS: Readonly<Record<ColumnKind, number>> = { text: 24, integer: 12, amount: 18, date: 12, instant: 24 };
const WIDEST_TITLE = 40;

export async function writeXlsx(sheets: readonly Sheet[], options: XlsxOptions = {}): Promise<Uint8Array> {
  const zip = new ZipArchive();
  const open = (path: string): ((text: string, last?: boolean) => void) => {
    const write = zip.open(path);
    return (text, last = false) => write(textBytes(text), last);
  };
  const parts: SheetPart[] = [];
  let done = 0;
  for (const { name, columns, rows } of sheets) {
    const letters = columns.map((_, index) => columnName(index));
    const reader = rows[Symbol.iterator]();
    let next = reader.next();
    do {
      const write = open(sheetPath(parts.length + 1));
      write(PROLOG + sheetStart(columns));
      let row = 1;
      while (next.done !== true && row < (options.maxRows ?? MAX_ROWS)) {
        const last = Math.min(row + BATCH, options.maxRows ?? MAX_ROWS);
        let batch = '';
        for (; next.done !== true && row < last; next = reader.next()) {
          batch += rowXml(++row, columns, letters, next.value);
          done++;
        }
        write(batch);
        await options.pause?.(done);
      }
      const ref = `A1:${columnName(Math.max(columns.length, 1) - 1)}${row}`;
      write(sheetEnd(ref), true);
      parts.push({ name, ref });
    } while (next.done !== true);
  }
  const names = sheetNames(parts.map(({ name }) => name));
  const named = parts.map(({ ref }, index) => ({ name: names[index] ?? '', ref }));
  for (const [path, xml] of Object.entries(framePartsOf(named, stylesXml()))) open(path)(PROLOG + xml, true);
  return zip.end();
}

function sheetStart(columns: readonly Column[]): string {
  const widths = columns.map(({ kind, title, width }, index) => {
    const wide = width ?? Math.max(WIDTHS[kind], Math.min(title.length + 4, WIDEST_TITLE));
    return `<col min="${index + 1}" max="${index + 1}" width="${wide}" customWidth="1"/>`;
  });
  const header = columns.map(({ title }, index) => textXml(`${columnName(index)}1`, title, HEADER_STYLE));
  return (
    `<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `${widths.length === 0 ? '' : `<cols>${widths.join('')}</cols>`}<sheetData><row r="1">${header.join('')}</row>`
  );
}

function sheetEnd(ref: string): string {
  return (
    `</sheetData><autoFilter ref="${ref}"/>` +
    `<ignoredErrors><ignoredError sqref="${ref}" numberStoredAsText="1"/></ignoredErrors></worksheet>`
  );
}

function rowXml(row: number, columns: readonly Column[], names: readonly string[], cells: readonly Cell[]): string {
  let written = '';
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index];
    if (column !== undefined) written += cellXml(`${names[index] ?? ''}${row}`, column.kind, cells[index] ?? null);
  }
  return `<row r="${row}">${written}</row>`;
}
