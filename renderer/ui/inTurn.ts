/** Work of keys pressed faster than the worker answers: each goes on from where the one before came to. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when all that was taken so far is over. */
  over(): Promise<void>;
}

/** @param failed hears what went wrong; the next turn is taken all the same */
export function createTurns(failed: (error: unknown) => void): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work) => {
      const done = last.then(work);
      last = done.catch(failed);
      return done;
    },
    over: async () => {
      await last;
    },
  };
}
