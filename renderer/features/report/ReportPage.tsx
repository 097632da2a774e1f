/** One month's report as it is printed. Everything on it comes from the same document as the spreadsheet and the JSON. */
import { useEffect, type ReactNode } from 'react';
import type { PrintedReport } from '../../../shared/contract/report.ts';
import { zoneOf, type Zone } from '../../../shared/domain/time.ts';
import { instantText, monthText } from '../../ui/format.ts';
import { ReportFindings } from './ReportFindings.tsx';
import { ReportGrounds } from './ReportGrounds.tsx';
import { ReportRollForward } from './ReportRollForward.tsx';
import { figureText, ReportTable } from './ReportTable.tsx';

const VERDICTS: Readonly<Record<PrintedReport['reconciliation']['verdict'], string>> = {
  reconciled: 'Reconciled',
  reconciled_with_timing: 'Reconciled, with items in transit',
  breaks: 'Not reconciled: there are breaks',
  incomplete: 'No conclusion: something is missing',
};

export function ReportPage({ report }: { readonly report: PrintedReport }): ReactNode {
  const { reconciliation, title, account, samePerson } = report;
  const { period, vendor, currency, timezone, verdict, lacks } = reconciliation;
  const zone = zoneOf(timezone);
  // the worker replayed in it
  if (zone === null) throw new Error(`${timezone} is not a known IANA zone`);
  const line = `${title === '' ? account : title}, ${vendor}, ${period.period}`;
  // the page's margins are drawn by the browser: a style is all that reaches them
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--report-of', JSON.stringify(line));
    return () => {
      style.removeProperty('--report-of');
    };
  }, [line]);
  const signed = (of: { readonly by: string; readonly at: number } | null): string =>
    of === null ? 'nobody yet' : `${of.by}, ${instantText(of.at, zone)} ${zone.name}`;
  return (
    <article className="report-page">
      <h2 className="report-title">Reconciliation of {monthText(period.period)}</h2>
      <p className="report-lead">
        {title === '' ? account : title} with {vendor}, amounts in {currency}
      </p>
      <dl className="report-facts">
        <dt>Account</dt>
        <dd>{account}</dd>
        <dt>Period</dt>
        <dd>
          {period.from} to before {period.to}, days in {timezone}
        </dd>
        <dt>Verdict</dt>
        <dd className="report-verdict">{VERDICTS[verdict]}</dd>
        {lacks.length > 0 && (
          <>
            <dt>Lacks</dt>
            <dd>{lacks.join('; ')}</dd>
          </>
        )}
        <dt>State</dt>
        <dd>
          {period.state}
          {period.since.length > 0 && `; since the seal: ${period.since.join('; ')}`}
        </dd>
        <dt>Prepared by</dt>
        <dd>{signed(period.prepared)}</dd>
        <dt>Reviewed by</dt>
        <dd>
          {signed(period.reviewed)}
          {samePerson && ' (the same person prepared and reviewed it)'}
        </dd>
        <dt>Sealed by</dt>
        <dd>{signed(period.sealed)}</dd>
      </dl>
      <ReportBridge report={report} />
      <ReportRollForward report={report} />
      <ReportFindings report={report} zone={zone} />
      <ReportGrounds report={report} />
      <SignOff report={report} zone={zone} />
    </article>
  );
}

/** The totals one after the other, what leads from each to the next between them. */
function ReportBridge({ report: { reconciliation } }: { readonly report: PrintedReport }): ReactNode {
  const { bridge, minorDigits } = reconciliation;
  const rows = bridge.pillars.flatMap((pillar, index) => [
    {
      ...{ id: pillar.side, strong: true },
      cells: [pillar.label, pillar.note, '', figureText(pillar.total, minorDigits)],
    },
    ...bridge.steps
      .filter(({ after }) => after === index)
      .map(({ id, label, items, amount }) => ({
        id,
        cells: [label, items === 1 ? '1 item' : `${items} items`, figureText(amount, minorDigits), ''],
      })),
  ]);
  return (
    <section>
      <h3>Bridge</h3>
      <ReportTable
        label="Bridge"
        columns={[
          { title: 'Total or step' },
          { title: 'Of' },
          { title: 'Step', amount: true },
          { title: 'Total', amount: true },
        ]}
        rows={rows}
      />
      <p>Steps without their signs: {figureText(bridge.gross, minorDigits)}</p>
    </section>
  );
}

function SignOff({ report, zone }: { readonly report: PrintedReport; readonly zone: Zone }): ReactNode {
  const { period } = report.reconciliation;
  const name = (of: { readonly by: string; readonly at: number } | null): string =>
    of === null ? '' : `${of.by}, ${instantText(of.at, zone)}`;
  return (
    <section className="report-sign">
      <h3>Sign-off</h3>
      <div className="report-lines">
        {(
          [
            ['Prepared', period.prepared],
            ['Reviewed', period.reviewed],
          ] as const
        ).map(([what, of]) => (
          <div key={what} className="report-line">
            <p>{name(of)}</p>
            <p>{what}: name, date, signature</p>
          </div>
        ))}
      </div>
    </section>
  );
}
