/** Problems by place, each `FILE:LINE:COLUMN` and what would be right. */
import type { ReactNode } from 'react';
import type { LocatedProblem } from '../../../shared/contract/engine.ts';
import { countText } from '../../ui/amountText.ts';
import { placeText } from './places.ts';
import './importing.css';

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
        {problems.map((problem, index) => (
          <li key={index}>
            <span className="mono problem-place">{placeText(problem)}</span>
            <span>{problem.message}</span>
          </li>
        ))}
      </ol>
      {more > 0 && (
        <p className="problems-more">{`The first ${countText(problems.length)} are shown; ${countText(more)} more.`}</p>
      )}
    </div>
  );
}
