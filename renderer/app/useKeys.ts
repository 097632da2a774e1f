/** Listens to the window's keys and does the command that has them. */
import { useEffect } from 'react';
import { commandById, commandFor, titleOf, type Command } from './commands/command.ts';
import type { AppStore } from './store.ts';

export function useKeys(store: AppStore, commands: readonly Command[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const command = commandFor(commands, event, store.getState().place);
      if (command === null || (isTyping(event.target) && command.whileTyping !== true)) return;
      // A dialog has its own Escape, and nothing behind it answers keys.
      if (isCovered()) return;
      if (command.id !== 'escape') event.preventDefault();
      runCommand(command, store);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store, commands]);
}

/**
 * While What-if is shown, undo is its own also in a field whose text is taken already; a text that is not has an undo of
 * its own. The browser would undo the field's letters first, so it is asked before.
 */
export function useWhatIfKeys(store: AppStore, commands: readonly Command[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.defaultPrevented || !isTyping(target) || isCovered()) return;
      const { id } = commandFor(commands, event, 'whatIf') ?? {};
      if (id !== 'undo' && id !== 'redo') return;
      if ((target.dataset['dirty'] ?? target.dataset['filter']) !== undefined) return;
      event.preventDefault();
      commandById(commands, id).run();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [store, commands]);
}

/** Does it, or says what it waits for. */
export function runCommand(command: Command, store: AppStore): void {
  const waits = command.waits?.(store.getState()) ?? null;
  if (waits === null) command.run();
  else store.setState({ spoken: `${titleOf(command, store.getState())}: ${waits}` });
}

/** A slider takes no text. */
export function isTyping(target: EventTarget | null): target is HTMLElement {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'range' && target.type !== 'checkbox';
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

function isCovered(): boolean {
  return document.querySelector('dialog[open], :popover-open') !== null;
}
