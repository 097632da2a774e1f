/** Serves `EngineApi`: one open account, replaced only by one that opened without a problem. */
import type { EngineApi, Opened } from '../contract/engine.ts';
import type { NamedFile, Profiles } from '../contract/importing.ts';
import { Transfer } from '../contract/rpc.ts';
import type { SqlJsStatic } from '../storage/sqlite.ts';
import { WorkspaceError } from '../storage/workspace.ts';
import { openScenario } from './account.ts';
import { annotationsOf, touching } from './annotations.ts';
import { filesOf, profilesOf, sourceTextOf, takeReadings, withPlacement, withoutFile } from './imports.ts';
import { journalService } from './journalService.ts';
import { OpenDocument, filesInWords } from './openDocument.ts';
import { pointAt } from './pointAt.ts';
import { priceService } from './priceService.ts';
import { scenarioService } from './scenarioEditing.ts';
import { seriesOf } from './series.ts';
import { queriesHere, type QueryRunner } from './sqlRunner.ts';
import { Staging, takerOf, type PricedTaker } from './staging.ts';
import type { Surroundings } from './surroundings.ts';
import { invoicesPage, lotsPage, tableCsv, timelinePage, usagePage } from './tables.ts';
import { traceService } from './traceService.ts';
import { whatIfService } from './whatIfService.ts';
import { openSaved, saveAccount } from './workspaceFile.ts';

/** Most marks in one answer; rarer kinds come first. */
const MAX_MARKS = 20_000;

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
  const staging = new Staging(surroundings);

  /** The user's own price list: the account's, or what an account that files make begins with. */
  const ownPrices = (): string | null => (open.account === null ? heldPrices : open.account.priceList);
  const current = open.current.bind(open);
  const taker = (): PricedTaker => ({ ...takerOf(open.receiver), priceList: ownPrices() });
  /** The user's profiles, and how files with the same header were read before. */
  const profilesFor = (saved: Profiles): Profiles => ({ ...profilesOf(open.receiver?.sources ?? []), ...saved });

  const prices = priceService(
    {
      account: () => open.account,
      own: ownPrices,
      keep: (own) => (heldPrices = own),
      take: (account) => open.repriced(account),
    },
    surroundings,
  );

  const service: Served = {
    ...prices,
    ...whatIfService(current, surroundings),
    ...scenarioService(
      { account: () => open.account, own: ownPrices, take: (account) => open.edited(account) },
      surroundings,
    ),
    ...traceService(current),
    ...journalService(current, loadSql, queries, surroundings),
    openScenario: async ({ name, text, files, demo }, context) => {
      const find = (path: string): Promise<NamedFile | null> =>
        Promise.resolve(files.find((file) => sameFile(file.name, path)) ?? null);
      return open.take(await openScenario({ name, text }, { find, more: [] }, surroundings, context), demo === true);
    },
    openWorkspace: async ({ name, bytes }) => {
      try {
        return open.take(openSaved(await loadSql(), bytes, surroundings), false);
      } catch (error) {
        if (error instanceof WorkspaceError)
          return {
            ok: false,
            problems: [{ file: name, line: null, column: null, field: null, message: error.message }],
          };
        throw error;
      }
    },
    stageFiles: async ({ files, profiles }, context) => {
      await staging.add(files, profilesFor(profiles), {}, taker(), context);
      return staging.previews(taker(), context);
    },
    restage: async ({ id, choices }, context) => {
      await staging.choose(id, choices, taker(), context);
      return staging.previews(taker(), context);
    },
    staged: (_request, context) => staging.previews(taker(), context),
    unstage: ({ id }, context) => {
      staging.drop(id);
      return staging.previews(taker(), context);
    },
    takeStaged: async ({ ids }, context) => {
      const readings = await staging.settle(ids, taker(), context);
      const { outcome, reports } = takeReadings(open.receiver, readings, surroundings, ownPrices());
      const names = readings.map(({ source }) => source.report.file);
      const opened: Opened =
        outcome === null
          ? { ok: true, view: open.view() }
          : open.change(`Import of ${filesInWords(names)}`, outcome, { isOwn: true });
      if (!opened.ok) return opened;
      staging.drop(null);
      return { ok: true, view: { ...opened.view, imports: reports } };
    },
    files: () => Promise.resolve(open.account === null ? [] : filesOf(open.account)),
    undoImport: ({ id }) => {
      const outcome = withoutFile(current(), id, surroundings);
      return Promise.resolve(open.change(`Taking back of ${open.fileName(id)}`, outcome, { isOwn: false }));
    },
    place: ({ id, placement }) => {
      const outcome = withPlacement(current(), id, placement, surroundings);
      return Promise.resolve(open.change(`Placement of ${open.fileName(id)}`, outcome, { isOwn: false }));
    },
    undoChange: () => Promise.resolve(open.step('undo')),
    redoChange: () => Promise.resolve(open.step('redo')),
    sourceAt: (request) => sourceTextOf(current(), request, surroundings),
    series: (window) => {
      const { series, buffers } = seriesOf(current(), window);
      return Promise.resolve(new Transfer(series, buffers));
    },
    annotations: ({ from, to }) => {
      const { marks, spans, overruns, months } = annotationsOf(current());
      return Promise.resolve({
        marks: rarestFirst(marks.filter(({ at }) => at >= from && at <= to)).slice(0, MAX_MARKS),
        spans: touching(spans, from, to),
        overruns: touching(overruns, from, to),
        months: touching(months, from, to),
      });
    },
    pointAt: ({ at }) => Promise.resolve(pointAt(current(), at)),
    timeline: (window) => Promise.resolve(timelinePage(current(), window)),
    usage: (window) => Promise.resolve(usagePage(current(), window)),
    lots: (window) => Promise.resolve(lotsPage(current(), window)),
    invoices: (window) => Promise.resolve(invoicesPage(current(), window)),
    exportTable: ({ table }) => Promise.resolve(tableCsv(current(), table)),
    saveWorkspace: async () => {
      const account = current();
      const bytes = saveAccount(await loadSql(), account);
      return new Transfer(bytes, [bytes.buffer]);
    },
  };
  return service as Served & EngineApi;
}

/** Dropped files come by their bare name, a scenario names them by path. */
function sameFile(name: string, path: string): boolean {
  return name === path || name === path.slice(path.lastIndexOf('/') + 1);
}

function rarestFirst<T extends { readonly kind: string }>(marks: readonly T[]): T[] {
  if (marks.length <= MAX_MARKS) return [...marks];
  const counts = new Map<string, number>();
  for (const { kind } of marks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...marks].sort((a, b) => counts.get(a.kind)! - counts.get(b.kind)!);
}
