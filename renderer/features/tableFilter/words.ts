/** What was typed, as the words that the worker looks for. */
import type { FilterWord } from '../../../shared/contract/tableFilter.ts';
import { localeForms } from '../../ui/displayLocale.ts';

/** @param eventsCalled kinds of timeline rows that the screen calls by a word */
export function filterWords(search: string, eventsCalled: (word: string) => readonly string[]): readonly FilterWord[] {
  const typed = search.toLowerCase().split(/\s+/).map(plainWord);
  return daysJoined(typed.filter((word) => word !== '')).map((text) => ({ text, events: eventsCalled(text) }));
}

/** A day and its month are one word: a 3 alone is in every other figure. */
function daysJoined(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [one = '', two = ''] = words.slice(at, at + 2);
    const day = dayOf(one, two) ?? dayOf(two, one);
    joined.push(day ?? one);
    if (day !== null) at += 1;
  }
  return joined;
}

/** ` 3 feb` of `3` and `feb` or `february`; null where they are no day. What is before a day ends with a space. */
function dayOf(day: string, month: string): string | null {
  if (!/^[1-9]\d?$/.test(day) || month.length < 3) return null;
  const { months, fullMonths } = localeForms();
  const number = fullMonths.findIndex((name, index) =>
    [name, months[index] ?? name].some((form) => form.toLowerCase().startsWith(month)),
  );
  return number < 0 ? null : ` ${Number(day)} ${(months[number] ?? '').toLowerCase()}`;
}

/** A figure as it is kept, whatever the form in which it is shown; any other word without what ends a clause. */
function plainWord(word: string): string {
  const { group, point } = localeForms();
  const typed = word.replaceAll('−', '-').replace(/^\+/, '');
  if (!/^[-\d.,'’\u00a0\u202f]*\d[-\d.,'’\u00a0\u202f]*$/.test(typed) || /\d-\d/.test(typed))
    return typed.replace(/[.,;]+$/, '');
  return typed.replaceAll(group, '').replace(point, '.');
}
