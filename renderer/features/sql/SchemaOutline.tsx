/** The database at the side: views and tables open to their columns, each with what it is; a click writes the name. */
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SqlTable } from '../../../shared/contract/journal.ts';
import { writtenName } from './completion.ts';
import './sql.css';

export function SchemaOutline(props: {
  /** Null until it has been read. */
  readonly tables: readonly SqlTable[] | null;
  readonly onInsert: (text: string) => void;
}): ReactNode {
  const { tables, onInsert } = props;
  if (tables === null)
    return (
      <p className="sql-side-note" role="status">
        Reading the tables
      </p>
    );
  const of = (kind: SqlTable['kind']): readonly SqlTable[] => tables.filter((table) => table.kind === kind);
  return (
    <>
      <Group title="Views" note="what to ask first" tables={of('view')} onInsert={onInsert} />
      <Group title="Tables" note="as stored" tables={of('table')} onInsert={onInsert} />
      <Group title="Functions" note="beside SQLite’s own" tables={of('function')} onInsert={onInsert} />
    </>
  );
}

function Group(props: {
  readonly title: string;
  readonly note: string;
  readonly tables: readonly SqlTable[];
  readonly onInsert: (text: string) => void;
}): ReactNode {
  const { title, note, tables, onInsert } = props;
  if (tables.length === 0) return null;
  return (
    <section className="sql-group">
      <h2>
        {title} <span>{note}</span>
      </h2>
      {tables.map((table) =>
        table.columns.length === 0 ? (
          <Name key={table.name} name={table.name} type="" note={table.note} onInsert={onInsert} />
        ) : (
          <details key={table.name}>
            <summary title={table.note}>
              <ChevronRight size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
              <span className="mono">{table.name}</span>
              <span className="sql-count">{table.columns.length}</span>
            </summary>
            <p>{table.note}</p>
            <Name name={table.name} type="name of the table" note="" onInsert={onInsert} />
            {table.columns.map(({ name, type, note: words }) => (
              <Name key={name} name={writtenName(name)} type={type} note={words} onInsert={onInsert} />
            ))}
          </details>
        ),
      )}
    </section>
  );
}

function Name(props: {
  readonly name: string;
  readonly type: string;
  readonly note: string;
  readonly onInsert: (text: string) => void;
}): ReactNode {
  const { name, type, note, onInsert } = props;
  return (
    <button
      type="button"
      className="sql-name"
      title={note === '' ? `Write ${name}` : `${note}. Click writes it`}
      // the caret stays where the name goes
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onInsert(name)}
    >
      <span className="mono">{name}</span>
      {type !== '' && <span className="sql-type">{type}</span>}
    </button>
  );
}
