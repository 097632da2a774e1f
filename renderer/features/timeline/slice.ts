/** The rows of the timeline table that are at hand, and the selected one. */
import type { TimelineRow } from '../../../shared/contract/engine.ts';
import { NO_PAGES, createPager, type Pages } from '../../ui/pages.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface TimelineSlice {
  readonly timeline: Pages<TimelineRow>;
  readonly timelineSelected: number | null;
  timelineOpen(total: number): void;
  timelineNeed(first: number, last: number): void;
  timelineRow(index: number): Promise<TimelineRow | undefined>;
  timelineSelect(index: number | null): void;
}

export function createTimelineSlice(
  set: SetSlice<TimelineSlice>,
  get: GetSlice<TimelineSlice>,
  deps: SliceDeps,
): TimelineSlice {
  const pager = createPager<TimelineRow>({
    fetch: (request) => deps.engine.timeline(request).result,
    read: () => get().timeline,
    write: (timeline) => set({ timeline }),
    failed: deps.failed,
  });
  return {
    timeline: NO_PAGES,
    timelineSelected: null,
    timelineOpen: (total) => {
      set({ timelineSelected: null });
      pager.reset(total);
      pager.need(0, 0);
    },
    timelineNeed: pager.need,
    timelineRow: pager.row,
    timelineSelect: (timelineSelected) => set({ timelineSelected }),
  };
}
