/**
 * The walk along the chart: records of the timeline and stated balances, in time; of one instant the records come first.
 * Where the walk stands is what is selected.
 */
import type { Instant } from '../../shared/domain/time.ts';
import type { StatedPoint } from '../../shared/contract/stated.ts';
import type { AppState, AppStore } from './store.ts';

/** The stated balances that the walk meets: those that are shown. */
function walked(state: AppState): readonly StatedPoint[] {
  return state.chartHidden.has('stated') ? [] : (state.chartHistory?.stated?.points ?? []);
}

/** The record that comes `by` after where the walk stands; null where there is none on that side. */
export async function recordBeside(store: AppStore, by: number): Promise<number | null> {
  const state = store.getState();
  const { timelineSelected, timeline, chartStated } = state;
  if (timelineSelected !== null) return inRange(timelineSelected + by, timeline.total);
  const at = chartStated === null ? null : (walked(state).find(({ index }) => index === chartStated)?.at ?? null);
  if (at === null) return inRange(by > 0 ? by - 1 : timeline.total + by, timeline.total);
  const before = await recordsUpTo(store, at);
  const wanted = by > 0 ? before + by - 1 : before + by;
  // a single step does not turn round at the end
  if (Math.abs(by) === 1 && (wanted < 0 || wanted >= timeline.total)) return null;
  return inRange(wanted, timeline.total);
}

function inRange(index: number, total: number): number {
  return Math.min(total - 1, Math.max(0, index));
}

/** The stated balance that lies before the next record, for a step of one; null where the record comes first. */
export async function statedBetween(store: AppStore, by: number): Promise<StatedPoint | null> {
  if (by !== 1 && by !== -1) return null;
  const state = store.getState();
  const points = walked(state);
  if (points.length === 0) return null;
  const { timelineSelected, chartStated, timeline } = state;
  const standing = timelineSelected === null ? null : ((await state.timelineRow(timelineSelected))?.at ?? null);
  const here = points.findIndex(({ index }) => index === chartStated);
  const next =
    here >= 0
      ? points[here + by]
      : by > 0
        ? points.find(({ at }) => standing === null || at >= standing)
        : points.findLast(({ at }) => standing === null || at < standing);
  if (next === undefined) return null;
  const atEdge = timelineSelected !== null && inRange(timelineSelected + by, timeline.total) === timelineSelected;
  const record = timeline.total === 0 || atEdge ? null : await recordBeside(store, by);
  if (record === null) return next;
  const recordAt = (await state.timelineRow(record))?.at;
  if (recordAt === undefined) return next;
  const passed = here >= 0 && (by > 0 ? recordAt <= (points[here]?.at ?? 0) : recordAt > (points[here]?.at ?? 0));
  if (passed) return next;
  return by > 0 ? (recordAt <= next.at ? null : next) : recordAt > next.at ? null : next;
}

/** How many records of the timeline are at or before an instant. */
async function recordsUpTo(store: AppStore, at: Instant): Promise<number> {
  const { timeline, timelineRow } = store.getState();
  let low = 0;
  let high = timeline.total;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = await timelineRow(middle);
    if (row === undefined || row.at > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
