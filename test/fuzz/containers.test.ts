/**
 * Packed files that were damaged: what is unpacked is the text that was packed, to the byte, or the file says that it is
 * damaged. A checksum stands for that in gzip, zip and Zstandard. (Parquet pages have none in practice, so it is not here.)
 */
import { expect, test } from 'vitest';
import { Random } from '../../shared/scenario/random.ts';
import type { FileReading } from '../../shared/session/reading.ts';
import { answerTo } from './check.ts';
import { seed } from './seeds.ts';
import { drawn } from './tables.ts';

const PACKED = ['usage.csv.gz', 'usage.csv.zst', 'usage_and_bank.zip', 'usage.csv.gz.zip', 'usage.xlsx'].map(seed);

const RUNS = Math.ceil(Number(process.env['RUNS'] ?? 1_000) / 8);
const FIRST = Number(process.env['SEED'] ?? 1);

type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

const DAMAGES: Readonly<Record<string, Damage>> = {
  swapped: (bytes, random) => {
    const out = bytes.slice();
    const [one, other] = [random.uint32() % out.length, random.uint32() % out.length];
    [out[one], out[other]] = [out[other] ?? 0, out[one] ?? 0];
    return out;
  },
  changed: (bytes, random) => {
    const out = bytes.slice();
    const at = random.uint32() % out.length;
    out[at] = (out[at] ?? 0) ^ (1 + (random.uint32() % 255));
    return out;
  },
  removed: (bytes, random) => {
    const at = random.uint32() % bytes.length;
    return Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at + 1 + (random.uint32() % 4))]);
  },
  doubled: (bytes, random) => {
    const at = random.uint32() % bytes.length;
    return Uint8Array.from([...bytes.slice(0, at + 4), ...bytes.slice(at)]);
  },
  truncated: (bytes, random) => bytes.slice(0, random.uint32() % bytes.length),
};

/** Hashes of the texts that are read whole. */
function textsOf(readings: readonly FileReading[]): readonly string[] {
  return readings.filter(({ unreadable }) => !unreadable).map(({ source }) => source.textSha256);
}

const known = new Map(PACKED.map((file) => [file, answerTo(file, file.bytes)]));

test(`${RUNS} damaged containers from seed ${FIRST}`, { timeout: 3_600_000 }, async () => {
  const faults: string[] = [];
  for (let number = FIRST; number < FIRST + RUNS && faults.length < 20; number++) {
    const random = new Random(number);
    const file = drawn(random, PACKED);
    const [damage, damaged] = drawn(random, Object.entries(DAMAGES));
    const bytes = damaged(file.bytes, random);
    const fail = (fault: string): number => faults.push(`SEED=${number} ${file.name} ${damage}: ${fault}`);
    const { readings, faults: wrong } = await answerTo(file, bytes);
    wrong.forEach(fail);
    const whole = textsOf((await known.get(file))?.readings ?? []);
    const read = textsOf(readings);
    if (read.some((text) => !whole.includes(text))) fail('a text was read that was never packed');
    if (read.length < whole.length && readings.every(({ source }) => source.report.problemCount === 0))
      fail('a text is gone, and nothing tells of it');
  }
  expect(faults).toEqual([]);
});
