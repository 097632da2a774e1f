import { describe, expect } from 'vitest';
import { counts, meterTotals, problems, read, rowsOf, sample, withSample } from './helpers.ts';

const TOKEN_LOG = { input_tokens: '1346000', cached_input_tokens: '160000', output_tokens: '108660' };

describe('sample files', () => {
  withSample('usage_events.csv', 'BOM, CRLF, one repeated id', async (bytes) => {
    const result = await read(bytes, {}, 'usage_events.csv');
    expect(result.report).toMatchObject({
      format: 'csv',
      totals: {},
      from: Date.UTC(2026, 9, 31, 22, 10),
      to: Date.UTC(2026, 10, 1, 1, 50),
    });
    expect(result.report.why).toContain('cached_tokens was read as a part of input_tokens and taken off it.');
    expect(counts(result)).toBe('13/12/1/0/0');
    expect(problems(result)).toEqual([]);
    expect(meterTotals(result.batch)).toEqual(TOKEN_LOG);
    const rows = rowsOf(result.batch);
    expect(rows[0]).toEqual({
      at: '2026-10-31T22:10:00.000Z',
      sku: 'alto-2',
      cost: null,
      meters: { input_tokens: '80000', cached_input_tokens: '40000', output_tokens: '9000' },
      project: 'proj-atlas',
      key: null,
      id: 'req_000',
      line: 2,
    });
    // the repeated line is 8; the row after it is on line 9
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14]);
  });

  withSample('usage_events.ndjson', 'the same rows as the CSV', async (bytes) => {
    const result = await read(bytes, {}, 'usage_events.ndjson');
    expect(result.report.format).toBe('ndjson');
    expect(counts(result)).toBe('13/12/1/0/0');
    expect(meterTotals(result.batch)).toEqual(TOKEN_LOG);
    const csv = sample('usage_events.csv');
    if (csv === null) return;
    const same = await read(csv);
    const withoutLine = rowsOf(same.batch).map((row) => ({ ...row, line: null }));
    expect(rowsOf(result.batch).map((row) => ({ ...row, line: null }))).toEqual(withoutLine);
  });

  const exports: readonly [string, string][] = [
    ['openai_cost_export.csv', '17 columns'],
    ['openai_cost_export_2025.csv', '10 columns'],
  ];
  for (const [name, what] of exports) {
    withSample(name, what, async (bytes) => {
      const result = await read(bytes, {}, name);
      expect(result.report).toMatchObject({
        format: 'openai-cost',
        totals: { USD: '3.9538109' },
        from: 1_790_640_000_000,
        to: 1_790_899_200_000,
      });
      expect(counts(result)).toBe('21/21/0/0/0');
      expect(problems(result)).toEqual([]);
      expect(result.report.why).toContain('Amounts are in USD.');
      expect(result.report.why).toContain('covers a bucket of time');
      const free = rowsOf(result.batch)[6];
      expect(free).toMatchObject({ sku: 'gpt-5-mini-2025-08-07, input', cost: '0', line: 8 });
      expect(rowsOf(result.batch)[16]).toMatchObject({ at: '2026-10-02T00:00:00.000Z', cost: '0.0000042', line: 19 });
    });
  }

  withSample('openai_cost_export.csv', 'quantities, keys and projects', async (bytes) => {
    const { batch } = await read(bytes);
    expect(meterTotals(batch)).toEqual({ tokens: '9261319', quantity: '37' });
    expect(rowsOf(batch)[10]).toMatchObject({
      sku: 'web search tool calls',
      cost: '0.37',
      meters: { quantity: '37' },
      project: 'proj_SmpAlder7Field2Kiosk4Mint0',
      key: 'key_Smp7amber1dune',
    });
  });

  withSample('completions_usage_2026-10-02_2026-10-03.csv', '24 columns, one-minute buckets', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'openai-usage', totals: {} });
    expect(counts(result)).toBe('3/3/0/0/0');
    expect(problems(result)).toEqual([]);
    expect(meterTotals(result.batch)).toEqual({
      input_tokens: '30555',
      cached_input_tokens: '20480',
      output_tokens: '19901',
    });
    expect(rowsOf(result.batch)[1]).toEqual({
      at: '2026-10-02T09:14:00.000Z',
      sku: 'gpt-4o-mini-2024-07-18',
      cost: null,
      meters: { input_tokens: '28', output_tokens: '61' },
      project: 'proj_SmpAlder7Field2Kiosk4Mint0',
      key: 'key_Smp7amber1dune',
      id: null,
      line: 3,
    });
  });

  withSample('openai_empty_export.csv', 'no rows, no problem', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'openai-cost', totals: {}, from: null, to: null });
    expect(counts(result)).toBe('0/0/0/0/0');
    expect(problems(result)).toEqual([]);
  });
});
