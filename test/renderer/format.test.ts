import { describe, expect, test } from 'vitest';
import { zoneOf, type Zone } from '../../shared/domain/time.ts';
import {
  dayText,
  durationText,
  instantText,
  isoDurationText,
  middleCut,
  rangeText,
  timeText,
  weekdayText,
} from '../../renderer/ui/format.ts';

const UTC = zoneOf('UTC') as Zone;
const BERLIN = zoneOf('Europe/Berlin') as Zone;
const CUTOFF = Date.UTC(2026, 8, 25, 18, 32, 2);
const HOUR = 3_600_000;

test('instants are read on the account’s clock', () => {
  expect(instantText(CUTOFF, UTC)).toBe('25 Sep 2026 18:32:02 UTC');
  expect(instantText(CUTOFF, BERLIN)).toBe('25 Sep 2026 20:32:02 Europe/Berlin');
  expect(weekdayText(CUTOFF, UTC, true)).toBe('Fri 25 Sep 2026');
  expect(dayText(Date.UTC(2026, 8, 25, 23), BERLIN)).toBe('26 Sep');
  expect(timeText(CUTOFF + 7, UTC, 'ms')).toBe('18:32:02.007');
  expect(weekdayText(Date.UTC(1969, 11, 31), UTC)).toBe('Wed 31 Dec');
});

describe('durations', () => {
  test.each([
    [61 * HOUR + 42 * 60_000 + 7000, '61 h 42 min'],
    [2 * HOUR, '2 h 00 min'],
    [5 * 60_000 + 20_000, '5 min 20 s'],
    [42 * 60_000, '42 min'],
    [20_000, '20 s'],
    [250, '250 ms'],
    [18 * 24 * HOUR + 4 * HOUR, '18 d 4 h'],
  ])('%i ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  test.each([
    ['PT2H', '2 h 00 min'],
    ['P1Y', '1 y'],
    ['P30D', '30 d'],
    ['PT0S', 'at once'],
    ['P1Y2M', '1 y 2 months'],
    ['never', 'never'],
  ])('%s is %s', (iso, text) => {
    expect(isoDurationText(iso)).toBe(text);
  });
});

test('a range is said as shortly as it can be', () => {
  const day = (month: number, date: number, hour = 0): number => Date.UTC(2026, month - 1, date, hour);
  expect(rangeText(day(9, 26), day(9, 29), UTC)).toBe('26 – 29 Sep 2026');
  expect(rangeText(day(7, 20), day(10, 14), UTC)).toBe('20 Jul – 14 Oct 2026');
  expect(rangeText(Date.UTC(2025, 9, 6), day(10, 14), UTC)).toBe('6 Oct 2025 – 14 Oct 2026');
  expect(rangeText(day(9, 25, 16), day(9, 25, 18), UTC)).toBe('25 Sep 2026, 16:00 – 18:00');
  expect(rangeText(day(9, 25, 16), day(9, 26, 18), UTC)).toBe('25 Sep 16:00 – 26 Sep 2026 18:00');
  expect(rangeText(CUTOFF, CUTOFF + 1500, UTC)).toBe('25 Sep 2026, 18:32:02 – 18:32:03.500');
});

test('a long id is cut in the middle, so that both its ends tell it apart', () => {
  expect(middleCut('usage-2026-09.ndjson:15197', 17)).toBe('usage-20…on:15197');
  expect(middleCut('short', 17)).toBe('short');
});
