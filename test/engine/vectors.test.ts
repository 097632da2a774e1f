import { describe, expect, test } from 'vitest';
import { resultOfText } from './run.ts';
import { givenVectors, givenVectorsAbsent, ownVectors, type Vector } from './vectors.ts';

/** A vector of very many rows leaves them out of its timeline. */
function check({ text, result }: Vector): void {
  const usageRows = result.timeline.some(({ type }) => type === 'usage' || type === 'usage_rejected');
  expect(resultOfText(text, usageRows)).toEqual(result);
}

describe('scenarios with exact results', () => {
  test.each(ownVectors)('$name', check);
});

describe('all given scenarios with exact results', () => {
  if (givenVectorsAbsent !== null) test.skip(`skipped: ${givenVectorsAbsent}`, () => undefined);
  test.each(givenVectors)('$name', check);
});
