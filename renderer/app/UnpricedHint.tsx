/** Says on the account that part of the usage counts as nothing, and where that is mended. */
import { Tag } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountView } from '../../shared/contract/engine.ts';
import { Button } from '../ui/Button.tsx';
import { middleCut, plural } from '../ui/format.ts';
import { useAppStore } from './context.ts';

/** Names that are said; more are counted. */
const NAMED = 3;

export function UnpricedHint({ view: { unpriced } }: { readonly view: AccountView }): ReactNode {
  const store = useAppStore();
  if (unpriced === null) return null;
  const { rows, skus } = unpriced;
  const named = skus.slice(0, NAMED).map((sku) => middleCut(sku, 40));
  const more = skus.length - named.length;
  return (
    <div className="demo-hint" role="note" aria-label="Usage without a price">
      <Tag className="tone-expiry" size="1rem" strokeWidth={1.9} aria-hidden="true" />
      <p title={skus.join(', ')}>
        <strong>{`${plural(rows, 'row')} without a price:`}</strong>
        {`no price is known for ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}. They count as nothing, so every figure is too low by what they cost.`}
      </p>
      <Button small onClick={() => store.setState({ place: 'data', dataTab: 'prices' })}>
        Add prices
      </Button>
    </div>
  );
}
