/**
 * Reads one file of usage: bytes of any known format to exact columns, with a report of what was done with every row.
 * A file that cannot be read gives no rows and says why; only a cancelled call throws.
 */
import { createSHA256 } from 'hash-wasm';
import type { ImportReport, NamedFile } from '../contract/engine.ts';
import type { CallContext } from '../contract/rpc.ts';
import type { Instant, Zone } from '../domain/time.ts';
import type { UsageAdjustment, UsageBatch } from '../domain/usage.ts';
import { Utf16Decoder, encodingOf } from './encoding.ts';
import { USAGE_FORMATS } from './formats.ts';
import { estimateRows, headOf } from './head.ts';
import { IdSet } from './idSet.ts';
import { recognise, type CachedTokens, type Detection, type Head, type Importer, type Reader } from './importer.ts';
import { ProblemList, quoted } from './problems.ts';
import type { UsageTarget } from './rowPlan.ts';
import { UsageBuilder, sumText } from './usageBuilder.ts';

export interface ImportOptions {
  /** Name of a format in `formats.ts`; `auto`, or none: recognised by the file's content. */
  readonly format?: string;
  /** Zone of times that state none. */
  readonly zone?: Zone;
  /** The account's currency: rows in another one are problems. */
  readonly currency?: string;
  /** Whether input tokens include the cached ones; `auto`, or none: by the columns' names. */
  readonly cachedTokens?: CachedTokens;
  /** Ids of the rows that were imported before. The new ones are added, unless the call is cancelled. */
  readonly knownIds?: IdSet;
  /** Sha-256, in hexadecimal, of the files that were imported before. */
  readonly knownFiles?: ReadonlySet<string>;
  /** A faster sha-256 than the portable one, where the host has it (`crypto.createHash` of Node fits). */
  readonly createHash?: (algorithm: 'sha256') => StreamHash;
  /** Lets waiting messages in, so that a cancel can arrive; not needed where the content is a `Blob`. */
  readonly yieldToHost?: () => Promise<void>;
}

/** A hash that is fed in pieces. */
export interface StreamHash {
  update(bytes: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}

export interface UsageImport {
  readonly batch: UsageBatch;
  readonly adjustments: UsageAdjustment[];
  readonly report: ImportReport;
}

/** Bytes that are read between two looks at a cancel: some 20 ms of work. */
const SLICE = 1 << 21;

export async function importUsage(file: NamedFile, options: ImportOptions, context: CallContext): Promise<UsageImport> {
  const ids = options.knownIds ?? new IdSet();
  const before = ids.size;
  try {
    const run = new ImportRun(file.name, options, ids);
    const hash: StreamHash = options.createHash?.('sha256') ?? (await createSHA256());
    const total = sizeOf(file);
    const what = `Reading ${file.name}`;
    context.progress({ what, done: 0, total });
    for (let done = 0; done < total;) {
      const slice = await sliceOf(file, done, Math.min(total, done + SLICE), options);
      context.throwIfCancelled();
      hash.update(slice);
      run.chunk(slice, total);
      done += slice.length;
      context.progress({ what, done, total });
    }
    context.throwIfCancelled();
    return run.finish(hash.digest('hex'));
  } catch (error) {
    ids.rollback(before);
    throw error;
  }
}

function sizeOf({ content }: NamedFile): number {
  return content instanceof Uint8Array ? content.length : content.size;
}

async function sliceOf({ content }: NamedFile, from: number, to: number, options: ImportOptions): Promise<Uint8Array> {
  if (!(content instanceof Uint8Array)) return new Uint8Array(await content.slice(from, to).arrayBuffer());
  await options.yieldToHost?.();
  return content.subarray(from, to);
}

/** One file on its way from bytes to a batch. */
class ImportRun {
  readonly #name: string;
  readonly #options: ImportOptions;
  readonly #ids: IdSet;
  readonly #idsBefore: number;
  readonly #problems: ProblemList;
  readonly #notes: string[] = [];
  readonly #counts = { read: 0, duplicate: 0, rejected: 0 };
  #rows = new UsageBuilder(0);
  #decoder: Utf16Decoder | null = null;
  #reader: Reader | null = null;
  #format = 'unknown';
  #started = false;

  constructor(name: string, options: ImportOptions, ids: IdSet) {
    this.#name = name;
    this.#options = options;
    this.#ids = ids;
    this.#idsBefore = ids.size;
    this.#problems = new ProblemList(name);
  }

  chunk(bytes: Uint8Array, total: number): void {
    let text = bytes;
    if (!this.#started) {
      const { encoding, mark } = encodingOf(bytes);
      text = bytes.subarray(mark);
      if (encoding !== 'utf-8') {
        this.#decoder = new Utf16Decoder(encoding);
        this.#notes.push(`The file is in ${encoding.toUpperCase()}.`);
      }
    }
    if (this.#decoder !== null) text = this.#decoder.chunk(text);
    if (!this.#started) this.#open(headOf(this.#name, text, bytes.length === total), total);
    this.#started = true;
    this.#reader?.chunk(text);
  }

  finish(sha256: string): UsageImport {
    if (!this.#started) this.#open(headOf(this.#name, new Uint8Array(0), true), 0);
    if (this.#decoder !== null) this.#reader?.chunk(this.#decoder.end());
    this.#reader?.end();
    const { skus, projects, keys } = this.#rows;
    if (skus.foreign || projects.foreign || keys.foreign)
      this.#notes.push('Names that are no UTF-8 were read as Windows-1252.');
    const repeatedFile = this.#options.knownFiles?.has(sha256) === true;
    if (repeatedFile) this.#forgetRows();
    const rows = this.#rows;
    const batch = rows.finish(this.#name, this.#ids);
    const { read, duplicate, rejected } = this.#counts;
    const [from, to] = rangeOf(batch, rows.adjustments);
    const cost = sumText(batch.cost, batch.count) ?? (rows.costPico === null ? null : '0');
    return {
      batch,
      adjustments: rows.adjustments,
      report: {
        file: this.#name,
        sha256,
        format: this.#format,
        why: this.#notes.join(' '),
        rows: { read, stored: batch.count, duplicate, rejected, adjustments: rows.adjustments.length },
        from,
        to,
        cost,
        repeatedFile,
        problems: this.#problems.listed,
        problemCount: this.#problems.count,
      },
    };
  }

  #open(head: Head, total: number): void {
    const chosen = this.#choose(head);
    if (chosen === null) return;
    const { importer, why } = chosen;
    this.#format = importer.format;
    this.#notes.unshift(why);
    this.#rows = new UsageBuilder(estimateRows(head, total));
    const target: UsageTarget = { rows: this.#rows, ids: this.#ids, counts: this.#counts };
    this.#reader = importer.open(target, {
      head,
      zone: this.#options.zone ?? null,
      currency: this.#options.currency ?? null,
      cachedTokens: this.#options.cachedTokens ?? 'auto',
      problems: this.#problems,
      note: (sentence) => this.#notes.push(sentence),
    });
  }

  /** The importer that was asked for, or the one that is surest; null, and a problem, where there is none. */
  #choose(head: Head): { readonly importer: Importer<UsageTarget>; readonly why: string } | null {
    const { format = 'auto' } = this.#options;
    const names = USAGE_FORMATS.map((importer) => importer.format).join(', ');
    if (format === 'auto') {
      const found: { importer: Importer<UsageTarget>; detection: Detection } | null = recognise(USAGE_FORMATS, head);
      if (found !== null) return { importer: found.importer, why: found.detection.why };
      const right = 'a CSV file with a header row, one JSON object a line, an array of them, or a page of an API';
      this.#problems.add(null, null, null, `the content is of no known format (${names}); expected ${right}`);
      return null;
    }
    const importer = USAGE_FORMATS.find((known) => known.format === format);
    if (importer !== undefined) return { importer, why: 'The format was chosen.' };
    this.#problems.add(null, null, 'format', `there is no format ${quoted(format)}; expected auto, ${names}`);
    return null;
  }

  /** The very same bytes were read before: every row that could be read is a repeated one. */
  #forgetRows(): void {
    this.#counts.duplicate = this.#counts.read - this.#counts.rejected;
    this.#rows.clear();
    this.#ids.rollback(this.#idsBefore);
  }
}

/** First and last instant of what was stored. */
function rangeOf(batch: UsageBatch, adjustments: readonly UsageAdjustment[]): [Instant | null, Instant | null] {
  if (batch.count === 0 && adjustments.length === 0) return [null, null];
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < batch.count; row++) {
    const at = batch.at[row] ?? 0;
    if (at < from) from = at;
    if (at > to) to = at;
  }
  for (const { at } of adjustments) {
    if (at < from) from = at;
    if (at > to) to = at;
  }
  return [from, to];
}
