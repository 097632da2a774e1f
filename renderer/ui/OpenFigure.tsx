/** A figure that opens what it is made of: a click, or `T` while it has the focus. Without `onOpen` it is just shown. */
import type { ReactNode } from 'react';
import './openFigure.css';

export function OpenFigure(props: {
  readonly onOpen: (() => void) | undefined;
  /** In a table, which is one stop for Tab: `T` on the selected row does the same. */
  readonly inTable?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { onOpen, inTable = false, children } = props;
  if (onOpen === undefined) return children;
  return (
    <button
      type="button"
      className="open-figure"
      data-figure=""
      tabIndex={inTable ? -1 : 0}
      aria-keyshortcuts="T"
      onClick={onOpen}
    >
      {children}
    </button>
  );
}
