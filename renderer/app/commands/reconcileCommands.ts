/** Commands of the Reconcile place. While it is shown, undo is its log's. */
import {
  Ban,
  ChevronLeft,
  ChevronRight,
  CircleHelp,
  Link,
  Redo2,
  Scissors,
  Undo2,
  Unlink,
  WandSparkles,
} from 'lucide-react';
import { createReconcileActions } from '../reconcileActions.ts';
import type { AppState, AppStore } from '../store.ts';
import type { Command } from './command.ts';

export function reconcileCommands(store: AppStore): readonly Command[] {
  const actions = createReconcileActions(store);
  const stepMonth = (by: -1 | 1) => (): void => store.getState().reconStepMonth(by);
  const described: readonly Omit<Command, 'group' | 'places' | 'waits'>[] = [
    {
      ...{ id: 'recon:match', title: 'Match what is chosen, take a suggestion', icon: Link, keys: ['M'] },
      run: () => void actions.match(),
    },
    { ...{ id: 'recon:unmatch', title: 'Unmatch', icon: Unlink, keys: ['U'] }, run: () => void actions.unmatch() },
    {
      ...{ id: 'recon:ignore', title: 'Ignore with a reason, heed again', icon: Ban, keys: ['I'] },
      run: () => void actions.ignore(),
    },
    {
      ...{ id: 'recon:explain', title: 'Explain a difference', icon: CircleHelp, keys: ['E'], words: 'why cause' },
      run: () => void actions.explain(),
    },
    { ...{ id: 'recon:split', title: 'Split a line', icon: Scissors }, run: () => void actions.split() },
    {
      ...{ id: 'recon:rule', title: 'Make a rule from a line', icon: WandSparkles, words: 'alias' },
      run: () => void actions.rule(),
    },
    { ...{ id: 'recon:before', title: 'Month before', icon: ChevronLeft, keys: [','] }, run: stepMonth(-1) },
    { ...{ id: 'recon:after', title: 'Month after', icon: ChevronRight, keys: ['.'] }, run: stepMonth(1) },
    {
      ...{ id: 'recon:undo', title: 'Undo a decision', icon: Undo2, keys: ['Ctrl Z'] },
      run: () => void actions.undo(),
    },
    {
      ...{ id: 'recon:redo', title: 'Redo a decision', icon: Redo2, keys: ['Ctrl Shift Z', 'Ctrl Y'] },
      run: () => void actions.redo(),
    },
  ];
  return described.map((command) => ({ ...command, group: 'Reconcile', places: ['reconcile'], waits: elsewhere }));
}

function elsewhere({ place }: AppState): string | null {
  return place === 'reconcile' ? null : 'a line of Reconcile is not at hand';
}
