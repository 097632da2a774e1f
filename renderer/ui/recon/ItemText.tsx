/** One item in a cell: its day, its name, its amount at the right. A void amount is struck through. */
import type { ReactNode } from 'react';
import type { ReconItem } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../Amount.tsx';
import './recon.css';
import { itemDay, itemName, itemTitle } from './reconWords.ts';

export function ItemText(props: {
  readonly item: ReconItem;
  readonly zone: Zone;
  readonly digits: number;
  /** The account's; an amount in another one names it. */
  readonly currency: string;
}): ReactNode {
  const { item, zone, digits, currency } = props;
  return (
    <span className="item-text" title={itemTitle(item)}>
      <span className="item-day">{itemDay(item, zone)}</span>
      <span className="item-name">{itemName(item)}</span>
      <span className={item.status === 'void' ? 'item-amount void' : 'item-amount'}>
        <Amount value={item.amount} digits={digits} />
        {item.currency !== currency && <span className="item-currency"> {item.currency}</span>}
      </span>
    </span>
  );
}
