/** What Import would make of the file: rows that are new, rows that are there already, rows that are left out. */
import type { ReactNode } from 'react';
import type { FilePreview, ImportReport } from '../../../shared/contract/importing.ts';
import { minorDigitsOf } from '../../../shared/domain/money.ts';
import { amountText, countText, negated } from '../../ui/amountText.ts';
import { plural } from '../../ui/format.ts';
import type { Totals } from '../../ui/totals.ts';
import { isTaken, rowNoun } from './fileState.ts';

export function OutcomeFigures({
  preview,
  isIncluded,
}: {
  readonly preview: FilePreview;
  readonly isIncluded: boolean;
}): ReactNode {
  const { report } = preview;
  const { rows, totals, repeated } = report;
  if (report.kind === 'unknown') return null;
  const taken = isTaken(preview, new Set(isIncluded ? [preview.id] : []));
  return (
    <dl className="becomes">
      <Part
        name={taken ? 'New, stored by Import' : 'New'}
        figure={figureOf(report, rows.stored, totals)}
        detail={newDetail(report)}
      />
      <Part
        name="Repeated, not stored again"
        figure={figureOf(report, rows.duplicate, repeated)}
        detail={repeatsDetail(preview)}
      />
      <Part name="Left out" figure={figureOf(report, rows.rejected, {})} detail={leftOutDetail(preview)} />
    </dl>
  );
}

function Part(props: { readonly name: string; readonly figure: string; readonly detail: string }): ReactNode {
  const { name, figure, detail } = props;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{figure}</strong>
        <span>{detail}</span>
      </dd>
    </div>
  );
}

/** Movements in the bank's sign, as the table above has them. */
function figureOf(report: ImportReport, count: number, sums: Totals): string {
  const amounts = Object.entries(sums).map(([currency, sum]) => {
    const style = { digits: minorDigitsOf(currency), exact: true } as const;
    const amount =
      report.tie === null ? amountText(sum, style) : amountText(negated(sum), { ...style, sign: 'movement' });
    return `${amount} ${currency}`;
  });
  return [plural(count, rowNoun(report)), ...(count === 0 ? [] : amounts)].join(', ');
}

function newDetail({ rows }: ImportReport): string {
  if (rows.stored + rows.adjustments === 0) return 'nothing to store';
  const said: readonly (readonly [number, string])[] = [
    [rows.complimentary, 'complimentary'],
    [rows.adjustments, 'more as adjustments'],
    [rows.superseded, 'in place of earlier copies'],
    [rows.rounded, 'with a cost rounded to 10⁻¹²'],
  ];
  const parts = said.filter(([count]) => count > 0).map(([count, what]) => `${countText(count)} ${what}`);
  return parts.length === 0 ? 'each with its file, line and text' : parts.join(', ');
}

function repeatsDetail({ report, repeats }: FilePreview): string {
  if (repeats === 'staged') return 'the same bytes are in this list';
  if (repeats === 'stored') return 'the same bytes are in the account';
  if (report.rows.duplicate > 0) return 'rows of the same key came before';
  return 'no file with this hash, no row of the same key';
}

function leftOutDetail({ report, questions }: FilePreview): string {
  if (report.rows.rejected === 0) return 'every row could be read';
  return questions.length > 0 ? 'until the questions are answered' : 'their problems stand beside them';
}
