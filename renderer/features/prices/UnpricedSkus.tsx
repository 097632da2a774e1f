/** SKUs of the account's usage that no price is known for, above the list that lacks them. */
import { Plus, Tag } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { middleCut, plural } from '../../ui/format.ts';
import './prices.css';

/** More are shown when they are asked for. */
const SHOWN = 6;

export function UnpricedSkus(props: {
  readonly unpriced: { readonly rows: number; readonly skus: readonly string[] };
  readonly onAdd: (sku: string) => void;
}): ReactNode {
  const {
    unpriced: { rows, skus },
    onAdd,
  } = props;
  const [all, setAll] = useState(false);
  const shown = all ? skus : skus.slice(0, SHOWN);
  return (
    <section className="prices-unpriced" aria-label="Without a price">
      <Tag className="tone-expiry" size="1rem" strokeWidth={1.9} aria-hidden="true" />
      <p>
        <strong>{`${plural(rows, 'row')} of ${plural(skus.length, 'SKU')} without a price`}</strong>
        <span className="price-second">They count as nothing until one is added.</span>
      </p>
      <span className="price-commands">
        {shown.map((sku) => (
          <Button key={sku} small icon={Plus} hint={`Add a price of ${sku}`} onClick={() => onAdd(sku)}>
            {middleCut(sku, 36)}
          </Button>
        ))}
        {!all && skus.length > SHOWN && (
          <Button small look="quiet" onClick={() => setAll(true)}>
            {`Show all ${plural(skus.length, 'SKU')}`}
          </Button>
        )}
      </span>
    </section>
  );
}
