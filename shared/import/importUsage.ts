/**
 * Reads one file of usage: bytes of any known format to exact columns, with a report of what was done with every row.
 * A file that cannot be read gives no rows and says why; only a cancelled call throws.
 */
import { createSHA256 } from 'hash-wasm';
import type { NamedFile, ReadingChoices } from '../contract/importing.ts';
import type { CallContext } from '../contract/rpc.ts';
import { sliced, sourceOf } from './containers/byteSource.ts';
import type { TextFile } from './containers/textFile.ts';
import { IdSet } from './idSet.ts';
import type { Head } from './importer.ts';
import { settledNotes, type Settled } from './localForms.ts';
import { TextPacker, type Packing } from './sourceText.ts';
import type { UsageReading } from './usageReading.ts';
import { UsageRun } from './usageRun.ts';

export interface ImportOptions {
  /** What the user says about the file; none: everything is found out or asked. */
  readonly choices?: ReadingChoices;
  /** The account's currency: rows in another one are problems. */
  readonly currency?: string;
  /** Ids of the rows that were imported before. The new ones are added, unless the call is cancelled. */
  readonly knownIds?: IdSet;
  /** Sha-256, in hexadecimal, of the texts that were imported before. */
  readonly knownTexts?: ReadonlySet<string>;
  /** The file's head, where the caller has read it already. */
  readonly head?: Head;
  /** A faster sha-256 than the portable one, where the host has it (`crypto.createHash` of Node fits). */
  readonly createHash?: (algorithm: 'sha256') => StreamHash;
  /** Packs the text for keeping; null or none: it is not kept. */
  readonly deflate?: Packing | null;
  /** Lets waiting messages in, so that a cancel can arrive. */
  readonly yieldToHost?: () => Promise<void>;
}

/** A hash that is fed in pieces. */
export interface StreamHash {
  update(bytes: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}

/** Bytes that are read between two looks at a cancel: some 20 ms of work. */
const SLICE = 1 << 21;

/** A file that is no archive, as text. */
export function textFileOf({ name, content }: NamedFile): TextFile {
  const source = sourceOf(content);
  return { name, size: source.size, how: null, stream: () => sliced(source) };
}

export async function importUsage(file: TextFile, options: ImportOptions, context: CallContext): Promise<UsageReading> {
  const ids = options.knownIds ?? new IdSet();
  const before = ids.size;
  try {
    const run = await readThrough(file, options, ids, {}, context);
    const settled = run.settles();
    if (settled === null) return await run.finish();
    // what the file's own values prove is known only now: the same bytes once more, under what they proved
    ids.rollback(before);
    return await (await readThrough(file, options, ids, settled, context)).finish();
  } catch (error) {
    ids.rollback(before);
    throw error;
  }
}

/** One passage of the file's bytes through a reader. */
async function readThrough(
  file: TextFile,
  options: ImportOptions,
  ids: IdSet,
  settled: Settled,
  context: CallContext,
): Promise<UsageRun> {
  const hash: StreamHash = options.createHash?.('sha256') ?? (await createSHA256());
  const packer = options.deflate == null ? null : new TextPacker(options.deflate);
  const run = new UsageRun(file, options, ids, settled, packer);
  run.notes.push(...settledNotes(settled));
  const what = `Reading ${file.name}`;
  // the size of what is unpacked on the way is not known
  const total = file.size ?? 0;
  let done = 0;
  context.progress({ what, done, total, unit: 'bytes' });
  const pieces = file.stream()[Symbol.asyncIterator]();
  for (;;) {
    const piece = await nextPiece(pieces, run);
    context.throwIfCancelled();
    if (piece === null) break;
    for (let at = 0; at < piece.length; at += SLICE) {
      const slice = piece.subarray(at, at + SLICE);
      await options.yieldToHost?.();
      context.throwIfCancelled();
      hash.update(slice);
      const packing = packer?.push(slice);
      run.chunk(slice);
      if (packing !== undefined) await packing;
      done += slice.length;
      context.progress({ what, done, total, unit: 'bytes' });
    }
  }
  run.end(hash.digest('hex'), done);
  return run;
}

/** Null at the end. Bytes that cannot be had (a damaged archive, a file that is gone) are a problem of the file. */
async function nextPiece(pieces: AsyncIterator<Uint8Array>, run: UsageRun): Promise<Uint8Array | null> {
  try {
    const next = await pieces.next();
    return next.done === true ? null : next.value;
  } catch (error) {
    run.breakOff(error instanceof Error ? error.message : String(error));
    return null;
  }
}
