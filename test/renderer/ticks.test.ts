import { describe, expect, test } from 'vitest';
import { zoneOf, type Zone } from '../../shared/domain/time.ts';
import { axisExtent, niceStep, timeTicks, valueDomain, valueLabel, valueTicks } from '../../renderer/ui/chart/ticks.ts';

const UTC = zoneOf('UTC') as Zone;
const BERLIN = zoneOf('Europe/Berlin') as Zone;
const labels = (from: number, to: number, zone: Zone, width = 1200): string[] =>
  timeTicks({ from, to }, width, zone).map(({ label }) => label);

describe('time ticks fall on the account’s calendar', () => {
  test('weeks on Mondays', () => {
    const found = labels(Date.UTC(2026, 6, 15), Date.UTC(2026, 9, 14), UTC);
    expect(found[0]).toBe('20 Jul');
    expect(found[1]).toBe('27 Jul');
  });

  test('months and years by name', () => {
    expect(labels(Date.UTC(2025, 9, 6), Date.UTC(2026, 9, 14), UTC)).toContain('Jan 2026');
    expect(labels(Date.UTC(2015, 0, 1), Date.UTC(2026, 0, 2), UTC, 800)).toContain('2020');
  });

  test('hours at its midnight, also across a clock change', () => {
    const found = labels(Date.UTC(2026, 9, 24, 12), Date.UTC(2026, 9, 26, 12), BERLIN, 700);
    expect(found).toContain('25 Oct');
    expect(found).toContain('26 Oct');
    expect(found.filter((label) => label === '06:00')).toHaveLength(2);
  });

  test('seconds and parts of them', () => {
    const from = Date.UTC(2026, 8, 25, 18, 32, 2);
    expect(labels(from, from + 1000, UTC)).toContain('02.500');
  });

  test('never nearer than asked', () => {
    for (const span of [1e3, 6e4, 3.6e6, 8.64e7, 1e9, 1e10, 1e11, 1e12]) {
      const from = Date.UTC(2020, 1, 2, 3, 4, 5);
      const ticks = timeTicks({ from, to: from + span }, 900, UTC);
      const nearest = Math.min(...ticks.slice(1).map(({ at }, index) => at - (ticks[index]?.at ?? 0)));
      // months differ in length, February by a tenth
      expect((nearest / span) * 900).toBeGreaterThan(66);
    }
  });

  test('an empty window has none', () => {
    expect(timeTicks({ from: 5, to: 5 }, 900, UTC)).toEqual([]);
  });
});

describe('value ticks', () => {
  test('are round, at most seven, and zero is zero', () => {
    for (const [low, high] of [
      [-99.2, 500],
      [0, 1],
      [-0.003, 0.004],
      [0, 123_456_789],
      [-8000, 10],
      [249.1, 250.2],
    ] as const) {
      const extent = { low, high };
      const domain = valueDomain(extent, 260, { top: 34, bottom: 26 });
      const { values } = valueTicks(extent, domain, 260);
      expect(values.length).toBeGreaterThanOrEqual(1);
      expect(values.length).toBeLessThanOrEqual(7);
      if (low <= 0 && high >= 0) expect(values).toContain(0);
      for (const value of values) expect(value >= domain.low && value <= domain.high).toBe(true);
    }
  });

  test('steps are 1, 2, 2.5 or 5 times a power of ten', () => {
    expect([7, 13, 21, 44, 0.3, 90_000].map((range) => niceStep(range, 7))).toEqual([1, 2, 5, 10, 0.05, 20_000]);
  });

  test('labels have the digits of their step', () => {
    expect(valueLabel(-1500, 500)).toBe('−1,500');
    expect(valueLabel(0.25, 0.25)).toBe('0.25');
    expect(valueLabel(2.5, 2.5)).toBe('2.5');
    expect(valueLabel(0.004, 0.002)).toBe('0.004');
    expect(valueLabel(0, 0.002)).toBe('0');
  });
});

describe('the value axis', () => {
  test('holds zero, the horizon', () => {
    expect(axisExtent({ low: 200, high: 450 })).toEqual({ low: 0, high: 450 });
    expect(axisExtent({ low: -99.2, high: -1 })).toEqual({ low: -99.2, high: 0 });
  });

  test('leaves zero where it would hide what happens', () => {
    expect(axisExtent({ low: 249, high: 250 })).toEqual({ low: 249, high: 250 });
  });

  test('a flat balance still has an axis', () => {
    expect(axisExtent({ low: 0, high: 0 })).toEqual({ low: 0, high: 1 });
    expect(axisExtent({ low: 300, high: 300 })).toEqual({ low: 0, high: 300 });
  });

  test('has its room in pixels', () => {
    const { low, high } = valueDomain({ low: 0, high: 200 }, 260, { top: 34, bottom: 26 });
    expect(low).toBeCloseTo(-26, 9);
    expect(high).toBeCloseTo(234, 9);
  });
});
