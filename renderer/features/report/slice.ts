/** The report that is open for reading and printing: one month, as the worker put it together. */
import type { PaperSize } from '../../../shared/contract/host.ts';
import type { PrintedReport, ReportRequest } from '../../../shared/contract/report.ts';
import type { Progress } from '../../../shared/contract/rpc.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface ReportNews {
  readonly says: string;
  readonly isFailure: boolean;
}

export interface ReportSlice {
  /** Null while no report is open. */
  readonly report: ReportRequest | null;
  /** Null until it is made. */
  readonly reportDocument: PrintedReport | null;
  /** How far it is; null where it is not being made, or has not said. */
  readonly reportProgress: Progress | null;
  readonly reportFailure: string | null;
  readonly reportPaper: PaperSize;
  /** What came of saving it. */
  readonly reportNews: ReportNews | null;
  reportOpen(request: ReportRequest): void;
  reportOn(paper: PaperSize): void;
  reportSaid(news: ReportNews | null): void;
  reportClose(): void;
}

export function createReportSlice(
  set: SetSlice<ReportSlice>,
  get: GetSlice<ReportSlice>,
  { engine }: SliceDeps,
): ReportSlice {
  /** What is being made: another month or view gives it up. */
  let making: { readonly cancel: () => void } | null = null;
  const stop = (): void => {
    making?.cancel();
    making = null;
  };
  const make = (request: ReportRequest): void => {
    stop();
    const isWanted = (): boolean => get().report === request;
    const call = engine.reportPrinted(request, (reportProgress) => {
      if (isWanted()) set({ reportProgress });
    });
    making = call;
    call.result.then(
      (reportDocument) => {
        if (isWanted()) set({ reportDocument, reportFailure: null, reportProgress: null });
      },
      (error: unknown) => {
        if (isWanted())
          set({ reportFailure: error instanceof Error ? error.message : String(error), reportProgress: null });
      },
    );
  };
  return {
    report: null,
    reportDocument: null,
    reportProgress: null,
    reportFailure: null,
    reportPaper: 'A4',
    reportNews: null,
    reportOpen: (report) => {
      const isSame = get().report?.period === report.period;
      set({
        report,
        reportFailure: null,
        reportProgress: null,
        reportNews: null,
        ...(isSame ? {} : { reportDocument: null }),
      });
      make(report);
    },
    reportOn: (reportPaper) => set({ reportPaper, reportNews: null }),
    reportSaid: (reportNews) => set({ reportNews }),
    reportClose: () => {
      set({ report: null, reportDocument: null, reportFailure: null, reportProgress: null, reportNews: null });
      stop();
    },
  };
}
