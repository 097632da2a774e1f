/** What finance takes out of the app: a reconciled month's report in every form, and the run for other programs. */
import { FileOutput, FileText, Printer, Sheet, Table } from 'lucide-react';
import type { HostApi } from '../../shared/contract/host.ts';
import type { JournalForm, ReportRequest } from '../../shared/contract/report.ts';
import { monthOf, startOfMonth } from '../../shared/domain/time.ts';
import { accountZone } from '../features/account/selectors.ts';
import { fileNameFrom } from '../features/document/slice.ts';
import type { MenuItem } from '../ui/Menu.tsx';
import type { EngineClient } from '../ui/slice.ts';
import { createExporting } from './exporting.ts';
import type { LongWork } from './longWork.ts';
import type { AppStore } from './store.ts';

export type RunForm = 'focus' | JournalForm;
export type ReportForm = 'xlsx' | 'csv' | 'json' | JournalForm;

export interface ReportActions {
  /** The run as FOCUS rows, or its own journal for a plain-text accounting program. */
  exportRun(form: RunForm): Promise<void>;
  /** Shows the month's report as it is printed; without one named, that of the last month that ended. */
  openReport(request?: ReportRequest): void;
  /** The report that is open, as a PDF. */
  saveReportPdf(): Promise<void>;
  /** The same report as a file, whether it is open or not. */
  exportReport(form: ReportForm, request: ReportRequest): Promise<void>;
}

const MIME: Readonly<Record<ReportForm, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  json: 'application/json',
  hledger: 'text/x-hledger',
  beancount: 'text/x-beancount',
};

export function createReportActions(deps: {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly work: LongWork;
  readonly host: Pick<HostApi, 'exportFile' | 'savePdf'>;
}): ReportActions {
  const { store, engine, host } = deps;
  const exporting = createExporting(deps);
  return {
    exportRun: (form) =>
      form === 'focus'
        ? exporting({
            ...{ title: 'FOCUS', ending: '.csv', mimeType: MIME.csv },
            start: (onProgress) => engine.exportFocus({}, onProgress),
          })
        : exporting({
            ...{ title: 'journal', ending: `.${form}`, mimeType: MIME[form] },
            start: (onProgress) => engine.exportRunJournal({ form }, onProgress),
          }),
    openReport: (request) => {
      const { view, reportOpen } = store.getState();
      if (view === null) return;
      const lastEnd = startOfMonth(view.to, accountZone(view));
      reportOpen(request ?? reportRequest(store, monthOf(lastEnd - 1, accountZone(view))));
    },
    saveReportPdf: async () => {
      const { reportDocument, reportPaper, view, reportSaid } = store.getState();
      if (reportDocument === null || view === null) return;
      const { period } = reportDocument.reconciliation.period;
      const suggestedName = fileNameFrom(`${view.title} reconciliation ${period}`, '.pdf');
      try {
        reportSaid(null);
        const saved = await host.savePdf({ suggestedName, paper: reportPaper });
        if (saved !== null) reportSaid({ says: `Saved ${saved.name}`, isFailure: false });
      } catch (error) {
        // the report covers the window, so it is said on it
        const why = error instanceof Error ? error.message : String(error);
        reportSaid({ says: `${suggestedName} was not written: ${why}`, isFailure: true });
      }
    },
    exportReport: (form, request) =>
      exporting({
        ...{ title: `reconciliation ${request.period}`, ending: `.${form}`, mimeType: MIME[form] },
        start: (onProgress) => {
          if (form === 'xlsx') return engine.reportXlsx(request, onProgress);
          if (form === 'csv') return engine.reportCsv(request, onProgress);
          if (form === 'json') return engine.reportJson(request, onProgress);
          return engine.reportJournal({ period: request.period, form }, onProgress);
        },
      }),
  };
}

/** A month's report with the books as the roll-forward shows them. */
export function reportRequest(store: AppStore, period: string): ReportRequest {
  const { rollForwardView: view, rollForwardBy: by, rollForwardRate: rate } = store.getState();
  return {
    period,
    view,
    by,
    ...(rate === null ? {} : { breakageRate: rate }),
  };
}

/** The menu of a month's report, for where a month is on screen. */
export function reportMenu(
  actions: Pick<ReportActions, 'openReport' | 'exportReport' | 'exportRun'>,
  request: () => ReportRequest,
): readonly (readonly MenuItem[])[] {
  const file = (label: string, icon: MenuItem['icon'], form: ReportForm): MenuItem => ({
    ...{ label, icon },
    onChoose: () => void actions.exportReport(form, request()),
  });
  return [
    [{ label: 'Report, to print or as PDF…', icon: Printer, onChoose: () => actions.openReport(request()) }],
    [
      file('Report as XLSX', Sheet, 'xlsx'),
      file('Matches as CSV', Table, 'csv'),
      file('Report as JSON', FileText, 'json'),
    ],
    [
      file('Entries for hledger', FileOutput, 'hledger'),
      file('Entries for beancount', FileOutput, 'beancount'),
      { label: 'All months as FOCUS 1.2', icon: FileOutput, onChoose: () => void actions.exportRun('focus') },
    ],
  ];
}
