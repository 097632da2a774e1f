/** What one line of a file was taken to say: a row, a problem, or a note on a line that is no row. */
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FilePreview, LineMark } from '../../../shared/contract/importing.ts';
import { minorDigitsOf } from '../../../shared/domain/money.ts';
import { amountText } from '../../ui/amountText.ts';
import { middleCut } from '../../ui/format.ts';
import type { AlignedLine } from './alignedLines.ts';
import type { CanonicalColumn } from './canonicalColumns.tsx';
import { Fate } from './Fate.tsx';
import { currencyOf } from './fileState.ts';

/** Where a line stands: the header, or before, among or after the rows of a table. */
export type LineRole = 'header' | 'before' | 'among' | 'after' | null;

export function LineCells(props: {
  readonly line: AlignedLine;
  readonly role: LineRole;
  readonly columns: readonly CanonicalColumn[];
  readonly preview: FilePreview;
}): ReactNode {
  const { line, role, columns, preview } = props;
  const { row, problems } = line;
  if (problems.length > 0) return <ProblemCells {...props} />;
  if (row !== null) {
    return columns.map(({ key, cell, right, rem }) => (
      <td key={key} className={right ? 'right' : undefined}>
        {cell(row, rem)}
      </td>
    ));
  }
  return (
    <td colSpan={columns.length} className="lines-note">
      {line.mark !== null ? (
        <Mark mark={line.mark} currency={currencyOf(preview)} />
      ) : role === 'header' ? (
        headerNote(preview)
      ) : role !== null && line.text?.trim() !== '' ? (
        <span className="lines-aside">{asideText(role, preview)}</span>
      ) : null}
    </td>
  );
}

function asideText(role: 'before' | 'among' | 'after', { questions }: FilePreview): string {
  if (role === 'among') return questions.length > 0 ? 'waits for the answer' : '';
  return `${role} the table`;
}

function ProblemCells({ line: { row, problems }, columns, preview }: Parameters<typeof LineCells>[0]): ReactNode {
  const [first] = problems;
  const more = problems.length - 1;
  // while a question is open its rows wait; a line that holds no row cannot be rejected either
  const rejected = row === null && preview.report.rows.rejected > 0 && preview.questions.length === 0;
  const fate = row?.fate === 'duplicate' ? 'duplicate' : rejected ? 'rejected' : null;
  return (
    <td colSpan={columns.length} className="lines-problem" title={problems.map(({ message }) => message).join('\n')}>
      {fate === null ? <TriangleAlert size="0.875rem" strokeWidth={2.1} aria-hidden="true" /> : <Fate fate={fate} />}
      {first?.column != null && <span className="lines-place">{`column ${first.column}`}</span>}
      <span>{`${first?.message ?? ''}${more > 0 ? `, and ${more} more` : ''}`}</span>
    </td>
  );
}

function Mark({ mark: { says, amount }, currency }: { readonly mark: LineMark; readonly currency: string }): ReactNode {
  if (says === 'account') return 'account';
  return (
    <>
      {`${says} balance `}
      <strong>{`${amountText(amount ?? '', { digits: minorDigitsOf(currency), exact: true })} ${currency}`}</strong>
    </>
  );
}

function headerNote({ columns, meanings }: FilePreview): string {
  if (columns === null) return 'header';
  const labels = new Map(meanings.map(({ meaning, label }) => [meaning, label]));
  const read = columns.flatMap(({ meaning }) => (meaning === null ? [] : [labels.get(meaning) ?? meaning]));
  return middleCut(`header: ${read.join(', ')}`, 120);
}
