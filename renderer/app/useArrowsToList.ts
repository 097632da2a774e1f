/** Arrows that nothing has the focus for go to the first list of a part: who came by a key need not look for it by Tab. */
import { useEffect } from 'react';

const KEYS = ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp'];
const LISTS = '[role=grid][tabindex="0"], [role=listbox][tabindex="0"]';

export function useArrowsToList(part: HTMLElement | null): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { key, target } = event;
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (event.defaultPrevented || target !== document.body || !isPlain || !KEYS.includes(key)) return;
      if (document.querySelector('dialog[open], :popover-open') !== null) return;
      const list = part?.querySelector<HTMLElement>(LISTS);
      if (list == null) return;
      event.preventDefault();
      list.focus();
      list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [part]);
}
