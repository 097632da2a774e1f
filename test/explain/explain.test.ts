/** A quick slice of `npm run bench:explain`: planted causes come first, and nothing else is called proven. */
import { describe, expect, test } from 'vitest';
import type { Family } from './plants.ts';
import { outcomeOf, type Outcome } from './run.ts';

async function firstOutcome(families: readonly Family[], from: number): Promise<Outcome> {
  for (let seed = from; ; seed++) {
    const outcome = await outcomeOf(seed, families);
    if (outcome !== null) return outcome;
  }
}

describe.each<readonly Family[]>([['policy'], ['usage'], ['data'], ['usage', 'data']])('%s %s', (...families) => {
  test('what was planted comes first, and is proven where other totals bear it out', { timeout: 120_000 }, async () => {
    const given = families.filter((family) => family !== undefined);
    const outcome = await firstOutcome(given, 3);
    expect([outcome.planted, outcome.place]).toEqual([outcome.planted, 1]);
    expect(outcome.found[0]).toMatchObject({ residual: 0n, misses: 0, rivals: 0 });
    expect(outcome.tooBold).toBe(false);
  });
});

test('a cause that no search knows is never called proven', { timeout: 120_000 }, async () => {
  for (const seed of [1, 4]) {
    const { found } = await firstOutcome(['unknown'], seed);
    expect(found.filter(({ verdict }) => verdict === 'proven')).toEqual([]);
  }
});
