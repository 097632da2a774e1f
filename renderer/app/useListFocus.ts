/**
 * The list of a part has the focus where nothing else has it: a month is worked by keys alone, so an act must not leave
 * them without a place. Arrows that nothing has the focus for go there; a control that had it and is gone, leaves it
 * there; and so does what was acted from, once its row is gone on from.
 */
import { useEffect } from 'react';
import { isTyping } from './useKeys.ts';

const KEYS = ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp'];
/** The pane that is worked in; else the first list with something in it; else one that says why it is empty. */
const LISTS = ['.active[role=listbox]', '[role=grid], [role=listbox]', '[data-pane]'];

/** @param acted changes with each act after which the list is gone on with */
export function useListFocus(part: HTMLElement | null, acted: number): void {
  useEffect(() => (part === null ? undefined : keepFocus(part)), [part]);
  useEffect(() => {
    const at = document.activeElement;
    if (part === null || acted === 0 || isTyping(at) || at?.matches(LISTS.join()) === true) return;
    if (at === document.body || part.contains(at)) listOf(part)?.focus();
  }, [part, acted]);
}

function listOf(part: HTMLElement): HTMLElement | null {
  for (const lists of LISTS) {
    const list = part.querySelector<HTMLElement>(lists);
    if (list !== null) return list;
  }
  return null;
}

function keepFocus(part: HTMLElement): () => void {
  let last: EventTarget | null = null;
  const onFocus = ({ target }: FocusEvent): void => {
    last = target;
  };
  // browsers tell nobody when what has the focus is taken away
  const removals = new MutationObserver(() => {
    if (document.activeElement === document.body && last instanceof HTMLElement && !last.isConnected)
      listOf(part)?.focus();
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, target } = event;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.defaultPrevented || target !== document.body || !isPlain || !KEYS.includes(key)) return;
    if (document.querySelector('dialog[open], :popover-open') !== null) return;
    const list = listOf(part);
    if (list === null) return;
    event.preventDefault();
    list.focus();
    list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  };
  part.addEventListener('focusin', onFocus);
  removals.observe(part, { childList: true, subtree: true });
  window.addEventListener('keydown', onKeyDown);
  return () => {
    part.removeEventListener('focusin', onFocus);
    removals.disconnect();
    window.removeEventListener('keydown', onKeyDown);
  };
}
