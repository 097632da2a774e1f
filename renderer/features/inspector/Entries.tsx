/** What people did, latest first: each entry with who and when, and the hash that chains it to the one before. */
import { useState, type ReactNode } from 'react';
import type { LogEntry } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { countText } from '../../ui/amountText.ts';
import { Button } from '../../ui/Button.tsx';
import { dayText, isoText, timeText } from '../../ui/format.ts';
import './inspector.css';
import type { History } from './slice.ts';

export function HistoryList(props: {
  readonly history: History | null;
  readonly zone: Zone;
  readonly onMore: () => void;
}): ReactNode {
  const { history, zone, onMore } = props;
  if (history === null) return null;
  if (history.entries.length === 0) return <Nothing text="Nobody has decided anything here." />;
  return (
    <>
      <Entries entries={history.entries} zone={zone} />
      {history.entries.length < history.total && (
        <Button small look="quiet" onClick={onMore}>
          {`More, ${countText(history.total - history.entries.length)} older`}
        </Button>
      )}
    </>
  );
}

export function Notes(props: {
  readonly history: History | null;
  readonly zone: Zone;
  /** Null where the month cannot be changed. */
  readonly onNote: ((text: string) => void) | null;
}): ReactNode {
  const { history, zone, onNote } = props;
  const [text, setText] = useState('');
  const notes = history?.entries.filter(({ kind }) => kind === 'note') ?? [];
  return (
    <>
      {onNote !== null && (
        <form
          className="note-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() === '') return;
            onNote(text.trim());
            setText('');
          }}
        >
          <textarea
            className="field"
            aria-label="Note"
            placeholder="What should be known of it"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" className="button outline" aria-disabled={text.trim() === ''}>
            Add note
          </button>
        </form>
      )}
      {history !== null && notes.length === 0 && <Nothing text="No notes yet." />}
      <Entries entries={notes.map((note) => ({ ...note, says: note.says.replace(/^Note: /, '') }))} zone={zone} />
    </>
  );
}

function Nothing({ text }: { readonly text: string }): ReactNode {
  return (
    <section className="inspector-section">
      <p>{text}</p>
    </section>
  );
}

function Entries({ entries, zone }: { readonly entries: readonly LogEntry[]; readonly zone: Zone }): ReactNode {
  return (
    <ol className="entries">
      {entries.map(({ seq, at, actor, says, takenBack, hash }) => (
        <li key={seq} className={takenBack ? 'entry taken-back' : 'entry'}>
          <span className="entry-says">{says}</span>
          <span className="entry-by">
            <time dateTime={isoText(at)}>{`${dayText(at, zone, true)} ${timeText(at, zone, 'minute')}`}</time>
            <span>{actor}</span>
            {takenBack && <span>taken back</span>}
            <span className="mono" title={`entry ${seq}, hash ${hash}`}>
              {`entry ${seq} · ${hash.slice(0, 8)}`}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
