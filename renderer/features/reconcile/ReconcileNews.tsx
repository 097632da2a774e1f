/** What has to be known before the figures are read: a seal and what came after it, what is missing, what was refused. */
import { CircleX, Lock, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReconPeriod } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Button } from '../../ui/Button.tsx';
import { hashText, signedText } from './closing.ts';
import { monthText } from '../../ui/format.ts';
import './reconcile.css';

export function SealBar({ period, zone }: { readonly period: ReconPeriod; readonly zone: Zone }): ReactNode {
  const { sealed, since, prepared, reviewed } = period;
  if (period.state !== 'sealed' || sealed === null) return null;
  const alone = prepared?.by === sealed.by && reviewed?.by === sealed.by;
  return (
    <div className="reconcile-bar">
      <Lock className="tone-closed" size="1rem" strokeWidth={1.9} aria-hidden="true" />
      <p>
        {`Sealed ${signedText(sealed, zone)}, hash `}
        <span className="mono" title={sealed.hash}>
          {hashText(sealed.hash)}
        </span>
        {alone && '; one person prepared, reviewed and sealed it'}
        {since.length === 0 && '; nothing has changed since'}
      </p>
      {since.length > 0 && (
        <ul aria-label="Changed since the seal">
          {since.map((change) => (
            <li key={change}>
              <TriangleAlert className="tone-expiry" size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
              {change}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What a conclusion needs and is not there: the verdict is incomplete, and says why. */
export function LacksBar(props: { readonly lacks: readonly string[]; readonly onAdd: () => void }): ReactNode {
  const { lacks, onAdd } = props;
  if (lacks.length === 0) return null;
  return (
    <div className="reconcile-bar">
      <Info className="tone-expiry" size="1rem" strokeWidth={1.9} aria-hidden="true" />
      <p>
        <strong>Incomplete: </strong>
        {lacks.join('; ')}.
      </p>
      <Button small onClick={onAdd}>
        Choose files
      </Button>
    </div>
  );
}

export function RefusedBar(props: {
  readonly message: string;
  readonly period: string;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <div className="reconcile-bar" role="alert">
      <CircleX className="tone-debt" size="1rem" strokeWidth={1.9} aria-hidden="true" />
      <p>
        <strong>Not done: </strong>
        {`${props.message.replace(/\.$/, '')}. ${monthText(props.period)} is as it was.`}
      </p>
      <Button small look="quiet" onClick={props.onClose}>
        Close
      </Button>
    </div>
  );
}
