/** Undo and redo of the document's changes, each naming what it would do. */
import { Redo2, Undo2, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useActions, useAppState } from './context.ts';

export function UndoButtons(): ReactNode {
  const { undo, redo } = useActions();
  const undoes = useAppState((state) => state.view?.undo ?? null);
  const redoes = useAppState((state) => state.view?.redo ?? null);
  return (
    <>
      <StepButton icon={Undo2} verb="Undo" what={undoes} keys="Control+Z" onClick={() => void undo()} />
      <StepButton icon={Redo2} verb="Redo" what={redoes} keys="Control+Shift+Z" onClick={() => void redo()} />
    </>
  );
}

function StepButton(props: {
  readonly icon: LucideIcon;
  readonly verb: string;
  readonly what: string | null;
  readonly keys: string;
  readonly onClick: () => void;
}): ReactNode {
  const { icon: Icon, verb, what, keys, onClick } = props;
  const label = what === null ? `Nothing to ${verb.toLowerCase()}` : `${verb}: ${what}`;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-keyshortcuts={keys}
      aria-disabled={what === null ? true : undefined}
      onClick={what === null ? undefined : onClick}
    >
      <Icon size="1rem" strokeWidth={1.9} aria-hidden="true" />
    </button>
  );
}
