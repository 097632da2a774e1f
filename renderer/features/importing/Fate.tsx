/** What becomes of a row: a sign while it is simply stored, else also a word. */
import { Check, CircleMinus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PreviewRow } from '../../../shared/contract/importing.ts';

export function Fate(props: { readonly fate: PreviewRow['fate'] }): ReactNode {
  switch (props.fate) {
    case 'stored':
      return <Check className="tone-credit" size="0.875rem" strokeWidth={2.1} aria-label="stored" />;
    case 'duplicate':
      return (
        <span className="fate tone-expiry" title="A row of the same key is there: left out">
          <CircleMinus size="0.875rem" strokeWidth={2.1} aria-hidden="true" /> repeated
        </span>
      );
    case 'rejected':
      return (
        <span className="fate tone-debt">
          <TriangleAlert size="0.875rem" strokeWidth={2.1} aria-hidden="true" /> rejected
        </span>
      );
    case 'complimentary':
      return <span className="fate tone-ink-2">complimentary</span>;
  }
}
