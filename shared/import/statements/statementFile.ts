/** Reads a file as a statement: whole, because its arithmetic is over all of it. */
import { createSHA256 } from 'hash-wasm';
import type { ReadingChoices } from '../../contract/importing.ts';
import type { CallContext } from '../../contract/rpc.ts';
import type { SourceText } from '../../domain/sourceText.ts';
import { ContainerError, type TextFile } from '../containers/unpack.ts';
import type { ImportOptions, StreamHash } from '../importUsage.ts';
import { TextPacker, type Packing } from '../sourceText.ts';
import { joined } from '../textHead.ts';
import type { StatementReading } from './reading.ts';
import { readStatement, type NoStatement } from './readStatement.ts';

export interface StatementFile {
  readonly reading: StatementReading | NoStatement;
  readonly size: number;
  readonly textSha256: string;
  readonly text: SourceText;
}

/** Statements of a whole year have a few megabytes; a log of another kind must not fill the memory. */
const MOST_BYTES = 1 << 26;

/** A page of an invoice takes 10 to 35 ms. */
const MOST_PDF_MS = 20_000;

/** @throws ContainerError where packed bytes are damaged or the file is too long for a statement. */
export async function readStatementFile(
  file: TextFile,
  choices: ReadingChoices,
  options: { readonly createHash: ImportOptions['createHash']; readonly deflate: Packing; readonly now: () => number },
  context: CallContext,
): Promise<StatementFile> {
  const hash: StreamHash = options.createHash?.('sha256') ?? (await createSHA256());
  const packer = new TextPacker(options.deflate);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of file.stream()) {
    context.throwIfCancelled();
    size += piece.length;
    if (size > MOST_BYTES)
      throw new ContainerError(
        `the file is longer than ${MOST_BYTES / 2 ** 20} MB, too long for a statement; split it by month`,
      );
    hash.update(piece);
    await packer.push(piece);
    pieces.push(piece);
  }
  return {
    reading: await readStatement(
      file.name,
      joined(pieces, size),
      choices,
      { now: options.now, ms: MOST_PDF_MS },
      file.modified ?? null,
    ),
    size,
    textSha256: hash.digest('hex'),
    text: await packer.finish(),
  };
}
