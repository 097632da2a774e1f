/** Nothing is traced yet: what this place is for, and questions to begin with. */
import type { ReactNode } from 'react';
import { GuidedQuestions } from './GuidedQuestions.tsx';
import type { GuidedQuestion } from './questions.ts';
import './trace.css';

export function TraceEmpty(props: {
  readonly questions: readonly GuidedQuestion[];
  readonly hasAccount: boolean;
  readonly onAsk: (question: GuidedQuestion) => void;
}): ReactNode {
  const { questions, hasAccount, onAsk } = props;
  if (!hasAccount)
    return (
      <section className="trace-empty" aria-label="Nothing to trace">
        <h2>No account is open</h2>
        <p>Drop usage, statements or a scenario anywhere: then every figure can be traced to the rows that made it.</p>
      </section>
    );
  return (
    <section className="trace-empty" aria-label="Nothing traced yet">
      <h2>What is a figure made of?</h2>
      <p>
        Click any figure, or select a row or a point of the chart and press <kbd>T</kbd>. Its derivation opens here,
        down to the imported row, with each rule that was applied and where its value is from.
      </p>
      <GuidedQuestions questions={questions} look="list" onAsk={onAsk} />
    </section>
  );
}
