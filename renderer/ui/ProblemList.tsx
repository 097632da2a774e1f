/** Problems by place, each `FILE:LINE:COLUMN` and what would be right. */
import type { ReactNode } from 'react';
import type { LocatedProblem } from '../../shared/contract/importing.ts';
import { countText } from './amountText.ts';
import { groupProblems } from './problemPlaces.ts';
import './problems.css';

/** Of places with the same problem; the rest are counted. */
const SHOWN_PLACES = 4;

export function ProblemList(props: {
  readonly problems: readonly LocatedProblem[];
  readonly total: number;
  /** Whether it says itself how many there are. */
  readonly titled: boolean;
}): ReactNode {
  const { problems, total, titled } = props;
  const more = total - problems.length;
  return (
    <div className="problems">
      {titled && <h3>{total === 1 ? '1 problem' : `${countText(total)} problems`}</h3>}
      <ol aria-label="Problems">
        {groupProblems(problems).map(({ message, places }) => (
          <li key={message}>
            {places.slice(0, SHOWN_PLACES).map((place) => (
              <span key={place} className="mono problem-place">
                {place}
              </span>
            ))}
            {places.length > SHOWN_PLACES && (
              <span className="problem-place">{`and ${countText(places.length - SHOWN_PLACES)} more like it`}</span>
            )}
            <span>{message}</span>
          </li>
        ))}
      </ol>
      {more > 0 && (
        <p className="problems-more">{`The first ${countText(problems.length)} are shown; ${countText(more)} more.`}</p>
      )}
    </div>
  );
}
