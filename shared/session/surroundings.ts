/** What the place that runs the session lends it. */
import type { Instant } from '../domain/time.ts';
import type { ImportOptions } from '../import/importUsage.ts';

export interface Surroundings {
  /** Milliseconds of a clock that never goes back, for stating durations. */
  readonly now: () => number;
  /** The instant, for dating an import. */
  readonly today: () => Instant;
  /** Lets waiting messages in during long work, so that a cancel can arrive. */
  readonly yieldToHost: () => Promise<void>;
  /** The same for work that nobody waits for: over once nobody has asked for anything for a moment, or after `mostMs`. */
  readonly yieldToHands: (mostMs: number) => Promise<void>;
  /** The host's own sha-256, where it has one that takes pieces. */
  readonly createHash?: ImportOptions['createHash'];
  /** Raw deflate, for keeping the text of imported files. */
  readonly deflate: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly inflate: (bytes: Uint8Array) => Promise<Uint8Array>;
}
