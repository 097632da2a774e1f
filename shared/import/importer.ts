/**
 * What an importer is. One file each, listed in `formats.ts`: it recognises its files by their first bytes and reads
 * them as they arrive. What it reads goes to a `Target`: rows of usage here; statements will have a target of their own,
 * with the same way of recognising and the same reader.
 */
import type { ReadingChoices } from '../contract/importing.ts';
import type { Zone } from '../domain/time.ts';
import type { LocalForms } from './localForms.ts';
import type { ProblemList } from './problems.ts';

/** Bytes of a file's beginning that importers recognise it by. */
export const HEAD_BYTES = 1 << 16;

/** The beginning of a file, in UTF-8 and without a byte order mark. */
export interface Head {
  /** A hint only: files are renamed. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `bytes` as text, for patterns. */
  readonly text: string;
  /** The whole file is in the head. */
  readonly whole: boolean;
  /** The head as a delimited table; null where it is none. */
  readonly table: HeadTable | null;
}

export interface HeadTable {
  /** The delimiter's byte. */
  readonly delimiter: number;
  /** A `sep=;` line stands before the header. */
  readonly separatorLine: boolean;
  /** Cells of the header row, without spaces around them. */
  readonly header: readonly string[];
}

/** An importer's claim to a file. */
export interface Detection {
  /** 0 to 1. From 0.5 on the importer is sure that it can read the file; below, it can say what is missing. */
  readonly confidence: number;
  /** For the user: what shows that the file is of this format. */
  readonly why: string;
}

/** Whether a log's input tokens include those read from a cache; `auto` goes by the columns' names. */
export type CachedTokens = 'auto' | 'included' | 'separate';

/** What a reader may know and where it reports. */
export interface OpenContext {
  readonly head: Head;
  /** Zone of times that state none; null: such a time is a problem. */
  readonly zone: Zone | null;
  /** The account's currency, where the caller knows it: rows in another one are problems. */
  readonly currency: string | null;
  readonly cachedTokens: CachedTokens;
  readonly choices: ReadingChoices;
  /** Forms of times and numbers that no vendor fixes. */
  readonly local: LocalForms;
  readonly problems: ProblemList;
  /** The query has more pages than the file; `next` names the page that follows. */
  morePages(next: string | null): void;
  /** Adds a sentence to the report about how the file was read. */
  note(sentence: string): void;
}

/** Takes a file's bytes in order, in pieces of any size. It never throws because of what they say. */
export interface Reader {
  chunk(bytes: Uint8Array): void;
  /** No more bytes come. */
  end(): void;
}

export interface Importer<Target> {
  /** Name in reports and in the `format` of a scenario's usage. */
  readonly format: string;
  /** Null: not this importer's. */
  detect(head: Head): Detection | null;
  open(target: Target, context: OpenContext): Reader;
}

/** The importer that is surest of a file, and its claim; the first listed among equals. */
export function recognise<Target>(
  importers: readonly Importer<Target>[],
  head: Head,
): { readonly importer: Importer<Target>; readonly detection: Detection } | null {
  let best: { importer: Importer<Target>; detection: Detection } | null = null;
  for (const importer of importers) {
    const detection = importer.detect(head);
    if (detection !== null && detection.confidence > (best?.detection.confidence ?? 0)) best = { importer, detection };
  }
  return best;
}
