/**
 * The log of what people did in reconciliation, as it is stored: append-only, each entry chained to the one before by its
 * hash. It is the only store of decisions; what is shown is the log folded over the items.
 */
import type { Instant } from './time.ts';

export interface LogRecord {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly at: Instant;
  /** Who did it; never empty. */
  readonly actor: string;
  /** `YYYY-MM`; null for what concerns no month. */
  readonly period: string | null;
  /** The act's kind. */
  readonly kind: string;
  /** The act as canonical JSON. */
  readonly body: string;
  /** Hash of the entry before; of the first entry `FIRST_PREVIOUS`. */
  readonly previous: string;
  /** Sha-256, in hexadecimal, of `previous` and the canonical JSON of everything else. */
  readonly hash: string;
}

/** What the log of a document ends with, kept apart from it, so that a tail that was cut off is missed. */
export interface LogHead {
  readonly seq: number;
  readonly hash: string;
}

/** The log of a document. */
export interface StoredLog {
  readonly records: readonly LogRecord[];
  /** What the records ended with when the last was added; another end shows that some are gone. */
  readonly head: LogHead;
}

/** What the first entry follows. */
export const FIRST_PREVIOUS = '0'.repeat(64);

export const EMPTY_LOG: StoredLog = { records: [], head: { seq: 0, hash: FIRST_PREVIOUS } };
