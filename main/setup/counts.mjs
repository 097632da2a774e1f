/**
 * Counts what the test runners did. A runner that died, or that ran nothing, counts as a failure even where its report
 * has none: silence is no success.
 */

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts */

/**
 * A tool that passes or fails as a whole.
 * @param {boolean} ok
 * @returns {Counts}
 */
export function countOne(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/**
 * @param {unknown} report Vitest's, which is Jest's form
 * @returns {Counts}
 */
export function countVitest(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } =
    /** @type {Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number>} */ (report);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/**
 * @param {unknown} report Playwright's; a flaky test failed once
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { stats } = /** @type {{ stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number> }} */ (report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/**
 * The counts to believe, with a note where the report and the runner's end do not agree.
 * @param {Counts | null} counts what the report says; `null` where there is none
 * @param {boolean} ok the runner ended with 0
 * @returns {{ counts: Counts, note: string | null }}
 */
export function judge(counts, ok) {
  const known = counts ?? { passed: 0, failed: 0, skipped: 0 };
  if (known.failed > 0) return { counts: known, note: null };
  const failed = { ...known, failed: 1 };
  // A file that cannot be loaded has no failed test in it, and yet nothing of it was tested.
  if (!ok) return { counts: failed, note: 'the runner ended abnormally, though no test of its report failed.' };
  return known.passed === 0 ? { counts: failed, note: 'no test was run.' } : { counts: known, note: null };
}

/**
 * The last line of a run.
 * @param {Counts} counts
 */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
