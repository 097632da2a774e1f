/**
 * The document that is open: its account, and its changes for undo and redo. What is kept of an earlier state is what the
 * account was made of, not its run: states share their sources, and a step replays, which takes as long as the change did.
 */
import type { AccountView, Opened, Stepped } from '../contract/engine.ts';
import { replayAccount, type Account, type AccountOutcome } from './account.ts';
import { History } from './history.ts';
import type { Surroundings } from './surroundings.ts';
import { viewOf } from './view.ts';

interface State {
  readonly made: Pick<Account, 'scenario' | 'sources' | 'priceList'>;
  readonly isDemo: boolean;
}

/** The change that editing the scenario's text is. */
const EDIT = 'Edit of the scenario';

export class OpenDocument {
  readonly #surroundings: Surroundings;
  readonly #history = new History<State>();
  #account: Account | null = null;
  #isDemo = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get account(): Account | null {
    return this.#account;
  }

  /** The account that takes files; those that are dropped on the demo begin one of their own. */
  get receiver(): Account | null {
    return this.#isDemo ? null : this.#account;
  }

  /** @throws where none is open */
  current(): Account {
    if (this.#account === null) throw new Error('no account is open');
    return this.#account;
  }

  view(): AccountView {
    return viewOf(this.current(), this.#history.steps);
  }

  /** Opens another document in the place of this one. */
  take(outcome: AccountOutcome, isDemo: boolean): Opened {
    if (!outcome.ok) return outcome;
    this.#history.clear();
    return { ok: true, view: this.#show(outcome.account, isDemo) };
  }

  /**
   * Takes a change of this document, which can be undone by its name.
   * @param isOwn it makes the demo an account of the user's
   */
  change(what: string, outcome: AccountOutcome, { isOwn }: { readonly isOwn: boolean }): Opened {
    if (!outcome.ok) return outcome;
    return { ok: true, view: this.#changed(what, outcome.account, this.#isDemo && !isOwn) };
  }

  /** The account as it is with another price list. */
  repriced(account: Account): AccountView {
    return this.#changed('Change of the price list', account, this.#isDemo);
  }

  /** Edits of the text that follow one another are one change: the editor itself undoes them letter by letter. */
  edited(account: Account): AccountView {
    const { undo, redo } = this.#history.steps;
    if (undo === EDIT && redo === null) return this.#show(account, false);
    return this.#changed(EDIT, account, false);
  }

  step(way: 'undo' | 'redo'): Stepped {
    const next = this.#history.next(way);
    if (next === null) throw new Error(`there is nothing to ${way}`);
    const { made, isDemo } = next;
    const outcome = replayAccount(made.scenario, made.sources, this.#surroundings, made.priceList);
    if (!outcome.ok) return outcome;
    this.#history.stepped(way, this.#state());
    return { ok: true, view: this.#show(outcome.account, isDemo), isDemo };
  }

  fileName(id: number): string {
    return this.current().sources[id]?.report.file ?? 'a file';
  }

  #changed(what: string, account: Account, isDemo: boolean): AccountView {
    if (this.#account !== null) this.#history.changed(what, this.#state());
    return this.#show(account, isDemo);
  }

  #show(account: Account, isDemo: boolean): AccountView {
    this.#account = account;
    this.#isDemo = isDemo;
    return this.view();
  }

  #state(): State {
    const { scenario, sources, priceList } = this.current();
    return { made: { scenario, sources, priceList }, isDemo: this.#isDemo };
  }
}

/** `bank.ofx`, or how many. */
export function filesInWords(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.length} files`;
}
