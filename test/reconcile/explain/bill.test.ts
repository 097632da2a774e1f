/** A usage bill that a vendor states, explained: given cases, planted causes, and what must never be claimed. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { billChanges } from '../../../shared/reconcile/explain/bill/changes.ts';
import { explainBill } from '../../../shared/reconcile/explain/bill/explain.ts';
import { readBillCases } from '../../../shared/scenario/explainCase.ts';
import { billUnder, closing, planted, readCase } from './bills.ts';

const GIVEN = path.join(import.meta.dirname, '../../../../shared/vectors/explain.json');

interface GivenCase {
  readonly id: string;
  readonly observed: number;
  readonly expected: {
    readonly baseline: number;
    readonly single_parameter_solutions: readonly Record<string, unknown>[];
    readonly truth: Readonly<Record<string, unknown>>;
  };
}

const given = existsSync(GIVEN) ? (JSON.parse(readFileSync(GIVEN, 'utf8')) as { cases: GivenCase[] }).cases : [];

describe('given cases', () => {
  if (given.length === 0)
    test.skip('skipped: the given cases (../shared/vectors/explain.json) are not beside this checkout', () =>
      undefined);
  test.each(given)('$id', (one) => {
    const read = readCase(one);
    expect(billUnder(read, {})).toBe(BigInt(one.expected.baseline));
    const found = closing(read);
    const singles = found.map(({ changes }) => changes).filter((changes) => Object.keys(changes).length === 1);
    expect(new Set(singles.map((each) => JSON.stringify(each)))).toEqual(
      new Set(one.expected.single_parameter_solutions.map((each) => JSON.stringify(each))),
    );
    expect(singles).toContainEqual(one.expected.truth);
    if (singles.length === 1) expect(found[0]?.changes).toEqual(one.expected.truth);
    for (const { verdict, rivals } of found) expect([verdict, rivals]).toEqual(['fits', singles.length - 1]);
  });
});

/** Requests on both sides of two months' ends, one of them twice, under two rates. */
const CASE = {
  period: '2026-10',
  rates: [
    { effective: '2026-08-01T00:00:00Z', input: 2500, cached: 1250, output: 10000 },
    { effective: '2026-10-14T12:00:00Z', input: 3000, cached: 1500, output: 12000 },
  ],
  events: [
    { id: 'a', at: '2026-09-30T22:30:00Z', input: 300_007, cached: 0, output: 11_003 },
    { id: 'b', at: '2026-10-01T03:12:00Z', input: 181_234, cached: 20_000, output: 9_121 },
    { id: 'k', at: '2026-10-01T05:40:00Z', input: 92_311, cached: 0, output: 4_410 },
    { id: 'c', at: '2026-10-07T14:02:00Z', input: 411_873, cached: 0, output: 20_117 },
    { id: 'd', at: '2026-10-14T10:30:00Z', input: 205_119, cached: 100_000, output: 13_007 },
    { id: 'e', at: '2026-10-14T15:20:00Z', input: 333_337, cached: 0, output: 21_013 },
    { id: 'f', at: '2026-10-21T18:00:00Z', input: 612_009, cached: 0, output: 30_011 },
    { id: 'f', at: '2026-10-21T18:00:00Z', input: 612_009, cached: 0, output: 30_011 },
    { id: 'g', at: '2026-10-31T22:41:00Z', input: 140_007, cached: 0, output: 8_009 },
    { id: 'h', at: '2026-10-31T23:47:00Z', input: 77_777, cached: 0, output: 5_005 },
    { id: 'i', at: '2026-11-01T02:20:00Z', input: 251_009, cached: 0, output: 11_003 },
    { id: 'j', at: '2026-11-30T23:50:00Z', input: 91_009, cached: 0, output: 7_003 },
  ],
  observed: 0,
};
const base = readCase(CASE);
const NOVEMBER = { year: 2026, month: 11, day: null };

describe('planted causes', () => {
  test.each([
    [{ missing_hour: '2026-10-07T14' }],
    [{ tz: 'America/New_York', dedupe: 'none' }],
    [{ dedupe: 'none', rate_at: 'period_start' }],
    [{ tz: 'Europe/Berlin', rate_at: 'invoice_date' }],
  ])('%j comes first', (changes) => {
    expect(closing(planted(base, changes))[0]?.changes).toEqual(changes);
  });

  test.each([
    // nothing of that hour is in October until the zone brings it in
    [{ tz: 'America/Los_Angeles', missing_hour: '2026-11-01T02' }],
    // rounded or not, requests come to the same at their own prices
    [{ rate_at: 'period_start', rounding: 'per_event_half_up' }],
  ])('%j is found, of which one alone does nothing', (changes) => {
    const [, [parameter, value] = ['', '']] = Object.entries(changes);
    expect(billUnder(base, { [parameter]: value })).toBe(billUnder(base, {}));
    expect(closing(planted(base, changes)).map((found) => found.changes)).toContainEqual(changes);
  });

  test('tax of a document on top of another zone comes first, rounded after the bill was', () => {
    const changes = { tz: 'America/Los_Angeles', tax_ppm: 88_750 };
    const found = closing(planted({ ...base, taxes: [88_750] }, changes));
    expect(found[0]?.changes).toEqual(changes);
    expect(found[0]?.sentence).toContain('tax of 8.875 % is on the bill');
  });

  test('what one bill leaves open another decides, and only then is it proven', () => {
    const late = { posting_delay_min: 15 };
    const alone = closing(planted(base, late));
    expect(alone.length).toBeGreaterThan(3);
    expect(alone.every(({ verdict }) => verdict === 'fits')).toBe(true);
    const decided = closing(planted(base, late, [NOVEMBER, { ...NOVEMBER, month: 9 }]));
    // 30 and 60 minutes would move the same requests: nothing here tells them apart
    expect(decided.slice(0, 3).map(({ changes }) => changes['posting_delay_min'])).toEqual([15, 30, 60]);
    expect(decided[0]).toMatchObject({ verdict: 'fits', rivals: 2 });
    const zone = closing(planted(base, { tz: 'Europe/Berlin' }, [NOVEMBER, { ...NOVEMBER, month: 9 }]));
    expect(zone[0]).toMatchObject({ changes: { tz: 'Europe/Berlin' }, verdict: 'proven', rivals: 0 });
    expect(zone[0]?.sentence).toContain('it also closes 2026-11');
  });

  test('no difference has no cause, and what cannot be explained is said to be so', () => {
    expect(explainBill(planted(base, {}))).toMatchObject([{ changes: {}, residual: 0n, verdict: 'fits' }]);
    const lost = explainBill({ ...base, observed: 1n });
    expect(lost.at(-1)).toMatchObject({ changes: {}, verdict: 'none' });
    expect(lost.at(-1)?.sentence).toMatch(/^No explanation found among \d+ tried/);
  });
});

test('a planted single cause is always found, and never called proven by the one bill', () => {
  const changes = billChanges(base.policy, base.events, [70_000, 88_750]);
  fc.assert(
    fc.property(
      fc.constantFrom(...changes),
      fc.array(
        fc.record({ minute: fc.integer({ min: -90, max: 45_000 }), input: fc.integer({ min: 1, max: 900_000 }) }),
        {
          maxLength: 8,
        },
      ),
      ({ parameter, value }, more) => {
        const events = more.map(({ minute, input }, place) => ({
          id: `m${place}`,
          at: Date.UTC(2026, 9, 1) + minute * 60_000,
          ...{ input: BigInt(input), cached: 0n, output: 10n },
        }));
        const one = { ...base, taxes: [70_000, 88_750], events: [...base.events, ...events] };
        const stated = planted(one, { [parameter]: value });
        const found = closing(stated);
        const same = stated.observed === billUnder(one, {});
        expect(found.some(({ changes: made }) => same || made[parameter] === value)).toBe(true);
        expect(found.every(({ verdict, sentence }) => verdict === 'fits' && sentence.includes('as stated'))).toBe(true);
      },
    ),
  );
});

describe('case files', () => {
  test('whatever is wrong is listed with its place', () => {
    const text = `{"period": "2026-13", "rates": [], "observed": "x",
"events": [{"id": "a", "at": "2026-10-01", "input": 1, "cached": 2, "output": 0}],
"policy": {"rounding": "per_event_up", "tz": "Mars"}}`;
    const reading = readBillCases(text, 'bad.json');
    expect(reading.ok ? [] : reading.problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '1: period must be a month such as 2025-01, found the text "2026-13"',
      expect.stringMatching(/^1: observed must be a whole number/),
      expect.stringMatching(/^2: .*at must be a time with a zone/),
      expect.stringMatching(/^3: rounding must begin with one of per_event_, per_line_/),
      expect.stringMatching(/^3: tz must be an IANA time zone/),
    ]);
  });

  test('a request before any rate is an error, a file that is no case too', () => {
    const early = { ...CASE, rates: CASE.rates.slice(1) };
    const reading = readBillCases(JSON.stringify({ cases: [CASE, early] }), 'cases.json');
    expect(reading.ok ? [] : reading.problems[0]?.field).toBe('cases[1].events[0]');
    expect(readBillCases('[1]', 'list.json').ok).toBe(false);
    expect(readBillCases('{"cases": 3}', 'list.json').ok).toBe(false);
  });
});
