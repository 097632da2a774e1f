/**
 * Asking no faster than answers come: one question is under way at a time, and of those that pile up behind it only the
 * newest is asked. That throttles a hand's hundred moves a second to what the worker can answer.
 */
export interface LatestOnly<Q> {
  ask(question: Q): void;
  /** Answers to what was asked before are dropped. */
  forget(): void;
}

export function latestOnly<Q, A>(options: {
  readonly ask: (question: Q) => Promise<A>;
  readonly take: (answer: A, question: Q) => void;
  readonly failed: (error: unknown) => void;
}): LatestOnly<Q> {
  let era = 0;
  let underWay = false;
  let next: { question: Q } | null = null;
  const run = (question: Q): void => {
    const of = era;
    underWay = true;
    const settle = (act: () => void): void => {
      if (of !== era) return;
      underWay = false;
      act();
      if (next === null) return;
      const { question: waiting } = next;
      next = null;
      run(waiting);
    };
    options.ask(question).then(
      (answer) => {
        settle(() => {
          options.take(answer, question);
        });
      },
      (error: unknown) => {
        settle(() => {
          options.failed(error);
        });
      },
    );
  };
  return {
    ask: (question) => {
      if (underWay) next = { question };
      else run(question);
    },
    forget: () => {
      era += 1;
      underWay = false;
      next = null;
    },
  };
}
