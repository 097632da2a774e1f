/** Serves `EngineApi`: one open account, replaced only by one that opened without a problem. */
import type { EngineApi } from '../contract/engine.ts';
import type { NamedFile } from '../contract/importing.ts';
import { Transfer } from '../contract/rpc.ts';
import type { SqlJsStatic } from '../storage/sqlite.ts';
import { openScenario } from './account.ts';
import { copyService, located } from './copyService.ts';
import { explainService } from './explainService.ts';
import { exportedRun } from './exportRun.ts';
import { importService } from './importService.ts';
import { inPieces } from './inPieces.ts';
import { journalService } from './journalService.ts';
import { OpenDocument } from './openDocument.ts';
import { priceService } from './priceService.ts';
import { reconcileService } from './reconcileService.ts';
import { monthReportService } from './reportOfMonth.ts';
import { reportService } from './reportService.ts';
import { secondService } from './secondService.ts';
import { scenarioService } from './scenarioEditing.ts';
import { queriesHere, type QueryRunner } from './sqlRunner.ts';
import type { Surroundings } from './surroundings.ts';
import { tableService } from './tableService.ts';
import { traceService } from './traceService.ts';
import { whatIfService } from './whatIfService.ts';
import { openingSteps, savingSteps } from './workspaceFile.ts';

/** How the service is served: answers with large buffers hand them over instead of copying. */
type Served = { [K in keyof EngineApi]: (...args: Parameters<EngineApi[K]>) => Promise<unknown> };

/** @param queries where the console's queries run */
export function engineService(
  loadSql: () => Promise<SqlJsStatic>,
  surroundings: Surroundings,
  queries: QueryRunner = queriesHere(loadSql, surroundings.now),
): Served & EngineApi {
  const open = new OpenDocument(surroundings);
  let heldPrices: string | null = null;

  /** The user's own price list: the account's, or what an account that files make begins with. */
  const ownPrices = (): string | null => (open.account === null ? heldPrices : open.account.priceList);
  const current = open.current.bind(open);

  const prices = priceService(
    {
      account: () => open.account,
      own: ownPrices,
      keep: (own) => (heldPrices = own),
      take: (account) => open.repriced(account),
    },
    surroundings,
  );

  const { accountIn, ...reconciling } = reconcileService(current, open, surroundings);
  const importing = importService(open, ownPrices, surroundings);

  const service: Served = {
    ...prices,
    ...whatIfService(current, surroundings, open),
    ...scenarioService({ account: () => open.account, own: ownPrices, take: open.edited.bind(open) }, surroundings),
    ...traceService(current, surroundings),
    ...reportService(
      current,
      accountIn,
      async (context) => (await reconciling.reconSettings({ period: null }, context)).vendor,
    ),
    ...journalService(current, () => open.saved(), loadSql, queries, surroundings),
    ...importing,
    stageFiles: async (request, context) => {
      const staged = await importing.stageFiles(request, context);
      // what is imported is soon kept: all cores are busy with SQLite for a moment, now rather than when a chart is moved;
      // where it cannot be had, who needs it hears so
      void loadSql().catch(() => undefined);
      return staged;
    },
    ...tableService(current, () => open.log.records, surroundings),
    ...copyService(open, loadSql, surroundings),
    ...secondService(current, loadSql, surroundings),
    ...reconciling,
    ...explainService(accountIn, reconciling, surroundings),
    ...monthReportService(accountIn, reconciling, surroundings),
    openScenario: async ({ name, text, files, demo }, context) => {
      const find = (path: string): Promise<NamedFile | null> =>
        Promise.resolve(files.find((file) => sameFile(file.name, path)) ?? null);
      return open.take(await openScenario({ name, text }, { find, more: [] }, surroundings, context), demo === true);
    },
    openWorkspace: ({ name, bytes }, context) =>
      located(name, async () => {
        const steps = openingSteps(await loadSql(), bytes, surroundings);
        return open.take(await inPieces(steps, surroundings, context), false);
      }),
    undoChange: () => Promise.resolve(open.step('undo')),
    redoChange: () => Promise.resolve(open.step('redo')),
    setQueries: ({ what, queries: kept }) => Promise.resolve(open.keepQueries(what, kept)),
    archiveRun: async ({ name }, context) => {
      const run = await exportedRun(await loadSql(), open.saved(), name, surroundings, context);
      return new Transfer(run, [run.bytes.buffer]);
    },
    saveWorkspace: async (_request, context) => {
      const saved = open.saved();
      const bytes = await inPieces(savingSteps(await loadSql(), saved), surroundings, context);
      return new Transfer(bytes, [bytes.buffer]);
    },
  };
  return service as Served & EngineApi;
}

/** Dropped files come by their bare name, a scenario names them by path. */
function sameFile(name: string, path: string): boolean {
  return name === path || name === path.slice(path.lastIndexOf('/') + 1);
}
