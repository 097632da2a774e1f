/** Keys of the Reconcile place. While it is shown, undo is its log's; a field that is being typed in keeps its keys. */
import { useEffect } from 'react';
import type { ReconcileActions } from './reconcileActions.ts';
import type { AppStore } from './store.ts';
import { isTyping } from './useKeys.ts';

export function useReconcileKeys(store: AppStore, actions: ReconcileActions): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open], :popover-open') !== null) return;
      const done = event.ctrlKey || event.metaKey ? stepped(event, actions) : pressed(event, store, actions);
      if (done) event.preventDefault();
    };
    // before the window's own keys, which leave alone what is done already
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [store, actions]);
}

function stepped({ key, shiftKey }: KeyboardEvent, actions: ReconcileActions): boolean {
  const letter = key.toLowerCase();
  if (letter !== 'z' && letter !== 'y') return false;
  void (letter === 'y' || shiftKey ? actions.redo() : actions.undo());
  return true;
}

function pressed({ key }: KeyboardEvent, store: AppStore, actions: ReconcileActions): boolean {
  switch (key.toLowerCase()) {
    case 'm':
      void actions.match();
      return true;
    case 'u':
      void actions.unmatch();
      return true;
    case 'i':
      void actions.ignore();
      return true;
    case 'e':
      void actions.explain();
      return true;
    case ',':
      store.getState().reconStepMonth(-1);
      return true;
    case '.':
      store.getState().reconStepMonth(1);
      return true;
    case '/': {
      const filter = document.querySelector<HTMLElement>('.workbench [data-filter]');
      filter?.focus();
      return filter !== null;
    }
    default:
      return false;
  }
}
