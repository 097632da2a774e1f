/** SKUs that the list has no price for, each with what is missing and the way to say it. */
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PriceCheckView } from '../../../shared/contract/prices.ts';
import { countText } from '../../ui/amountText.ts';
import { Button } from '../../ui/Button.tsx';
import { plural } from '../../ui/format.ts';
import './prices.css';

export function UnpricedList(props: {
  readonly unpriced: PriceCheckView['unpriced'];
  readonly onAdd: (sku: string) => void;
}): ReactNode {
  const { unpriced, onAdd } = props;
  if (unpriced.skuCount === 0) return null;
  const more = unpriced.skuCount - unpriced.skus.length;
  return (
    <section className="price-unpriced" aria-label="Without a price" tabIndex={0}>
      <h3>{`Without a price: ${plural(unpriced.skuCount, 'SKU')}, ${plural(unpriced.rows, 'row')}`}</h3>
      <ul>
        {unpriced.skus.map(({ sku, rows, reason }) => (
          <li key={sku}>
            <strong>{sku}</strong>
            <span className="price-second">{plural(rows, 'row')}</span>
            <span className="price-second">{reason}</span>
            <Button small icon={Plus} hint={`Add a price of ${sku}`} onClick={() => onAdd(sku)}>
              Add a price
            </Button>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="price-second">{`and ${countText(more)} more`}</p>}
    </section>
  );
}
