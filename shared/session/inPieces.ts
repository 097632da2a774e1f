/** Long work as steps between which messages can come in. */
import type { CallContext, Progress } from '../contract/rpc.ts';
import type { Surroundings } from './surroundings.ts';

/** Each step says how far the work is. */
export type Steps<T> = Generator<Progress, T>;

/** Milliseconds of work between two reports. */
const PIECE_MS = 20;

/** @throws Cancelled */
export async function inPieces<T>(
  steps: Steps<T>,
  { now, yieldToHost }: Pick<Surroundings, 'now' | 'yieldToHost'>,
  context: CallContext,
): Promise<T> {
  let since = now();
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (now() - since < PIECE_MS) continue;
      context.progress(step.value);
      await yieldToHost();
      context.throwIfCancelled();
      since = now();
    }
  } finally {
    // what is left half done gives back what it holds
    steps.return(undefined as never);
  }
}

export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** So many things are handled between two looks at the clock. */
const THINGS_A_STEP = 500;

/** Each one's, in their order. */
export function* eachOf<T, R>(what: string, all: readonly T[], make: (one: T, index: number) => R): Steps<R[]> {
  const made: R[] = [];
  yield* forEachOf(what, all, (one, index) => {
    made.push(make(one, index));
  });
  return made;
}

export function* forEachOf<T>(what: string, all: readonly T[], handle: (one: T, index: number) => void): Steps<void> {
  const { length } = all;
  for (let from = 0; from < length; from += THINGS_A_STEP) {
    const to = Math.min(length, from + THINGS_A_STEP);
    for (let index = from; index < to; index++) handle(all[index] as T, index);
    yield { what, done: to, total: length };
  }
}
