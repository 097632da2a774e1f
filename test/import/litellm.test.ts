import { describe, expect, it } from 'vitest';
import { counts, fixture, meterTotals, problems, read, rowsOf, withSample } from './helpers.ts';

describe('LiteLLM spend logs', () => {
  withSample('litellm_spend_logs.jsonl', 'cached tokens from the metadata, free rows kept', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'litellm', totals: { USD: '0.0025996' }, problemCount: 0 });
    expect(counts(result)).toBe('4/4/0/0/0');
    expect(meterTotals(result.batch)).toEqual({
      input_tokens: '4844',
      cached_input_tokens: '4224',
      output_tokens: '1143',
    });
    const rows = rowsOf(result.batch);
    // it starts before midnight and ends behind it
    expect(rows[0]).toMatchObject({ at: '2026-09-30T23:59:58.412Z', id: 'chatcmpl-SmpAa1', project: 'team-smp-01' });
    // an answer from the proxy's cache
    expect(rows[3]).toMatchObject({ cost: '0', meters: { input_tokens: '900', output_tokens: '120' }, line: 4 });
    expect(result.report.why).not.toContain('rounded');
  });

  it('rounds noise and counts it, reads either form of cached tokens, finds repeated requests', async () => {
    const result = await read(fixture('litellm.jsonl'));
    expect(counts(result)).toBe('7/4/1/2/0');
    expect(result.report.why).toContain(
      '2 costs were finer than 10^-12 and rounded to it, half to even, the first on line 1.',
    );
    expect(rowsOf(result.batch).map(({ at, cost, meters }) => [at, cost, meters])).toEqual([
      ['2026-10-01T00:00:00.000Z', '0.3', { input_tokens: '10', output_tokens: '5' }],
      [
        '2026-10-01T00:00:01.250Z',
        '0.000000000002',
        { input_tokens: '40', cached_input_tokens: '50', cache_write_tokens: '10', output_tokens: '5' },
      ],
      ['2026-10-01T00:00:02.000Z', '0.0000017476', { input_tokens: '10', output_tokens: '5' }],
      ['2026-10-01T00:00:03.000Z', null, { input_tokens: '1', output_tokens: '0' }],
    ]);
    expect(problems(result)).toEqual([
      '5:106 prompt_tokens: prompt_tokens is 10, but 11 of them are cached',
      '7:53 -: the row is no JSON object that can be read: expected a colon after the key',
    ]);
  });

  it('the same in an array', async () => {
    const lines = new TextDecoder().decode(fixture('litellm.jsonl')).split('\n').slice(0, 4);
    const result = await read(`[\n${lines.join(',\n')}\n]`);
    expect([result.report.format, counts(result)]).toEqual(['litellm', '4/3/1/0/0']);
    expect(rowsOf(result.batch).map(({ line }) => line)).toEqual([2, 3, 4]);
  });
});
