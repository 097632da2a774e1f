/** Files without ids that overlap: what of a file is new. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingWithoutOverlap, withoutOverlap, type EarlierSource } from '../../shared/import/overlap.ts';
import { IdSet } from '../../shared/import/idSet.ts';
import type { UsageReading } from '../../shared/import/usageReading.ts';
import type { UsageBatch } from '../../shared/domain/usage.ts';
import { counts, read, rowsOf, type PlainRow } from './helpers.ts';

const HEADER = 'time,model,project,input_tokens,cost';
const csv = (rows: readonly string[]): string => [HEADER, ...rows].join('\n');

/** Batches' rows without their lines, sorted. */
function plain(...batches: readonly UsageBatch[]): string[] {
  const text = (row: PlainRow): string =>
    JSON.stringify({ ...row, line: 0, id: row.id ?? '', project: row.project ?? '', key: row.key ?? '' });
  return batches.flatMap((batch) => rowsOf(batch).map(text)).sort();
}

function stored(...readings: readonly Pick<UsageReading, 'batch' | 'adjustments' | 'textSha256'>[]): EarlierSource[] {
  return readings.map(({ batch, adjustments, textSha256 }) => ({ batch, adjustments, textSha256 }));
}

const row = fc
  .record({
    second: fc.nat(5),
    model: fc.constantFrom('a', 'b'),
    project: fc.constantFrom('', 'p'),
    tokens: fc.nat(2),
    spent: fc.constantFrom('0.5', '1', ''),
  })
  .map(
    ({ second, model, project, tokens, spent }) =>
      `2026-01-01T00:00:0${second}Z,${model},${project},${tokens},${spent}`,
  );

describe('rows without ids', () => {
  it('a file again stores nothing, and says what it would have cost', async () => {
    const text = csv([
      '2026-01-01T00:00:00Z,m,p,1,0.5',
      '2026-01-01T00:00:00Z,m,p,1,0.5',
      '2026-01-02T00:00:00Z,m,,2,',
      '2026-01-02T00:00:00Z,m,,2,-3',
    ]);
    const first = await read(text);
    const again = readingWithoutOverlap(await read(text), stored(first));
    expect(counts(again)).toBe('4/0/4/0/0');
    expect(again.report).toMatchObject({ totals: {}, repeated: { USD: '-2' }, from: null, to: null });
    expect(again.batch.count + again.adjustments.length).toBe(0);
  });

  it('overlapping parts are the whole, with and without ids', async () => {
    const cuts = fc.tuple(fc.nat(20), fc.nat(20));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), cuts, fc.boolean(), async (rows, [one, two], withIds) => {
        const [from, to] = [Math.min(one, two), Math.max(one, two)];
        const lines = rows.map((line, index) => (withIds ? `${line},i${index}` : line));
        const text = (part: readonly string[]): string => [withIds ? `${HEADER},id` : HEADER, ...part].join('\n');
        const knownIds = new IdSet();
        const first = await read(text(lines.slice(0, to)), { knownIds });
        const second = readingWithoutOverlap(await read(text(lines.slice(from)), { knownIds }), stored(first));
        const both = plain(first.batch, second.batch);
        const alone = plain((await read(text(lines.slice(from)))).batch);
        const all = plain((await read(text(lines))).batch);
        if (withIds || new Set(rows).size === rows.length) expect(both).toEqual(all);
        // twins on both sides of an overlap: as many as the part has that has more of them
        for (const line of withIds ? [] : all) {
          const count = (list: readonly string[]): number => list.filter((other) => other === line).length;
          expect(count(both)).toBe(Math.max(count(plain(first.batch)), count(alone)));
        }
        const { read: readRows, stored: kept, duplicate, rejected } = second.report.rows;
        expect(kept + duplicate + rejected).toBe(readRows);
      }),
      { numRuns: 100 },
    );
  });

  it('what a batch calls its columns and in which order makes no difference', async () => {
    const one = await read(csv(['2026-01-01T00:00:00Z,m,p,1,0.5', '2026-01-01T00:00:01Z,n,,3,0']));
    const two = await read(
      '{"ts":1767225601,"sku":"n","output_tokens":0,"input_tokens":3,"cost":0}\n{"ts":1767225600,"sku":"m","team":"p","input_tokens":1,"cost":"5e-1"}',
    );
    expect(withoutOverlap(two.batch, [one.batch])).toMatchObject({ duplicate: 2, repeated: 500_000_000_000n });
  });

  it('costs nothing where nothing is near', async () => {
    const one = await read(csv(['2026-01-01T00:00:00Z,m,p,1,0.5']));
    const two = await read(csv(['2026-01-02T00:00:00Z,m,p,1,0.5']));
    expect(withoutOverlap(two.batch, [one.batch]).batch).toBe(two.batch);
  });

  it('a million rows take less than two seconds', () => {
    const count = 1_000_000;
    const batch = (shift: number): UsageBatch => ({
      source: 's',
      count,
      at: Float64Array.from({ length: count }, (_, i) => (i + shift) * 1000),
      until: null,
      sku: {
        codes: Uint32Array.from({ length: count }, (_, i) => (i + shift) % 7),
        names: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      },
      cost: {
        whole: new Float64Array(count),
        pico: Float64Array.from({ length: count }, (_, i) => ((i + shift) * 7919) % 1e9),
      },
      meters: new Map([
        ['tokens', { whole: Float64Array.from({ length: count }, (_, i) => (i + shift) % 5000), pico: null }],
      ]),
      project: null,
      key: null,
      ids: null,
      line: null,
    });
    const [one, two] = [batch(0), batch(count / 2)];
    const started = performance.now();
    const fresh = withoutOverlap(two, [one]);
    const seconds = (performance.now() - started) / 1000;
    expect(fresh.batch.count).toBe(count / 2);
    // on a machine that is busy with other tests
    expect(seconds).toBeLessThan(8);
  });
});

describe('buckets that an export has in part', () => {
  const day = (date: string, line: string, spent: string, project = 'p'): string =>
    `${date}T00:00:00Z,${nextDay(date)}T00:00:00Z,${line},${project},${spent}`;
  const nextDay = (date: string): string =>
    new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const file = (rows: readonly string[]): Promise<UsageReading> =>
    read(['bucket_start,bucket_end,sku,project,cost', ...rows].join('\n'));

  const noon = [
    day('2026-10-01', 'in', '1'),
    day('2026-10-01', 'out', '2'),
    day('2026-10-02', 'in', '0.5'),
    day('2026-10-02', 'out', '0.25'),
  ];
  const evening = [
    day('2026-10-01', 'in', '1'),
    day('2026-10-01', 'out', '2'),
    day('2026-10-02', 'in', '1.5'),
    day('2026-10-02', 'out', '0.25'),
    day('2026-10-03', 'in', '4'),
  ];

  it('the later export takes their place', async () => {
    const first = await file(noon);
    const second = readingWithoutOverlap(await file(evening), stored(first));
    expect(second.restated).toEqual([{ source: first.textSha256, row: 2 }]);
    expect(rowsOf(second.batch).map(({ cost }) => cost)).toEqual(['1.5', '4']);
    expect(second.report.rows).toMatchObject({ stored: 2, duplicate: 3, superseded: 1 });
  });

  it('the earlier export, imported later, brings nothing', async () => {
    const second = await file(evening);
    const first = readingWithoutOverlap(await file(noon), stored(second));
    expect([first.batch.count, first.restated, first.report.repeated]).toEqual([0, [], { USD: '3.75' }]);
  });

  it.each([
    ['another project', [day('2026-10-02', 'in', '9', 'q'), day('2026-10-03', 'in', '9', 'q')]],
    ['more and less', [day('2026-10-01', 'in', '9'), day('2026-10-02', 'in', '0.1'), day('2026-10-02', 'out', '9')]],
    ['a bucket is missing', [day('2026-10-01', 'out', '2'), day('2026-10-02', 'in', '9')]],
    ['one bucket without any name', [day('2026-10-02', 'in', '9', '')]],
  ])('not where it is %s', async (_, rows) => {
    const first = await file(
      noon
        .map((line) => (rows.length === 1 ? line.replace(',p,', ',,') : line))
        .slice(rows.length === 1 ? 2 : 0, rows.length === 1 ? 3 : 4),
    );
    const second = readingWithoutOverlap(await file(rows), stored(first));
    expect(second.restated).toEqual([]);
    expect(second.batch.count).toBeGreaterThan(0);
  });

  it('several rows of one bucket are several rows', async () => {
    const rows = [day('2026-10-01', 'in', '1'), day('2026-10-01', 'in', '2')];
    const first = await file(rows);
    const second = readingWithoutOverlap(await file([...rows, day('2026-10-01', 'in', '3')]), stored(first));
    expect([rowsOf(second.batch).map(({ cost }) => cost), second.restated]).toEqual([['3'], []]);
  });
});
