/** Where the usage of a row that covers a time is taken to have happened, in words. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/domain/time.ts';
import type { Placement } from '../../shared/domain/usage.ts';
import { durationText } from './format.ts';

export const PLACEMENTS: readonly { readonly value: Placement; readonly label: string; readonly title: string }[] = [
  { value: 'start', label: 'At its start', title: 'All of a row at its first instant: the earliest it can have been' },
  { value: 'spread', label: 'Spread over it', title: 'Equal slices over the time that the row covers' },
  { value: 'end', label: 'At its end', title: 'All of a row at its last instant: the latest it can have been' },
];

/** `a day`, `an hour`, `a minute`, else the duration. */
export function coverText(ms: number): string {
  if (ms === DAY_MS) return 'a day';
  if (ms === HOUR_MS) return 'an hour';
  return ms === MINUTE_MS ? 'a minute' : `up to ${durationText(ms)}`;
}
