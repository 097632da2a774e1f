/** Rows that cover a time: where their end comes from, and when a second time is no end of a bucket. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, formatInstant } from '../../shared/domain/time.ts';
import { problems, read, withSample } from './helpers.ts';

type UsageReading = Awaited<ReturnType<typeof read>>;

/** Start and end of each row; null for an instant. */
function spans({ batch }: UsageReading): [string, string | null][] {
  return Array.from({ length: batch.count }, (_, row) => {
    const until = batch.until?.[row] ?? 0;
    return [formatInstant(batch.at[row]!), until === 0 ? null : formatInstant(until)];
  });
}

function widths({ batch }: UsageReading): number[] {
  return [...new Set(Array.from(batch.until ?? [], (until, row) => until - batch.at[row]!))];
}

describe('vendors', () => {
  const samples: readonly (readonly [string, number])[] = [
    ['openai_cost_export.csv', DAY_MS],
    ['openai_cost_export_2025.csv', DAY_MS],
    ['completions_usage_2026-10-02_2026-10-03.csv', MINUTE_MS],
    ['openai_costs.json', DAY_MS],
    ['openai_costs_live_variant.json', DAY_MS],
    ['openai_usage_completions.json', DAY_MS],
    ['anthropic_usage_report.json', DAY_MS],
    ['anthropic_cost_report.json', DAY_MS],
    ['anthropic_console_usage.csv', DAY_MS],
    ['anthropic_console_cost.csv', DAY_MS],
    ['openrouter_activity_daily.csv', DAY_MS],
    ['deepseek_amount.csv', DAY_MS],
    ['deepseek_cost.csv', DAY_MS],
  ];
  for (const [name, width] of samples)
    withSample(name, `rows cover ${width / MINUTE_MS} minutes`, async (bytes) => {
      const result = await read(bytes, {}, name);
      expect(result.batch.count).toBeGreaterThan(0);
      expect(widths(result)).toEqual([width]);
      expect(result.report.why).toContain('covers a bucket of time');
    });
  for (const name of ['openrouter_activity.csv', 'litellm_spend_logs.jsonl'])
    withSample(name, 'requests are instants', async (bytes) => {
      expect((await read(bytes, {}, name)).batch.until).toBeNull();
    });

  const header = 'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item';
  it('an end that cannot be read, or is not later than the start, is a located problem and no row', async () => {
    const result = await read(
      [
        header,
        '1790640000,1790726400,,,1,usd,a',
        '1790640000,,,2026-09-30T00:00:00,1,usd,b',
        '1790640000,soon,,,1,usd,c',
        '1790640000,1790640000,,,1,usd,d',
        '1790640000,1890640000,,,1,usd,e',
        '1790640000,,,,1,usd,f',
      ].join('\n'),
    );
    expect(result.report.format).toBe('openai-cost');
    expect(spans(result)).toEqual([
      ['2026-09-29T00:00:00.000Z', '2026-09-30T00:00:00.000Z'],
      ['2026-09-29T00:00:00.000Z', '2026-09-30T00:00:00.000Z'],
      // it says nothing of an end: an instant
      ['2026-09-29T00:00:00.000Z', null],
    ]);
    expect(problems(result)).toEqual([
      '4:12 end_time: end "soon" cannot be read; expected an ISO 8601 time such as 2026-01-31T23:59:59Z, or a Unix time in seconds',
      "5:12 end_time: the row's end, 2026-09-29T00:00:00.000Z, is not later than its start, 2026-09-29T00:00:00.000Z; expected the first instant behind the time that the row covers",
      expect.stringContaining("6:12 end_time: the row's end, 2029-11-29T09:46:40.000Z, is more than 400 days behind"),
    ]);
  });

  it('a page without the bucket’s end has instants', async () => {
    const page = (end: string): string =>
      `{"object":"page","data":[{"object":"bucket","start_time":1790640000${end},"results":[{"object":"organization.costs.result","amount":{"value":1,"currency":"usd"},"line_item":"m"}]}]}`;
    expect(spans(await read(page('')))).toEqual([['2026-09-29T00:00:00.000Z', null]]);
    expect(widths(await read(page(',"end_time":1790726400')))).toEqual([DAY_MS]);
    // it may stand behind the rows
    const behind = page('').replace('}]}]}', '}],"end_time":1790643600}]}');
    expect(widths(await read(behind))).toEqual([HOUR_MS]);
  });
});

describe('a date alone is its whole day', () => {
  const csv = ['date,model,cost', '2026-10-24,m,1', '2026-10-25,m,1', '2026-10-26T08:00:00Z,m,1'].join('\n');

  it('on the clock of the file’s zone, with its 25 hours', async () => {
    const result = await read(csv, { zone: 'Europe/Berlin' });
    expect(spans(result)).toEqual([
      ['2026-10-23T22:00:00.000Z', '2026-10-24T22:00:00.000Z'],
      ['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
      ['2026-10-26T08:00:00.000Z', null],
    ]);
  });

  it('without a zone it is a problem, as any time that states none', async () => {
    const result = await read(csv);
    expect(result.batch.count).toBe(1);
    expect(problems(result)[0]).toContain('2 times have neither Z nor an offset, the first is "2026-10-24"');
  });

  it('in JSON too', async () => {
    const zone = 'UTC';
    const lines = await read('{"day":"2026-10-01","cost":1}\n{"day":"2026-10-02","cost":1}', { zone });
    expect(widths(lines)).toEqual([DAY_MS]);
    const array = await read('[{"day":"2026-10-01","cost":1}]', { zone });
    expect(widths(array)).toEqual([DAY_MS]);
  });
});

describe('two times in a file of no vendor', () => {
  const table = (header: string, ...rows: string[]): Promise<UsageReading> =>
    read([`${header},model,cost`, ...rows.map((row) => `${row},m,1`)].join('\n'));
  const hours = [
    '2026-10-01T00:00:00Z,2026-10-01T01:00:00Z',
    '2026-10-01T01:00:00Z,2026-10-01T02:00:00Z',
    '2026-10-01T01:00:00Z,',
  ] as const;

  it.each([
    ['start_time,end_time'],
    ['bucket_start,bucket_end'],
    ['Starting At,Ending At'],
    ['period_start,period_end'],
    ['started_at,until'],
    ['start,end'],
  ])('%s: whole minutes make buckets', async (header) => {
    const result = await table(header, ...hours);
    expect(spans(result).map(([, until]) => until)).toEqual([
      '2026-10-01T01:00:00.000Z',
      '2026-10-01T02:00:00.000Z',
      null,
    ]);
    expect(result.report.why).toContain('covers a bucket of time');
  });

  it('a second time beside a timestamp is no end', async () => {
    expect((await table('timestamp,end_time', ...hours)).batch.until).toBeNull();
    expect((await table('timestamp,end_time', '2026-10-01T00:00:00Z,never')).batch.count).toBe(1);
  });

  it.each([
    ['seconds', '2026-10-01T00:00:00Z,2026-10-01T00:00:42Z'],
    ['no time at all', '2026-10-01T00:00:00Z,2026-10-01T00:00:00Z'],
    ['a minute, from an odd second', '2026-10-01T00:00:07Z,2026-10-01T00:01:07Z'],
  ])('requests that took %s are instants, all of them, whatever came before', async (_what, row) => {
    for (const rows of [
      [row, ...hours],
      [...hours, row],
    ]) {
      const result = await table('started_at,ended_at', ...rows);
      expect(result.batch.count).toBe(4);
      expect(result.batch.until).toBeNull();
      expect(result.report.why).toContain('ended_at is when a request ended');
      expect(result.report.problemCount).toBe(0);
    }
  });

  it('names that are of buckets alone need no whole minutes', async () => {
    const result = await table('bucket_start,bucket_end', '2026-10-01T10:17:23Z,2026-10-02T00:00:00Z', ...hours);
    expect(spans(result)[0]).toEqual(['2026-10-01T10:17:23.000Z', '2026-10-02T00:00:00.000Z']);
    expect(spans(result)[1]?.[1]).toBe('2026-10-01T01:00:00.000Z');
  });

  it('an end before its start, or unreadable, is a located problem', async () => {
    const result = await table(
      'start_time,end_time',
      ...hours,
      '2026-10-01T03:00:00Z,2026-10-01T02:00:00Z',
      '2026-10-01T03:00:00Z,2026-13-01T02:00:00Z',
    );
    expect(result.batch.count).toBe(3);
    expect(problems(result)).toEqual([
      expect.stringContaining("5:22 end_time: the row's end, 2026-10-01T02:00:00.000Z, is not later than its start"),
      expect.stringContaining('6:22 end_time: end "2026-13-01T02:00:00Z" cannot be read'),
    ]);
  });

  it('keys of JSON mean the same', async () => {
    const row = '{"start_time":1790640000,"end_time":1790643600,"model":"m","cost":1}';
    const long = '{"start_time":1790640000.5,"end_time":1790640003,"model":"m","cost":1}';
    expect(widths(await read(`${row}\n${row}`))).toEqual([HOUR_MS]);
    expect(widths(await read(`[${row}]`))).toEqual([HOUR_MS]);
    expect((await read(`${row}\n${long}`)).batch.until).toBeNull();
    const event = `{"specversion":"1.0","id":"1","source":"s","type":"t","data":${row}}`;
    expect(widths(await read(event))).toEqual([HOUR_MS]);
  });
});
