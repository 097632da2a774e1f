/** What became of the last files: while they are read the progress, then the report or the problems. */
import { CircleCheck, CircleAlert, Undo2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ImportReport } from '../../../shared/contract/importing.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { middleCut, plural } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemList } from '../../ui/ProblemList.tsx';
import { ReportFigures } from '../../ui/ReportFigures.tsx';
import { ActivityProgress } from './ActivityProgress.tsx';
import { OutcomeNotice } from './OutcomeNotice.tsx';
import type { Activity, ImportOutcome } from './slice.ts';
import './importing.css';

export function ImportPanel(props: {
  readonly activity: Activity | null;
  readonly outcome: ImportOutcome | null;
  readonly zone: Zone;
  readonly onClose: () => void;
  readonly onUndo: (report: ImportReport) => void;
}): ReactNode {
  const { activity, outcome, zone, onClose, onUndo } = props;
  if (activity === null && outcome === null) return null;
  return (
    <aside
      className={outcome === null ? 'import-panel awaiting' : 'import-panel'}
      aria-label="Import report"
      data-import={outcome?.kind ?? 'running'}
    >
      <header className="import-head">
        <h2>{headingOf(activity, outcome)}</h2>
        {activity === null && <IconButton icon={X} label="Close the report" onClick={onClose} />}
      </header>
      {/* It scrolls, so it takes the focus: a keyboard must be able to read all of it. */}
      <div className="import-body" tabIndex={0} role="group" aria-label="Report">
        {activity !== null && <ActivityProgress activity={activity} />}
        {activity === null && outcome?.kind === 'imported' && (
          <Reports reports={outcome.reports} zone={zone} onUndo={outcome.canUndo ? onUndo : null} />
        )}
        {activity === null && outcome !== null && outcome.kind !== 'imported' && <OutcomeNotice outcome={outcome} />}
      </div>
    </aside>
  );
}

function headingOf(activity: Activity | null, outcome: ImportOutcome | null): string {
  if (activity !== null) return activity.what;
  if (outcome?.kind === 'imported') return `Imported ${plural(outcome.reports.length, 'file')}`;
  if (outcome?.kind === 'compared') return 'Only compared';
  return outcome?.kind === 'undone' ? 'Import undone' : 'Not opened';
}

function Reports(props: {
  readonly reports: readonly ImportReport[];
  readonly zone: Zone;
  readonly onUndo: ((report: ImportReport) => void) | null;
}): ReactNode {
  return props.reports.map((report) => <Report key={`${report.file}${report.sha256}`} {...props} report={report} />);
}

function Report(props: {
  readonly report: ImportReport;
  readonly zone: Zone;
  readonly onUndo: ((report: ImportReport) => void) | null;
}): ReactNode {
  const { report, zone, onUndo } = props;
  const clean = report.problemCount === 0;
  return (
    <section className="report" aria-label={report.file}>
      <Notice
        icon={clean ? CircleCheck : CircleAlert}
        tone={clean ? 'credit' : 'expiry'}
        title={middleCut(report.file, 44)}
      >
        <p>
          {report.repeatedFile
            ? 'The same file was imported before; nothing was stored again.'
            : `${report.format}: ${report.why}`}
        </p>
      </Notice>
      <ReportFigures report={report} zone={zone} />
      {!clean && <ProblemList problems={report.problems} total={report.problemCount} titled />}
      {onUndo !== null && report.rows.stored > 0 && (
        <div>
          <Button icon={Undo2} small onClick={() => onUndo(report)}>
            Undo import
          </Button>
        </div>
      )}
    </section>
  );
}
