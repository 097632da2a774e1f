/** The figures one looks for first, each with the line that says what it is made of. */
import { Lock, LockOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { TraceTarget } from '../../../shared/contract/trace.ts';
import { wallFields, type Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { amountText, isZero } from '../../ui/amountText.ts';
import { dayText, instantText, middleCut } from '../../ui/format.ts';
import { OpenFigure } from '../../ui/OpenFigure.tsx';
import { MarkGlyph } from '../../ui/chart/MarkGlyph.tsx';
import {
  accessDetail,
  balanceDetail,
  debtDetail,
  debtTitle,
  rejectedDetail,
  rejectedTitle,
  requests,
  tierDetail,
} from './selectors.ts';
import './account.css';

export function KeyFigures(props: {
  readonly view: AccountView;
  readonly zone: Zone;
  readonly updating: boolean;
  /** Opens what a figure is made of. */
  readonly onTrace?: (target: TraceTarget) => void;
}): ReactNode {
  const { view, zone, updating, onTrace } = props;
  const opens = (target: TraceTarget): (() => void) | undefined =>
    onTrace === undefined ? undefined : () => onTrace(target);
  const { figures, minorDigits: digits, currency } = view;
  const open = figures.access === 'open';
  const { nextExpiry } = figures;
  return (
    <dl className={updating ? 'key-figures dimmed' : 'key-figures'} aria-label="Key figures">
      <Figure name="Balance" first detail={balanceDetail(view)}>
        <OpenFigure onOpen={opens({ kind: 'balance' })}>
          <Amount value={figures.balance} digits={digits} />
        </OpenFigure>
        <span className="figure-unit">{currency}</span>
      </Figure>
      <Figure name="Debt" detail={debtDetail(view)} title={debtTitle(view, zone)}>
        <span className={isZero(figures.debt) ? undefined : 'amount-debt'}>
          <OpenFigure onOpen={opens({ kind: 'debt' })}>
            <Amount value={figures.debt} digits={digits} />
          </OpenFigure>
        </span>
      </Figure>
      <Figure name="Access" detail={accessDetail(view, zone)}>
        <span className={open ? 'tone-credit' : 'tone-closed'}>
          {open ? (
            <LockOpen className="figure-icon" size="1.125rem" strokeWidth={1.7} aria-hidden="true" />
          ) : (
            <Lock className="figure-icon" size="1.125rem" strokeWidth={1.7} aria-hidden="true" />
          )}
          {open ? 'Open' : 'Closed'}
        </span>
      </Figure>
      <Figure name="Trust tier" detail={tierDetail(view)}>
        {figures.tier === null ? (
          <span className="figure-none">none</span>
        ) : (
          <OpenFigure onOpen={figures.nextTier === null ? undefined : opens({ kind: 'figure', figure: 'next_tier' })}>
            {figures.tier}
          </OpenFigure>
        )}
      </Figure>
      <Figure
        name="Next expiry"
        detail={
          nextExpiry === null
            ? 'no lot will expire'
            : `${amountText(nextExpiry.amount, { digits })} in ${middleCut(nextExpiry.lot, 20)}`
        }
      >
        {nextExpiry === null ? (
          <span className="figure-none">none</span>
        ) : (
          <span title={instantText(nextExpiry.at, zone)}>
            <MarkGlyph kind="expiry" />{' '}
            <OpenFigure onOpen={opens({ kind: 'figure', figure: 'next_expiry' })}>
              {dayText(nextExpiry.at, zone, yearOf(nextExpiry.at, zone) !== yearOf(view.to, zone))}
            </OpenFigure>
          </span>
        )}
      </Figure>
      <Figure name="Accepted usage" detail={requests(figures.accepted.count)}>
        <OpenFigure onOpen={opens({ kind: 'figure', figure: 'accepted_cost' })}>
          <Amount value={figures.accepted.cost} digits={digits} />
        </OpenFigure>
      </Figure>
      <Figure name="Rejected usage" detail={rejectedDetail(view)} title={rejectedTitle(view)}>
        <OpenFigure onOpen={opens({ kind: 'figure', figure: 'rejected_cost' })}>
          <Amount value={figures.rejected.cost} digits={digits} />
        </OpenFigure>
      </Figure>
    </dl>
  );
}

function yearOf(at: number, zone: Zone): number {
  return wallFields(at, zone).year;
}

function Figure(props: {
  readonly name: string;
  readonly detail: string;
  readonly title?: string | undefined;
  readonly first?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { name, detail, title, first = false, children } = props;
  return (
    <div className={first ? 'figure figure-first' : 'figure'}>
      <dt>{name}</dt>
      <dd className="figure-value">{children}</dd>
      <dd className="figure-detail" title={title ?? detail}>
        {detail}
      </dd>
    </div>
  );
}
