/** Keys of the What-if place. While it is shown, undo and zoom are its own; a field that is being typed in keeps its keys. */
import { useEffect } from 'react';
import { zoomAt } from '../ui/chart/timeWindow.ts';
import type { AppStore } from './store.ts';
import { isTyping } from './useKeys.ts';

export function useWhatIfKeys(store: AppStore): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey) return;
      if (document.querySelector('dialog[open], :popover-open') !== null) return;
      const done = event.ctrlKey || event.metaKey ? stepped(event, store) : pressed(event, store);
      if (done) event.preventDefault();
    };
    // before the window's own keys, which leave alone what is done already
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [store]);
}

/** Undo and redo; false in a field whose text is not taken yet, for that has an undo of its own. */
function stepped({ key, shiftKey, target }: KeyboardEvent, store: AppStore): boolean {
  const letter = key.toLowerCase();
  if (letter !== 'z' && letter !== 'y') return false;
  if (target instanceof HTMLElement && (target.dataset['dirty'] ?? target.dataset['filter']) !== undefined)
    return false;
  const isRedo = letter === 'y' || shiftKey;
  const { whatIfUndo, whatIfRedo } = store.getState();
  const went = isRedo ? whatIfRedo() : whatIfUndo();
  store.setState({ spoken: went ? (isRedo ? 'Redone' : 'Undone') : `Nothing to ${isRedo ? 'redo' : 'undo'} here` });
  return true;
}

function pressed({ key, target }: KeyboardEvent, store: AppStore): boolean {
  const isSlider = target instanceof HTMLInputElement && target.type === 'range';
  if (isTyping(target) && !isSlider) return false;
  const state = store.getState();
  const { window: shown, bounds } = state.whatIfChart;
  const middle = (shown.from + shown.to) / 2;
  switch (key) {
    case 'p':
    case 'P':
      void state.whatIfPin();
      return true;
    case '/':
      document.querySelector<HTMLElement>('[data-filter]')?.focus();
      return true;
    case '+':
    case '=':
      state.whatIfShow(zoomAt(shown, middle, 0.6, bounds), 'resting');
      return true;
    case '-':
      state.whatIfShow(zoomAt(shown, middle, 1 / 0.6, bounds), 'resting');
      return true;
    case '0':
      state.whatIfShow(bounds, 'resting');
      return true;
    default:
      return false;
  }
}
