/** How the last attempt ended, where that is no report: what happened, what was kept, what can be done. */
import { Scale, TriangleAlert, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ImportReport } from '../../../shared/contract/importing.ts';
import { plural } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemList } from '../../ui/ProblemList.tsx';
import { totalsText } from '../../ui/totals.ts';
import type { ImportOutcome, RowsBack } from './slice.ts';

export function OutcomeNotice(props: {
  readonly outcome: Exclude<ImportOutcome, { readonly kind: 'imported' }>;
}): ReactNode {
  const { outcome } = props;
  switch (outcome.kind) {
    case 'problems':
      return (
        <>
          <Notice icon={TriangleAlert} tone="debt" title={outcome.title}>
            <p>{outcome.kept}</p>
          </Notice>
          <ProblemList problems={outcome.problems} total={outcome.problems.length} titled={false} />
        </>
      );
    case 'failed':
      return (
        <Notice icon={TriangleAlert} tone="debt" title={outcome.title}>
          <p>{outcome.detail}</p>
          <p>{outcome.kept}</p>
        </Notice>
      );
    case 'undone':
      return (
        <Notice icon={Undo2} title={`Took back ${outcome.report.file}`}>
          <p>{takenBack(outcome.report)}</p>
          {outcome.back.length > 0 && <p>{cameBack(outcome.back)}</p>}
          <p>Import the file again to have it back.</p>
        </Notice>
      );
    case 'compared':
      return (
        <Notice icon={Scale} title={`${outcome.report.file} is only compared`}>
          <p>{cameBack(outcome.back)}</p>
        </Notice>
      );
  }
}

/** What later files have now, so that nobody wonders at the sums. */
function cameBack(back: readonly RowsBack[]): string {
  const files = back.map(({ file, rows }) => `${plural(rows, 'row')} of ${file}`);
  return `Left out before as repeats of it, and back: ${files.join(', ')}.`;
}

/** Exactly what left the account. */
function takenBack({ kind, rows, totals }: ImportReport): string {
  const what = plural(rows.stored, kind === 'statement' ? 'movement' : 'row');
  const sums = totalsText(totals);
  return sums === '' ? `${what}.` : `${what}, ${sums}.`;
}
