/** Says that what is on screen is the demo, and how one's own data gets in. */
import { FileDown, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { GuidedQuestions } from '../features/trace/GuidedQuestions.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { useActions, useAppState, useAppStore } from './context.ts';
import { useQuestions } from './useQuestions.ts';

/** One question for each kind of person: support asks why, finance what an invoice is made of, product what would be. */
const WHAT_IF = {
  ask: 'Would a higher limit have kept it open?',
  hint: 'Drag the monthly limit; the year is replayed as it moves.',
} as const;

export function DemoHint(): ReactNode {
  const store = useAppStore();
  const { addFiles, traceFigure } = useActions();
  const questions = useQuestions();
  const shown = useAppState((state) => state.hintShown && state.documentOrigin === 'demo');
  if (!shown) return null;
  return (
    <>
      <div className="demo-hint" role="note">
        <FileDown size="1rem" strokeWidth={1.9} aria-hidden="true" />
        <p>
          <strong>Demo account:</strong> invented, but replayed in full on this computer. Drop usage exports or
          statements anywhere to see your own, or a scenario or a saved workspace.
        </p>
        <Button look="solid" small onClick={() => void addFiles()}>
          Choose files
        </Button>
        <IconButton icon={X} label="Hide this hint" onClick={() => store.setState({ hintShown: false })} />
      </div>
      {questions.length > 0 && (
        <GuidedQuestions
          questions={[...questions.slice(0, 2), WHAT_IF]}
          look="row"
          onAsk={(question) => {
            if ('target' in question) traceFigure(question.target);
            else store.setState({ place: 'whatIf' });
          }}
        />
      )}
    </>
  );
}
