/**
 * Files that were cut off: no row of what is left says something else than it did in the whole file, unless something tells
 * of it. Small files are cut at every byte, others at some; in a long run, more.
 */
import { describe, expect, test } from 'vitest';
import { Random } from '../../shared/scenario/random.ts';
import type { FileReading } from '../../shared/session/reading.ts';
import { answerTo } from './check.ts';
import { sameRow, storedRows, type StoredRow } from './readRows.ts';
import { SEEDS, type Seed } from './seeds.ts';

const RUNS = Number(process.env['RUNS'] ?? 1_000);
const FIRST = Number(process.env['SEED'] ?? 1);

/** One of several processes takes its part of the cuts. */
const PARTS = Number(process.env['PARTS'] ?? 1);
const PART = Number(process.env['PART'] ?? 0);

/** Files up to this length are cut at every byte. */
const SMALL = RUNS >= 10_000 ? 2_000 : 200;

/** Of longer ones, so many cuts are tried. */
const TRIED = RUNS >= 10_000 ? 500 : 8;

/** What a reading says about a row that is not as it was. */
function isTold({ source: { report }, questions }: FileReading, row: StoredRow, lastLine: number): boolean {
  if (questions.length > 0 || report.tie?.holds === false) return true;
  if (report.problems.some(({ line }) => line === null || line === row.line || line >= lastLine)) return true;
  return /no line end/.test(report.why) && row.line >= lastLine - 1;
}

async function cutFaults(file: Seed, length: number): Promise<readonly string[]> {
  const cut = file.bytes.slice(0, length);
  const { readings, faults: wrong } = await answerTo(file, cut);
  const faults = [...wrong];
  const before = await whole(file);
  const lastLine = new TextDecoder('latin1')
    .decode(cut)
    .replace(/[\r\n]+$/, '')
    .split(/\r\n|\r|\n/).length;
  for (const reading of readings)
    for (const row of storedRows(reading)) {
      const same = before.some((other) => sameRow({ ...row, rest: null }, { ...other, rest: null }));
      if (!same && !isTold(reading, row, lastLine))
        faults.push(`line ${row.line} costs ${row.cost}, and nothing tells of it`);
    }
  return faults;
}

const known = new Map<string, Promise<readonly StoredRow[]>>();

/** The rows of the whole file. */
function whole(file: Seed): Promise<readonly StoredRow[]> {
  const rows = known.get(file.name) ?? answerTo(file, file.bytes).then(({ readings }) => readings.flatMap(storedRows));
  known.set(file.name, rows);
  return rows;
}

describe(`cut off, from seed ${FIRST}`, () => {
  test.each(SEEDS)('$name', { timeout: 3_600_000 }, async (seed) => {
    const { bytes } = seed;
    const random = new Random(FIRST);
    const cuts =
      bytes.length <= SMALL
        ? Array.from(bytes, (_byte, index) => index).filter((length) => length % PARTS === PART)
        : Array.from({ length: Math.ceil(TRIED / PARTS) }, () => random.uint32() % bytes.length);
    const faults: string[] = [];
    for (const length of cuts)
      for (const fault of await cutFaults(seed, length)) faults.push(`cut at ${length}: ${fault}`);
    expect(faults).toEqual([]);
  });
});
