/** What became of the last files: while they are read the progress, then the report or the problems. */
import { CircleCheck, CircleAlert, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ImportReport } from '../../../shared/contract/engine.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { amountText, countText } from '../../ui/amountText.ts';
import { IconButton } from '../../ui/Button.tsx';
import { middleCut, rangeText } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ProblemList } from './ProblemList.tsx';
import type { Activity, ImportOutcome } from './slice.ts';
import './importing.css';

export function ImportPanel(props: {
  readonly activity: Activity | null;
  readonly outcome: ImportOutcome | null;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly onClose: () => void;
}): ReactNode {
  const { activity, outcome, zone, digits, currency, onClose } = props;
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
      <div className="import-body">
        {activity !== null && (
          <ProgressBar
            what={activity.progress?.what ?? activity.what}
            done={activity.progress?.done ?? 0}
            total={activity.progress?.total ?? 0}
            cancelLabel="Cancel, keep nothing"
            onCancel={activity.cancel}
          />
        )}
        {activity === null && outcome !== null && (
          <Outcome outcome={outcome} zone={zone} digits={digits} currency={currency} />
        )}
      </div>
    </aside>
  );
}

function headingOf(activity: Activity | null, outcome: ImportOutcome | null): string {
  if (activity !== null) return activity.what;
  if (outcome?.kind !== 'imported') return 'Not opened';
  return outcome.reports.length === 1 ? 'Imported 1 file' : `Imported ${countText(outcome.reports.length)} files`;
}

interface Shown {
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
}

function Outcome({ outcome, ...shown }: Shown & { readonly outcome: ImportOutcome }): ReactNode {
  switch (outcome.kind) {
    case 'imported':
      return outcome.reports.map((report) => (
        <Report key={`${report.file}${report.sha256}`} report={report} {...shown} />
      ));
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
  }
}

function Report({ report, zone, digits, currency }: Shown & { readonly report: ImportReport }): ReactNode {
  const { rows } = report;
  const clean = report.problemCount === 0;
  const rests: readonly (readonly [string, number])[] = [
    ['stored', rows.stored],
    ['duplicate, left out', rows.duplicate],
    ['rejected', rows.rejected],
    ['negative, taken as adjustments', rows.adjustments],
  ];
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
      <dl className="report-figures">
        <div>
          <dt>Rows read</dt>
          <dd>{countText(rows.read)}</dd>
        </div>
        {rests
          .filter(([name, count]) => name === 'stored' || count > 0)
          .map(([name, count]) => (
            <div key={name} className="report-part">
              <dt>{name}</dt>
              <dd>{countText(count)}</dd>
            </div>
          ))}
        {report.cost !== null && (
          <div>
            <dt>{`Cost ${currency}`}</dt>
            <dd>{amountText(report.cost, { digits, exact: true })}</dd>
          </div>
        )}
        {report.from !== null && report.to !== null && (
          <div>
            <dt>{`Span, ${zone.name}`}</dt>
            <dd>{rangeText(report.from, report.to, zone)}</dd>
          </div>
        )}
        {report.sha256 !== '' && (
          <div>
            <dt>SHA-256</dt>
            <dd className="mono" title={report.sha256}>
              {middleCut(report.sha256, 17)}
            </dd>
          </div>
        )}
      </dl>
      {!clean && <ProblemList problems={report.problems} total={report.problemCount} titled />}
    </section>
  );
}
