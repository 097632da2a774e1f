/** The document that is open: its name, where it is saved, whether closing would lose work, and what stands in the way. */
import type { RecentDocument, Recovery, SaveConflict } from '../../../shared/contract/host.ts';
import type { SetSlice } from '../../ui/slice.ts';

export type DocumentOrigin = 'demo' | 'scenario' | 'workspace' | 'usage';

export interface DocumentSlice {
  readonly documentName: string;
  readonly documentOrigin: DocumentOrigin;
  /** Handle for saving in place; null until it was saved or opened as a workspace. */
  readonly documentRef: string | null;
  /** Another one for every document that is opened. */
  readonly documentSerial: number;
  /** Counts the changes, so that a save knows whether it has all of them. */
  readonly documentChanges: number;
  readonly documentUnsaved: boolean;
  /** Time of day of the last save, as text; null before it. */
  readonly documentSavedAt: string | null;
  /** That save was made by the app itself. */
  readonly documentAutosaved: boolean;
  /** Time of day of the last copy of unsaved work; null where there is none. */
  readonly documentKeptAt: string | null;
  /** Why its file or its copy could not be written; null where nothing was refused. */
  readonly documentUnkept: string | null;
  /** Why it was not written to its file: the user decides. */
  readonly documentConflict: SaveConflict | null;
  /** The copy that it was opened from; null where it was opened from anything else. */
  readonly documentRecovery: Recovery | null;
  /** Whether the user has said what to do about that. */
  readonly recoveryAnswered: boolean;
  readonly recoveriesWaiting: readonly Recovery[];
  readonly recentDocuments: readonly RecentDocument[];
  readonly autosave: boolean;
  readonly canReveal: boolean;
  /** The user is asked whether to save before the document is left. */
  readonly leaveAsked: boolean;
  readonly newAccountShown: boolean;
  documentOpened(document: { name: string; origin: DocumentOrigin; ref: string | null; heldBy?: string | null }): void;
  documentChanged(): void;
  /** @param saved with the number of changes that were in it */
  documentSaved(saved: { name: string; ref: string | null; at: string; changes: number; byItself: boolean }): void;
  documentConflicted(conflict: SaveConflict | null): void;
  documentRecovered(recovery: Recovery): void;
}

const FRESH = {
  documentUnsaved: false,
  documentSavedAt: null,
  documentAutosaved: false,
  documentKeptAt: null,
  documentUnkept: null,
  documentConflict: null,
  documentRecovery: null,
  recoveryAnswered: false,
} as const;

export function createDocumentSlice(set: SetSlice<DocumentSlice>, autosave: boolean): DocumentSlice {
  return {
    ...FRESH,
    documentName: 'Untitled',
    documentOrigin: 'demo',
    documentRef: null,
    documentSerial: 0,
    documentChanges: 0,
    recoveriesWaiting: [],
    recentDocuments: [],
    autosave,
    canReveal: false,
    leaveAsked: false,
    newAccountShown: false,
    documentOpened: ({ name, origin, ref, heldBy = null }) =>
      set(({ documentSerial }) => ({
        ...FRESH,
        documentName: name,
        documentOrigin: origin,
        documentRef: ref,
        documentSerial: documentSerial + 1,
        documentChanges: 0,
        documentConflict:
          heldBy === null || ref === null ? null : { kind: 'conflict', reason: 'held', ref, name, at: null, heldBy },
      })),
    documentChanged: () =>
      set(({ documentOrigin, documentName, documentChanges }) => ({
        documentUnsaved: true,
        documentChanges: documentChanges + 1,
        // Own usage on the demo makes it the user's account.
        ...(documentOrigin === 'demo' ? { documentOrigin: 'usage', documentName: 'Untitled' } : { documentName }),
      })),
    documentSaved: ({ name, ref, at, changes, byItself }) =>
      set(({ documentChanges }) => ({
        documentName: name,
        documentRef: ref,
        documentUnsaved: documentChanges !== changes,
        documentSavedAt: at,
        documentAutosaved: byItself,
        documentUnkept: null,
        documentConflict: null,
        recoveryAnswered: true,
        documentOrigin: 'workspace',
      })),
    documentConflicted: (documentConflict) => set({ documentConflict }),
    documentRecovered: (documentRecovery) =>
      set({ documentRecovery, documentUnsaved: true, recoveryAnswered: false, documentOrigin: 'usage' }),
  };
}

/** The name a workspace is offered to be saved under. */
export function suggestedName(name: string): string {
  const stem = name.replace(/\.(drawdown|sqlite|db|ya?ml|json|scenario)$/i, '').trim();
  return `${stem === '' ? 'Untitled' : stem}.drawdown`;
}

/** A file name made from a title: letters and digits of any script stay, the rest becomes a hyphen. */
export function fileNameFrom(title: string, ending: string): string {
  const stem = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${stem === '' ? 'drawdown' : stem}${ending}`;
}
