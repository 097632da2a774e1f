/** Settings: kept and read back, and the forms of figures and days in other languages. */
import { afterEach, describe, expect, test } from 'vitest';
import { readSettings, STANDARD_SETTINGS, writeSettings, type Settings } from '../../renderer/app/settings.ts';
import { fieldText } from '../../renderer/features/whatIf/controlWords.ts';
import { readLeastAmount } from '../../renderer/features/journal/journalFilter.ts';
import { amountText, countText } from '../../renderer/ui/amountText.ts';
import { setDisplayLocale } from '../../renderer/ui/displayLocale.ts';
import {
  dateText,
  dayText,
  instantText,
  periodName,
  rangeText,
  spanText,
  typedInstantText,
  weekdayText,
} from '../../renderer/ui/format.ts';
import { valueLabel } from '../../renderer/ui/chart/ticks.ts';
import { zoneOf } from '../../shared/domain/time.ts';

const UTC = zoneOf('UTC')!;
const AT = Date.UTC(2026, 8, 25, 18, 32, 2);
const LATER = Date.UTC(2026, 8, 29);

afterEach(() => setDisplayLocale('en'));

/** Spaces of all kinds as plain ones. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

describe('forms', () => {
  test.each(['en', 'en-US', 'en-GB'])('English as the design has it: %s', (tag) => {
    setDisplayLocale(tag);
    expect(amountText('-1234567.5', { digits: 2 })).toBe('−1,234,567.50');
    expect(instantText(AT, UTC)).toBe('25 Sep 2026 18:32:02 UTC');
    expect(weekdayText(AT, UTC, true)).toBe('Fri 25 Sep 2026');
    expect(rangeText(AT, LATER, UTC)).toBe('25 – 29 Sep 2026');
  });

  test('India groups by lakh and crore', () => {
    setDisplayLocale('en-IN');
    expect(amountText('123456789.1', { digits: 2 })).toBe('12,34,56,789.10');
    expect(countText(231515)).toBe('2,31,515');
    expect(countText(999)).toBe('999');
  });

  test('German', () => {
    setDisplayLocale('de');
    expect(amountText('-1234.5', { digits: 2 })).toBe('−1.234,50');
    expect(amountText('0.1031', { digits: 6, exact: true })).toBe('0,103100');
    expect(dayText(AT, UTC, true)).toBe('25. Sept. 2026');
    expect(periodName('2026-03')).toBe('März');
    expect(dateText('2026-10-08')).toBe('8. Okt.');
    expect(valueLabel(-1500, 500)).toBe('−1.500');
    expect(rangeText(AT, LATER, UTC)).toBe('25 – 29. Sept. 2026');
  });

  test('French, Spanish and Japanese', () => {
    setDisplayLocale('fr');
    expect(plain(amountText('1234567.5', { digits: 2 }))).toBe('1 234 567,50');
    setDisplayLocale('es');
    expect(amountText('1234.5', { digits: 2 })).toBe('1234,50');
    expect(amountText('12345.5', { digits: 2 })).toBe('12.345,50');
    setDisplayLocale('ja');
    expect(dayText(AT, UTC, true)).toBe('2026年9月25日');
    // the day does not come first: one month does not serve both
    expect(rangeText(AT, LATER, UTC)).toBe('9月25日 – 2026年9月29日');
    const statement = { kind: 'statement', from: Date.UTC(2026, 8, 1), to: Date.UTC(2026, 8, 30) };
    expect(spanText(statement, UTC)).toBe('9月1日 – 2026年9月30日');
  });

  test('an unknown tag is English', () => {
    setDisplayLocale('no such tag');
    expect(amountText('1234.5', { digits: 2 })).toBe('1,234.50');
  });

  test('what fields show stays what they take', () => {
    setDisplayLocale('de');
    expect(fieldText({ form: { kind: 'amount' } as never }, '2500.00')).toBe('2,500.00');
    expect(fieldText({ form: { kind: 'amount' } as never }, '98765432')).toBe('98,765,432');
    // one comma could be a decimal point
    expect(fieldText({ form: { kind: 'amount' } as never }, '2500')).toBe('2500');
    expect(typedInstantText(AT, UTC)).toBe('25 Sep 2026 18:32:02');
    expect(readLeastAmount('1,242.07')).toEqual({ value: '1242.07' });
    // it would be a thousand times less, or more
    expect(readLeastAmount('1.242,07')).toHaveProperty('problem');
    expect(readLeastAmount('1,5')).toHaveProperty('problem');
  });
});

describe('what is kept', () => {
  const storage = new Map<string, string>();
  const kept = { getItem: (key: string) => storage.get(key) ?? null, setItem: storage.set.bind(storage) };

  test('comes back', () => {
    expect(readSettings(kept)).toEqual(STANDARD_SETTINGS);
    const chosen: Settings = {
      density: 'comfortable',
      locale: 'de-CH',
      motion: 'reduced',
      textSize: 150,
      actor: 'Ada',
    };
    writeSettings(chosen, kept);
    expect(readSettings(kept)).toEqual(chosen);
  });

  test.each([
    ['no JSON', 'x'],
    ['another shape', '[1]'],
    ['other values', '{"density": 5, "locale": "no such tag", "motion": "fast", "textSize": 1000, "actor": 7}'],
  ])('%s is as nothing', (_name, text) => {
    storage.set('drawdown.settings', text);
    expect(readSettings(kept)).toEqual(STANDARD_SETTINGS);
  });
});
