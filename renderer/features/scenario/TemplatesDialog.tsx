/** The shipped scenarios to begin from, found by words. */
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { nextIndex } from '../../ui/roving.ts';
import { foundTemplates, type Template } from './templates.ts';

export function TemplatesDialog(props: {
  /** Null until they are there. */
  readonly templates: readonly Template[] | null;
  /** What becomes of the text that is there. */
  readonly note: string;
  readonly onChoose: (template: Template) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { templates, note, onChoose, onClose } = props;
  const [query, setQuery] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => field.current?.focus(), []);
  const found = foundTemplates(templates ?? [], query);
  const buttons = (): HTMLElement[] => Array.from(list.current?.querySelectorAll<HTMLElement>('button') ?? []);
  const onListKey = (event: KeyboardEvent): void => {
    const all = buttons();
    const next = nextIndex(
      event.key,
      all.findIndex((button) => button === document.activeElement),
      all.length,
    );
    if (next === null) return;
    event.preventDefault();
    all[next]?.focus();
  };
  return (
    <Dialog title="Templates" onClose={onClose}>
      <div className="templates">
        <input
          ref={field}
          className="field"
          type="search"
          aria-label="Find a template"
          placeholder="Find: expiry, declined card, tiers"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first !== undefined) onChoose(first);
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            buttons()[0]?.focus();
          }}
        />
        <p className="second">{note}</p>
        <ul ref={list} onKeyDown={onListKey}>
          {found.map((template) => (
            <li key={template.name}>
              <button type="button" onClick={() => onChoose(template)}>
                <strong>{template.title}</strong>
                <span>{template.about}</span>
                <span className="mono">{template.name}</span>
              </button>
            </li>
          ))}
        </ul>
        {templates !== null && found.length === 0 && <p>{`No template has “${query}”.`}</p>}
      </div>
    </Dialog>
  );
}
