import { describe, expect, test } from 'vitest';
import type { ChartMonth } from '../../shared/contract/engine.ts';
import { listPlace, movingCardPlace, stayingCardPlace } from '../../renderer/ui/chart/cardPlace.ts';
import { boxAt, placeLabels, textWidth } from '../../renderer/ui/chart/labels.ts';
import { monthText } from '../../renderer/ui/chart/monthLane.ts';

const BOUNDS = { left: 0, top: 0, right: 400, bottom: 200 };

describe('labels', () => {
  const request = (key: string, ...candidates: ReturnType<typeof boxAt>[]) => ({
    key,
    text: key,
    tone: 'debt',
    candidates,
  });
  const noLine = (): null => null;

  test('take the first free place, earlier ones first', () => {
    const a = boxAt(10, 50, 60, 14);
    const b = boxAt(10, 90, 60, 14);
    const placed = placeLabels([request('one', a), request('two', a, b), request('three', a)], BOUNDS, [], noLine);
    expect(placed.map(({ key, box }) => [key, box])).toEqual([
      ['one', a],
      ['two', b],
    ]);
  });

  test('never stand across the line, on a mark or outside the plot', () => {
    const box = boxAt(10, 50, 60, 14);
    expect(placeLabels([request('x', box)], BOUNDS, [], () => ({ top: 40, bottom: 60 }))).toEqual([]);
    expect(placeLabels([request('x', box)], BOUNDS, [{ left: 0, top: 45, right: 20, bottom: 55 }], noLine)).toEqual([]);
    expect(placeLabels([request('x', boxAt(380, 50, 60, 14))], BOUNDS, [], noLine)).toEqual([]);
    expect(placeLabels([request('x', box)], BOUNDS, [], () => ({ top: 60, bottom: 90 }))).toHaveLength(1);
  });
});

describe('the month lane says what its room allows', () => {
  const month: ChartMonth = {
    period: '2026-09',
    from: 0,
    to: 1,
    invoice: 3,
    used: '2156.71',
    carried: '99.2',
    due: '0',
  };
  const said = (width: number, of: ChartMonth = month): string => {
    const { name, rest } = monthText(of, width, 11, 2);
    return `${name} ${rest}`.trim();
  };

  test('all of it, less, its name, nothing', () => {
    expect(said(400)).toBe('September 2026 used 2,156.71 · carried 99.20 · due 0.00');
    expect(said(310)).toBe('September used 2,156.71 · carried 99.20 · due 0.00');
    expect(said(140)).toBe('Sep used 2,156.71');
    expect(said(110)).toBe('Sep 2,156.71');
    expect(said(40)).toBe('Sep');
    expect(said(10)).toBe('');
  });

  test('carried only where there is any, and an open month owes nothing yet', () => {
    expect(said(400, { ...month, carried: '0', invoice: null })).toBe('September 2026 used 2,156.71 to date');
  });

  test('what it says fits', () => {
    for (let width = 6; width < 420; width += 3) {
      const { name, rest } = monthText(month, width, 11, 2);
      expect(textWidth(`${name} ${rest}`.trim(), 11)).toBeLessThanOrEqual(width);
    }
  });
});

describe('the card', () => {
  const plot = { left: 0, top: 0, right: 1000, bottom: 300, width: 1000, height: 300 };
  const size = { width: 300, height: 50 };

  test('keeps to one side while the pointer moves', () => {
    expect(movingCardPlace(plot, 200, 200)).toEqual({ side: 'right', level: 'above' });
    expect(movingCardPlace(plot, 800, 100)).toEqual({ side: 'left', level: 'below' });
  });

  test('that stays takes the corner where it hides least of the line', () => {
    // The line runs along the middle: below it everything is free.
    const line = (): { top: number; bottom: number } => ({ top: 150, bottom: 230 });
    const at = { plot, x: 700, y: 260, size, marks: [] };
    expect(stayingCardPlace({ ...at, lineBetween: line })).toEqual({ side: 'left', level: 'floor' });
    // Nothing in the way: the usual corner. A mark in it: the next.
    expect(stayingCardPlace({ ...at, x: 200, y: 200, lineBetween: () => null })).toEqual({
      side: 'right',
      level: 'above',
    });
    const mark = { left: 240, right: 252, top: 160, bottom: 172 };
    expect(stayingCardPlace({ ...at, x: 200, y: 200, marks: [mark], lineBetween: () => null }).level).toBe('floor');
  });

  test('of a cluster is inside the plot with all that it lists, and lists what there is room for', () => {
    for (const height of [60, 145, 300]) {
      for (const y of [0, height / 2, height]) {
        const low = { ...plot, bottom: height, height };
        const { listed, style } = listPlace(low, { x: 200, y, rem: 1 }, { wanted: 8, besides: 2 });
        const top = Number(style.top);
        expect(listed).toBe({ 60: 1, 145: 4, 300: 8 }[height]);
        expect(top).toBeGreaterThanOrEqual(0);
        if (height > 60) expect(top + 14 + (listed + 2) * 18).toBeLessThanOrEqual(height);
      }
    }
  });
});
