/** Listens to the window's keys and does what `keys.ts` says they mean. */
import { useEffect } from 'react';
import { zoomAt } from '../ui/chart/timeWindow.ts';
import type { Actions } from './actions.ts';
import { commandOf, type KeyCommand } from './keys.ts';
import { PLACES } from './places.ts';
import type { AppStore } from './store.ts';

export function useKeys(store: AppStore, actions: Actions): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const place = placeOf(event);
      const command = place === undefined ? commandOf(event) : null;
      // A dialog has its own Escape, and nothing behind it answers keys.
      if (document.querySelector('dialog[open], :popover-open') !== null) return;
      if (place !== undefined) store.setState({ place: place.id });
      if (command === null) return;
      if (command !== 'escape') event.preventDefault();
      run(command, store, actions);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store, actions]);
}

function placeOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): (typeof PLACES)[number] | undefined {
  return ctrlKey || metaKey || altKey ? undefined : PLACES.find((place) => place.key === key);
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function run(command: KeyCommand, store: AppStore, actions: Actions): void {
  const state = store.getState();
  const { chartWindow, chartBounds } = state;
  const middle = state.chartSelection?.at ?? (chartWindow.from + chartWindow.to) / 2;
  const inside = middle >= chartWindow.from && middle <= chartWindow.to;
  const at = inside ? middle : (chartWindow.from + chartWindow.to) / 2;
  switch (command) {
    case 'openScenario':
      void actions.chooseScenario();
      return;
    case 'undo':
      void actions.undo();
      return;
    case 'redo':
      void actions.redo();
      return;
    case 'save':
      void actions.save();
      return;
    case 'saveAs':
      void actions.saveAs();
      return;
    case 'exportChart':
      void actions.exportChart();
      return;
    case 'help':
      store.setState({ keysShown: true });
      return;
    case 'import':
      if (state.place === 'data' && state.dataTab === 'import') void actions.takeStaged();
      return;
    case 'trace':
      traceFocused(actions);
      return;
    case 'zoomIn':
      state.chartShow(zoomAt(chartWindow, at, 0.6, chartBounds), 'resting');
      return;
    case 'zoomOut':
      state.chartShow(zoomAt(chartWindow, at, 1 / 0.6, chartBounds), 'resting');
      return;
    case 'zoomAll':
      state.chartShow(chartBounds, 'resting');
      return;
    case 'escape':
      if (state.source !== null) state.sourceClose();
      else if (state.place === 'trace' && state.traceTrail.length > 0) actions.traceBack();
      else if (state.place === 'account' && state.chartPinned) state.chartPin();
      else if (state.place === 'account' && state.chartSelection !== null) void actions.selectRecord(null);
      else if (state.activity === null) state.dismissOutcome();
  }
}

/** A figure with the focus opens itself; else what is selected does. */
function traceFocused(actions: Actions): void {
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && focused.dataset['figure'] !== undefined) focused.click();
  else actions.traceHere(focused instanceof HTMLElement && focused.dataset['chart'] !== undefined);
}
