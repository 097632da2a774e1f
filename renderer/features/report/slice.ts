/** The report that is open for reading and printing: one month, as the worker put it together. */
import type { PaperSize } from '../../../shared/contract/host.ts';
import type { ReportDocument, ReportRequest } from '../../../shared/contract/report.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface ReportSlice {
  /** Null while no report is open. */
  readonly report: ReportRequest | null;
  /** Null until it is made. */
  readonly reportDocument: ReportDocument | null;
  readonly reportFailure: string | null;
  readonly reportPaper: PaperSize;
  reportOpen(request: ReportRequest): void;
  reportOn(paper: PaperSize): void;
  reportClose(): void;
}

export function createReportSlice(
  set: SetSlice<ReportSlice>,
  get: GetSlice<ReportSlice>,
  { engine }: SliceDeps,
): ReportSlice {
  const asking = latestOnly({
    ask: (request: ReportRequest) => engine.reportDocument(request).result,
    // another month or view may have been asked for while this one was made
    take: (reportDocument, request) => {
      if (get().report === request) set({ reportDocument, reportFailure: null });
    },
    failed: (error) => set({ reportFailure: error instanceof Error ? error.message : String(error) }),
  });
  return {
    report: null,
    reportDocument: null,
    reportFailure: null,
    reportPaper: 'A4',
    reportOpen: (report) => {
      const isSame = get().report?.period === report.period;
      set({ report, reportFailure: null, ...(isSame ? {} : { reportDocument: null }) });
      asking.ask(report);
    },
    reportOn: (reportPaper) => set({ reportPaper }),
    reportClose: () => set({ report: null, reportDocument: null, reportFailure: null }),
  };
}
