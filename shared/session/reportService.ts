/** Serves what finance takes out of the app: the roll-forward, and the run for other programs. */
import type { RunExportApi } from '../contract/report.ts';
import type { RollForwardApi } from '../contract/rollForward.ts';
import type { CallContext } from '../contract/rpc.ts';
import type { Account } from './account.ts';
import type { AccountIn } from './reconcileService.ts';
import { rollForwardOf } from './reconcile/rollForward.ts';
import { focusCsv } from './report/focusExport.ts';
import { JOURNAL_TEXT } from './report/journalForms.ts';
import { runBook } from './report/runBook.ts';

/**
 * @param account the open one; throws where none is
 * @param accountIn what stands for a month
 * @param vendor as reconciling knows it: by documents, settings or bank lines; empty where it knows none
 */
export function reportService(
  account: () => Account,
  accountIn: AccountIn,
  vendor: (context: CallContext) => Promise<string>,
): RollForwardApi & RunExportApi {
  return {
    rollForward: async ({ period, view, by, breakageRate }, context) =>
      rollForwardOf(await accountIn(period, context), period, view, by, breakageRate ?? null),
    exportFocus: async (_request, context) => {
      const open = account();
      const named = await vendor(context);
      return focusCsv(open, named === '' ? vendorOfFiles(open) : named);
    },
    exportRunJournal: ({ form }) => Promise.resolve().then(() => JOURNAL_TEXT[form](runBook(account()))),
  };
}

/** By the first word of a format's name: whose export it is. */
const VENDORS: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  openrouter: 'OpenRouter',
  deepseek: 'DeepSeek',
};

/** The vendor whose exports the account's files are; null where they are of none or of several. */
function vendorOfFiles({ sources }: Account): string | null {
  const vendors = new Set(sources.flatMap(({ report: { format } }) => VENDORS[format.split('-')[0] ?? ''] ?? []));
  const [vendor = null] = vendors;
  return vendors.size === 1 ? vendor : null;
}
