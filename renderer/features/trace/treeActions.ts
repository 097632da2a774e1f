/** What a hand does in the tree of a derivation. */
import type { TraceNode, TraceTarget } from '../../../shared/contract/trace.ts';
import type { NodeRow, TreeRow } from './tree.ts';

export interface TreeActions {
  onSelect(row: TreeRow): void;
  onToggle(row: NodeRow, open: boolean): void;
  onMore(node: TraceNode): void;
  /** The derivation of a figure, as a root of its own. */
  onOpen(target: TraceTarget): void;
  onSource(file: string, line: number): void;
}

/** Goes to the figure's own derivation, or to the line that it is written in; false where there is neither. */
export function follow({ opens, source }: TraceNode, actions: TreeActions): boolean {
  if (opens !== undefined) actions.onOpen(opens);
  else if (source !== undefined && 'file' in source && source.line !== null) actions.onSource(source.file, source.line);
  else return false;
  return true;
}
