/** What was done to one group, item or break, latest first, out of the log. */
import type { LogEntry } from '../../../shared/contract/reconcile.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface History {
  readonly subject: string | null;
  readonly entries: readonly LogEntry[];
  readonly total: number;
}

export interface HistorySlice {
  /** Null until it was asked for. */
  readonly reconHistory: History | null;
  /** @param subject null: the whole log */
  reconHistoryLoad(subject: string | null): void;
  reconHistoryMore(): void;
  reconHistoryForget(): void;
}

const PAGE = 100;

export function createHistorySlice(
  set: SetSlice<HistorySlice>,
  get: GetSlice<HistorySlice>,
  { engine, failed }: SliceDeps,
): HistorySlice {
  const asking = latestOnly({
    ask: ({ subject, offset }: { subject: string | null; offset: number }) =>
      engine.reconHistory({ subject, offset, limit: PAGE }).result,
    take: ({ rows, total }, { subject, offset }) => {
      const before = offset === 0 ? [] : (get().reconHistory?.entries ?? []);
      set({ reconHistory: { subject, entries: [...before, ...rows], total } });
    },
    failed,
  });
  return {
    reconHistory: null,
    reconHistoryLoad: (subject) => {
      if (get().reconHistory?.subject !== subject) set({ reconHistory: null });
      asking.ask({ subject, offset: 0 });
    },
    reconHistoryMore: () => {
      const history = get().reconHistory;
      if (history !== null) asking.ask({ subject: history.subject, offset: history.entries.length });
    },
    reconHistoryForget: () => {
      asking.forget();
      set({ reconHistory: null });
    },
  };
}
