/** The kept texts of files, to the pages of their table and back. */
import type { SourcePiece, SourceText } from '../domain/sourceText.ts';
import { RecordWriter } from './recordWriter.ts';
import type { StoredSource } from './source.ts';
import { eachRow, type Database } from './sqlite.ts';
import type { TablePages } from './tablePages.ts';

/** Writes every piece of every source's text as a row of `source_text`, in order; a turn is a piece. */
export function* writeTexts(pages: TablePages, sources: readonly StoredSource[]): Generator<undefined, void> {
  const record = new RecordWriter();
  let pieceId = 1;
  for (const [index, { text }] of sources.entries()) {
    for (const [number, { line, offset, deflated }] of (text?.pieces ?? []).entries()) {
      record.begin();
      // the piece's id itself is the cell's key and stands as null in the record
      record.null();
      record.integer(index + 1);
      record.integer(number);
      record.integer(line);
      record.integer(offset);
      record.blob(deflated);
      pages.add(pieceId++, record);
      yield;
    }
  }
}

/** The pieces of each file's text. */
export function readTexts(database: Database): Map<number, SourcePiece[]> {
  const files = new Map<number, SourcePiece[]>();
  const sql = 'SELECT file_id, line, byte_offset, deflated FROM source_text ORDER BY piece_id';
  eachRow(database, sql, [], ([fileId, line, offset, deflated]) => {
    const piece = { line: line as number, offset: offset as number, deflated: deflated as Uint8Array };
    const pieces = files.get(fileId as number);
    if (pieces === undefined) files.set(fileId as number, [piece]);
    else pieces.push(piece);
  });
  return files;
}

/** The text of which `count` pieces were written. @throws RangeError where they are not all there */
export function textOf(count: number | null, pieces: readonly SourcePiece[], file: string): SourceText | null {
  if (pieces.length !== (count ?? 0))
    throw new RangeError(`${file} has ${pieces.length} of its ${count ?? 0} pieces of text`);
  return count === null ? null : { pieces };
}
