/** How components of the window reach the store and the commands. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Actions } from './actions.ts';
import type { Command } from './commands/command.ts';
import type { AppState, AppStore } from './store.ts';

export interface AppContextValue {
  readonly store: AppStore;
  readonly actions: Actions;
  readonly commands: readonly Command[];
  /** Of an instant in milliseconds since 1970. */
  readonly timeOfDay: (at: number) => string;
}

export const AppContext = createContext<AppContextValue | null>(null);

function useApp(): AppContextValue {
  const value = useContext(AppContext);
  if (value === null) throw new Error('a component of the window was drawn outside it');
  return value;
}

export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useApp().store, select);
}

export function useActions(): Actions {
  return useApp().actions;
}

export function useCommands(): readonly Command[] {
  return useApp().commands;
}

export function useTimeOfDay(): (at: number) => string {
  return useApp().timeOfDay;
}

export function useAppStore(): AppStore {
  return useApp().store;
}
