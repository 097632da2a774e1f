/** Which stretch of time a chart starts with, and how far it can be moved. Pure. */
import type { AccountView } from '../../../shared/contract/engine.ts';
import { DAY_MS, type Instant } from '../../../shared/domain/time.ts';
import type { ChartNotes } from '../../ui/chart/chartModel.ts';
import { boundsAround, clampWindow, type TimeWindow } from '../../ui/chart/timeWindow.ts';

const WHOLE_MS = 130 * DAY_MS;
const USUAL_MS = 91 * DAY_MS;
const TROUBLE_ROOM_MS = 14 * DAY_MS;
const STORY_MS = 84 * DAY_MS;
/** Room before the first instant for its mark, and behind the last for the word that names its balance. */
const ROOM_BEFORE = 0.008;
const ROOM_AFTER = 0.045;

export function boundsOf(view: Pick<AccountView, 'from' | 'to'>): TimeWindow {
  return boundsAround({ from: view.from, to: view.to }, ROOM_BEFORE, ROOM_AFTER);
}

/** A short history is shown whole; of a long one the last months, with the last trouble in them if it is not far. */
export function firstWindow(bounds: TimeWindow, end: Instant, history: ChartNotes): TimeWindow {
  if (end - bounds.from <= WHOLE_MS) return bounds;
  const troubles = [
    ...history.overruns.map(({ from }) => from),
    ...history.spans.filter(({ record }) => record !== null).map(({ from }) => from),
    ...history.marks.filter(({ kind }) => kind === 'expiry').map(({ at }) => at),
  ].map((at) => at - TROUBLE_ROOM_MS);
  const from = Math.min(end - USUAL_MS, ...troubles.filter((at) => at > end - WHOLE_MS));
  return clampWindow({ from, to: end + (end - from) * ROOM_AFTER }, bounds);
}

/** Some weeks around an instant, which keeps a little to the right of the middle: what led to it matters more. */
export function windowAround(at: Instant, bounds: TimeWindow): TimeWindow {
  return clampWindow({ from: at - STORY_MS * 0.6, to: at + STORY_MS * 0.4 }, bounds);
}
