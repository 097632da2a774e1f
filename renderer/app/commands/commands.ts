/** All commands of the window, and how a component finds one. */
import type { Actions } from '../actions.ts';
import type { AppStore } from '../store.ts';
import type { Command } from './command.ts';
import { fileCommands } from './fileCommands.ts';
import { reconcileCommands } from './reconcileCommands.ts';
import { viewCommands } from './viewCommands.ts';

export function createCommands(store: AppStore, actions: Actions): readonly Command[] {
  return [...fileCommands(store, actions), ...viewCommands(store, actions), ...reconcileCommands(store)];
}
