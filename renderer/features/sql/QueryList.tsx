/** Queries with a name: the user's own, which can be taken out, and those of the app. */
import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SavedQuery } from '../../../shared/contract/journal.ts';
import { IconButton } from '../../ui/Button.tsx';
import type { QueryHome } from './savedQueries.ts';
import './sql.css';

export function QueryList(props: {
  /** Kept with the account, and on this computer. */
  readonly kept: readonly SavedQuery[];
  readonly saved: readonly SavedQuery[];
  readonly shipped: readonly SavedQuery[];
  /** The text in the editor. */
  readonly text: string;
  readonly onOpen: (query: SavedQuery) => void;
  readonly onRemove: (query: SavedQuery, home: QueryHome) => void;
}): ReactNode {
  const { kept, saved, shipped, text, onOpen, onRemove } = props;
  const own = (label: string, queries: readonly SavedQuery[], home: QueryHome): ReactNode => (
    <ul aria-label={label}>
      {queries.map((query) => (
        <Item key={query.name} query={query} current={query.sql === text} onOpen={onOpen}>
          <IconButton icon={Trash2} label={`Remove ${query.name}`} onClick={() => onRemove(query, home)} />
        </Item>
      ))}
    </ul>
  );
  return (
    <>
      <section className="sql-group">
        <h2>
          Own queries <span>kept with the account</span>
        </h2>
        {kept.length === 0 && <p className="sql-side-note">None yet: write one, then Save query.</p>}
        {own('Own queries', kept, 'account')}
      </section>
      {saved.length > 0 && (
        <section className="sql-group">
          <h2>
            Own queries <span>kept on this computer</span>
          </h2>
          {own('Own queries on this computer', saved, 'computer')}
        </section>
      )}
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
