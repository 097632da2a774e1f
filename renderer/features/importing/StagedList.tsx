/** The staged files: what each holds, how it stands, and the mend where one makes it tie. One stop for Tab, arrows move. */
import { Check, Info, TriangleAlert, X, type LucideIcon } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { FilePreview, Mend } from '../../../shared/contract/importing.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { middleCut } from '../../ui/format.ts';
import { KindIcon } from '../../ui/KindIcon.tsx';
import { nextIndex } from '../../ui/roving.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { countsText, isTaken, stateOf, type FileState } from './fileState.ts';
import './stagedList.css';

const STATE_ICONS: Readonly<Record<FileState['tone'], LucideIcon>> = {
  credit: Check,
  debt: TriangleAlert,
  expiry: Info,
  'ink-2': Info,
};

/** From here on, those that wait for the user can be seen alone. */
const MANY = 12;

export function StagedList(props: {
  readonly staged: readonly FilePreview[];
  readonly chosen: number | null;
  readonly included: ReadonlySet<number>;
  readonly onChoose: (id: number) => void;
  readonly onLeaveOut: (id: number) => void;
  readonly onMend: (preview: FilePreview, mend: Mend) => void;
}): ReactNode {
  const { staged, chosen, included, onChoose } = props;
  const [waitingOnly, setWaitingOnly] = useState(false);
  const waiting = staged.filter((preview) => !isTaken(preview, included));
  const shown = waitingOnly && waiting.length > 0 ? waiting : staged;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['staged'] === undefined) return;
    const next = nextIndex(
      event.key,
      shown.findIndex(({ id }) => id === chosen),
      shown.length,
    );
    const preview = next === null ? undefined : shown[next];
    if (preview === undefined) return;
    event.preventDefault();
    onChoose(preview.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-staged="${preview.id}"]`)?.focus();
  };
  const stop = shown.some(({ id }) => id === chosen) ? chosen : (shown[0]?.id ?? null);
  return (
    <nav className="staged" aria-label="Files to import" onKeyDown={onKeyDown}>
      {staged.length > MANY && waiting.length > 0 && (
        <div className="staged-filter">
          <Segmented
            label="Files shown"
            value={waitingOnly ? 'waiting' : 'all'}
            onChange={(value) => setWaitingOnly(value === 'waiting')}
            options={[
              { value: 'all', label: `All ${staged.length}`, title: 'All files' },
              { value: 'waiting', label: `Stay out ${waiting.length}`, title: 'Files that stay out as they are' },
            ]}
          />
        </div>
      )}
      <ul>
        {shown.map((preview) => (
          <StagedFile
            key={preview.id}
            {...props}
            preview={preview}
            isChosen={preview.id === chosen}
            isStop={preview.id === stop}
          />
        ))}
      </ul>
    </nav>
  );
}

function StagedFile(props: {
  readonly preview: FilePreview;
  readonly isChosen: boolean;
  readonly isStop: boolean;
  readonly included: ReadonlySet<number>;
  readonly onChoose: (id: number) => void;
  readonly onLeaveOut: (id: number) => void;
  readonly onMend: (preview: FilePreview, mend: Mend) => void;
}): ReactNode {
  const { preview, isChosen, isStop, included, onChoose, onLeaveOut, onMend } = props;
  const { id, report, mends } = preview;
  const state = stateOf(preview);
  const Icon = STATE_ICONS[state.tone];
  return (
    <li className={isChosen ? 'staged-file chosen' : 'staged-file'}>
      <button
        type="button"
        className="staged-name"
        data-staged={id}
        tabIndex={isStop ? 0 : -1}
        aria-current={isChosen ? 'true' : undefined}
        onClick={() => onChoose(id)}
      >
        <KindIcon of={report} />
        <strong title={report.file}>{middleCut(report.file, 32)}</strong>
        <span className="staged-counts">{countsText(preview)}</span>
        <span className={`staged-state tone-${state.tone}`}>
          <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
          <span>
            {state.text}
            {state.kind === 'off' && included.has(id) && (
              <span className="staged-all-the-same">, imported as it is</span>
            )}
          </span>
        </span>
      </button>
      {isChosen && <IconButton icon={X} label={`Leave out ${report.file}`} onClick={() => onLeaveOut(id)} />}
      {mends.map((mend) => (
        <div key={mend.label} className="staged-mend">
          <p>{mend.says}</p>
          <Button small onClick={() => onMend(preview, mend)}>
            {mend.label}
          </Button>
        </div>
      ))}
    </li>
  );
}
