/** What the hover card says of a stated balance, and of a line of a document or a bank: who states it comes first. */
import type { ReactNode } from 'react';
import type { StatedPoint, StatementItem } from '../../../shared/contract/stated.ts';
import { Amount } from '../Amount.tsx';
import { amountText } from '../amountText.ts';
import { dayText, instantText } from '../format.ts';
import type { ChartAccount } from './chartModel.ts';

type Facts = Pick<ChartAccount, 'digits' | 'zone' | 'within' | 'currency'>;

export function StatedCard({ point, facts }: { readonly point: StatedPoint; readonly facts: Facts }): ReactNode {
  const { digits, zone } = facts;
  const { at, until, by, stated, replayed, difference, agrees, between } = point;
  const exact = (amount: string): string => amountText(amount, { digits, exact: true });
  return (
    <>
      <div className="card-row">
        <strong>{until === null ? instantText(at, zone) : `${dayText(at, zone, true)}, the day`}</strong>
      </div>
      <div className="card-row">
        <span className="card-who">{`${by ?? 'File'} states`}</span>
        <Amount value={stated} digits={digits} exact strong />
      </div>
      <div className="card-row">
        <span className="card-what">replayed</span>
        <Amount value={replayed} digits={digits} exact />
      </div>
      <div className="card-row">
        <span className="card-what">{agrees ? 'agrees' : 'difference'}</span>
        {!agrees && <Amount value={difference} digits={digits} exact movement strong />}
      </div>
      {between !== null && (
        <div className="card-foot">
          {`${exact(between[0])} – ${exact(between[1])} ${until === null ? `by where in ${facts.within} usage fell` : 'on that day'}`}
        </div>
      )}
      <div className="mono card-source">{`${point.file}:${point.line}`}</div>
    </>
  );
}

export function ItemCard({ item, facts }: { readonly item: StatementItem; readonly facts: Facts }): ReactNode {
  const { side, from, amount, currency, what, reference, file, line } = item;
  const { digits, zone } = facts;
  return (
    <>
      <div className="card-row">
        <strong>{dayText(from, zone, true)}</strong>
        <span className="card-who">{side === 'document' ? 'document' : 'bank'}</span>
      </div>
      <div className="card-row">
        <span className="card-what">{what}</span>
        <span>
          <Amount value={amount} digits={digits} strong />
          {currency === facts.currency ? '' : ` ${currency}`}
        </span>
      </div>
      {reference !== null && <div className="card-foot">{reference}</div>}
      <div className="mono card-source">{`${file}:${line}`}</div>
    </>
  );
}
