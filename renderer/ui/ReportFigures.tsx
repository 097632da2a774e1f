/** What an import did with one file, as a list of figures; what is zero and says nothing is left out. */
import type { ReactNode } from 'react';
import type { ImportReport } from '../../shared/contract/importing.ts';
import type { Zone } from '../../shared/domain/time.ts';
import { countText } from './amountText.ts';
import { encodingName } from './encodingName.ts';
import { middleCut, sizeText, spanText } from './format.ts';
import './report.css';
import { totalText, totalsText } from './totals.ts';

export function ReportFigures({ report, zone }: { readonly report: ImportReport; readonly zone: Zone }): ReactNode {
  const { rows, tie } = report;
  const span = spanText(report, zone);
  const repeated = totalsText(report.repeated);
  return (
    <dl className="report-figures">
      <Figure name="Rows read">{countText(rows.read)}</Figure>
      {partsOf(report).map(([name, count]) => (
        <Figure key={name} name={name} part>
          {countText(count)}
        </Figure>
      ))}
      {repeated !== '' && <Figure name="What the repeated rows say they cost">{repeated}</Figure>}
      {Object.entries(report.totals).map(([currency, amount]) => (
        <Figure key={currency} name={report.kind === 'statement' ? 'Paid, less what came back' : 'Cost'}>
          {totalText(currency, amount)}
        </Figure>
      ))}
      {tie !== null && <Figure name="Opening + movements = closing">{tie.holds ? 'ties' : 'does not tie'}</Figure>}
      {span !== '' && <Figure name="Span">{span}</Figure>}
      {report.size > 0 && <Figure name="Text">{`${sizeText(report.size)}, ${encodingName(report.encoding)}`}</Figure>}
      {report.sha256 !== '' && (
        <Figure name="SHA-256">
          <span className="mono" title={report.sha256}>
            {middleCut(report.sha256, 17)}
          </span>
        </Figure>
      )}
    </dl>
  );
}

/** The rows by what became of them; `stored` always, so that a zero there is seen. */
function partsOf({ rows }: ImportReport): readonly (readonly [string, number])[] {
  const parts: readonly (readonly [string, number])[] = [
    ['repeated, left out', rows.duplicate],
    ['rejected', rows.rejected],
    ['negative, taken as adjustments', rows.adjustments],
    ['complimentary, cost 0', rows.complimentary],
    ['rounded to 10⁻¹²', rows.rounded],
    ['replaced by a later copy', rows.superseded],
  ];
  return [['stored', rows.stored], ...parts.filter(([, count]) => count > 0)];
}

function Figure(props: { readonly name: string; readonly part?: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <div className={props.part === true ? 'report-part' : undefined}>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
