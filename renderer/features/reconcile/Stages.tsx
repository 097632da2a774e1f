/** Open, prepared, reviewed, sealed: where the month stands, and who brought it there. */
import { ChevronRight, Lock } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import type { ReconPeriod } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { STAGES, signedOf, signedText } from './closing.ts';

export function Stages({ period, zone }: { readonly period: ReconPeriod; readonly zone: Zone }): ReactNode {
  return (
    <ol className="stages" aria-label="How far the month is closed">
      {STAGES.map((stage, index) => {
        const signed = signedOf(period, stage);
        const here = period.state === stage;
        return (
          <Fragment key={stage}>
            {index > 0 && (
              <li aria-hidden="true" className="stages-between">
                <ChevronRight size="0.75rem" strokeWidth={2.1} />
              </li>
            )}
            <li
              className="stage-name"
              aria-current={here ? 'step' : undefined}
              title={signed === null ? undefined : signedText(signed, zone)}
            >
              {here && stage === 'sealed' && <Lock size="0.75rem" strokeWidth={2.1} aria-hidden="true" />}
              {stage}
            </li>
          </Fragment>
        );
      })}
    </ol>
  );
}
