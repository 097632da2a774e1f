/** One step back or forward: at What-if through what was tried and pinned there, else through the document's changes. */
import type { Actions } from '../actions.ts';
import type { AppState, AppStore } from '../store.ts';

type Way = 'undo' | 'redo';

function isTried({ place, whatIf: { history } }: AppState, way: Way): boolean {
  return place === 'whatIf' && (way === 'undo' ? history.past : history.future).length > 0;
}

export function canStep(state: AppState, way: Way): boolean {
  return isTried(state, way) || (state.view?.[way] ?? null) !== null;
}

export function stepTitle(state: AppState, way: Way): string {
  const verb = way === 'undo' ? 'Undo' : 'Redo';
  const what = isTried(state, way) ? null : (state.view?.[way] ?? null);
  return what === null ? verb : `${verb}: ${what}`;
}

export function step(store: AppStore, actions: Actions, way: Way): void {
  const state = store.getState();
  const went = state.place === 'whatIf' && (way === 'undo' ? state.whatIfUndo() : state.whatIfRedo());
  if (!went && (state.place !== 'whatIf' || canStep(state, way))) {
    void actions[way]();
    return;
  }
  store.setState({ spoken: went ? (way === 'undo' ? 'Undone' : 'Redone') : `Nothing to ${way} here` });
}
