/** `drawdown match`: the given cases in their own shape, and what is said of a file that cannot be read. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchCommand } from '../../main/cli/match.ts';
import { useTerminal } from './terminal.ts';

const GIVEN = path.join(import.meta.dirname, '../../../shared/vectors/reconciliation.json');

interface Case {
  readonly id: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const given = existsSync(GIVEN)
  ? (JSON.parse(readFileSync(GIVEN, 'utf8')) as { readonly cases: readonly Case[] }).cases
  : [];

const terminal = useTerminal();

function write(name: string, content: unknown): string {
  return terminal.write(name, typeof content === 'string' ? content : JSON.stringify(content));
}

/** Of a case in several currencies the vectors state neither bridge nor totals. */
function asStated(result: Record<string, unknown>, expected: Case['expected']): Record<string, unknown> {
  return Object.fromEntries(Object.keys(expected).map((key) => [key, result[key]]));
}

describe('the given cases', () => {
  if (given.length === 0) test.skip('skipped: the given vectors are not beside this checkout', () => undefined);
  test.each(given)('$id', async (one) => {
    expect(await matchCommand([write('case.json', one)])).toBe(0);
    const result = JSON.parse(terminal.out) as Record<string, unknown>;
    expect(JSON.stringify(asStated(result, one.expected))).toBe(JSON.stringify(one.expected));
    expect(Object.keys(result)).toEqual(['matches', 'breaks', 'ignored', 'bridge', 'totals']);
  });

  test.skipIf(given.length === 0)('a file of many gives a line a case, with its id', async () => {
    expect(await matchCommand([GIVEN])).toBe(0);
    const lines = terminal.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ id }) => id)).toEqual(given.map(({ id }) => id));
    expect(lines.map((line, index) => asStated(line, given[index]?.expected ?? {}))).toEqual(
      given.map(({ expected }) => expected),
    );
  });
});

describe('a file that cannot be read', () => {
  const good = { settings: { period: { from: '2026-10-01', to: '2026-11-01' } }, ledger: [], statement: [] };
  const line = { id: 'S1', date: '2026-10-05', amount: 100, currency: 'USD' };

  test.each([
    [
      'an amount with a point',
      { ...good, statement: [{ ...line, amount: 1.5 }] },
      /:1:\d+: statement\[0\]\.amount must be a whole number/,
    ],
    [
      'no amount',
      { ...good, statement: [{ ...line, amount: undefined }] },
      /amount is missing; it takes a whole number/,
    ],
    ['an amount that is null', { ...good, statement: [{ ...line, amount: null }] }, /amount must be a whole number/],
    ['a date that is none', { ...good, ledger: [{ ...line, date: '2026-02-30' }] }, /ledger\[0\]\.date must be a date/],
    [
      'a currency in small letters',
      { ...good, ledger: [{ ...line, currency: 'usd' }] },
      /currency must be a three-letter/,
    ],
    ['an id twice', { ...good, ledger: [line, line] }, /ledger\[1\]\.id "S1" is there twice/],
    ['no period', { ...good, settings: {} }, /settings\.period is missing/],
    [
      'a period that ends before it starts',
      { ...good, settings: { period: { from: '2026-11-01', to: '2026-10-01' } } },
      /must end after it starts/,
    ],
    [
      'a pattern that is none',
      { ...good, settings: { ...good.settings, vendor_pattern: '(' } },
      /vendor_pattern must be a regular expression/,
    ],
    ['a rate without currencies', { ...good, settings: { ...good.settings, fx: { euro: 1.1 } } }, /EURUSD: 1\.078/],
    ['no ledger', { ...good, ledger: undefined }, /ledger is missing; it takes a list of items/],
    ['a list', '[]', /must be a map/],
    ['half a file', '{"ledger": [', /:1:\d+/],
  ])('%s', async (_, content, message) => {
    await expect(matchCommand([write('bad.json', content)])).rejects.toThrow(message);
    expect(terminal.out).toBe('');
  });

  test('a setting that means nothing is told, and the rest is matched', async () => {
    expect(await matchCommand([write('odd.json', { ...good, settings: { ...good.settings, dupdays: 3 } })])).toBe(0);
    expect(terminal.errors).toMatch(/odd\.json:1:\d+: unknown key "dupdays"; did you mean dup_days\?/);
    expect(JSON.parse(terminal.out)).toMatchObject({ totals: { ledger: 0, residual: 0 } });
  });

  test.each([
    { 'EUR/USD': 1.078 },
    [{ from: 'EUR', to: 'USD', rate: '1.078' }],
    { USDEUR: 0.9276 },
    { EUR: 1.078 },
    { EUR: { USD: '1.078' } },
    { from: 'EUR', to: 'USD', rate: 1.078, tolerance_bps: 2 },
    { pair: 'EUR/USD', rate: '1.078' },
    { EURUSD: 1.078, tolerance_bps: 2 },
  ])('a rate may be written as %j', async (fx) => {
    const settings = { ...good.settings, fx };
    const ledger = [{ ...line, id: 'L1', amount: 25_000 }];
    const statement = [{ ...line, amount: 23_195, currency: 'EUR' }];
    expect(await matchCommand([write('fx.json', { settings, ledger, statement })])).toBe(0);
    const suggested = { matches: [{ rule: 'fx', status: 'suggested', category: 'fx' }] };
    expect(JSON.parse(terminal.out)).toMatchObject(suggested);
    terminal.clear();
    const named = { ...good.settings, fx_rates: fx };
    expect(await matchCommand([write('rates.json', { settings: named, ledger, statement })])).toBe(0);
    expect(JSON.parse(terminal.out)).toMatchObject(suggested);
    const nothing = Array.isArray(fx) ? [{ from: 'EUR', to: 'USD' }] : { EURUSD: 0 };
    const bad = write('nofx.json', { ...good, settings: { ...good.settings, fx: nothing } });
    await expect(matchCommand([bad])).rejects.toThrow(/a rate (above 0 )?such as 1\.078/);
  });

  test('how far from a rate an amount may lie can stand beside the rate', async () => {
    const settings = { ...good.settings, fx: { EURUSD: 1.078, tolerance_bps: 1 } };
    const ledger = [{ ...line, id: 'L1', amount: 25_000 }];
    const statement = [{ ...line, amount: 23_198, currency: 'EUR' }];
    expect(await matchCommand([write('near.json', { settings, ledger, statement })])).toBe(0);
    expect(JSON.parse(terminal.out)).toMatchObject({ matches: [] });
  });

  test('a large amount keeps every digit', async () => {
    const many = Array.from({ length: 20 }, (__, index) => ({ ...line, id: `S${index}`, amount: 999_999_999_999_999 }));
    expect(await matchCommand([write('large.json', { ...good, statement: many })])).toBe(0);
    expect(terminal.out).toContain('"statement":19999999999999980,');
  });

  test('help and no file', async () => {
    expect(await matchCommand(['--help'])).toBe(0);
    expect(terminal.out).toContain('drawdown match CASE.json');
    await expect(matchCommand([])).rejects.toThrow(/name one file/);
  });
});
