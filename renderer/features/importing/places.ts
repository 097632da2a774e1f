/** `FILE:LINE:COLUMN`, as editors and terminals understand it; what is not known is left out. */
import type { LocatedProblem } from '../../../shared/contract/engine.ts';

export function placeText({ file, line, column }: LocatedProblem): string {
  if (line === null) return file;
  return column === null ? `${file}:${line}` : `${file}:${line}:${column}`;
}
