/** Files of an account that are read again from their kept text, each behind those before it. */
import type { ReadingChoices } from '../contract/importing.ts';
import type { CallContext } from '../contract/rpc.ts';
import { doubleCountOf } from '../import/doubleCount.ts';
import { bytesOf } from '../import/sourceText.ts';
import type { StoredSource } from '../storage/source.ts';
import type { Account } from './account.ts';
import { isCompared } from './counted.ts';
import { ReadingSequence } from './reading.ts';
import type { Surroundings } from './surroundings.ts';

export interface ReadAgain {
  /** Knows the files before it, and then it. */
  readonly sequence: ReadingSequence;
  readonly currency: string;
  readonly surroundings: Surroundings;
}

/**
 * A file as it is read behind what the sequence knows. Where the user placed its buckets, when it came and what it was
 * packed in stay.
 * @throws where its text was not kept
 */
export async function readAgain(
  source: StoredSource,
  choices: ReadingChoices,
  { sequence, currency, surroundings }: ReadAgain,
  context: CallContext,
): Promise<StoredSource> {
  const { report, text, placement, importedAt } = source;
  const { file, why, sha256 } = report;
  if (text === null) throw new Error(`the text of ${file} was not kept; undo its import and import it again`);
  const bytes = await bytesOf(text, surroundings.inflate);
  const { source: read, unreadable } = await sequence.read(
    { name: file, size: bytes.length, how: null, stream: () => pieces(bytes) },
    { choices, profiles: {}, currency, sha256, keepText: true },
    context,
  );
  if (unreadable) throw new Error(`${file} cannot be read again; undo its import and import it again`);
  return { ...read, report: { ...read.report, why }, placement: placement ?? read.placement, importedAt };
}

/** Small pieces, between which others are heard. */
const PIECE = 1 << 18;

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield await Promise.resolve(bytes.subarray(at, at + PIECE));
}

/**
 * The account's files without what one of them counts for. Files behind it that left out rows as repeats are read again:
 * what they left out for its sake counts in them.
 * @param stays the file as it stays in the account; null where it is gone
 * @throws where the text of such a file was not kept, or a file counts the same usage as rows that would come back
 */
export async function withoutItsCount(
  { sources, run }: Account,
  id: number,
  stays: StoredSource | null,
  surroundings: Surroundings,
  context: CallContext,
): Promise<readonly StoredSource[]> {
  const gone = sources[id];
  if (gone === undefined) return sources;
  const after: StoredSource[] = [...sources.slice(0, id), ...(stays === null ? [] : [stays])];
  const behind = sources.slice(id + 1);
  if (!behind.some((source) => mayRepeat(source, gone))) return [...after, ...behind];
  const sequence = new ReadingSequence(after, surroundings);
  const again = { sequence, currency: run.input.currency, surroundings };
  const changed: StoredSource[] = [];
  for (const source of behind) {
    const isAsked = mayRepeat(source, gone) || restatesOne(source, changed);
    const read = isAsked ? await readAgain(source, source.choices, again, context) : null;
    if (read === null) sequence.know(source);
    const isSame = read === null || (changed.length === 0 && isAsBefore(read, source));
    if (!isSame) changed.push(read);
    after.push(isSame ? source : read);
  }
  for (const source of changed) refuseTwice(source, after);
  return after;
}

function mayRepeat(source: StoredSource, gone: StoredSource): boolean {
  const isOfItsKind = source.report.kind === gone.report.kind && !isCompared(source) && !isCompared(gone);
  return isOfItsKind && source.report.rows.duplicate > 0;
}

/** It names rows of another file by their places, which are others once that file has more rows. */
function restatesOne({ restated }: StoredSource, changed: readonly StoredSource[]): boolean {
  return restated.some((row) => changed.some(({ textSha256 }) => textSha256 === row.source));
}

function isAsBefore({ report: { rows } }: StoredSource, { report: { rows: before } }: StoredSource): boolean {
  return rows.duplicate === before.duplicate && rows.stored === before.stored;
}

/** As an import refuses it: rows that differ and state the same usage would count twice. */
export function refuseTwice(source: StoredSource, all: readonly StoredSource[]): void {
  const counting = all.filter((other) => other !== source && !isCompared(other));
  const found = doubleCountOf(
    source.batch,
    counting.map((other) => ({ name: other.report.file, batch: other.batch })),
  );
  if (found !== null)
    throw new Error(`${counting[found.index]?.report.file ?? ''} counts the same usage: ${found.says}`);
}
