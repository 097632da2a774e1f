/** What the user has to decide about the document, over the place: a file that is not as it was, work that was recovered. */
import { History, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Recovery, SaveConflict } from '../../../shared/contract/host.ts';
import { Button } from '../../ui/Button.tsx';
import './document.css';

function Bar(props: { readonly icon: LucideIcon; readonly label: string; readonly children: ReactNode }): ReactNode {
  const { icon: Icon, label, children } = props;
  return (
    <section className="document-bar" aria-label={label}>
      <Icon size="1rem" strokeWidth={1.9} aria-hidden="true" />
      {children}
    </section>
  );
}

export function ConflictBar(props: {
  readonly conflict: SaveConflict;
  readonly unsaved: boolean;
  readonly timeOfDay: (at: number) => string;
  readonly onSaveAs: () => void;
  readonly onOverwrite: () => void;
  readonly onReload: () => void;
}): ReactNode {
  const { conflict, unsaved, timeOfDay, onSaveAs, onOverwrite, onReload } = props;
  const [what, rest] = conflictInWords(conflict, timeOfDay);
  return (
    <Bar icon={TriangleAlert} label="The file">
      <p role="alert">
        <strong>{what}</strong> {rest}
      </p>
      <Button small onClick={onSaveAs}>
        Save as…
      </Button>
      <Button small onClick={onOverwrite}>
        {conflict.reason === 'gone' ? 'Write it again' : 'Overwrite'}
      </Button>
      {conflict.reason !== 'gone' && (
        <Button small onClick={onReload}>
          {unsaved ? 'Reload, drop my changes' : 'Reload'}
        </Button>
      )}
    </Bar>
  );
}

function conflictInWords(
  { reason, name, at, heldBy }: SaveConflict,
  timeOfDay: (at: number) => string,
): readonly [string, string] {
  switch (reason) {
    case 'changed': {
      const when = at === null ? '' : ` at ${timeOfDay(at)}`;
      return [`${name} was changed${when} by another program.`, 'It is not overwritten unless you say so.'];
    }
    case 'gone':
      return [`${name} is not in its place any more.`, 'What is on screen is in no file.'];
    case 'held':
      return [`${name} is open in ${heldBy ?? 'another program'}.`, 'It is not overwritten unless you say so.'];
  }
}

/** The account on screen is one that was recovered. */
export function RecoveredBar(props: {
  readonly recovery: Recovery;
  readonly timeOfDay: (at: number) => string;
  readonly onKeep: () => void;
  readonly onDiscard: () => void;
}): ReactNode {
  const { recovery, timeOfDay, onKeep, onDiscard } = props;
  return (
    <Bar icon={History} label="Recovered work">
      <p role="status">
        <strong>{`Recovered account ${recovery.name} from ${timeOfDay(recovery.savedAt)}.`}</strong> At most the last
        few seconds are missing. It is in no file yet.
      </p>
      <Button small onClick={onKeep}>
        Keep
      </Button>
      <Button small onClick={onDiscard}>
        Discard
      </Button>
    </Bar>
  );
}

/** Another account was recovered, beside the one on screen. */
export function WaitingBar(props: {
  readonly recovery: Recovery;
  readonly timeOfDay: (at: number) => string;
  readonly onOpen: () => void;
  readonly onDiscard: () => void;
}): ReactNode {
  const { recovery, timeOfDay, onOpen, onDiscard } = props;
  return (
    <Bar icon={History} label="Recovered work">
      <p role="status">
        <strong>{`Account ${recovery.name} was not saved.`}</strong>
        {` A copy from ${timeOfDay(recovery.savedAt)} was kept.`}
      </p>
      <Button small onClick={onOpen}>
        Open it
      </Button>
      <Button small onClick={onDiscard}>
        Discard
      </Button>
    </Bar>
  );
}
