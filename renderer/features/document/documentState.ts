/** How the document stands, in words: saved and when, or not, and what is kept of it all the same. */
import type { DocumentSlice } from './slice.ts';

export type DocumentState = Pick<
  DocumentSlice,
  | 'documentName'
  | 'documentOrigin'
  | 'documentUnsaved'
  | 'documentSavedAt'
  | 'documentAutosaved'
  | 'documentKeptAt'
  | 'documentUnkept'
  | 'documentConflict'
>;

export function documentStateOf(state: DocumentSlice): DocumentState {
  const { documentName, documentOrigin, documentUnsaved, documentSavedAt, documentAutosaved } = state;
  const { documentKeptAt, documentUnkept, documentConflict } = state;
  return {
    ...{ documentName, documentOrigin, documentUnsaved, documentSavedAt, documentAutosaved },
    ...{ documentKeptAt, documentUnkept, documentConflict },
  };
}

export function stateInWords(document: DocumentState): string {
  const { documentUnsaved, documentSavedAt, documentAutosaved, documentKeptAt, documentOrigin } = document;
  if (!documentUnsaved) {
    if (documentSavedAt !== null) return `${documentAutosaved ? 'Autosaved' : 'Saved'} ${documentSavedAt}`;
    return documentOrigin === 'scenario' ? 'Opened from a scenario' : '';
  }
  const isRefused = document.documentUnkept !== null;
  if (documentKeptAt === null) return isRefused ? 'Unsaved, and no copy could be kept' : 'Unsaved';
  return `Unsaved${isRefused ? ', its file could not be written' : ''}, copy kept ${documentKeptAt}`;
}
