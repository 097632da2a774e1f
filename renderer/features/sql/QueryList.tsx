/** Queries with a name: the user's own, which can be taken out, and those of the app. */
import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SavedQuery } from '../../../shared/contract/journal.ts';
import { IconButton } from '../../ui/Button.tsx';
import './sql.css';

export function QueryList(props: {
  readonly saved: readonly SavedQuery[];
  readonly shipped: readonly SavedQuery[];
  /** The text in the editor. */
  readonly text: string;
  readonly onOpen: (query: SavedQuery) => void;
  readonly onRemove: (query: SavedQuery) => void;
}): ReactNode {
  const { saved, shipped, text, onOpen, onRemove } = props;
  return (
    <>
      <section className="sql-group">
        <h2>
          Own queries <span>kept on this computer</span>
        </h2>
        {saved.length === 0 && <p className="sql-side-note">None yet: write one, then Save query.</p>}
        <ul aria-label="Own queries">
          {saved.map((query) => (
            <Item key={query.name} query={query} current={query.sql === text} onOpen={onOpen}>
              <IconButton icon={Trash2} label={`Remove ${query.name}`} onClick={() => onRemove(query)} />
            </Item>
          ))}
        </ul>
      </section>
      <section className="sql-group">
        <h2>Queries of the app</h2>
        <ul aria-label="Queries of the app">
          {shipped.map((query) => (
            <Item key={query.name} query={query} current={query.sql === text} onOpen={onOpen} />
          ))}
        </ul>
      </section>
    </>
  );
}

function Item(props: {
  readonly query: SavedQuery;
  readonly current: boolean;
  readonly onOpen: (query: SavedQuery) => void;
  readonly children?: ReactNode;
}): ReactNode {
  const { query, current, onOpen, children } = props;
  return (
    <li className={current ? 'sql-query current' : 'sql-query'}>
      <button
        type="button"
        aria-current={current ? 'true' : undefined}
        title={query.note === '' ? query.name : query.note}
        onClick={() => onOpen(query)}
      >
        {query.name}
      </button>
      {children}
    </li>
  );
}
