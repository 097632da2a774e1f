/** Serves `JournalApi`: the journal, the trial balance, the SQL console and spreadsheet files of the open account. */
import type { JournalApi } from '../contract/journal.ts';
import { Transfer } from '../contract/rpc.ts';
import { emptyForQueries } from '../storage/query.ts';
import type { SqlJsStatic } from '../storage/sqlite.ts';
import type { Account } from './account.ts';
import { csvTable } from './csv.ts';
import { journalCsv, journalPage, trialBalanceView } from './journal.ts';
import { inPieces } from './inPieces.ts';
import { journalUsagePage } from './journalUsage.ts';
import { outlineOf } from './sqlOutline.ts';
import type { QueryRunner } from './sqlRunner.ts';
import { SHIPPED_QUERIES } from './sqlShipped.ts';
import type { Surroundings } from './surroundings.ts';
import { rowsXlsx, tableXlsx } from './tableXlsx.ts';
import { savingSteps, type SavedWork } from './workspaceFile.ts';

/** Answers with bytes hand them over instead of copying. */
type Served = { [K in keyof JournalApi]: (...args: Parameters<JournalApi[K]>) => Promise<unknown> };

/**
 * @param account the open one; throws where none is
 * @param saved what queries run on
 */
export function journalService(
  account: () => Account,
  saved: () => SavedWork,
  loadSql: () => Promise<SqlJsStatic>,
  runner: QueryRunner,
  surroundings: Surroundings,
): Served {
  return {
    journal: (request) => Promise.resolve(journalPage(account(), request)),
    journalUsage: (request) => Promise.resolve(journalUsagePage(account(), request)),
    trialBalance: ({ at }) => Promise.resolve(trialBalanceView(account(), at)),
    exportJournal: async ({ filter }, context) =>
      handedOver(await inPieces(journalCsv(account(), filter), surroundings, context)),
    query: (request, context) => {
      const state = saved();
      const bytes = async (): Promise<Uint8Array> =>
        inPieces(savingSteps(await loadSql(), state), surroundings, context);
      return runner.run({ state, bytes }, request, context);
    },
    schemaOutline: async () => {
      const database = emptyForQueries(await loadSql());
      try {
        return outlineOf(database);
      } finally {
        database.close();
      }
    },
    shippedQueries: () => Promise.resolve(SHIPPED_QUERIES),
    exportRows: ({ columns, rows }) =>
      Promise.resolve(
        csvTable(
          columns.map(({ name }) => name),
          rows,
        ),
      ),
    exportRowsXlsx: async (answer) => handedOver(await rowsXlsx(answer)),
    exportTableXlsx: async (request, context) => handedOver(await tableXlsx(account(), request, surroundings, context)),
  };
}

function handedOver(bytes: Uint8Array): Transfer<Uint8Array> {
  return new Transfer(bytes, [bytes.buffer]);
}
