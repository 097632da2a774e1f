/** What a report rests on: files with their hashes, settings, the program's version and the head of the log. */
import type { ReactNode } from 'react';
import type { PrintedReport } from '../../../shared/contract/report.ts';
import { ReportTable } from './ReportTable.tsx';

/** In the words of the settings, with their units. */
const SETTINGS: readonly (readonly [string, (of: PrintedReport['settings']) => string])[] = [
  ['Vendor', ({ vendor }) => vendor],
  ['Bank texts of the vendor', ({ aliases }) => aliases.join(', ')],
  ['Days before and after', ({ before, after }) => `${before} and ${after}`],
  ['Days of a date exception', ({ exceptionDays }) => String(exceptionDays)],
  ['Days until timing is a break', ({ graceDays }) => String(graceDays)],
  ['Days within which equals are duplicates', ({ duplicateDays }) => String(duplicateDays)],
  ['Tolerance', ({ tolerance, toleranceBps }) => `${tolerance}, ${toleranceBps} basis points`],
  ['Fee', ({ feeBps }) => (feeBps === null ? 'none' : `${feeBps} basis points`)],
  [
    'Exchange rates',
    ({ rates }) => rates.map(({ currency, rate }) => `${currency} ${rate}`).join(', ') || 'as bank lines tell',
  ],
  ['Groups of items', ({ groups, groupSize }) => (groups ? `up to ${groupSize}` : 'no')],
];

export function ReportGrounds({ report }: { readonly report: PrintedReport }): ReactNode {
  const { sources, settings, engine, reconciliation } = report;
  const { sealed } = reconciliation.period;
  const rules = settings.rules.map(
    ({ name, side, how, text }) => [`Rule ${name}`, `${side} ${how} “${text}”`] as const,
  );
  const known = SETTINGS.map(([name, value]) => [name, value(settings)] as const);
  const ofSources = settings.sources.map((own) => [`For ${own.name}`, ownText(settings, own)] as const);
  const rates = report.rates.length === 0 ? [] : [['Rates that were used', report.rates.join(', ')] as const];
  return (
    <>
      <section>
        <h3>Sources</h3>
        <ReportTable
          dense
          label="Sources"
          empty="No file was imported."
          columns={[{ title: 'File' }, { title: 'Format' }, { title: 'Rows', amount: true }, { title: 'SHA-256' }]}
          rows={sources.map(({ name, format, rows, sha256 }, index) => ({
            id: `${index} ${name}`,
            cells: [name, format, rows, <code key="hash">{sha256}</code>],
          }))}
        />
      </section>
      <section>
        <h3>Settings</h3>
        <dl className="report-facts">
          {[...known, ...ofSources, ...rates, ...rules, ['Program', engine] as const].map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
          <Fact name="Head of the log" value={reconciliation.head ?? 'nothing was decided yet'} isHash />
          {sealed !== null && <Fact name="Seal" value={sealed.hash} isHash />}
        </dl>
      </section>
    </>
  );
}

/** What a source has of its own, where it is not the account's. */
function ownText(settings: PrintedReport['settings'], { set }: PrintedReport['settings']['sources'][number]): string {
  const of = { ...settings, ...set };
  const own = SETTINGS.filter(([, value]) => value(of) !== value(settings));
  return own.map(([name, value]) => `${name} ${value(of)}`).join('; ') || 'as the account';
}

function Fact({ name, value, isHash = false }: { name: string; value: string; isHash?: boolean }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{isHash ? <code>{value}</code> : value}</dd>
    </>
  );
}
