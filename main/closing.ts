/**
 * Closing a window after its work was saved, which only the page can do: the page waits for being asked (`asked`), is asked
 * (`ask`), and answers. A page that was loaded anew waits anew; the wait of the one before it is forgotten.
 */
export interface Closing {
  readonly asked: () => Promise<void>;
  readonly ask: () => void;
  readonly answer: (close: boolean) => void;
}

export function createClosing(close: () => void): Closing {
  let tell: (() => void) | null = null;
  let asking = false;
  return {
    asked: () =>
      new Promise((resolve) => {
        tell = resolve;
      }),
    ask: () => {
      asking = true;
      tell?.();
      tell = null;
    },
    answer: (mayClose) => {
      const wasAsked = asking;
      asking = false;
      // A page that was not asked cannot close its window over unsaved work.
      if (wasAsked && mayClose) close();
    },
  };
}
