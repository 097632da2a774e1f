/**
 * The changes of the open account, for undo and redo. What is kept of a state is what the account is made of, not its run:
 * states share their sources, and going back replays, which takes as long as the change itself took.
 */
import type { Stepped } from '../contract/engine.ts';
import { replayAccount, type Account } from './account.ts';
import { History, type Steps } from './history.ts';
import type { Surroundings } from './surroundings.ts';

type Made = Pick<Account, 'scenario' | 'sources' | 'priceList'>;

interface State {
  readonly made: Made;
  readonly isDemo: boolean;
}

/** The account that is open, for whoever keeps it. */
export interface OpenAccount {
  readonly account: Account;
  readonly isDemo: boolean;
}

export class Changes {
  readonly #history = new History<State>();
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get steps(): Steps {
    return this.#history.steps;
  }

  /** Another document is open: nothing of it was changed yet. */
  clear(): void {
    this.#history.clear();
  }

  /** The account is about to be another by a change that a user would name so. */
  note(what: string, before: OpenAccount): void {
    this.#history.changed(what, stateOf(before));
  }

  /** Takes a step; `show` opens the account that it leads to. */
  step(way: 'undo' | 'redo', open: OpenAccount, show: (to: OpenAccount) => Stepped): Stepped {
    const next = this.#history.next(way);
    if (next === null) throw new Error(`there is nothing to ${way}`);
    const { scenario, sources, priceList } = next.made;
    const outcome = replayAccount(scenario, sources, this.#surroundings, priceList);
    if (!outcome.ok) return outcome;
    this.#history.stepped(way, stateOf(open));
    return show({ account: outcome.account, isDemo: next.isDemo });
  }
}

function stateOf({ account: { scenario, sources, priceList }, isDemo }: OpenAccount): State {
  return { made: { scenario, sources, priceList }, isDemo };
}

/** `bank.ofx`, or how many. */
export function filesInWords(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.length} files`;
}
