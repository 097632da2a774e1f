import { describe, expect, it } from 'vitest';
import { counts, meterTotals, problems, read, rowsOf, withSample } from './helpers.ts';

const TOKENS = {
  input_tokens: '672624',
  cache_write_tokens: '2640',
  cache_write_1h_tokens: '8000',
  cached_input_tokens: '538700',
  output_tokens: '83022',
  web_search_requests: '6',
};

const page = (...results: object[]): string =>
  JSON.stringify({ data: [{ starting_at: '2026-09-29T00:00:00Z', ending_at: '2026-09-30T00:00:00Z', results }] });

describe('Anthropic cost_report', () => {
  withSample('anthropic_cost_report.json', 'amounts are cents', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({
      format: 'anthropic-cost-report',
      totals: { USD: '2.223034' },
      problemCount: 0,
    });
    expect(result.report.why).toContain('Amounts are in cents.');
    expect(counts(result)).toBe('11/11/0/0/0');
    const rows = rowsOf(result.batch);
    expect(rows[0]).toEqual({
      at: '2026-09-29T00:00:00.000Z',
      sku: 'claude-sonnet-4-5-20250929, uncached_input_tokens',
      cost: '0.33426',
      meters: {},
      project: 'wrkspc_01SmpSageThymeUmber',
      key: null,
      id: null,
      line: 7,
    });
    expect(rows[4]).toMatchObject({ sku: 'Web Search Usage', cost: '0.06' });
    expect(rows[6]).toMatchObject({
      sku: 'claude-haiku-4-5-20251001, cache_creation.ephemeral_1h_input_tokens',
      cost: '0.016',
    });
    expect(rows[9]).toMatchObject({ sku: 'claude-sonnet-4-5-20250929, uncached_input_tokens, batch', cost: '0.75' });
  });

  it('cents of any form, finer than 10^-12 of a dollar, negative, and unreadable', async () => {
    const row = (amount: unknown): object => ({ amount, currency: 'USD', description: 'x' });
    const result = await read(
      page(...['1', '0.0000000001', '0.00000000015', '1.5E2', '-25', '0E-6176', 7, '1,5'].map(row)),
    );
    expect(rowsOf(result.batch).map(({ cost }) => cost)).toEqual([
      '0.01',
      '0.000000000001',
      '0.000000000002',
      '1.5',
      '0',
      '0.07',
    ]);
    expect(result.adjustments.map(({ amount }) => amount)).toEqual([250_000_000_000n]);
    expect(problems(result)).toEqual([expect.stringContaining('amount: cost "1,5" cannot be read')]);
    expect(result.report.why).toContain('1 cost was finer');
  });

  it('an ungrouped report has nothing but amounts', async () => {
    const result = await read(page({ currency: 'USD', amount: '123.45', description: null, model: null }));
    expect(rowsOf(result.batch)).toMatchObject([{ sku: 'usage', cost: '1.2345' }]);
  });
});

describe('Anthropic usage_report', () => {
  withSample('anthropic_usage_report.json', 'input parts exclude one another', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'anthropic-usage-report', totals: {}, problemCount: 0 });
    expect(counts(result)).toBe('3/3/0/0/0');
    expect(meterTotals(result.batch)).toEqual(TOKENS);
    expect(rowsOf(result.batch)[2]).toMatchObject({
      at: '2026-09-30T00:00:00.000Z',
      sku: 'claude-sonnet-4-5-20250929, batch',
      meters: { input_tokens: '500000', output_tokens: '40000' },
      key: 'apikey_01SmpMapleNettleOak',
      line: 53,
    });
  });

  it('tells long contexts apart, and reads an empty report', async () => {
    const row = {
      uncached_input_tokens: 5,
      output_tokens: 1,
      model: 'm',
      context_window: '200k-1M',
      service_tier: 'flex',
    };
    expect(rowsOf((await read(page(row))).batch)).toMatchObject([{ sku: 'm, flex, 200k-1M' }]);
    const empty = await read(page());
    expect([empty.report.format, counts(empty), empty.report.problemCount]).toEqual([
      'anthropic-usage-report',
      '0/0/0/0/0',
      0,
    ]);
  });
});

describe('Anthropic console', () => {
  withSample('anthropic_console_cost.csv', '14 columns, cents a row', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'anthropic-console-cost', totals: { USD: '2.23' }, problemCount: 0 });
    expect(result.report.why).toContain('off by half a cent a row');
    expect(counts(result)).toBe('11/11/0/0/0');
    const rows = rowsOf(result.batch);
    expect(rows[4]).toMatchObject({ sku: 'web_search', cost: '0.06' });
    expect(rows[9]).toEqual({
      at: '2026-09-30T00:00:00.000Z',
      sku: 'Claude Sonnet 4.5, input_no_cache, batch',
      cost: '0.75',
      meters: {},
      project: 'reports',
      key: 'apikey_01SmpMapleNettleOak',
      id: null,
      line: 11,
    });
  });

  withSample('anthropic_console_usage.csv', 'the same tokens as the usage report', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'anthropic-console-usage', totals: {}, problemCount: 0 });
    expect(meterTotals(result.batch)).toEqual(TOKENS);
    expect(rowsOf(result.batch)[1]).toMatchObject({ project: 'Default', key: 'triage-dev', line: 3 });
  });

  it.each([
    [7, 'usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd', '2025-10-01,m,w,k,batch,output,0.10'],
    [
      9,
      'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type',
      '2025-10-01,m,w,k,batch,≤ 200k,output,0.10,token',
    ],
    [
      12,
      'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed',
      '2025-10-01,m,w,k,batch,≤ 200k,output,0.10,0.20,token,not_available,',
    ],
    [
      14,
      'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status',
      '2025-10-01,m,w,name,batch,≤ 200k,output,0.10,0.20,token,not_available,,k,archived',
    ],
  ])('a cost export of %d columns', async (columns, header, row) => {
    const result = await read(`${header}\n${row}\n`);
    expect(result.report.why).toContain(`by its ${columns} columns`);
    expect(rowsOf(result.batch)).toEqual([
      {
        at: '2025-10-01T00:00:00.000Z',
        sku: 'm, output, batch',
        cost: '0.1',
        meters: {},
        project: 'w',
        key: 'k',
        id: null,
        line: 2,
      },
    ]);
  });
});
