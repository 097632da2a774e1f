/** What the reader of imported spreadsheets finds in a written one. */
import { unpack } from '../../shared/import/containers/unpack.ts';

export interface ReadSheet {
  readonly name: string;
  /** The header is the first. */
  readonly rows: string[][];
}

export async function sheetsOf(bytes: Uint8Array): Promise<ReadSheet[]> {
  const texts = await unpack({ name: 'book.xlsx', content: bytes });
  const sheets: ReadSheet[] = [];
  for (const text of texts) {
    const pieces: Uint8Array[] = [];
    for await (const piece of text.stream()) pieces.push(piece.slice());
    sheets.push({ name: text.name.slice('book.xlsx/'.length), rows: parseCsv(Buffer.concat(pieces).toString('utf8')) });
  }
  return sheets;
}

export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === '' && row.length === 0 && quoted === undefined && plain === '') break;
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
