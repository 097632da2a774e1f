/** What Node lends to the shared code. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, deflateRaw, inflateRaw, type ZlibOptions } from 'node:zlib';
import type { CallContext } from '../../shared/contract/rpc.ts';
import type { Surroundings } from '../../shared/session/surroundings.ts';

const pack = promisify<Uint8Array, ZlibOptions, Buffer>(deflateRaw);

export const surroundings = {
  now: () => performance.now(),
  today: () => Date.now(),
  yieldToHost: () => Promise.resolve(),
  yieldToHands: () => Promise.resolve(),
  createHash,
  deflate: (bytes) => pack(bytes, { level: constants.Z_BEST_SPEED }),
  inflate: promisify(inflateRaw),
} satisfies Surroundings;

/** Nobody watches a command's progress, and Ctrl-C ends its process. */
export const NO_CONTEXT: CallContext = { progress: () => undefined, throwIfCancelled: () => undefined };
