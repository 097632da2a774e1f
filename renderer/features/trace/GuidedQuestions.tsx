/** Questions that open a derivation: on the first start in a row, in the empty place of traces as a list. */
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { GuidedQuestion } from './questions.ts';
import './questions.css';

export function GuidedQuestions<Q extends Pick<GuidedQuestion, 'ask' | 'hint'>>(props: {
  readonly questions: readonly Q[];
  readonly look: 'row' | 'list';
  readonly onAsk: (question: Q) => void;
}): ReactNode {
  const { questions, look, onAsk } = props;
  return (
    <ol className={`guided ${look}`} aria-label="Questions">
      {questions.map((question, index) => (
        <li key={question.ask}>
          <button type="button" onClick={() => onAsk(question)}>
            <span className="guided-number" aria-hidden="true">
              {index + 1}
            </span>
            <span className="guided-words">
              <strong>{question.ask}</strong>
              <span>{question.hint}</span>
            </span>
            <ChevronRight size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ol>
  );
}
