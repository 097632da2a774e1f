/** Serves what the account's screen draws: the chart's series and marks, and the tables. */
import type { EngineApi } from '../contract/engine.ts';
import { Transfer } from '../contract/rpc.ts';
import type { LogRecord } from '../domain/reconLog.ts';
import type { Account } from './account.ts';
import { annotationsOf, touching } from './annotations.ts';
import { findRows } from './find.ts';
import { inPieces } from './inPieces.ts';
import { pointAt } from './pointAt.ts';
import { seriesOf } from './series.ts';
import { statedCounts, statedNotes } from './statedNotes.ts';
import type { Surroundings } from './surroundings.ts';
import { filterSteps, rowsAt } from './tableFilter.ts';
import { invoicesPage, lotsPage, tableCsv, timelinePage, usagePage } from './tables.ts';

/** Most marks in one answer; rarer kinds come first. */
const MAX_MARKS = 20_000;

type TableApi = Pick<
  EngineApi,
  'annotations' | 'statedPoints' | 'pointAt' | 'find' | 'timeline' | 'usage' | 'lots' | 'invoices' | 'rowsAt'
> & { [K in 'series' | 'exportTable' | 'filterRows']: (...request: Parameters<EngineApi[K]>) => Promise<unknown> };

/**
 * @param current the account that is open; it throws where none is
 * @param log of its reconciliation
 */
export function tableService(
  current: () => Account,
  log: () => readonly LogRecord[],
  surroundings: Surroundings,
): TableApi {
  return {
    series: (window) => {
      const { series, buffers } = seriesOf(current(), window);
      return Promise.resolve(new Transfer(series, buffers));
    },
    annotations: ({ from, to }) => {
      const account = current();
      const { marks, spans, overruns, months } = annotationsOf(account);
      return Promise.resolve({
        marks: rarestFirst(marks.filter(({ at }) => at >= from && at <= to)).slice(0, MAX_MARKS),
        spans: touching(spans, from, to),
        overruns: touching(overruns, from, to),
        months: touching(months, from, to),
        ...(statedCounts(account, log()) === null ? {} : { stated: statedNotes(account, log(), from, to) }),
      });
    },
    statedPoints: ({ from, to }) => Promise.resolve(statedNotes(current(), log(), from, to)),
    pointAt: ({ at }) => Promise.resolve(pointAt(current(), at)),
    timeline: (window) => Promise.resolve(timelinePage(current(), window)),
    usage: (window) => Promise.resolve(usagePage(current(), window)),
    lots: (window) => Promise.resolve(lotsPage(current(), window)),
    invoices: (window) => Promise.resolve(invoicesPage(current(), window)),
    filterRows: async (request, context) => {
      const found = await inPieces(filterSteps(current(), request), surroundings, context);
      return new Transfer(found, [found.buffer]);
    },
    rowsAt: ({ table, places }) => Promise.resolve(rowsAt(current(), table, places)),
    find: (request) => Promise.resolve(findRows(current(), request)),
    exportTable: async ({ table }, context) => {
      const bytes = await inPieces(tableCsv(current(), table), surroundings, context);
      return new Transfer(bytes, [bytes.buffer]);
    },
  };
}

function rarestFirst<T extends { readonly kind: string }>(marks: readonly T[]): T[] {
  if (marks.length <= MAX_MARKS) return [...marks];
  const counts = new Map<string, number>();
  for (const { kind } of marks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...marks].sort((a, b) => counts.get(a.kind)! - counts.get(b.kind)!);
}
