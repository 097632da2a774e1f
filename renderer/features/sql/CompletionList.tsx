/** What may stand at the caret, with what it is; the field keeps the focus. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { Completion } from './completion.ts';
import './sql.css';

const KIND_WORDS: Readonly<Record<Completion['kind'], string>> = {
  column: 'column',
  table: 'table',
  function: 'function',
  keyword: 'keyword',
};

export function CompletionList(props: {
  readonly id: string;
  readonly items: readonly Completion[];
  readonly chosen: number;
  readonly onTake: (completion: Completion) => void;
}): ReactNode {
  const { id, items, chosen, onTake } = props;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen, items]);
  return (
    <ul ref={list} id={id} className="sql-completions" role="listbox" aria-label="Completions">
      {items.map((item, index) => (
        <li
          key={item.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          // the field must not lose the focus
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(item);
          }}
        >
          <span className="mono">{item.text}</span>
          <span className="sql-completion-note">{item.note === '' ? KIND_WORDS[item.kind] : item.note}</span>
        </li>
      ))}
    </ul>
  );
}
