/** The palette: what fits a few letters, in which order, and the days and rows that are meant by them. */
import fc from 'fast-check';
import { FileText } from 'lucide-react';
import { describe, expect, test } from 'vitest';
import { typedTime } from '../../renderer/app/palette/days.ts';
import { readChoices, writeChoices } from '../../renderer/app/recentChoices.ts';
import { chosen, ranked, type PaletteItem } from '../../renderer/features/palette/ranking.ts';
import { typesCalled } from '../../renderer/features/timeline/describe.ts';
import { fitOf } from '../../renderer/ui/fuzzy.ts';
import { zoneOf } from '../../shared/domain/time.ts';

const item = (title: string, more: Partial<PaletteItem> = {}): PaletteItem => ({
  ...{ id: title, heading: 'Commands', title, icon: FileText, run: () => undefined },
  ...more,
});
const titles = (items: readonly PaletteItem[], query: string, recent: readonly string[] = []): string[] =>
  ranked(items, query, recent).flatMap((group) => group.items.map(({ title }) => title));

describe('a fit', () => {
  test.each([
    ['sc', 'Open scenario…', [5, 6]],
    ['op sc', 'Open scenario…', [0, 1, 5, 6]],
    ['sc op', 'Open scenario…', [0, 1, 5, 6]],
    ['os', 'Open scenario…', [0, 5]],
    ['nnn', 'Open scenario…', null],
    ['x', 'Export', null],
    ['', 'Export', []],
  ])('%o in %o', (query, text, at) => {
    expect(fitOf(query, text)?.at ?? null).toEqual(at);
  });

  test('marks letters of the query alone, in rising order; a text fits itself best', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 40 }), (query, text) => {
        const fit = fitOf(query, text);
        if (fit === null) return;
        const letters = new Set(query.toLowerCase());
        expect([...fit.at].sort((a, b) => a - b)).toEqual(fit.at);
        for (const place of fit.at) expect(letters.has(text.charAt(place).toLowerCase())).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{2,12}$/), fc.stringMatching(/^[a-z ]{0,20}$/), (word, other) => {
        expect(fitOf(word, word)?.score ?? 0).toBeGreaterThan(fitOf(word, `${other} ${word}x`)?.score ?? 0);
      }),
    );
  });
});

describe('the order', () => {
  const items = [
    item('Lots as CSV', { words: 'export table' }),
    item('Export chart'),
    item('Next expiry', { heading: 'Figures' }),
    item('Save', { keys: ['Ctrl S'], waits: 'no account is open' }),
    item('Journal', { heading: 'Places', keys: ['5'] }),
  ];

  test('is by fit: starts before inner words, titles before other words', () => {
    expect(titles(items, 'exp')).toEqual(['Export chart', 'Lots as CSV', 'Next expiry']);
    expect(titles(items, 'nothing such')).toEqual([]);
  });

  test('prefers what was chosen lately, and puts what cannot be done behind', () => {
    const two = [item('Save as'), item('Save it', { waits: 'no account is open' }), item('Save up')];
    expect(titles(two, 'save')).toEqual(['Save as', 'Save up', 'Save it']);
    expect(titles(two, 'save', ['Save up'])).toEqual(['Save up', 'Save as', 'Save it']);
  });

  test('before anything is typed: what was chosen lately, places, commands with a key that can be done', () => {
    const groups = ranked(items, ' ', ['Next expiry', 'gone']);
    expect(groups.map(({ heading, items: of }) => [heading, of.map(({ title }) => title)])).toEqual([
      ['Chosen lately', ['Next expiry']],
      ['Places', ['Journal']],
    ]);
  });

  test('choices are remembered, the last first, each once', () => {
    const storage = new Map<string, string>();
    const kept = { getItem: (key: string) => storage.get(key) ?? null, setItem: storage.set.bind(storage) };
    writeChoices(chosen(chosen(chosen([], 'a'), 'b'), 'a'), kept);
    expect(readChoices(kept)).toEqual(['a', 'b']);
    storage.set('drawdown.chosen', '{"not": "a list"}');
    expect(readChoices(kept)).toEqual([]);
    storage.set('drawdown.chosen', 'not JSON');
    expect(readChoices(kept)).toEqual([]);
  });
});

describe('a day as it is typed', () => {
  const berlin = zoneOf('Europe/Berlin')!;
  const account = { from: Date.UTC(2025, 9, 10), to: Date.UTC(2026, 9, 14) };
  const day = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date);

  test.each([
    ['9 Mar', 'UTC', [day(2026, 3, 9), day(2026, 3, 10)]],
    ['9 march 2026', 'UTC', [day(2026, 3, 9), day(2026, 3, 10)]],
    ['Mar 9, 2026', 'UTC', [day(2026, 3, 9), day(2026, 3, 10)]],
    ['2026-03-09', 'UTC', [day(2026, 3, 9), day(2026, 3, 10)]],
    // the account's year where it has that day
    ['20 Nov', 'UTC', [day(2025, 11, 20), day(2025, 11, 21)]],
    ['march', 'UTC', [day(2026, 3, 1), day(2026, 4, 1)]],
    ['Dec', 'UTC', [day(2025, 12, 1), day(2026, 1, 1)]],
    ['29 Mar', 'Europe/Berlin', [day(2026, 3, 28) + 23 * 3_600_000, day(2026, 3, 29) + 22 * 3_600_000]],
  ])('%o in %s', (text, zone, window) => {
    const found = typedTime(text, account, zone === 'UTC' ? zoneOf('UTC')! : berlin);
    expect(found?.window).toEqual(window);
    expect(found?.at).toBeNull();
  });

  test('with a time it is the instant', () => {
    expect(typedTime('9 Mar 14:10', account, berlin)?.at).toBe(Date.UTC(2026, 2, 9, 13, 10));
  });

  test.each(['9', 'cut off', '30 Feb', '9 Mar 2031', 'Smarch', '', '2026-13-01'])('%o is none', (text) => {
    expect(typedTime(text, account, berlin)).toBeNull();
  });
});

test('types of timeline rows are found by the words of the table', () => {
  expect(typesCalled('cut off')).toEqual(['cutoff']);
  expect(typesCalled('AUTO-RECHARGE skipped')).toEqual(['recharge_skipped']);
  expect(typesCalled('paid')).toEqual(['purchase']);
  expect(typesCalled('')).toEqual([]);
});
