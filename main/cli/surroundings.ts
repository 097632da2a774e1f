/** What Node lends to the shared code. */
import { createHash } from 'node:crypto';
import type { CallContext } from '../../shared/contract/rpc.ts';
import type { Surroundings } from '../../shared/session/account.ts';

export const surroundings = {
  now: () => performance.now(),
  yieldToHost: () => Promise.resolve(),
  createHash,
} satisfies Surroundings;

/** Nobody watches a command's progress, and Ctrl-C ends its process. */
export const NO_CONTEXT: CallContext = { progress: () => undefined, throwIfCancelled: () => undefined };
