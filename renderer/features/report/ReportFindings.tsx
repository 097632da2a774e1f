/** What a report found: figures that vendors state, breaks with their ages, what was decided, causes, and the matches. */
import type { ReactNode } from 'react';
import type { ReconGroup, ReconItem, ReconSide } from '../../../shared/contract/reconcile.ts';
import type { PrintedReport, ReportCause } from '../../../shared/contract/report.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { instantText } from '../../ui/format.ts';
import { shownDifference } from '../../ui/recon/reconWords.ts';
import { figureText, ReportTable, Rest } from './ReportTable.tsx';

const SIDES: readonly ReconSide[] = ['simulated', 'document', 'bank'];

export function ReportFindings({ report, zone }: { readonly report: PrintedReport; readonly zone: Zone }): ReactNode {
  const { reconciliation, decisions, causes, breaks } = report;
  const { groups, usage, balances, minorDigits } = reconciliation;
  const amount = (text: string | null): string => figureText(text, minorDigits);
  const stated = [
    ...usage.map(({ id, label, simulated, stated: theirs, difference, source }) => ({
      id,
      cells: [label, source ?? '', amount(simulated), amount(theirs), amount(difference)],
    })),
    ...balances.map(({ id, at, day, simulated, stated: theirs, difference, source }) => ({
      id,
      cells: [
        `Balance, ${instantText(at, zone)}${day ? ' (day only)' : ''}`,
        ...[source, amount(simulated), amount(theirs), amount(difference)],
      ],
    })),
  ];
  return (
    <>
      <section>
        <h3>Usage and balances that others state</h3>
        <ReportTable
          label="Stated figures"
          empty="No file states any."
          columns={[
            { title: `Figure, ${zone.name}` },
            { title: 'Source' },
            { title: 'Simulated', amount: true },
            { title: 'Stated', amount: true },
            { title: 'Difference', amount: true },
          ]}
          rows={stated}
        />
        <Rest report={report} of="stated" what="figures" />
      </section>
      <section>
        <h3>Breaks</h3>
        <ReportTable
          label="Breaks"
          empty="None."
          columns={[
            { title: 'Items' },
            { title: 'What it is' },
            { title: 'State' },
            { title: 'Open since' },
            { title: 'Days', amount: true },
            { title: 'Break on' },
            { title: 'Owner' },
            { title: 'Amount', amount: true },
          ]}
          rows={breaks.map((group) => ({ id: group.id, cells: breakCells(group, amount) }))}
        />
        <Rest report={report} of="breaks" what="breaks" />
      </section>
      <section>
        <h3>Accepted differences and other decisions</h3>
        <ReportTable
          label="Decisions"
          empty="None."
          columns={[{ title: `When, ${zone.name}` }, { title: 'Person' }, { title: 'Decision and reason' }]}
          rows={decisions.map(({ seq, at, actor, says }) => ({
            id: String(seq),
            cells: [instantText(at, zone), actor, says],
          }))}
        />
        <Rest report={report} of="decisions" what="decisions" />
      </section>
      {causes.length > 0 && (
        <section>
          <h3>Causes that were adopted or kept</h3>
          <ReportTable
            label="Causes"
            columns={[
              { title: 'Difference' },
              { title: 'Cause' },
              { title: 'How sure' },
              { title: 'Adopted or kept' },
              { title: 'Amount', amount: true },
            ]}
            rows={causes.map((cause, index) => ({
              id: String(index),
              cells: [cause.label, cause.sentence, sureText(cause), keptText(cause), amount(cause.difference)],
            }))}
          />
          <Rest report={report} of="causes" what="causes" />
        </section>
      )}
      <section>
        <h3>Matches</h3>
        <ReportTable
          dense
          label="Matches"
          columns={[
            { title: 'State' },
            { title: 'Simulated' },
            { title: 'Vendor document' },
            { title: 'Bank' },
            { title: 'Difference', amount: true },
          ]}
          rows={groups.map((group) => ({
            id: group.id,
            cells: [
              group.ignored === null ? group.state : `Ignored: ${group.ignored}`,
              ...SIDES.map((side) => (
                <Items key={side} items={group.cells[side]} missing={group.missing[side]} digits={minorDigits} />
              )),
              differenceText(group, minorDigits),
            ],
          }))}
        />
        <Rest report={report} of="groups" what="groups, those to decide first" />
      </section>
    </>
  );
}

/** In the words of the screen. */
function sureText({ verdict, rivals, percent }: ReportCause): string {
  if (verdict === 'proven') return 'proven here';
  if (verdict === 'partial') return `partial, ${percent} %`;
  return rivals === 0 ? 'fits, no rival' : `fits, ${rivals} ${rivals === 1 ? 'rival' : 'rivals'}`;
}

/** By whom, and whether the figures may be others since. */
function keptText({ by, isAdopted, isBeforeReopening }: ReportCause): string {
  const what = `${isAdopted ? 'adopted' : 'kept as a note'} by ${by}`;
  return isBeforeReopening ? `${what}, before the month was reopened` : what;
}

/** As the screen shows it: what is to be decided of it, and what it is called. */
function differenceText(group: ReconGroup, digits: number): string {
  if (group.section === 'ignored') return '';
  const { amount, word } = shownDifference(group);
  return [figureText(amount, digits), amount === '0' ? '' : word].filter((part) => part !== '').join(' ');
}

function breakCells(group: ReconGroup, amount: (text: string | null) => string): ReactNode[] {
  const found = group.break;
  if (found === null) return [];
  const items = SIDES.flatMap((side) => group.cells[side].map(({ reference, text }) => reference ?? text));
  return [
    ...[[...new Set(items)].join(', '), group.state, found.life, found.since],
    ...[found.ageDays, found.breakOn ?? '', found.owner ?? 'nobody', amount(found.amount)],
  ];
}

function Items(props: {
  readonly items: readonly ReconItem[];
  readonly missing: string | undefined;
  readonly digits: number;
}): ReactNode {
  const { items, missing, digits } = props;
  if (items.length === 0) return <em>{missing ?? ''}</em>;
  return items.map(({ id, date, reference, text, amount, currency, original, converted, sources }) => (
    <div key={id}>
      {date} {reference ?? text} {figureText(amount, digits)} {currency}
      {original !== null && ` for ${figureText(original.amount, 2)} ${original.currency}`}
      {converted !== null && ` worth ${figureText(converted.amount, digits)}`}
      {sources.map(({ file, line }) => ` (${file}:${line})`).join('')}
    </div>
  ));
}
