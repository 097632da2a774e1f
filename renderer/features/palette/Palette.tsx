/**
 * The way to anything by a few letters: a field over a list. The focus stays in the field; arrows move through the list,
 * Enter chooses, Escape closes.
 */
import { Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { plural } from '../../ui/format.ts';
import './palette.css';
import type { PaletteGroup, RankedItem } from './ranking.ts';

export function Palette(props: {
  readonly query: string;
  readonly groups: readonly PaletteGroup[];
  /** Rows of the account are still looked for. */
  readonly looking: boolean;
  readonly onQuery: (query: string) => void;
  readonly onChoose: (item: RankedItem) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { query, groups, looking, onQuery, onChoose, onClose } = props;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const items = groups.flatMap((group) => group.items);
  const found = items.findIndex((item) => item.id === chosenId);
  const at = Math.max(0, found);
  const active = items[at];
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active?.id]);

  const choose = (item: RankedItem | undefined): void => {
    if (item === undefined || typeof item.waits === 'string') return;
    // the focus goes back to where it was before the choice is done, which may be about what has it
    dialog.current?.close();
    onChoose(item);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepOf(event, at, items.length);
    if (event.key === 'Enter') choose(active);
    else if (step === null) return;
    else setChosenId(items[step]?.id ?? null);
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} className="palette" aria-label="Go to anything" onClose={onClose} onClick={closeOutside}>
      <div className="palette-field">
        <Search size="1rem" strokeWidth={1.9} aria-hidden="true" />
        <input
          type="text"
          role="combobox"
          aria-label="Go to a place, figure, row or command"
          aria-expanded="true"
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-activedescendant={active === undefined ? undefined : optionId(id, at)}
          placeholder="Go to a place, figure, row or command"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setChosenId(null);
            onQuery(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd aria-hidden="true">Esc</kbd>
      </div>
      <div ref={list} id={`${id}list`} className="palette-list" role="listbox" aria-label="What is found" tabIndex={-1}>
        {groups.map((group, place) => (
          <div key={group.heading} role="group" aria-labelledby={`${id}group${place}`}>
            <div className="palette-heading" id={`${id}group${place}`} role="presentation">
              {group.heading}
            </div>
            {group.items.map((item) => {
              const index = items.indexOf(item);
              return (
                <Option
                  key={item.id}
                  id={optionId(id, index)}
                  item={item}
                  active={index === at}
                  onPoint={() => setChosenId(item.id)}
                  onChoose={() => choose(item)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {items.length === 0 && !looking && (
        <p className="palette-none">
          {`Nothing is called “${query.trim()}”. Look for a command, a lot, an event, an invoice, a file, or a day such as 9 Mar.`}
        </p>
      )}
      <p className="visually-hidden" role="status">
        {looking ? '' : plural(items.length, 'choice')}
      </p>
    </dialog>
  );
}

function Option(props: {
  readonly id: string;
  readonly item: RankedItem;
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}): ReactNode {
  const { id, item, active, onPoint, onChoose } = props;
  const { icon: Icon, title, detail, keys, waits, marked } = item;
  const cannot = typeof waits === 'string';
  return (
    <div
      id={id}
      role="option"
      className="palette-option"
      aria-selected={active}
      aria-disabled={cannot ? true : undefined}
      onPointerMove={active ? undefined : onPoint}
      onClick={onChoose}
    >
      <Icon size="1rem" strokeWidth={1.9} aria-hidden="true" />
      <span className="palette-title">
        {marks(title, marked)}
        {cannot && <span className="palette-waits">{`, ${waits}`}</span>}
      </span>
      {detail !== undefined && <span className="palette-detail">{detail}</span>}
      {keys !== undefined && (
        <span className="palette-keys">
          {keys.slice(0, 1).map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </div>
  );
}

/** The title with the letters that fit in another weight. */
function marks(title: string, marked: readonly number[]): ReactNode {
  if (marked.length === 0) return title;
  const inside = new Set(marked);
  const runs: { text: string; on: boolean }[] = [];
  for (const [place, letter] of title.split('').entries()) {
    const on = inside.has(place);
    const last = runs.at(-1);
    if (last?.on === on) last.text += letter;
    else runs.push({ text: letter, on });
  }
  return runs.map(({ text, on }, place) => (on ? <mark key={place}>{text}</mark> : text));
}

function optionId(id: string, index: number): string {
  return `${id}option${index}`;
}

const PAGE = 8;

/** Where a key leads; null for other keys. Up and down go round. */
function stepOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, at: number, count: number): number | null {
  if (count === 0 || altKey) return null;
  const control = ctrlKey || metaKey;
  if (key === 'ArrowDown' || (control && key === 'n')) return (at + 1) % count;
  if (key === 'ArrowUp' || (control && key === 'p')) return (at + count - 1) % count;
  if (key === 'PageDown') return Math.min(count - 1, at + PAGE);
  if (key === 'PageUp') return Math.max(0, at - PAGE);
  return null;
}

/** A press beside it, on the page behind. */
function closeOutside(event: { readonly target: EventTarget; readonly currentTarget: HTMLDialogElement }): void {
  if (event.target === event.currentTarget) event.currentTarget.close();
}
