/**
 * Damaged files: every byte sequence gives an answer, in time, and no row is lost between its counts. `npm run fuzz` tries
 * 100,000; here a slice. `RUNS=1 SEED=n npx vitest run test/fuzz` repeats one.
 */
import { describe, expect, test } from 'vitest';
import { Random } from '../../shared/scenario/random.ts';
import { answerTo } from './check.ts';
import { mutated } from './mutate.ts';
import { readingsOf } from './readRows.ts';
import { SEEDS } from './seeds.ts';
import { drawn } from './tables.ts';

const RUNS = Number(process.env['RUNS'] ?? 1_000);
const FIRST = Number(process.env['SEED'] ?? 1);

test(`${RUNS} damaged files from seed ${FIRST}`, { timeout: 3_600_000 }, async () => {
  const failures: string[] = [];
  for (let number = FIRST; number < FIRST + RUNS && failures.length < 20; number++) {
    const random = new Random(number);
    const file = drawn(random, SEEDS);
    const { bytes, damage } = mutated(file.bytes, random);
    // half of them as a person drops them, without an answer to anything
    const choices = random.uint32() % 2 === 0 ? {} : file.choices;
    for (const fault of (await answerTo({ ...file, choices }, bytes)).faults)
      failures.push(`SEED=${number} ${file.name} ${damage.join(', ')}: ${fault}`);
  }
  expect(failures).toEqual([]);
});

describe('the zone of the machine has no say', () => {
  test.each(SEEDS)('$name', async ({ name, bytes, choices }) => {
    const before = process.env['TZ'];
    try {
      const answers: string[] = [];
      for (const zone of ['America/New_York', 'Asia/Tokyo', 'UTC']) {
        process.env['TZ'] = zone;
        answers.push(JSON.stringify(await readingsOf(name, bytes, choices), (_key, value: unknown) => plain(value)));
      }
      expect(new Set(answers).size).toBe(1);
    } finally {
      process.env['TZ'] = before;
    }
  });
});

/** What JSON has no form for. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)];
  return value;
}
