/** The causes that were found for a difference, best first, while the search goes on; and what was tried. */
import { RotateCcw, SearchX, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Explained } from '../../../shared/contract/explain.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { countText } from '../../ui/amountText.ts';
import { Button } from '../../ui/Button.tsx';
import { durationText, plural } from '../../ui/format.ts';
import { ExplanationCard, type CardActions } from './ExplanationCard.tsx';
import './explain.css';
import { triedCount, triedRows } from './verdictLook.ts';

export function ExplainPanel(props: {
  readonly about: string;
  readonly explained: Explained | null;
  readonly explaining: boolean;
  readonly failure: string | null;
  /** Whether the screen has no other solid button. */
  readonly solid: boolean;
  readonly vendor: string;
  readonly zone: Zone;
  readonly digits: number;
  readonly actions: CardActions;
  readonly onStart: () => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { about, explained, explaining, failure, solid, vendor, zone, digits, actions, onStart, onCancel } = props;
  return (
    <div className="explain">
      {about !== '' && <p className="explain-about">{about}</p>}
      <div className="explain-head">
        <h3>
          <span role="status">{headline(explained, explaining)}</span>
        </h3>
        {explained !== null && <span>{triedText(explained)}</span>}
        {explaining ? (
          <Button small look="quiet" icon={Square} hint="What was found so far stays" onClick={onCancel}>
            Stop
          </Button>
        ) : (
          <Button small look="quiet" icon={RotateCcw} keys="E" onClick={onStart}>
            {explained === null && failure === null ? 'Explain' : 'Again'}
          </Button>
        )}
      </div>
      {explaining && <progress className="explain-progress" aria-label="Looking for causes" />}
      {failure !== null && (
        <p className="explain-failure" role="alert">
          {failure}
        </p>
      )}
      {explained !== null && explained.explanations.length > 0 && (
        <ol className="explanations">
          {explained.explanations.map((explanation, index) => (
            <ExplanationCard
              key={explanation.id}
              explanation={explanation}
              rank={index + 1}
              best={index === 0}
              solid={solid && index === 0}
              vendor={vendor}
              zone={zone}
              digits={digits}
              actions={actions}
            />
          ))}
        </ol>
      )}
      {explained !== null && <Tried explained={explained} />}
    </div>
  );
}

function headline(explained: Explained | null, explaining: boolean): ReactNode {
  if (explained === null) return explaining ? 'Looking for causes' : 'Not explained yet';
  const found = explained.explanations.length;
  if (found > 0) return plural(found, 'explanation');
  if (explaining || explained.next !== null) return 'None found yet';
  return (
    <span className="explain-none">
      <SearchX size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
      {`None found among ${countText(triedCount(explained))}`}
    </span>
  );
}

function triedText(explained: Explained): string {
  const count = `of ${countText(triedCount(explained))} tried in ${secondsText(explained.ms)}`;
  return explained.explanations.length === 0 && explained.next === null ? `in ${secondsText(explained.ms)}` : count;
}

function secondsText(ms: number): string {
  if (ms >= 60_000) return durationText(ms);
  const tenths = Math.round(ms / 100);
  return `${Math.floor(tenths / 10)}.${tenths % 10} s`;
}

function Tried({ explained }: { readonly explained: Explained }): ReactNode {
  return (
    <section className="explain-tried" aria-label="What was tried">
      <h4>What was tried</h4>
      <dl>
        {triedRows(explained).map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {explained.next !== null && <p>Stopped before everything was tried.</p>}
    </section>
  );
}
