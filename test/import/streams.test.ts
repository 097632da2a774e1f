/** Bytes as they come: any pieces give the same reading; bytes that stop are no file; pages of a query. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextFile } from '../../shared/import/containers/textFile.ts';
import { IdSet } from '../../shared/import/idSet.ts';
import { importUsage } from '../../shared/import/importUsage.ts';
import type { UsageReading } from '../../shared/import/usageReading.ts';
import { bytesOf, cost, counts, fixture, problems, quietContext, read, rowsOf } from './helpers.ts';

function streamed(bytes: Uint8Array, cuts: readonly number[], fault: Error | null = null): TextFile {
  return {
    name: 'usage.csv',
    size: null,
    how: 'Unpacked from gzip.',
    async *stream() {
      let at = 0;
      for (const cut of [...cuts, ...(fault === null ? [bytes.length] : [])].sort((a, b) => a - b)) {
        yield await Promise.resolve(bytes.slice(at, Math.max(at, cut)));
        at = Math.max(at, cut);
      }
      if (fault !== null) throw fault;
    },
  };
}

const plain = (reading: UsageReading): unknown => ({
  ...{ ...reading, head: null, batch: rowsOf(reading.batch), until: reading.batch.until?.join() },
  report: { ...reading.report, why: reading.report.why.replace('Unpacked from gzip. ', '') },
});

describe('pieces', () => {
  const text = 'time,cost\r\n2026-10-01T00:00:00Z,0.5\r\n';
  const units = Array.from({ length: text.length }, (_, i) => [text.charCodeAt(i), 0]);
  const utf16 = Uint8Array.from([0xff, 0xfe, ...units.flat()]);
  const long = bytesOf(
    `id,time,cost\n${Array.from({ length: 9000 }, (_, i) => `${i % 4000},1790812800,0.${i}`).join('\n')}`,
  );
  const files = [
    'every-column.csv',
    'faults.csv',
    'events.ndjson',
    'rows.json',
    'openai-costs-api.json',
    'litellm.jsonl',
    'openai-costs.csv',
  ];
  const contents = [
    ...files.map(fixture),
    utf16,
    long,
    bytesOf('time;cost\n3/4/2026 1:00Z;1.234\n30/4/2026 1:00Z;0,5'),
  ];

  it('of any size give the same reading', async () => {
    const whole = await Promise.all(contents.map((bytes) => read(bytes)));
    const cuts = fc.array(fc.oneof(fc.nat(200), fc.nat(200_000)), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.nat(contents.length - 1), cuts, async (which, places) => {
        const file = streamed(contents[which] ?? long, places);
        expect(plain(await importUsage(file, {}, quietContext()))).toEqual(plain(whole[which] ?? (await read(long))));
      }),
      { numRuns: 120 },
    );
  });

  it('of one byte too, and of none', async () => {
    const bytes = fixture('every-column.csv');
    const cuts = Array.from({ length: bytes.length }, (_, i) => i);
    const reading = await importUsage(streamed(bytes, [...cuts, ...cuts]), {}, quietContext());
    expect(plain(reading)).toEqual(plain(await read(bytes)));
    expect(reading.report.why.startsWith('Unpacked from gzip.')).toBe(true);
  });
});

it('bytes that stop give a problem and no rows, and leave no ids', async () => {
  const bytes = bytesOf(`time,id,cost\n${'2026-10-01T00:00:00Z,a,1\n'.repeat(20_000)}`);
  const knownIds = new IdSet();
  for (const cut of [0, 20, 300_000]) {
    const file = streamed(bytes, [cut], new Error('the gzip data is damaged'));
    const reading = await importUsage(file, { knownIds }, quietContext());
    expect([counts(reading), reading.batch.count, knownIds.size, reading.text]).toEqual(['0/0/0/0/0', 0, 0, null]);
    expect(reading.report).toMatchObject({ kind: 'unknown', totals: {}, repeated: {} });
    expect(problems(reading)).toContain('-:- -: the gzip data is damaged');
  }
});

describe('pages of one query', () => {
  const page = (day: number, more: string | null): string =>
    JSON.stringify(
      {
        object: 'page',
        data: [
          {
            object: 'bucket',
            start_time: 1_790_640_000 + day * 86_400,
            end_time: 1_790_640_000 + (day + 1) * 86_400,
            results: [
              {
                object: 'organization.costs.result',
                amount: { value: 1 + day, currency: 'usd' },
                line_item: 'm, input',
              },
            ],
          },
        ],
        has_more: more !== null,
        next_page: more,
      },
      null,
      1,
    );

  it.each([
    ['in an array', (pages: string[]) => `[${pages.join(',')}]`],
    ['one behind another', (pages: string[]) => pages.join('\n')],
    ['without anything between', (pages: string[]) => pages.join('')],
    ['one a line', (pages: string[]) => pages.map((text) => JSON.stringify(JSON.parse(text))).join('\r\n')],
  ])('are all read: %s', async (_, join) => {
    const result = await read(join([page(0, 'page_2'), page(1, 'page_3'), page(2, null)]));
    expect([counts(result), cost(result), problems(result), result.nextPage]).toEqual(['3/3/0/0/0', '6', [], null]);
    const two = await read(join([page(0, 'page_2'), page(1, 'page_3')]));
    expect([counts(two), two.nextPage]).toEqual(['2/2/0/0/0', 'page_3']);
    expect(problems(two)).toEqual([
      expect.stringMatching(
        /^\d+:\d+ has_more: the query has more pages; the next one, page_3, is not in this file: import it too$/,
      ),
    ]);
  });

  it('what is broken in one of them is located, and the others are read', async () => {
    const result = await read(`${page(0, null)}\n${page(1, null).slice(0, -20)}`);
    expect([counts(result), problems(result).length]).toEqual(['1/1/0/0/0', 1]);
    const stray = await read(`${page(0, null)}\n]`);
    expect(counts(stray)).toBe('1/1/0/0/0');
    expect(problems(stray)).toEqual([expect.stringContaining('expected a JSON object')]);
  });
});
