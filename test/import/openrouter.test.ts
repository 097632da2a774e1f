import { describe, expect, it } from 'vitest';
import { counts, meterTotals, problems, read, rowsOf, withSample } from './helpers.ts';

const OWN_KEYS = '1 row with keys of your own (BYOK): 0.0055 outside the credits, not counted.';

describe('OpenRouter', () => {
  withSample('openrouter_activity.csv', 'UTC without a zone, own keys, a cancelled row', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'openrouter-log', totals: { USD: '0.0030639' }, problemCount: 0 });
    expect(counts(result)).toBe('4/4/0/0/0');
    expect(result.report.why).toContain(OWN_KEYS);
    expect(result.report.why).toContain('Generations that were cancelled, kept at their cost: 1.');
    expect(meterTotals(result.batch)).toEqual({
      input_tokens: '8122',
      cached_input_tokens: '2048',
      output_tokens: '1813',
    });
    const rows = rowsOf(result.batch);
    expect(rows.map(({ at }) => at)).toEqual([
      '2026-09-30T23:58:46.713Z',
      '2026-10-01T00:00:02.004Z',
      '2026-10-01T00:05:17.950Z',
      '2026-10-01T07:41:55.120Z',
    ]);
    expect(rows[2]).toMatchObject({ cost: '0', meters: { input_tokens: '840', output_tokens: '0' } });
    expect(rows[0]).toMatchObject({ id: 'gen-1790812726-SmpA1b2C3d4', key: 'bench-key', project: 'quarry-lantern' });
  });

  withSample('openrouter_activity_daily.csv', 'the same cost by day', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'openrouter-daily', totals: { USD: '0.0030639' }, problemCount: 0 });
    expect(result.report.why).toContain(OWN_KEYS);
    expect(result.report.why).toContain('import one of the two');
    expect(meterTotals(result.batch)).toEqual({ input_tokens: '10170', output_tokens: '1813' });
    expect(rowsOf(result.batch)[1]).toMatchObject({
      at: '2026-10-01T00:00:00.000Z',
      sku: 'openai/gpt-4o-mini-2024-07-18',
    });
  });

  it('more cached tokens than prompt tokens are a problem; a repeated generation is not counted twice', async () => {
    const header =
      'generation_id,created_at,cost_total,byok_usage_inference,tokens_prompt,tokens_completion,tokens_cached';
    const row = 'gen-2,2026-10-01 00:00:00,0,0.5,10,1,0';
    const result = await read([header, 'gen-1,2026-10-01 00:00:00,1,0,10,1,11', row, row].join('\n'));
    expect(counts(result)).toBe('3/1/1/1/0');
    expect(problems(result)).toEqual([
      '2:36 tokens_cached: tokens_cached is 11, more than tokens_prompt, which includes them',
    ]);
    expect(result.report.why).toContain('1 row with keys of your own (BYOK): 0.5 outside');
  });
});
