/** Gives the query a name, under which it is kept with the account or on this computer. */
import { BookmarkPlus } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { SavedQuery } from '../../../shared/contract/journal.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Segmented, type SegmentedOption } from '../../ui/Segmented.tsx';
import { nameProblem, type QueryHome } from './savedQueries.ts';
import './sql.css';

const HOMES: readonly SegmentedOption<QueryHome>[] = [
  { value: 'account', label: 'With the account', title: 'Saved in the account’s file, and goes with it' },
  { value: 'computer', label: 'On this computer', title: 'Kept by this computer, for every account' },
];

export type OwnQueries = Readonly<Record<QueryHome, readonly SavedQuery[]>>;

export function SaveQuery(props: {
  readonly sql: string;
  /** The user's own, by where they are kept. */
  readonly own: OwnQueries;
  readonly shipped: readonly SavedQuery[];
  readonly onSave: (query: SavedQuery, home: QueryHome) => void;
}): ReactNode {
  const { sql, own, shipped, onSave } = props;
  const [asking, setAsking] = useState(false);
  const empty = sql.trim() === '';
  return (
    <>
      <Button
        icon={BookmarkPlus}
        disabled={empty}
        {...(empty ? { hint: 'There is no query yet' } : {})}
        onClick={() => setAsking(true)}
      >
        Save query
      </Button>
      {asking && (
        <Dialog title="Save query" onClose={() => setAsking(false)}>
          <NameForm
            own={own}
            shipped={shipped}
            first={[...own.account, ...own.computer].find((query) => query.sql === sql)?.name ?? ''}
            onName={(name, note, home) => {
              onSave({ name, note, sql }, home);
              setAsking(false);
            }}
          />
        </Dialog>
      )}
    </>
  );
}

function NameForm(props: {
  readonly own: OwnQueries;
  readonly shipped: readonly SavedQuery[];
  readonly first: string;
  readonly onName: (name: string, note: string, home: QueryHome) => void;
}): ReactNode {
  const { own, shipped, first, onName } = props;
  const id = useId();
  const [name, setName] = useState(first);
  const [note, setNote] = useState('');
  const [home, setHome] = useState<QueryHome>('account');
  const [tried, setTried] = useState(false);
  const problem = nameProblem(name, shipped);
  const replaces = own[home].some((query) => query.name.toLowerCase() === name.trim().toLowerCase());
  const submit = (): void => {
    setTried(true);
    if (problem === null) onName(name.trim(), note.trim(), home);
  };
  return (
    <form
      className="sql-save"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        submit();
      }}
    >
      <label htmlFor={`${id}name`}>Name</label>
      <input
        id={`${id}name`}
        className="field"
        value={name}
        autoComplete="off"
        aria-invalid={tried && problem !== null}
        aria-describedby={`${id}problem`}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <label htmlFor={`${id}note`}>What it finds</label>
      <input
        id={`${id}note`}
        className="field"
        value={note}
        autoComplete="off"
        placeholder="optional"
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <span>Kept</span>
      <Segmented label="Kept" value={home} options={HOMES} onChange={setHome} />
      <p id={`${id}problem`} className={tried && problem !== null ? 'field-problem' : 'sql-side-note'}>
        {tried && problem !== null ? problem : replaces ? 'The query of this name is replaced.' : ''}
      </p>
      <Button look="solid" onClick={submit}>
        {replaces ? 'Replace query' : 'Save query'}
      </Button>
    </form>
  );
}
