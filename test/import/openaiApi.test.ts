import { describe, expect, it } from 'vitest';
import { cost, counts, fixture, meterTotals, problems, read, rowsOf, withSample } from './helpers.ts';

const page = (results: readonly object[], more = false): string =>
  JSON.stringify({
    object: 'page',
    data: [{ object: 'bucket', results, start_time: 1_790_640_000, end_time: 1_790_726_400 }],
    has_more: more,
    next_page: null,
  });

describe('OpenAI costs API', () => {
  for (const name of ['openai_costs.json', 'openai_costs_live_variant.json']) {
    withSample(name, 'every cost to its last digit', async (bytes) => {
      const result = await read(bytes, {}, name);
      expect(result.report).toMatchObject({
        format: 'openai-costs-api',
        totals: { USD: '3.9538109' },
        from: Date.UTC(2026, 8, 29),
        to: Date.UTC(2026, 9, 2),
      });
      expect(counts(result)).toBe('21/21/0/0/0');
      expect(problems(result)).toEqual([]);
      expect(meterTotals(result.batch)).toEqual({ tokens: '9261319', quantity: '37' });
      // complimentary tokens are a row without a cost
      expect(rowsOf(result.batch)[6]).toMatchObject({
        sku: 'gpt-5-mini-2025-08-07, input',
        cost: '0',
        meters: { tokens: '18450' },
      });
      expect(rowsOf(result.batch)[16]).toMatchObject({ at: '2026-10-02T00:00:00.000Z', cost: '0.0000042' });
      expect(result.report.why).not.toContain('has_more');
    });
  }

  withSample('openai_costs_page1.json', 'says that there are more pages', async (bytes) => {
    const result = await read(bytes);
    expect([counts(result), cost(result)]).toEqual(['16/16/0/0/0', '3.90594635']);
    expect(result.report.why).toContain('The last page says that there are more (has_more): import them too.');
  });

  withSample('openai_costs_page2.json', 'is the rest', async (bytes) => {
    const result = await read(bytes);
    expect([counts(result), cost(result)]).toEqual(['5/5/0/0/0', '0.04786455']);
    expect(rowsOf(result.batch)[0]).toEqual({
      at: '2026-10-02T00:00:00.000Z',
      sku: 'gpt-4o-mini-2024-07-18, input',
      cost: '0.0000042',
      meters: { tokens: '28' },
      project: 'proj_SmpAlder7Field2Kiosk4Mint0',
      key: null,
      id: null,
      line: 15,
    });
  });

  it('amounts as numbers and as strings, corrections, days behind their results, several pages', async () => {
    const result = await read(fixture('openai-costs-api.json'));
    expect(counts(result)).toBe('6/4/0/1/1');
    expect(problems(result)).toEqual([
      '36:35 amount.value: cost "much" cannot be read; expected a decimal number with a point, such as 0.0125',
    ]);
    expect(
      rowsOf(result.batch).map(({ at, sku, cost, meters, project, line }) => [at, sku, cost, meters, project, line]),
    ).toEqual([
      ['2026-09-29T00:00:00.000Z', 'm "quoted", input', '0.000000000002', { tokens: '28' }, 'proj_a', 7],
      ['2026-09-29T00:00:00.000Z', 'm, output', '0', { tokens: '18450' }, 'proj_a', 14],
      ['2026-09-30T00:00:00.000Z', 'storage', '9007199.254740991001', { gibibyte_hours: '0.125' }, '', 24],
      ['2026-10-01T00:00:00.000Z', 'usage', '1', {}, '', 41],
    ]);
    expect(result.adjustments).toEqual([
      { at: Date.UTC(2026, 8, 30), amount: 250_000_000_000n, id: null, source: 'usage.csv', line: 30 },
    ]);
    expect(result.report.why).toContain(
      '1 cost was finer than 10^-12 and rounded to it, half to even, the first on line 7.',
    );
  });

  it('another currency is a problem where it stands', async () => {
    const result = await read(page([{ object: 'organization.costs.result', amount: { value: 1, currency: 'eur' } }]), {
      currency: 'USD',
    });
    expect(problems(result)).toEqual([
      '1:126 amount.currency: currency "EUR": the account is in USD; import one currency at a time',
    ]);
  });
});

describe('OpenAI usage API', () => {
  withSample('openai_usage_completions.json', 'cached tokens are taken off', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'openai-usage-api', totals: {}, problemCount: 0 });
    expect(result.report.why).toContain('covers a bucket of time');
    expect(counts(result)).toBe('8/8/0/0/0');
    expect(meterTotals(result.batch)).toEqual({
      input_tokens: '6166656',
      cached_input_tokens: '1540608',
      output_tokens: '1554055',
    });
    expect(rowsOf(result.batch)[4]).toEqual({
      at: '2026-09-30T00:00:00.000Z',
      sku: 'gpt-4.1-mini-2025-04-14, batch',
      cost: null,
      meters: { input_tokens: '3100000', output_tokens: '640000' },
      project: 'proj_SmpBirch3Grove8Harbor1Oat5',
      key: null,
      id: null,
      line: 112,
    });
  });

  const kind = (name: string, members: object): object => ({ object: `organization.usage.${name}.result`, ...members });
  it.each([
    ['embeddings', { input_tokens: 12, num_model_requests: 2, model: 'e' }, 'e', { input_tokens: '12' }],
    ['moderations', { input_tokens: 16, num_model_requests: 2, model: 'o' }, 'o', { input_tokens: '16' }],
    [
      'images',
      { images: 2, num_model_requests: 2, size: '1024x1024', source: 'image.edit', model: 'i' },
      'i, image.edit, 1024x1024',
      { images: '2' },
    ],
    ['images', { images: 2, num_model_requests: 2, size: null, source: null, model: 'i' }, 'i', { images: '2' }],
    ['audio_speeches', { characters: 45, num_model_requests: 1, model: 't' }, 't', { characters: '45' }],
    ['audio_transcriptions', { seconds: 30, num_model_requests: 1, model: 'w' }, 'w', { seconds: '30' }],
    ['vector_stores', { usage_bytes: 1024 }, 'vector stores', { usage_bytes: '1024' }],
    ['code_interpreter_sessions', { num_sessions: 3 }, 'code interpreter sessions', { sessions: '3' }],
    ['file_searches', { num_requests: 4 }, 'file searches', { requests: '4' }],
    [
      'web_searches',
      { num_model_requests: 1, num_requests: 5, context_level: 'medium', model: 'm' },
      'web searches, medium',
      { requests: '5' },
    ],
  ])('%s', async (name, members, sku, meters) => {
    const result = await read(page([kind(name, { ...members, project_id: 'p', api_key_id: 'k', user_id: null })]));
    expect(problems(result)).toEqual([]);
    expect(result.report.why).toContain(`organization.usage.${name}.result`);
    expect(rowsOf(result.batch)).toEqual([
      { at: '2026-09-29T00:00:00.000Z', sku, cost: null, meters, project: 'p', key: 'k', id: null, line: 1 },
    ]);
  });

  it('cached, written and audio tokens are apart; parts that do not add up are a problem', async () => {
    const tokens = { input_tokens: 1000, input_uncached_tokens: 500, input_cached_tokens: 400, output_tokens: 30 };
    const result = await read(
      page([
        kind('completions', {
          ...tokens,
          input_cache_write_tokens: 100,
          output_audio_tokens: 10,
          output_text_tokens: 20,
          model: 'm',
        }),
        kind('completions', { ...tokens, model: 'm', service_tier: 'flex' }),
      ]),
    );
    expect(rowsOf(result.batch)).toMatchObject([
      {
        meters: {
          input_tokens: '500',
          cached_input_tokens: '400',
          cache_write_tokens: '100',
          output_tokens: '20',
          output_audio_tokens: '10',
        },
      },
    ]);
    expect(problems(result)).toEqual([
      expect.stringMatching(/^1:\d+ input_tokens: input_tokens is 1000, but its parts add up to 900$/),
    ]);
  });

  it('a page without results is no problem', async () => {
    const result = await read(page([]));
    expect(result.report).toMatchObject({ format: 'openai-usage-api', totals: {}, problemCount: 0 });
    expect(counts(result)).toBe('0/0/0/0/0');
  });
});
