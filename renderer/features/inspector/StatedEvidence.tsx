/** Evidence of a stated figure, and of a step of the bridge: what stands against what, and where it is written. */
import type { ReactNode } from 'react';
import type { ReconGroup } from '../../../shared/contract/reconcile.ts';
import { Amount } from '../../ui/Amount.tsx';
import { amountText } from '../../ui/amountText.ts';
import { SIDES, itemName } from '../../ui/recon/reconWords.ts';
import { SourceLink } from '../../ui/recon/SourceLink.tsx';
import './inspector.css';

export function StatedEvidence(props: {
  readonly simulated: string | null;
  readonly stated: string | null;
  readonly difference: string | null;
  readonly source: string | null;
  readonly line: number | null;
  /** Only the day is stated. */
  readonly day: boolean;
  readonly digits: number;
  readonly onSource: (file: string, line: number) => void;
}): ReactNode {
  const { simulated, stated, difference, source, line, day, digits, onSource } = props;
  const rows = [
    ['Simulated', simulated],
    ['Stated', stated],
    ['Difference', difference],
  ] as const;
  return (
    <section className="inspector-section">
      <h3>The two figures</h3>
      <dl className="stated">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value === null ? (
                'nothing'
              ) : (
                <Amount value={value} digits={digits} exact movement={name === 'Difference'} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {source !== null && (
        <p>
          {'Stated by '}
          {line === null ? source : <SourceLink file={source} line={line} onOpen={onSource} />}
          {day ? ', for the day: any balance of that day agrees.' : ''}
        </p>
      )}
    </section>
  );
}

export function StepEvidence(props: {
  /** The first of them. */
  readonly groups: readonly ReconGroup[];
  /** There are others, listed in the table. */
  readonly more: boolean;
  /** Words that they have and the step's other groups have not; empty: they are of all. */
  readonly search: string;
  readonly digits: number;
  readonly onGroup: (id: string) => void;
  readonly onAll: () => void;
}): ReactNode {
  const { groups, more, search, digits, onGroup, onAll } = props;
  const isSearched = search.trim() !== '';
  return (
    <section className="inspector-section">
      <h3>Groups</h3>
      {isSearched && (
        <p role="status">
          {groups.length === 0 ? 'No group of this step has ' : 'Only groups that have '}
          {`“${search.trim()}”. `}
          <button type="button" className="source-link" onClick={onAll}>
            Show all of this step
          </button>
        </p>
      )}
      <ul>
        {groups.map((group) => (
          <li key={group.id} className="evidence-choice">
            <span>
              <button type="button" className="source-link" onClick={() => onGroup(group.id)}>
                {nameOf(group)}
              </button>
            </span>
            <span className="stated-figure">{amountText(group.difference, { digits, sign: 'movement' })}</span>
          </li>
        ))}
      </ul>
      {more && <p>and more, all of them in the table</p>}
    </section>
  );
}

function nameOf(group: ReconGroup): string {
  const item = [...SIDES].reverse().flatMap((side) => group.cells[side])[0];
  return item === undefined ? group.state : itemName(item);
}
