/** Commands of the Reconcile place. While it is shown, undo is its log's. */
import {
  Ban,
  ChevronLeft,
  ChevronRight,
  CircleHelp,
  FilePlus2,
  Link,
  LockOpen,
  Redo2,
  Scissors,
  SlidersHorizontal,
  Stamp,
  Undo2,
  Unlink,
  WandSparkles,
} from 'lucide-react';
import { nextStep } from '../../features/reconcile/closing.ts';
import { createReconcileActions } from '../reconcileActions.ts';
import type { AppState, AppStore } from '../store.ts';
import type { Command } from './command.ts';

export function reconcileCommands(store: AppStore): readonly Command[] {
  const actions = createReconcileActions(store);
  const stepMonth = (by: -1 | 1) => (): void => store.getState().reconStepMonth(by);
  const { reconAsk, reconDo, matchingSettings } = store.getState();
  const described: readonly Omit<Command, 'group' | 'places'>[] = [
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
    {
      ...{ id: 'recon:document', title: 'Enter a document', icon: FilePlus2, words: 'invoice receipt credit note' },
      run: () => reconAsk({ kind: 'document' }),
    },
    {
      ...{ id: 'recon:settings', title: 'Settings of matching', icon: SlidersHorizontal },
      words: 'tolerance days window fee source account',
      run: () => {
        matchingSettings();
        reconAsk({ kind: 'settings' });
      },
    },
    {
      ...{ id: 'recon:next', title: 'Close the month: prepared, reviewed, sealed', icon: Stamp },
      ...{ words: 'mark prepare review seal', says: nextSays, waits: nextWaits },
      run: () => {
        const next = nextOf(store.getState());
        if (next !== null) void reconDo({ kind: next.act });
      },
    },
    {
      ...{ id: 'recon:reopen', title: 'Reopen the month', icon: LockOpen, words: 'unseal', waits: reopenWaits },
      run: () => reconAsk({ kind: 'reopen' }),
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
  return described.map((command) => ({
    ...command,
    ...{ group: 'Reconcile', places: ['reconcile'] },
    waits: (state) => elsewhere(state) ?? command.waits?.(state) ?? null,
  }));
}

function nextOf({ recon: { shown } }: AppState): ReturnType<typeof nextStep> {
  return shown === null ? null : nextStep(shown.period);
}

function nextSays(state: AppState): string {
  return nextOf(state)?.label ?? 'Close the month';
}

function nextWaits(state: AppState): string | null {
  const next = nextOf(state);
  return next === null ? 'the month is sealed' : next.waits;
}

function reopenWaits({ recon: { shown } }: AppState): string | null {
  return shown === null || shown.period.state === 'open' ? 'the month is open' : null;
}

function elsewhere({ place }: AppState): string | null {
  return place === 'reconcile' ? null : 'a line of Reconcile is not at hand';
}
