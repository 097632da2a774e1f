/** Lines of a file beside what each was taken to say, with the problems of each. Pure. */
import type { FilePreview, LocatedProblem, PreviewRow } from '../../../shared/contract/importing.ts';

export interface AlignedLine {
  readonly key: string;
  /** Null for a further row of the line above, or a source without lines. */
  readonly line: number | null;
  readonly text: string | null;
  readonly row: PreviewRow | null;
  readonly problems: readonly LocatedProblem[];
}

export function alignLines({
  text,
  rows,
  report,
}: Pick<FilePreview, 'text' | 'rows' | 'report'>): readonly AlignedLine[] {
  const rowsByLine = grouped(rows, ({ line }) => line);
  const problemsByLine = grouped(report.problems, ({ line }) => line);
  const shown = new Set(text.map(({ line }) => line));
  const aligned = text.flatMap((source) =>
    linesOf(source.line, source.text, rowsByLine.get(source.line) ?? [], problemsByLine.get(source.line) ?? []),
  );
  // Rows of a source that has no text to show, or whose lines lie beyond what is shown.
  const beyond = rows.filter(({ line }) => line === null || !shown.has(line));
  return [
    ...aligned,
    ...beyond.map((row, index) => ({ key: `beyond${index}`, line: row.line, text: null, row, problems: [] })),
  ];
}

function linesOf(
  line: number,
  text: string,
  rows: readonly PreviewRow[],
  problems: readonly LocatedProblem[],
): readonly AlignedLine[] {
  const [first = null, ...further] = rows;
  return [
    { key: `${line}`, line, text, row: first, problems },
    ...further.map((row, index) => ({ key: `${line}.${index}`, line: null, text: null, row, problems: [] })),
  ];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => number | null): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
