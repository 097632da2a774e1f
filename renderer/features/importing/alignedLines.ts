/** Lines of a file beside what each was taken to say, with the problems of each. Pure. */
import type { FilePreview, LineMark, LocatedProblem, PreviewRow } from '../../../shared/contract/importing.ts';

export interface AlignedLine {
  readonly key: string;
  /** Null for a further row of the line above, or a source without lines. */
  readonly line: number | null;
  readonly text: string | null;
  readonly row: PreviewRow | null;
  readonly problems: readonly LocatedProblem[];
  /** What the line says where it is no row. */
  readonly mark: LineMark | null;
}

export function alignLines({
  text,
  rows,
  marks,
  report,
}: Pick<FilePreview, 'text' | 'rows' | 'marks' | 'report'>): readonly AlignedLine[] {
  const rowsByLine = grouped(rows, ({ line }) => line);
  const problemsByLine = grouped(report.problems, ({ line }) => line);
  const marksByLine = new Map(marks.map((mark) => [mark.line, mark]));
  const shown = new Set(text.map(({ line }) => line));
  const aligned = text.flatMap((source) =>
    linesOf(
      source,
      rowsByLine.get(source.line) ?? [],
      problemsByLine.get(source.line) ?? [],
      marksByLine.get(source.line) ?? null,
    ),
  );
  // Rows of a source that has no text to show, or whose lines lie beyond what is shown.
  const beyond = rows.filter(({ line }) => line === null || !shown.has(line));
  return [
    ...aligned,
    ...beyond.map((row, index) => ({ key: `beyond${index}`, line: row.line, text: null, row, ...BARE })),
  ];
}

const BARE = { problems: [], mark: null } as const;

function linesOf(
  { line, text }: { readonly line: number; readonly text: string },
  rows: readonly PreviewRow[],
  problems: readonly LocatedProblem[],
  mark: LineMark | null,
): readonly AlignedLine[] {
  const [first = null, ...further] = rows;
  return [
    { key: `${line}`, line, text, row: first, problems, mark },
    ...further.map((row, index) => ({ key: `${line}.${index}`, line: null, text: null, row, ...BARE })),
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
