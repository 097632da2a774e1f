/** What others state beside what the replay gives: the frame of its tables, whose rows are all at hand. */
import { Check, CircleDashed, EqualNot } from 'lucide-react';
import type { ReactNode } from 'react';
import { Table } from '../../ui/Table.tsx';
import type { Column } from '../../ui/tableText.ts';
import './agreement.css';

export interface Selecting {
  readonly selected: string | null;
  readonly onSelect: (row: string | null) => void;
  readonly onOpen: (row: string) => void;
}

export function StatedTable<T extends { readonly id: string }>(
  props: {
    readonly label: string;
    readonly columns: readonly Column<T>[];
    readonly rows: readonly T[];
  } & Selecting,
): ReactNode {
  const { label, columns, rows, selected, onSelect, onOpen } = props;
  const at = rows.findIndex(({ id }) => id === selected);
  return (
    <Table
      label={label}
      columns={columns}
      total={rows.length}
      row={(index) => rows[index]}
      onNeed={nothing}
      selected={at < 0 ? null : at}
      onSelect={(index) => onSelect(index === null ? null : (rows[index]?.id ?? null))}
      onOpen={(index) => {
        const row = rows[index];
        if (row !== undefined) onOpen(row.id);
      }}
      minWidth="48rem"
      empty={null}
    />
  );
}

function nothing(): void {
  // all rows are at hand
}

export function Agreement({ agrees, known }: { readonly agrees: boolean; readonly known: boolean }): ReactNode {
  const [Icon, tone, word] = !known
    ? ([CircleDashed, 'ink-2', 'Not stated'] as const)
    : agrees
      ? ([Check, 'credit', 'Agrees'] as const)
      : ([EqualNot, 'evidence', 'Differs'] as const);
  return (
    <span className={`agreement tone-${tone}`}>
      <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
      <strong>{word}</strong>
    </span>
  );
}
