/**
 * A button that opens a short list of commands. The list is a native popover, so it floats above everything and closes
 * on Escape or a click elsewhere; arrows, Home and End move, a letter jumps.
 */
import { ChevronDown, type LucideIcon } from 'lucide-react';
import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import './controls.css';
import { nextIndex } from './roving.ts';

export interface MenuItem {
  readonly label: string;
  readonly icon: LucideIcon;
  /** Shortcut, for showing. */
  readonly keys?: string;
  /** In a list of which one holds: whether it is this one. */
  readonly checked?: boolean;
  readonly onChoose: () => void;
}

export function Menu(props: {
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly small?: boolean;
  /** The icon alone is shown, the label is its name. */
  readonly iconOnly?: boolean;
  /** Groups, divided by a hairline. */
  readonly groups: readonly (readonly MenuItem[])[];
}): ReactNode {
  const { label, icon: Icon, small = false, iconOnly = false, groups } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const items = (): HTMLElement[] => Array.from(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? []);

  const onToggle = (open: boolean): void => {
    button.current?.setAttribute('aria-expanded', String(open));
    if (!open || list.current === null || button.current === null) return;
    const { bottom, right } = button.current.getBoundingClientRect();
    const left = Math.max(8, right - list.current.offsetWidth);
    // A long list near the bottom moves up until all of it is in the window.
    const top = Math.max(8, Math.min(bottom + 4, window.innerHeight - list.current.offsetHeight - 8));
    list.current.style.left = `${left}px`;
    list.current.style.top = `${top}px`;
    const all = items();
    (all.find((item) => item.getAttribute('aria-checked') === 'true') ?? all[0])?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const next = nextItem(event.key, at, all);
    if (next === null) return;
    event.preventDefault();
    all[next]?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={iconOnly ? 'icon-button' : small ? 'button outline small' : 'button outline'}
        aria-label={iconOnly ? label : undefined}
        title={iconOnly ? label : undefined}
        aria-haspopup="menu"
        aria-expanded="false"
        popoverTarget={id}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          list.current?.showPopover();
        }}
      >
        {Icon !== undefined && <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />}
        {!iconOnly && label}
        {!iconOnly && <ChevronDown size="0.875rem" strokeWidth={2.1} aria-hidden="true" />}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        className="menu"
        role="menu"
        aria-label={label}
        onToggle={(event) => onToggle(event.newState === 'open')}
        onKeyDown={onKeyDown}
      >
        {groups.map((group) => (
          <div className="menu-group" role="none" key={group[0]?.label ?? ''}>
            {group.map(({ label: name, icon: ItemIcon, keys, checked, onChoose }) => (
              <button
                key={name}
                type="button"
                role={checked === undefined ? 'menuitem' : 'menuitemradio'}
                aria-checked={checked}
                className="menu-item"
                tabIndex={-1}
                onClick={() => {
                  list.current?.hidePopover();
                  onChoose();
                }}
              >
                <ItemIcon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
                <span>{name}</span>
                {keys !== undefined && <kbd aria-hidden="true">{keys}</kbd>}
              </button>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

function nextItem(key: string, at: number, items: readonly HTMLElement[]): number | null {
  const next = nextIndex(key, at, items.length);
  if (next !== null || key.length !== 1 || key === ' ') return next;
  const letter = key.toLowerCase();
  const found = [...items.keys()].find((step) => {
    const item = items[(at + 1 + step) % items.length];
    return item?.textContent.trim().toLowerCase().startsWith(letter) ?? false;
  });
  return found === undefined ? null : (at + 1 + found) % items.length;
}
