/** Serves what finance takes out of the app: the roll-forward, and the run for other programs. */
import type { RunExportApi } from '../contract/report.ts';
import type { RollForwardApi } from '../contract/rollForward.ts';
import type { Account } from './account.ts';
import type { AccountIn } from './reconcileService.ts';
import { rollForwardOf } from './reconcile/rollForward.ts';
import { focusCsv } from './report/focusExport.ts';
import { JOURNAL_TEXT } from './report/journalForms.ts';
import { runBook } from './report/runBook.ts';

/**
 * @param account the open one; throws where none is
 * @param accountIn what stands for a month
 */
export function reportService(account: () => Account, accountIn: AccountIn): RollForwardApi & RunExportApi {
  return {
    rollForward: async ({ period, view, by, breakageRate }, context) =>
      rollForwardOf(await accountIn(period, context), period, view, by, breakageRate ?? null),
    exportFocus: () => Promise.resolve().then(() => focusCsv(account(), null)),
    exportRunJournal: ({ form }) => Promise.resolve().then(() => JOURNAL_TEXT[form](runBook(account()))),
  };
}
