/** What is kept with an account beside it, and the account handed on with it. */
import type { AccountView } from './engine.ts';
import type { SavedQuery } from './journal.ts';
import type { CallContext } from './rpc.ts';
import type { Variant } from './whatIf.ts';

/** What the user keeps with an account beside it: saved with the workspace. */
export interface KeptWork {
  readonly variants: readonly Variant[];
  /** The user's own, by name. */
  readonly queries: readonly SavedQuery[];
}

export interface ExportedRun {
  readonly bytes: Uint8Array;
  /** Usage files of the scenario that it has to be given again: their text is not kept. */
  readonly missing: readonly string[];
}

export interface KeptApi {
  /** Keeps these queries with the account in the place of all, as a change of the document. `what` names it for undo. */
  setQueries(
    request: { readonly what: string; readonly queries: readonly SavedQuery[] },
    context: CallContext,
  ): Promise<AccountView>;
  /** The run as a zip: the scenario, the usage files it names as far as their text is kept, and the workspace. */
  archiveRun(request: { readonly name: string }, context: CallContext): Promise<ExportedRun>;
}
