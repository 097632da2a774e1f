import { describe, expect, test } from 'vitest';
import type { TimelineRow } from '../../shared/contract/engine.ts';
import { describeRow } from '../../renderer/features/timeline/describe.ts';
import { groupProblems, placeText } from '../../renderer/ui/problemPlaces.ts';
import { fileNameFrom, suggestedName } from '../../renderer/features/document/slice.ts';

const row = (type: string, more: Partial<TimelineRow> = {}): TimelineRow => ({
  index: 0,
  at: 0,
  type,
  kind: null,
  subject: null,
  fields: {},
  rule: null,
  amount: null,
  balance: '0',
  closed: false,
  ...more,
});
const said = (type: string, more: Partial<TimelineRow> = {}): string => {
  const { title, happened } = describeRow(row(type, more), 2);
  return happened === '' ? title : `${title} | ${happened}`;
};

describe('timeline rows in words', () => {
  test.each([
    [
      said('purchase', {
        kind: 'purchase',
        fields: { amount: '500', tax: '44.375' },
        rule: { name: 'purchase.posting_delay', value: 'PT2M' },
      }),
      'Purchase paid | 500.00 + tax 44.38, posts in 2 min',
    ],
    [said('purchase', { kind: 'auto_recharge', fields: { amount: '250', tax: '0' } }), 'Auto-recharge paid | 250.00'],
    [said('posting', { subject: 'L-33', fields: { settled: '99.2' } }), 'Credit posted, L-33 | settles debt 99.20'],
    [said('posting', { subject: 'L-34', fields: { settled: '0' } }), 'Credit posted, L-34'],
    [
      said('cutoff', { rule: { name: 'cutoff.delay', value: 'PT2H' } }),
      'Access cut off | 2 h 00 min at or below the floor',
    ],
    [said('cutoff', { rule: { name: 'cutoff.delay', value: 'PT0S' } }), 'Access cut off | at or below the floor'],
    [said('expiry', { subject: 'welcome', fields: { amount: '150' } }), 'Credit expired, welcome | 150.00 forfeited'],
    [
      said('recharge_skipped', {
        fields: { amount: '250' },
        rule: { name: 'auto_recharge.monthly_limit', value: '1500' },
      }),
      'Auto-recharge skipped | 250.00 would pass the monthly limit of 1,500.00',
    ],
    [said('tier', { fields: { tier: 'Tier 2' } }), 'Tier 2 reached'],
    [
      said('plan_started', { fields: { plan: 'monthly', debt_invoiced: '3.5' } }),
      'Plan started, monthly | debt 3.50 goes to the next invoice',
    ],
    [said('something_new', { subject: 'x' }), 'something new | x'],
  ])('%s', (found, expected) => {
    expect(found).toBe(expected);
  });
});

test('problems are placed as editors read it, equal ones together', () => {
  const problem = (line: number | null, column: number | null, message = 'm') => ({
    file: 'a.yaml',
    line,
    column,
    field: null,
    message,
  });
  expect([problem(12, 9), problem(12, null), problem(null, null)].map(placeText)).toEqual([
    'a.yaml:12:9',
    'a.yaml:12',
    'a.yaml',
  ]);
  expect(groupProblems([problem(1, 1), problem(2, 1, 'other'), problem(3, 1)])).toEqual([
    { message: 'm', places: ['a.yaml:1:1', 'a.yaml:3:1'] },
    { message: 'other', places: ['a.yaml:2:1'] },
  ]);
});

test('file names come from titles', () => {
  expect(suggestedName('quickstart.yaml')).toBe('quickstart.drawdown');
  expect(suggestedName('.json')).toBe('Untitled.drawdown');
  expect(fileNameFrom('Größe & Söhne: Sep/2026', '.png')).toBe('Größe-Söhne-Sep-2026.png');
  expect(fileNameFrom('///', '.csv')).toBe('drawdown.csv');
});
