/** `FILE:LINE:COLUMN`, as editors and terminals understand it; what is not known is left out. */
import type { LocatedProblem } from '../../shared/contract/importing.ts';

export function placeText({ file, line, column }: LocatedProblem): string {
  if (line === null) return file;
  return column === null ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/** Problems that say the same, with their places. */
export interface ProblemGroup {
  readonly message: string;
  readonly places: readonly string[];
}

/** Equal messages in one entry, in the order of their first. */
export function groupProblems(problems: readonly LocatedProblem[]): readonly ProblemGroup[] {
  const groups = new Map<string, string[]>();
  for (const problem of problems) {
    const places = groups.get(problem.message);
    if (places === undefined) groups.set(problem.message, [placeText(problem)]);
    else places.push(placeText(problem));
  }
  return [...groups].map(([message, places]) => ({ message, places }));
}
