/** One stored file: its figures, where its buckets are placed, its problems, its source and its undo. */
import { FileSearch, Scale, Sigma, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LocatedProblem, StoredFile } from '../../../shared/contract/importing.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import type { Placement } from '../../../shared/domain/usage.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { canBeCompared } from '../../ui/fileKind.ts';
import { instantText, middleCut } from '../../ui/format.ts';
import { PLACEMENTS } from '../../ui/placements.ts';
import { ProblemList } from '../../ui/ProblemList.tsx';
import { ReportFigures } from '../../ui/ReportFigures.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import './data.css';

export function FileDetail(props: {
  readonly file: StoredFile;
  readonly zone: Zone;
  readonly onPlace: (placement: Placement) => void;
  readonly onCompare: () => void;
  readonly onCount: () => void;
  readonly onSource: (line: number) => void;
  readonly onUndo: () => void;
}): ReactNode {
  const { file, zone, onPlace, onCompare, onCount, onSource, onUndo } = props;
  const { report, placement, importedAt, ofScenario, compared = false } = file;
  return (
    <aside className="file-detail" aria-label={report.file} tabIndex={0}>
      <h2 title={report.file}>{middleCut(report.file, 60)}</h2>
      <p className="second">{`${report.format}: ${report.why}`}</p>
      <ReportFigures report={report} zone={zone} />
      {importedAt !== null && <p className="second">{`Imported ${instantText(importedAt, zone)}`}</p>}
      {compared && (
        <section aria-label="Evidence">
          <Chip icon={Scale} tone="ink-2">
            Only compared
          </Chip>
          <p className="second">
            Its usage does not count. Reconcile sets its costs beside the simulated ones. Counted, the file is read
            again behind all others: rows that they have are left out.
          </p>
        </section>
      )}
      {placement !== null && !compared && (
        <section aria-label="Placement">
          <h3>Usage of a row is placed</h3>
          <Segmented<Placement>
            label="Usage of a row is placed"
            value={placement}
            onChange={onPlace}
            options={PLACEMENTS}
          />
          <p className="second">The file cannot tell when within a row’s time the usage was.</p>
        </section>
      )}
      <div className="file-commands">
        <Button icon={FileSearch} onClick={() => onSource(firstLine(report.problems))}>
          Open source
        </Button>
        {!ofScenario && !compared && canBeCompared(report) && (
          <Button icon={Scale} onClick={onCompare}>
            Use only to compare
          </Button>
        )}
        {!ofScenario && compared && (
          <Button icon={Sigma} onClick={onCount}>
            Count this usage
          </Button>
        )}
        {!ofScenario && (
          <Button icon={Undo2} onClick={onUndo}>
            Undo import
          </Button>
        )}
      </div>
      {ofScenario && <p className="second">It belongs to the scenario and goes with it.</p>}
      {report.problemCount > 0 && <ProblemList problems={report.problems} total={report.problemCount} titled />}
    </aside>
  );
}

/** Where reading went wrong, if it did; else the start. */
function firstLine(problems: readonly LocatedProblem[]): number {
  return problems.find(({ line }) => line !== null)?.line ?? 1;
}
