/** Undo and redo of what is shown, the document's changes or what was tried at What-if, each naming what it would do. */
import { Redo2, Undo2, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { canStep, step, stepTitle } from './commands/undoing.ts';
import { useActions, useAppState, useAppStore } from './context.ts';

export function UndoButtons(): ReactNode {
  return (
    <>
      <StepButton icon={Undo2} way="undo" keys="Control+Z" />
      <StepButton icon={Redo2} way="redo" keys="Control+Shift+Z" />
    </>
  );
}

function StepButton(props: {
  readonly icon: LucideIcon;
  readonly way: 'undo' | 'redo';
  readonly keys: string;
}): ReactNode {
  const { icon: Icon, way, keys } = props;
  const store = useAppStore();
  const actions = useActions();
  const can = useAppState((state) => canStep(state, way));
  const title = useAppState((state) => stepTitle(state, way));
  const label = can ? title : `Nothing to ${way}`;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-keyshortcuts={keys}
      aria-disabled={can ? undefined : true}
      onClick={can ? () => step(store, actions, way) : undefined}
    >
      <Icon size="1rem" strokeWidth={1.9} aria-hidden="true" />
    </button>
  );
}
