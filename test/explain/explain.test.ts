/** A quick slice of `npm run bench:explain`: planted causes come first, and nothing else is called proven. */
import { expect, test } from 'vitest';
import type { Family } from './plants.ts';
import { outcomeOf, type Outcome } from './run.ts';

async function firstOutcome(families: readonly Family[], from: number): Promise<Outcome> {
  for (let seed = from; ; seed++) {
    const outcome = await outcomeOf(seed, families);
    if (outcome !== null) return outcome;
  }
}

const KINDS: readonly { readonly families: readonly Family[] }[] = [
  { families: ['policy'] },
  { families: ['usage'] },
  { families: ['data'] },
  { families: ['usage', 'data'] },
];

test.each(KINDS)(
  '$families: what was planted comes first, and agrees with all that is stated',
  async ({ families }) => {
    const outcome = await firstOutcome(families, 3);
    expect([outcome.planted, outcome.place]).toEqual([outcome.planted, 1]);
    expect(outcome.found[0]).toMatchObject({ closesAll: true, rivals: 0 });
    expect(outcome.tooBold).toBe(false);
  },
);

test('a cause that no search knows is never called proven', async () => {
  for (const seed of [1, 4]) {
    const { found } = await firstOutcome(['unknown'], seed);
    expect(found.filter(({ verdict }) => verdict === 'proven')).toEqual([]);
  }
});
