/** What a packed file is unpacked to. */
import type { Instant } from '../../domain/time.ts';

/** A text file as readers see it: the file itself, or what was inside it. */
export interface TextFile {
  /** For reports: the name as given; of an archive's member `archive.zip/member.csv`; of a sheet `book.xlsx/Sheet name`. */
  readonly name: string;
  /** Bytes, where they are known before reading. */
  readonly size: number | null;
  /** When the file was last changed, where that is known; never of what was packed. */
  readonly modified?: Instant;
  /** How it was unpacked, in sentences for the report; null for a plain file. */
  readonly how: string | null;
  /**
   * The bytes in order, in pieces of any size. May be called several times; each call starts anew. Throws ContainerError
   * where the packed bytes are damaged or exceed a bound.
   */
  stream(): AsyncIterable<Uint8Array>;
}
