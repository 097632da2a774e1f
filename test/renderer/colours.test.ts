/** Computes the two contrast tables of the design system from the tokens, as it asks; a colour cannot be changed alone. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(path.join(import.meta.dirname, '../../renderer/app/theme.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
);

type Theme = 'light' | 'dark';

function colour(name: string, theme: Theme): string {
  const token = tokens.get(name);
  if (token === undefined) throw new Error(`no token ${name}`);
  return token[theme];
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['page', 'side', 'frame', 'hover', 'selection'];
const TINTED = ['balance', 'credit', 'debt', 'expiry', 'evidence', 'closed'];

function lowest(name: string, theme: Theme): number {
  const grounds = TINTED.includes(name) ? [...GROUNDS, `${name}-tint`] : GROUNDS;
  return Math.min(...grounds.map((ground) => contrast(colour(name, theme), colour(ground, theme))));
}

/** DESIGN.md, section 4: on the page, and the lowest on any ground. */
const TABLE: readonly (readonly [string, number, number, number, number])[] = [
  ['ink', 18.1, 15.7, 15.4, 12.3],
  ['ink-2', 8.8, 7.6, 9.7, 7.7],
  ['ink-3', 5.6, 4.8, 6.5, 5.1],
  ['ctl', 3.6, 3.1, 4.1, 3.2],
  ['balance', 5.6, 4.9, 7.1, 5.6],
  ['credit', 6.6, 5.7, 12.0, 9.2],
  ['debt', 8.6, 7.4, 6.3, 5.0],
  ['expiry', 5.4, 4.7, 10.1, 7.8],
  ['evidence', 8.2, 7.0, 6.4, 5.1],
  ['closed', 9.3, 7.8, 9.1, 7.2],
];

describe('contrast, computed from the tokens', () => {
  test.each(TABLE)('%s is what the design says', (name, lightPage, lightLowest, darkPage, darkLowest) => {
    expect(contrast(colour(name, 'light'), colour('page', 'light'))).toBeCloseTo(lightPage, 0.9);
    expect(lowest(name, 'light')).toBeCloseTo(lightLowest, 0.9);
    expect(contrast(colour(name, 'dark'), colour('page', 'dark'))).toBeCloseTo(darkPage, 0.9);
    expect(lowest(name, 'dark')).toBeCloseTo(darkLowest, 0.9);
  });

  test.each(['light', 'dark'] as const)('text reaches 4.5 and control borders 3.0 on every ground, %s', (theme) => {
    for (const [name] of TABLE) expect(lowest(name, theme), name).toBeGreaterThanOrEqual(name === 'ctl' ? 3 : 4.5);
  });

  test('the solid button', () => {
    expect(contrast(colour('solid', 'light'), colour('solid-ink', 'light'))).toBeCloseTo(16.4, 0.9);
    expect(contrast(colour('solid', 'dark'), colour('solid-ink', 'dark'))).toBeCloseTo(15.4, 0.9);
  });
});

test('every colour outside the theme is a token', () => {
  const files = ['base.css', 'app.css'].map((name) => path.join(import.meta.dirname, '../../renderer/app', name));
  for (const file of files) expect(readFileSync(file, 'utf8')).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(/i);
});
