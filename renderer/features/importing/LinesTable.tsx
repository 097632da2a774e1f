/** The file's first lines beside what each was taken to say; a problem stands beside its line. */
import { useMemo, type ReactNode } from 'react';
import type { FilePreview } from '../../../shared/contract/importing.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { useSize } from '../../ui/useSize.ts';
import { alignLines, type AlignedLine } from './alignedLines.ts';
import { canonicalColumns, type CanonicalColumn } from './canonicalColumns.tsx';
import { LineCells, type LineRole } from './LineCells.tsx';
import './lines.css';
import { useRowsInSight } from './rowsInSight.ts';
import { delimiterOf, isHeader, rawParts, splitFields } from './rawLine.ts';

/** Of a figure of the mono face at 11 px. */
const CHAR_REM = 0.4138;
const LINE_COLUMN_REM = 2.75;
/** The line in the file needs as much to be known again. */
const LEAST_RAW_REM = 14;

export function LinesTable({ preview, zone }: { readonly preview: FilePreview; readonly zone: Zone }): ReactNode {
  const { size, element, ref } = useSize();
  const lines = useMemo(() => alignLines(preview), [preview]);
  const all = useMemo(() => canonicalColumns(preview, zone), [preview, zone]);
  const headers = useMemo(() => preview.columns?.map(({ header }) => header) ?? [], [preview]);
  const delimiter = useMemo(
    () =>
      delimiterOf(
        preview.text.map(({ text }) => text),
        headers,
      ),
    [preview, headers],
  );
  const roles = useMemo(() => rolesOf(lines, headers, delimiter), [lines, headers, delimiter]);
  const { first, end, height } = useRowsInSight(lines.length, element);
  if (lines.length === 0) return null;
  const scale = 16 * (size?.rem ?? 1);
  const roomRem = (size?.width ?? 0) / scale - LINE_COLUMN_REM - LEAST_RAW_REM;
  const columns = widened(thatFit(all, roomRem), roomRem);
  const canonicalRem = widthOf(columns);
  const rawRem = LEAST_RAW_REM + Math.max(0, roomRem - canonicalRem);
  const longest = Math.floor((rawRem - 1) / CHAR_REM);
  return (
    <div ref={ref} className="lines">
      <table
        aria-rowcount={lines.length + 1}
        style={{ minWidth: `${canonicalRem + LINE_COLUMN_REM + LEAST_RAW_REM}rem` }}
      >
        <caption className="visually-hidden">Lines of the file and what they were taken to say</caption>
        <colgroup>
          <col className="lines-number" />
          <col />
          {columns.map(({ key, rem: width }) => (
            <col key={key} style={{ width: `${width}rem` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="right">
              Line
            </th>
            <th scope="col">In the file</th>
            {columns.map(({ key, header, right }) => (
              <th key={key} scope="col" className={right ? 'right' : undefined}>
                {header === '' ? <span className="visually-hidden">Becomes</span> : header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Beyond rows={first} height={height} columns={columns.length + 2} />
          {lines.slice(first, end).map((line, place) => (
            <tr key={line.key} className={classOf(line)} aria-rowindex={first + place + 2} data-line="">
              <td className="lines-number right">{line.line}</td>
              <td className="lines-raw mono" title={line.text ?? undefined}>
                {line.text !== null && <Raw text={line.text} delimiter={delimiter} longest={longest} />}
              </td>
              <LineCells line={line} role={roles[first + place] ?? null} columns={columns} preview={preview} />
            </tr>
          ))}
          <Beyond rows={lines.length - end} height={height} columns={columns.length + 2} />
        </tbody>
      </table>
    </div>
  );
}

/** The room of lines that are out of sight. */
function Beyond(props: { readonly rows: number; readonly height: number; readonly columns: number }): ReactNode {
  const { rows, height, columns } = props;
  if (rows <= 0) return null;
  return (
    <tr aria-hidden="true" className="lines-beyond" style={{ height: rows * height }}>
      <td colSpan={columns} />
    </tr>
  );
}

/** The columns without those that there is no room for: the least needed go first. */
function thatFit(columns: readonly CanonicalColumn[], roomRem: number): readonly CanonicalColumn[] {
  const spare = columns.filter(({ spare: rank }) => rank !== undefined).sort((a, b) => (a.spare ?? 0) - (b.spare ?? 0));
  let shown = columns;
  for (const column of spare) if (widthOf(shown) > roomRem) shown = shown.filter((each) => each !== column);
  return shown;
}

/** Half of the room that is left goes to the columns that can use it; the line in the file has the rest. */
function widened(columns: readonly CanonicalColumn[], roomRem: number): readonly CanonicalColumn[] {
  const wanted = columns.reduce((sum, { rem, most = rem }) => sum + most - rem, 0);
  if (wanted === 0) return columns;
  const share = Math.min(1, Math.max(0, (roomRem - widthOf(columns)) / 2 / wanted));
  return columns.map((column) => ({ ...column, rem: column.rem + ((column.most ?? column.rem) - column.rem) * share }));
}

function widthOf(columns: readonly CanonicalColumn[]): number {
  return columns.reduce((sum, { rem }) => sum + rem, 0);
}

function classOf({ row, problems }: AlignedLine): string | undefined {
  if (problems.length > 0 || row?.fate === 'rejected') return 'wrong';
  return row?.fate === 'duplicate' ? 'left-out' : undefined;
}

/** Of a table with a header, where each line stands; lines between its rows belong to the row above them. */
function rolesOf(
  lines: readonly AlignedLine[],
  headers: readonly string[],
  delimiter: string | null,
): readonly LineRole[] {
  if (delimiter === null) return [];
  const header = headers.length < 2 ? onlyHeader(lines) : headerAmong(lines, headers, delimiter);
  if (header < 0) return [];
  return lines.map(({ text, row }, index) => {
    if (index <= header) return index === header ? 'header' : 'before';
    if (row !== null || text === null || headers.length < 2) return null;
    // what has the fields of a row is one, though nothing was made of it
    return splitFields(text, delimiter).length === headers.length ? 'among' : afterRows(lines, index) ? 'after' : null;
  });
}

/** No row comes behind it; a line between rows belongs to the one above it. */
function afterRows(lines: readonly AlignedLine[], index: number): boolean {
  return index > lines.findLastIndex(({ row, problems }) => row !== null || problems.length > 0);
}

function headerAmong(lines: readonly AlignedLine[], headers: readonly string[], delimiter: string): number {
  return lines.findIndex(({ text, row }) => row === null && text !== null && isHeader(text, headers, delimiter));
}

/** Of a table whose columns have no say: its first line, where the rows begin on the second. */
function onlyHeader(lines: readonly AlignedLine[]): number {
  return lines[0]?.row === null && lines.findIndex(({ row, problems }) => row !== null || problems.length > 0) === 1
    ? 0
    : -1;
}

/** The fields by turns on a ground of their own, so that they can be told apart without reading. */
function Raw(props: { readonly text: string; readonly delimiter: string | null; readonly longest: number }): ReactNode {
  const parts = rawParts(props.text, props.delimiter, props.longest);
  return parts.map(({ mark, text }, index) =>
    mark || index % 4 === 2 ? (
      <span key={index} className={mark ? 'raw-mark' : 'raw-turn'}>
        {text}
      </span>
    ) : (
      text
    ),
  );
}
