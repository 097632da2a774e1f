import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_MATCH_SETTINGS } from '../../shared/reconcile/match/settings.ts';

const GIVEN = path.join(import.meta.dirname, '../../../shared/vectors/reconciliation.json');

test('without settings the vendor waits a weekend for its money, and nothing differs by a cent', () => {
  expect(DEFAULT_MATCH_SETTINGS).toMatchObject({ dateWindow: { before: 0, after: 3 }, amountTolerance: { abs: 0n } });
});

test.skipIf(!existsSync(GIVEN))('defaults are those of the given conventions', () => {
  const { conventions } = JSON.parse(readFileSync(GIVEN, 'utf8')) as {
    conventions: { defaults: Record<string, unknown> };
  };
  const { dateWindow, exceptionWindowDays, amountTolerance, graceDays, group, duplicateDays } = DEFAULT_MATCH_SETTINGS;
  expect({
    date_window: dateWindow,
    exception_window_days: exceptionWindowDays,
    amount_tolerance: { abs: Number(amountTolerance.abs), bps: amountTolerance.bps },
    grace_days: graceDays,
    group: { enabled: group.enabled, max_size: group.maxSize },
    dup_days: duplicateDays,
  }).toEqual(conventions.defaults);
});
