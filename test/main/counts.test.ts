/** The count at the end of `npm test`: a run that tested nothing, or broke off, must not pass. */
import { describe, expect, test } from 'vitest';
import { countOne, countPlaywright, countVitest, judge, summary } from '../../main/setup/counts.mjs';

test("reads both runners' reports", () => {
  const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  expect(countVitest(vitest)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countPlaywright({ stats })).toEqual({ passed: 4, failed: 2, skipped: 2 });
  expect(countOne(false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

describe('judges', () => {
  const good = { passed: 3, failed: 0, skipped: 1 };
  test.each([
    ['a good run', good, true, 0, null],
    ['failed tests', { ...good, failed: 2 }, false, 2, null],
    ['failed tests of a runner that ended with 0', { ...good, failed: 2 }, true, 2, null],
    ['a runner that died after its tests passed', good, false, 1, /abnormally/],
    ['a runner that left no report', null, false, 1, /abnormally/],
    ['no report from a runner that ended with 0', null, true, 1, /no test was run/],
    ['only skipped tests', { passed: 0, failed: 0, skipped: 9 }, true, 1, /no test was run/],
  ])('%s', (_what, counts, ok, failed, note) => {
    const judged = judge(counts, ok);
    expect(judged.counts.failed).toBe(failed);
    if (note === null) expect(judged.note).toBeNull();
    else expect(judged.note).toMatch(note);
  });
});

test('ends with one plain line', () => {
  expect(summary({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(summary({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});
