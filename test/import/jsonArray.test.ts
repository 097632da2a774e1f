import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, counts, fixture, meterTotals, problems, read, rowsOf, sample, withSample } from './helpers.ts';

describe('CloudEvents', () => {
  withSample('usage_events.cloudevents.json', 'the rows of the NDJSON log', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'cloudevents', totals: {}, problemCount: 0 });
    expect(counts(result)).toBe('13/12/1/0/0');
    expect(meterTotals(result.batch)).toEqual({
      input_tokens: '1346000',
      cached_input_tokens: '160000',
      output_tokens: '108660',
    });
    const log = sample('usage_events.ndjson');
    if (log === null) return;
    const plain = (rows: ReturnType<typeof rowsOf>): object[] => rows.map((row) => ({ ...row, line: null }));
    expect(plain(rowsOf(result.batch))).toEqual(plain(rowsOf((await read(log)).batch)));
  });

  const event = (data: object): object => ({
    specversion: '1.0',
    id: '1',
    source: 's',
    type: 't',
    time: '2026-10-01T00:00:00Z',
    data,
  });

  it('one a line, or one alone; time and id are the event’s', async () => {
    const one = JSON.stringify(event({ id: 'other', time: 'never', cost: '0.10', source: 'x' }));
    const two = one.replace('"id":"1"', '"id":"2"');
    for (const [text, expected] of [
      [one, ['1']],
      [`${one}\n${two}\n`, ['1', '2']],
    ] as const) {
      const result = await read(text);
      expect(problems(result)).toEqual([]);
      expect(rowsOf(result.batch).map(({ id }) => id)).toEqual(expected);
      expect(rowsOf(result.batch)[0]).toMatchObject({ at: '2026-10-01T00:00:00.000Z', cost: '0.1' });
    }
  });
});

describe('a JSON array of rows', () => {
  it('reads numbers as they are written, and locates what is wrong', async () => {
    const result = await read(fixture('rows.json'));
    expect(result.report).toMatchObject({ format: 'json', totals: { USD: '0.300000000001' } });
    expect(result.report.why).toContain('Keys read: id from id, time from ts, cost from cost, sku from model.');
    expect(counts(result)).toBe('8/4/1/3/0');
    expect(result.report.rows.rounded).toBe(1);
    expect(rowsOf(result.batch).map(({ sku, cost, line }) => [sku, cost, line])).toEqual([
      ['grüße\n"x"', '0.1', 2],
      ['m', '0.2', 3],
      ['usage', '0', 5],
      ['m', '0.000000000001', 13],
    ]);
    expect(problems(result)).toEqual([
      '8:45 cost: cost "ü" cannot be read; expected a decimal number with a point, such as 0.0125',
      '9:3 -: expected a JSON object here',
      '11:33 -: the row is no JSON object that can be read: the key "cost" stands twice in this object',
    ]);
  });

  it.each([
    [
      '[{"ts":"2026-10-01T00:00:00Z","cost":1},',
      '1:41 -: the JSON document cannot be read: expected a value: a string, a number, true, false, null, an object or an array',
    ],
    [
      '[\n{"ts":"2026-10-01T00:00:00Z","cost":1}\n{}]',
      '3:1 -: the JSON document cannot be read: expected a comma or ] after the element',
    ],
    [
      '[{"ts":"2026-10-01T00:00:00Z","cost":1}]\n]',
      '2:1 -: the JSON document cannot be read: expected nothing more after the array',
    ],
  ])('a document that is broken gives no rows', async (text, problem) => {
    const result = await read(text);
    expect([problems(result), result.batch.count]).toEqual([[problem], 0]);
  });

  it('a document of an API that lacks its rows says so', async () => {
    const result = await read('{"error": 1}', { format: 'openai-costs-api' });
    expect(problems(result)).toEqual(['1:1 -: this object lacks the array "data"']);
  });

  it('knows its places in one long line that comes in pieces', async () => {
    const row = '{"ts":"2026-10-01T00:00:00Z","cost":1,"model":"é"}';
    const result = await read(`[${`${row},`.repeat(50_000)}{"ts":"2026-10-01T00:00:00Z","cost":"x"}]`);
    expect(counts(result)).toBe('50001/50000/0/1/0');
    const column = 2 + 50_000 * (row.length + 1) + '{"ts":"2026-10-01T00:00:00Z","cost":"'.length;
    expect(problems(result)).toEqual([expect.stringMatching(`^1:${column} cost: `)]);
  });

  it('never throws, whatever was done to its bytes, and accounts for every row', async () => {
    const costs = fixture('openai-costs-api.json');
    const logs = fixture('litellm.jsonl');
    const rows = fixture('rows.json');
    const change = fc.tuple(fc.nat(2_000), fc.integer({ min: 0, max: 255 }));
    const run = fc.asyncProperty(
      fc.constantFrom(costs, logs, rows),
      fc.array(change, { maxLength: 6 }),
      async (file, changes) => {
        const bytes = file.slice();
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        const { report } = await read(bytes);
        const { read: all, stored, duplicate, rejected, adjustments, superseded } = report.rows;
        expect(stored + duplicate + rejected + adjustments + superseded).toBe(all);
      },
    );
    await fc.assert(run, { numRuns: 300 });
  });

  it('is read the same with a byte order mark', async () => {
    const text = new TextDecoder().decode(fixture('rows.json'));
    const whole = await read(text);
    const marked = await read(bytesOf(`\uFEFF${text}`));
    expect(rowsOf(marked.batch)).toEqual(rowsOf(whole.batch));
  });
});
