/**
 * What was changed, in order, and what was there before: a step back, a step forward, and what each would do in words.
 * States are kept by reference; what two of them share is there once.
 */

/** Enough for a day's work; the oldest go. */
const MOST_STEPS = 50;

interface Step<T> {
  /** The change, as a user names it: `Import of bank.ofx`. */
  readonly what: string;
  /** Where the step leads. */
  readonly to: T;
}

export interface Steps {
  /** What would be undone, in words; null where nothing can be. */
  readonly undo: string | null;
  readonly redo: string | null;
}

export class History<T> {
  #back: Step<T>[] = [];
  #forward: Step<T>[] = [];

  get steps(): Steps {
    return { undo: this.#back.at(-1)?.what ?? null, redo: this.#forward.at(-1)?.what ?? null };
  }

  /** Where the next step leads; null where there is none. */
  next(way: 'undo' | 'redo'): T | null {
    return (way === 'undo' ? this.#back : this.#forward).at(-1)?.to ?? null;
  }

  /** Something was changed. What was undone before cannot be redone any more. */
  changed(what: string, before: T): void {
    this.#back.push({ what, to: before });
    if (this.#back.length > MOST_STEPS) this.#back.shift();
    this.#forward = [];
  }

  /** The next step was taken, and led away from `from`. */
  stepped(way: 'undo' | 'redo', from: T): void {
    const [taken, other] = way === 'undo' ? [this.#back, this.#forward] : [this.#forward, this.#back];
    const step = taken.pop();
    if (step !== undefined) other.push({ what: step.what, to: from });
  }

  /** Another document is open. */
  clear(): void {
    this.#back = [];
    this.#forward = [];
  }
}
