/**
 * The document that is open: its account, and its changes for undo and redo. What is kept of an earlier state is what the
 * account was made of, not its run: states share their sources, and a step replays, which takes as long as the change did.
 */
import type { AccountView, Opened, Stepped } from '../contract/engine.ts';
import type { KeptWork } from '../contract/kept.ts';
import type { SavedQuery } from '../contract/journal.ts';
import type { Variant } from '../contract/whatIf.ts';
import { EMPTY_LOG, type StoredLog } from '../domain/reconLog.ts';
import { replayAccount, type Account, type AccountOutcome } from './account.ts';
import { History } from './history.ts';
import type { Surroundings } from './surroundings.ts';
import { NOTHING_KEPT, viewOf } from './view.ts';
import type { SavedOutcome, SavedWork } from './workspaceFile.ts';

interface State {
  readonly made: Pick<Account, 'scenario' | 'sources' | 'priceList'>;
  readonly kept: KeptWork;
  readonly isDemo: boolean;
}

/** The change that editing the scenario's text is. */
const EDIT = 'Edit of the scenario';

export class OpenDocument {
  readonly #surroundings: Surroundings;
  readonly #history = new History<State>();
  #account: Account | null = null;
  #isDemo = false;
  #kept: KeptWork = NOTHING_KEPT;
  #saved: SavedWork | null = null;
  #log: StoredLog = EMPTY_LOG;
  #identity: object = {};

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

  /** Another one for every document that is opened; the same through all its changes. */
  get identity(): object {
    return this.#identity;
  }

  /** What people did in reconciliation: no step of undo takes anything of it away. */
  get log(): StoredLog {
    return this.#log;
  }

  keepLog(log: StoredLog): void {
    this.#log = log;
  }

  /** @throws where none is open */
  current(): Account {
    if (this.#account === null) throw new Error('no account is open');
    return this.#account;
  }

  view(): AccountView {
    return viewOf(this.current(), this.#history.steps, this.#kept, this.#log.records);
  }

  /** What would be saved; the same object until something of it changes. @throws where no account is open */
  saved(): SavedWork {
    const account = this.current();
    const isSame = this.#saved?.account === account && this.#saved.kept === this.#kept && this.#saved.log === this.#log;
    if (!isSame || this.#saved === null) this.#saved = { account, kept: this.#kept, log: this.#log };
    return this.#saved;
  }

  get variants(): readonly Variant[] {
    return this.#kept.variants;
  }

  /** The What-if place has undo of its own. */
  set variants(variants: readonly Variant[]) {
    this.#kept = { ...this.#kept, variants };
  }

  keepQueries(what: string, queries: readonly SavedQuery[]): AccountView {
    this.#history.changed(what, this.#state());
    this.#kept = { ...this.#kept, queries };
    return this.view();
  }

  /** Opens another document in the place of this one. */
  take(outcome: AccountOutcome | SavedOutcome, isDemo: boolean): Opened {
    if (!outcome.ok) return outcome;
    this.#history.clear();
    this.#identity = {};
    this.#kept = 'kept' in outcome ? outcome.kept : NOTHING_KEPT;
    this.#log = 'log' in outcome ? outcome.log : EMPTY_LOG;
    return { ok: true, view: this.#show(outcome.account, isDemo) };
  }

  /**
   * Takes a change of this document, which can be undone by its name.
   * @param isOwn it makes the demo an account of the user's
   */
  change(what: string, outcome: AccountOutcome, { isOwn }: { readonly isOwn: boolean }): Opened {
    if (!outcome.ok) return outcome;
    const { account } = outcome;
    // variants of another account say nothing about this one
    const kept = this.#isOther(account) ? { ...this.#kept, variants: [] } : this.#kept;
    return { ok: true, view: this.#changed(what, account, this.#isDemo && !isOwn, kept) };
  }

  /** The account as it is with another price list. */
  repriced(account: Account): AccountView {
    return this.#changed('Change of the price list', account, this.#isDemo);
  }

  /** Edits of the text that follow one another are one change: the editor itself undoes them letter by letter. */
  edited(account: Account, step = EDIT): AccountView {
    const { undo, redo } = this.#history.steps;
    if (step === EDIT && undo === EDIT && redo === null) return this.#show(account, false);
    return this.#changed(step, account, false);
  }

  step(way: 'undo' | 'redo'): Stepped {
    const next = this.#history.next(way);
    if (next === null) throw new Error(`there is nothing to ${way}`);
    const { made, isDemo, kept } = next;
    const outcome = this.#replayed(made);
    if (!outcome.ok) return outcome;
    this.#history.stepped(way, this.#state());
    // variants of the same account stay as they are: they are undone where they are made
    this.#kept = this.#isOther(outcome.account) ? kept : { ...this.#kept, queries: kept.queries };
    return { ok: true, view: this.#show(outcome.account, isDemo), isDemo };
  }

  fileName(id: number): string {
    return this.current().sources[id]?.report.file ?? 'a file';
  }

  /** The account that is open where it is made of the same: then only what is kept beside it has changed. */
  #replayed({ scenario, sources, priceList }: State['made']): AccountOutcome {
    const account = this.current();
    const isSame = account.scenario === scenario && account.sources === sources && account.priceList === priceList;
    return isSame ? { ok: true, account } : replayAccount(scenario, sources, this.#surroundings, priceList);
  }

  #isOther(account: Account): boolean {
    return this.#account?.run.input.accountId !== account.run.input.accountId;
  }

  #changed(what: string, account: Account, isDemo: boolean, kept = this.#kept): AccountView {
    if (this.#account !== null) this.#history.changed(what, this.#state());
    this.#kept = kept;
    return this.#show(account, isDemo);
  }

  #show(account: Account, isDemo: boolean): AccountView {
    this.#account = account;
    this.#isDemo = isDemo;
    return this.view();
  }

  #state(): State {
    const { scenario, sources, priceList } = this.current();
    return { made: { scenario, sources, priceList }, kept: this.#kept, isDemo: this.#isDemo };
  }
}

/** `bank.ofx`, or how many. */
export function filesInWords(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.length} files`;
}
