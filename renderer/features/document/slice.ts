/** The document that is open: its name, where it is saved, and whether closing would lose work. */
import type { SetSlice } from '../../ui/slice.ts';

export type DocumentOrigin = 'demo' | 'scenario' | 'workspace' | 'usage';

export interface DocumentSlice {
  readonly documentName: string;
  readonly documentOrigin: DocumentOrigin;
  /** Handle for saving in place; null until it was saved or opened as a workspace. */
  readonly documentRef: string | null;
  readonly documentUnsaved: boolean;
  /** Time of day of the last save, as text; null before it. */
  readonly documentSavedAt: string | null;
  documentOpened(document: { name: string; origin: DocumentOrigin; ref: string | null }): void;
  documentChanged(): void;
  documentSaved(saved: { name: string; ref: string | null; at: string }): void;
}

export function createDocumentSlice(set: SetSlice<DocumentSlice>): DocumentSlice {
  return {
    documentName: 'Untitled',
    documentOrigin: 'demo',
    documentRef: null,
    documentUnsaved: false,
    documentSavedAt: null,
    documentOpened: ({ name, origin, ref }) =>
      set({
        documentName: name,
        documentOrigin: origin,
        documentRef: ref,
        documentUnsaved: false,
        documentSavedAt: null,
      }),
    documentChanged: () =>
      set(({ documentOrigin, documentName }) => ({
        documentUnsaved: true,
        // Own usage on the demo makes it the user's account.
        ...(documentOrigin === 'demo' ? { documentOrigin: 'usage', documentName: 'Untitled' } : { documentName }),
      })),
    documentSaved: ({ name, ref, at }) =>
      set({
        documentName: name,
        documentRef: ref,
        documentUnsaved: false,
        documentSavedAt: at,
        documentOrigin: 'workspace',
      }),
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
