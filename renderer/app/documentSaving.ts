/**
 * Writing the document to its file: one write at a time, each with the changes that were there when it began, and nothing
 * overwritten that is not as it was. What stands in the way goes to the store, where the user decides.
 */
import type { HostApi } from '../../shared/contract/host.ts';
import { suggestedName } from '../features/document/slice.ts';
import type { EngineClient } from '../ui/slice.ts';
import type { AppStore } from './store.ts';

export interface Saving {
  /** @returns whether all changes are in a file now; false where the user closed the dialog or has to decide first */
  write(request: {
    readonly ref: string | null;
    readonly overwrite?: boolean;
    readonly byItself?: boolean;
  }): Promise<boolean>;
  /** Does something else with the document's bytes when no write is under way. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

export function createSaving(deps: {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly host: HostApi;
  readonly timeOfDay: () => string;
}): Saving {
  const { store, engine, host, timeOfDay } = deps;
  const state = store.getState;

  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };

  return {
    alone,
    write: ({ ref, overwrite = false, byItself = false }) =>
      alone(async () => {
        const { documentSerial, documentChanges, documentRef, documentName } = state();
        const bytes = await engine.saveWorkspace({}).result;
        // A file that is open in the meantime is not this document's any more.
        if (state().documentSerial !== documentSerial) return false;
        const answer = await host.saveDocument({ ref, suggestedName: suggestedName(documentName), bytes, overwrite });
        if (answer === null || state().documentSerial !== documentSerial) return false;
        if (answer.kind === 'conflict') {
          state().documentConflicted(answer);
          return false;
        }
        const { name, ref: written } = answer;
        state().documentSaved({ name, ref: written, at: timeOfDay(), changes: documentChanges, byItself });
        if (documentRef !== null && documentRef !== written) await host.closeDocument({ ref: documentRef });
        return !state().documentUnsaved;
      }),
  };
}
