/** Serves `EngineApi`: one open account, replaced only by one that opened without a problem. */
import type { EngineApi, NamedFile, Opened } from '../contract/engine.ts';
import { Transfer } from '../contract/rpc.ts';
import type { SqlJsStatic } from '../storage/sqlite.ts';
import { WorkspaceError } from '../storage/workspace.ts';
import { openScenario, type Account, type AccountOutcome, type Surroundings } from './account.ts';
import { addUsage } from './addUsage.ts';
import { annotationsOf, touching } from './annotations.ts';
import { pointAt } from './pointAt.ts';
import { invoicesPage, lotsPage, tableCsv, timelinePage, usagePage } from './tables.ts';
import { viewOf } from './view.ts';
import { openSaved, saveAccount } from './workspaceFile.ts';

/** Most marks in one answer; rarer kinds come first. */
const MAX_MARKS = 20_000;

/** How the service is served: answers with large buffers hand them over instead of copying. */
type Served = { [K in keyof EngineApi]: (...args: Parameters<EngineApi[K]>) => Promise<unknown> };

export function engineService(loadSql: () => Promise<SqlJsStatic>, surroundings: Surroundings): Served & EngineApi {
  let open: Account | null = null;
  let isDemo = false;

  const current = (): Account => {
    if (open === null) throw new Error('no account is open');
    return open;
  };
  const take = (outcome: AccountOutcome, demo: boolean): Opened => {
    if (!outcome.ok) return outcome;
    open = outcome.account;
    isDemo = demo;
    return { ok: true, view: viewOf(open) };
  };

  const service: Served = {
    openScenario: async ({ name, text, files, demo }, context) => {
      const find = (path: string): Promise<NamedFile | null> =>
        Promise.resolve(files.find((file) => sameFile(file.name, path)) ?? null);
      return take(await openScenario({ name, text }, { find, more: [] }, surroundings, context), demo === true);
    },
    openWorkspace: async ({ name, bytes }) => {
      try {
        return take(openSaved(await loadSql(), bytes, surroundings), false);
      } catch (error) {
        if (error instanceof WorkspaceError)
          return {
            ok: false,
            problems: [{ file: name, line: null, column: null, field: null, message: error.message }],
          };
        throw error;
      }
    },
    addUsage: async ({ files }, context) => {
      const added = await addUsage(files, isDemo ? null : open, surroundings, context);
      if (!added.ok) return added;
      const opened: Opened =
        added.account === null
          ? { ok: true, view: viewOf(current()) }
          : take({ ok: true, account: added.account }, false);
      return opened.ok ? { ok: true, view: { ...opened.view, imports: added.reports } } : opened;
    },
    series: ({ from, to, columns }) => {
      const series = current().course.series(from, to, Math.min(columns, 10_000));
      return Promise.resolve(new Transfer(series, [series.at.buffer, series.balance.buffer]));
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
