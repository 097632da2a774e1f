/** A report as it goes to the page to be printed: what nobody reads on paper stays in the worker. */
import type { Reconciliation } from '../../contract/reconcile.ts';
import type { PrintedReport, ReportDocument } from '../../contract/report.ts';

/** Rows of one list that are printed; all are in the files of the same report. */
const MOST = 500;

export function printed(report: ReportDocument): PrintedReport {
  const { reconciliation, rollForward, decisions, causes } = report;
  const { groups, usage, balances } = reconciliation;
  const breaks = groups.filter((group) => group.break !== null);
  return {
    ...report,
    reconciliation: {
      ...reconciliation,
      groups: groups.slice(0, MOST),
      usage: usage.slice(0, MOST),
      balances: balances.slice(0, Math.max(0, MOST - usage.length)),
    },
    rollForward: { ...rollForward, rows: rollForward.rows.slice(0, MOST) },
    decisions: decisions.slice(0, MOST),
    causes: causes.slice(0, MOST),
    most: MOST,
    whole: {
      ...{ groups: groups.length, breaks: breaks.length, stated: usage.length + balances.length },
      ...{ decisions: decisions.length, causes: causes.length, rollForward: rollForward.rows.length },
    },
    breaks: breaks.slice(0, MOST),
    rates: ratesUsed(reconciliation),
  };
}

function ratesUsed({ groups, currency }: Reconciliation): string[] {
  const rates = new Set<string>();
  for (const { cells } of groups)
    for (const items of [cells.document, cells.bank])
      for (const { currency: own, converted } of items)
        if (converted !== null) rates.add(`1 ${own} = ${converted.rate} ${currency}`);
  return [...rates];
}
