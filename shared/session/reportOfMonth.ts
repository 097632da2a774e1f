/** Serves `ReportApi`: a reconciled month as document, spreadsheet, CSV and journal. */
import type { ReportApi, ReportRequest } from '../contract/report.ts';
import { Transfer, type CallContext } from '../contract/rpc.ts';
import { writeXlsx } from '../export/xlsx.ts';
import { ENGINE_VERSION } from './reconcile/seal.ts';
import type { AccountIn } from './reconcileService.ts';
import { JOURNAL_TEXT } from './report/journalForms.ts';
import { monthBook } from './report/monthBook.ts';
import { monthBookInput } from './report/monthInput.ts';
import { printed } from './report/printed.ts';
import { reportDocument, type Reconciled } from './report/reportDocument.ts';
import { reportCsv, reportSheets } from './report/reportSheets.ts';
import type { Surroundings } from './surroundings.ts';

/** Answers with bytes hand them over instead of copying. */
type Served = { [K in keyof ReportApi]: (...args: Parameters<ReportApi[K]>) => Promise<unknown> };

/** @param accountIn what stands for a month; throws where no account is open */
export function monthReportService(
  accountIn: AccountIn,
  reconciled: Reconciled,
  { yieldToHost }: Pick<Surroundings, 'yieldToHost'>,
): Served {
  const made = async (request: ReportRequest, context: CallContext): ReturnType<ReportApi['reportDocument']> =>
    reportDocument(await accountIn(request.period, context), reconciled, request, ENGINE_VERSION, context);
  return {
    reportDocument: made,
    reportPrinted: async (request, context) => printed(await made(request, context)),
    reportXlsx: async (request, context) => {
      const document = await made(request, context);
      const { groups } = document.reconciliation;
      const total = groups.reduce((sum, { cells }) => sum + Object.values(cells).flat().length, 0);
      const bytes = await writeXlsx(reportSheets(document), {
        pause: async (done) => {
          context.progress({ what: 'rows', done: Math.min(done, total), total });
          await yieldToHost();
          context.throwIfCancelled();
        },
      });
      return new Transfer(bytes, [bytes.buffer]);
    },
    reportJson: async (request, context) => `${JSON.stringify(await made(request, context), null, 2)}\n`,
    reportCsv: async (request, context) => reportCsv(await made(request, context)),
    reportJournal: async ({ period, form }, context) => {
      const reconciliation = await reconciled.reconciliation({ period }, context);
      return JOURNAL_TEXT[form](
        monthBook(monthBookInput(await accountIn(period, context), reconciliation, ENGINE_VERSION)),
      );
    },
  };
}
