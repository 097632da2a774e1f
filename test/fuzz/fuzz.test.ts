/**
 * Damaged files: every byte sequence gives an answer, in time, and no row is lost between its counts. `npm run fuzz` tries
 * 100,000; here a slice. `RUNS=1 SEED=n npx vitest run test/fuzz` repeats one.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Random } from '../../shared/scenario/random.ts';
import { readingsOf, violations } from './check.ts';
import { mutated } from './mutate.ts';

const SEEDS = path.join(import.meta.dirname, 'seeds');
const FILES = readdirSync(SEEDS)
  .sort()
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(path.join(SEEDS, name))) }));

const RUNS = Number(process.env['RUNS'] ?? 1_000);
const FIRST = Number(process.env['SEED'] ?? 1);

/** Files up to this length are cut at every byte; in a long run, longer ones too. */
const SMALL = RUNS >= 10_000 ? 2_000 : 400;

test(`${RUNS} damaged files from seed ${FIRST}`, { timeout: 3_600_000 }, async () => {
  const failures: string[] = [];
  for (let seed = FIRST; seed < FIRST + RUNS && failures.length < 20; seed++) {
    const random = new Random(seed);
    const file = FILES[random.uint32() % FILES.length];
    if (file === undefined) throw new Error('there are no seeds');
    const { bytes, damage } = mutated(file.bytes, random);
    for (const fault of await violations(file.name, bytes))
      failures.push(`SEED=${seed} ${file.name} ${damage.join(', ')}: ${fault}`);
  }
  expect(failures).toEqual([]);
});

describe('cut at every byte', () => {
  test.each(FILES.filter(({ bytes }) => bytes.length <= SMALL).map(({ name, bytes }) => [name, bytes] as const))(
    '%s',
    { timeout: 120_000 },
    async (name, bytes) => {
      for (let length = 0; length < bytes.length; length++)
        expect(await violations(name, bytes.slice(0, length)), `cut at ${length}`).toEqual([]);
    },
  );
});

describe('the zone of the machine has no say', () => {
  test.each(FILES)('$name', async ({ name, bytes }) => {
    const before = process.env['TZ'];
    try {
      const answers: string[] = [];
      for (const zone of ['America/New_York', 'Asia/Tokyo', 'UTC']) {
        process.env['TZ'] = zone;
        answers.push(JSON.stringify(await readingsOf(name, bytes), (_key, value: unknown) => plain(value)));
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
