/** The document's name and whether it is saved. */
import type { ReactNode } from 'react';
import type { DocumentSlice } from './slice.ts';
import './document.css';

export function DocumentTitle(props: {
  readonly document: Pick<DocumentSlice, 'documentName' | 'documentOrigin' | 'documentUnsaved' | 'documentSavedAt'>;
}): ReactNode {
  const { documentName, documentOrigin, documentUnsaved, documentSavedAt } = props.document;
  const state = documentUnsaved
    ? 'Unsaved changes'
    : documentSavedAt !== null
      ? `Saved ${documentSavedAt}`
      : documentOrigin === 'scenario'
        ? 'Opened from a scenario'
        : '';
  return (
    <div className="document-title">
      <strong>{documentName}</strong>
      <span role="status" data-document-state={documentUnsaved ? 'unsaved' : 'saved'}>
        {documentUnsaved && <span className="unsaved-dot" aria-hidden="true" />}
        {state}
      </span>
    </div>
  );
}
