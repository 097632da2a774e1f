/** Instants as people type them, on the account's clock: ISO, `9 Mar 2026`, `9 Mar 14:10`. Pure. */
import {
  daysFromCivil,
  instantOfWall,
  parseInstant,
  wallFields,
  type Instant,
  type Zone,
} from '../../../shared/domain/time.ts';
import type { ChartNotes } from '../../ui/chart/chartModel.ts';
import { typedInstantText } from '../../ui/format.ts';
import { ENGLISH } from '../../ui/displayLocale.ts';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const WORDS = /^(\d{1,2})\.? ([a-z]{3})[a-z]*(?: (\d{4}))?(?:,? (\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?$/i;
const PROBLEM = 'Write an instant as 9 Mar 2026 14:10 or 2026-03-09T14:10';

/** The instant, or what is wrong. `about` gives the year where none is typed. */
export function readAsOf(typed: string, about: Instant, zone: Zone): Instant | { readonly problem: string } {
  // the zone is the account's own, which the field itself shows
  const text = typed
    .trim()
    .replace(/\s+/g, ' ')
    .replace(new RegExp(` ${escaped(zone.name)}$`), '');
  const iso = DAY.test(text)
    ? `${text}T00:00`
    : (wordsAsIso(text, about, zone) ?? text.replace(/^(\d{4}-\d\d-\d\d) /, '$1T'));
  const read = parseInstant(iso);
  if (read === 'unreadable') return { problem: PROBLEM };
  return typeof read === 'number' ? read : instantOfWall(read.wall, zone);
}

function wordsAsIso(text: string, about: Instant, zone: Zone): string | null {
  const [, day = '', name = '', year = String(wallFields(about, zone).year), time = '00:00'] = WORDS.exec(text) ?? [];
  const month = ENGLISH.months.findIndex((each) => each.toLowerCase() === name.toLowerCase()) + 1;
  if (month === 0 || daysFromCivil(Number(year), month, Number(day)) === null) return null;
  return `${year.padStart(4, '0')}-${two(month)}-${day.padStart(2, '0')}T${time.indexOf(':') === 1 ? `0${time}` : time}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** The one form in which the field shows an instant. */
export function asOfText(at: Instant, zone: Zone): string {
  return typedInstantText(at, zone);
}

/** Instants that one asks for: where the balance fell below zero, cut-offs, ends of months; the newest first. */
export function asOfChoices(notes: ChartNotes, zone: Zone): readonly string[] {
  const instants = [
    ...notes.overruns.flatMap(({ from, to }) => [from, to]),
    ...notes.spans.flatMap(({ from, to }) => (to === null ? [from] : [from, to])),
    ...notes.months.flatMap(({ to, invoice }) => (invoice === null ? [] : [to])),
  ];
  return [...new Set(instants)]
    .sort((a, b) => b - a)
    .slice(0, MOST_CHOICES)
    .map((at) => asOfText(at, zone));
}

const MOST_CHOICES = 60;
