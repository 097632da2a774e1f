/** Files before they are taken: the list at the left, how the chosen one was read at the right, Import at the foot. */
import type { ReactNode } from 'react';
import type { FilePreview, Question, ReadingChoices } from '../../../shared/contract/importing.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemList } from '../../ui/ProblemList.tsx';
import { ActivityProgress } from './ActivityProgress.tsx';
import { ColumnsEditor } from './ColumnsEditor.tsx';
import { FileHeadline } from './FileHeadline.tsx';
import { FileNotices } from './FileNotices.tsx';
import type { ChangeChoices } from './answers.ts';
import { isRemembered, isTaken, staysOutText } from './fileState.ts';
import { ImportEmpty } from './ImportEmpty.tsx';
import { ImportFooter } from './ImportFooter.tsx';
import { LinesTable } from './LinesTable.tsx';
import { OutcomeFigures } from './OutcomeFigures.tsx';
import { OutcomeNotice } from './OutcomeNotice.tsx';
import { Questions } from './Questions.tsx';
import { ReadingSteps } from './ReadingSteps.tsx';
import { StagedList } from './StagedList.tsx';
import type { Activity, ImportOutcome } from './slice.ts';
import './importPage.css';

export interface ImportPageActions {
  readonly onChoose: (id: number) => void;
  readonly onRestage: (id: number, change: ChangeChoices) => void;
  readonly onLeaveOut: (id: number) => void;
  readonly onInclude: (id: number, include: boolean) => void;
  readonly onRemember: (id: number, remember: boolean) => void;
  readonly onColumns: (shown: boolean) => void;
  readonly onImport: () => void;
  readonly onAdd: () => void;
  readonly onPaste: () => void;
  readonly onPrices: () => void;
  readonly onDismiss: () => void;
}

export interface ImportPageState {
  readonly staged: readonly FilePreview[];
  readonly chosen: number | null;
  readonly included: ReadonlySet<number>;
  readonly remember: ReadonlyMap<number, boolean>;
  readonly asked: ReadonlyMap<number, readonly Question[]>;
  readonly columnsShown: boolean;
  readonly activity: Activity | null;
  readonly outcome: ImportOutcome | null;
}

interface ImportPageProps {
  readonly state: ImportPageState;
  readonly actions: ImportPageActions;
  readonly zone: Zone;
  /** Names of zones, to choose from. */
  readonly zones: readonly string[];
}

export function ImportPage(props: ImportPageProps): ReactNode {
  const { state, actions } = props;
  const { staged, activity, included } = state;
  const preview = staged.find(({ id }) => id === state.chosen) ?? staged[0];
  if (preview === undefined) {
    return (
      <div className="import-page bare">
        <div className="import-scroll">
          <Outcome {...props} />
          {activity !== null ? <Working activity={activity} /> : <ImportEmpty {...actions} />}
        </div>
      </div>
    );
  }
  return (
    <div className={activity === null ? 'import-page' : 'import-page working'} aria-busy={activity !== null}>
      <StagedList
        staged={staged}
        chosen={preview.id}
        included={included}
        onChoose={actions.onChoose}
        onLeaveOut={actions.onLeaveOut}
        onMend={(of, mend) => actions.onRestage(of.id, (choices) => ({ ...choices, ...mend.choices }))}
      />
      <div className="import-scroll" tabIndex={0} role="region" aria-label={preview.report.file}>
        {activity !== null && <Working activity={activity} />}
        <Outcome {...props} />
        <ChosenFile {...props} preview={preview} key={preview.id} />
      </div>
      <ImportFooter
        taken={staged.filter((each) => isTaken(each, included)).length}
        staysOut={staysOutText(staged, included)}
        remember={preview.fingerprint === null ? null : isRemembered(preview, state.remember)}
        columnsShown={preview.columns === null || preview.unreadable ? null : state.columnsShown}
        onRemember={(remember) => actions.onRemember(preview.id, remember)}
        onColumns={actions.onColumns}
        onImport={actions.onImport}
      />
    </div>
  );
}

function Working({ activity }: { readonly activity: Activity }): ReactNode {
  return (
    <div className="import-working">
      <ActivityProgress activity={activity} />
    </div>
  );
}

/** What kept the last attempt from succeeding. */
function Outcome({ state: { activity, outcome }, actions }: ImportPageProps): ReactNode {
  if (activity !== null || outcome === null) return null;
  if (outcome.kind === 'imported' || outcome.kind === 'undone' || outcome.kind === 'compared') return null;
  return (
    <div className="import-outcome" role="alert">
      <OutcomeNotice outcome={outcome} />
      <Button small onClick={actions.onDismiss}>
        Close
      </Button>
    </div>
  );
}

function ChosenFile(props: ImportPageProps & { readonly preview: FilePreview }): ReactNode {
  const { state, actions, zone, zones, preview } = props;
  const { id, report, doubleCount, columns } = preview;
  const other = state.staged.find((each) => each.id !== id && each.report.file === doubleCount?.other);
  const restage = (change: ChangeChoices): void => actions.onRestage(id, change);
  return (
    <>
      <FileHeadline preview={preview} zone={zone} />
      <ReadingSteps preview={preview} onFormat={(format) => restage((choices) => formatChoices(choices, format))} />
      <Questions preview={preview} asked={state.asked.get(id) ?? []} zones={zones} onAnswer={restage} />
      <FileNotices
        preview={preview}
        isIncluded={state.included.has(id)}
        onMend={(mend) => restage((choices) => ({ ...choices, ...mend.choices }))}
        onInclude={(include) => actions.onInclude(id, include)}
        onPlacement={(placement) => restage((choices) => ({ ...choices, placement }))}
        onRole={(role) => restage((choices) => ({ ...choices, role }))}
        onLeaveOut={() => actions.onLeaveOut(id)}
        onLeaveOther={other === undefined ? null : () => actions.onLeaveOut(other.id)}
        onAfresh={() => restage(() => ({}))}
        onAdd={actions.onAdd}
        onPrices={actions.onPrices}
      />
      {columns !== null && (state.columnsShown || preview.unreadable) && (
        <ColumnsEditor preview={preview} columns={columns} onChange={restage} />
      )}
      {(columns === null || !state.columnsShown) && <LinesTable preview={preview} zone={zone} />}
      <OutcomeFigures preview={preview} isIncluded={state.included.has(id)} />
      {report.problemCount > 0 && (
        <div className="file-problems">
          <ProblemList problems={report.problems} total={report.problemCount} titled />
        </div>
      )}
    </>
  );
}

/** Another format has other columns; what the user said about times and currency stays true of the file. */
function formatChoices({ zone, currency }: ReadingChoices, format: string): ReadingChoices {
  return { format, ...(zone === undefined ? {} : { zone }), ...(currency === undefined ? {} : { currency }) };
}
