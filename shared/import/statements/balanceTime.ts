/**
 * When a balance is stated to have held. A file that does not say is asked about: the time it was last changed is offered,
 * and nothing is taken without an answer.
 */
import { formatInstant, instantOfWall, type Instant, type Zone } from '../../domain/time.ts';
import type { StatedBalance } from '../../domain/statedBalance.ts';
import { parseTime } from '../instants.ts';
import type { LocalForms } from '../localForms.ts';
import { quoted } from '../problems.ts';
import { dateInZone } from './dates.ts';
import type { Source } from './source.ts';

export type StatedTime = Pick<StatedBalance, 'at' | 'on'>;

/** An instant, a day, or what keeps the text from being either. */
export function readStatedTime(
  text: string,
  zone: Zone | undefined,
  local: LocalForms | null,
): StatedTime | 'unreadable' | 'zone' | 'dateOrder' {
  const short = parseTime(text.replace(/\s*(?:UTC|GMT)$/, 'Z'));
  const time = short === 'unreadable' && local !== null ? local.time(text) : short;
  if (typeof time === 'string') return time;
  if (typeof time === 'number') return { at: time, on: null };
  if (time.day === true) return { at: null, on: dateInZone(time.wall, undefined) };
  return zone === undefined ? 'zone' : { at: instantOfWall(time.wall, zone), on: null };
}

/** The user's answer for a file that states no time; null, with a question, where there is none. */
export function answeredTime(source: Source): StatedTime | null {
  const { statedAt, zone } = source.options;
  if (statedAt !== undefined) {
    const time = readStatedTime(statedAt.trim(), zone, null);
    if (typeof time !== 'string') return time;
    const right = 'write 2026-10-02, or 2026-10-02T08:00:00Z';
    source.problem(null, 'statedAt', `${quoted(statedAt)} is no day and no instant; ${right}`);
  }
  source.ask(null, {
    choice: 'statedAt',
    column: null,
    asks: 'the file does not say when this balance held; say when',
    example: null,
    options: source.modified === null ? [] : [modifiedOption(source.modified)],
  });
  return null;
}

function modifiedOption(modified: Instant): { readonly value: string; readonly label: string } {
  const value = `${formatInstant(modified).slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)}Z`;
  return { value, label: `${value.slice(0, 16).replace('T', ' ')} UTC, when the file was last changed` };
}
