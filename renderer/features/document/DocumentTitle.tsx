/** The document's name and whether it is saved. */
import type { ReactNode } from 'react';
import { stateInWords, type DocumentState } from './documentState.ts';
import './document.css';

export function DocumentTitle({ document }: { readonly document: DocumentState }): ReactNode {
  const { documentName, documentUnsaved, documentUnkept } = document;
  return (
    <div className="document-title">
      <strong>{documentName}</strong>
      <span
        role="status"
        data-document-state={documentUnsaved ? 'unsaved' : 'saved'}
        title={documentUnkept ?? undefined}
      >
        {documentUnsaved && <span className="unsaved-dot" aria-hidden="true" />}
        {stateInWords(document)}
      </span>
    </div>
  );
}
