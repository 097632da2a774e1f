import { describe, expect, it } from 'vitest';
import { counts, fixture, meterTotals, problems, read, rowsOf } from './helpers.ts';

const COST =
  'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,' +
  'api_key_id,project_id';
const cost = (...lines: string[]): string => [COST, ...lines].join('\n') + '\n';

describe('OpenAI cost export', () => {
  it('reads a file with every oddity', async () => {
    const result = await read(fixture('openai-costs.csv'), {}, 'renamed.txt');
    expect(problems(result)).toEqual([]);
    // the empty day is no row; the two equal rows are two
    expect(counts(result)).toBe('7/6/0/0/1');
    expect(result.report).toMatchObject({ format: 'openai-cost', totals: { USD: '1.000000000006' } });
    expect(
      rowsOf(result.batch).map(({ at, sku, cost: amount, meters }) => [at.slice(0, 10), sku, amount, meters]),
    ).toEqual([
      ['2026-09-29', 'gpt-4.1, input', '0.25', { tokens: '125000' }],
      ['2026-09-29', 'gpt-4.1, input', '0.25', { tokens: '125000' }],
      ['2026-09-29', 'gpt-5-mini, input', '0', { tokens: '18450' }],
      ['2026-10-01', 'web search tool calls', '0.5', { quantity: '50' }],
      ['2026-10-01', 'vector storage', '0.000000000002', { gibibyte_hours: '0.125' }],
      ['2026-10-01', 'tiny', '0.000000000004', {}],
    ]);
    expect(result.adjustments).toEqual([
      { at: Date.UTC(2026, 9, 1), amount: 125_000_000_000n, id: null, source: 'renamed.txt', line: 9 },
    ]);
    expect(result.report.why).toContain(
      '2 costs were finer than 10^-12 and rounded to it, half to even, the first on line 7.',
    );
  });

  it('reads the ISO time, as UTC, where the Unix one is blank', async () => {
    const result = await read(cost(',,2026-10-02T00:00:00,2026-10-03T00:00:00,1,usd,1.0,tokens,x,,'));
    expect(rowsOf(result.batch)[0]).toMatchObject({ at: '2026-10-02T00:00:00.000Z', cost: '1' });
  });

  it('locates what is wrong', async () => {
    const result = await read(
      cost(
        '1790640000,1790726400,,,1,usd,1.0,tokens,x,k,p',
        '1790640000,1790726400,,,1,eur,1.0,tokens,x,k,p',
        '1790640000,1790726400,,,one,usd,1.0,tokens,x,k,p',
        '1790640000,1790726400,,,,usd,1.0,tokens,x,k,p',
        '1790640000,1790726400,,,1,usd,many,tokens,x,k,p',
        'never,1790726400,,,1,usd,1.0,tokens,x,k,p',
      ),
    );
    expect(counts(result)).toBe('6/2/0/4/0');
    expect(problems(result)).toEqual([
      '3:27 amount_currency: currency "EUR": the rows before it are in USD; import one currency at a time',
      '4:25 amount_value: cost "one" cannot be read; expected a decimal number with a point, such as 0.0125',
      '6:31 quantity: quantity "many" cannot be read; expected a number such as 30.0',
      '7:1 start_time: time "never" cannot be read; expected an ISO 8601 time such as 2026-01-31T23:59:59Z, ' +
        'or a Unix time in seconds',
    ]);
  });

  it('a row without an amount keeps its quantity and has no cost', async () => {
    const result = await read(cost('1790640000,1790726400,,,,usd,5.0,tokens,x,k,p'));
    expect(rowsOf(result.batch)).toMatchObject([{ cost: null, meters: { tokens: '5' } }]);
  });

  it('another format can be asked for, and lacks its columns', async () => {
    const result = await read(cost(), { format: 'openai-usage' });
    expect(problems(result)).toEqual([expect.stringContaining('the header row lacks model, output_tokens')]);
  });
});

const USAGE =
  'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,' +
  'input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens,input_text_tokens,output_text_tokens,' +
  'input_cached_text_tokens,input_audio_tokens,input_cached_audio_tokens,output_audio_tokens,input_image_tokens,' +
  'input_cached_image_tokens,output_image_tokens';
const usage = (model: string, batch: string, tier: string, ...tokens: number[]): string =>
  `${USAGE}\n1790932440,1790932500,,,p,1.0,u,k,${model},${batch},${tier},${tokens.map((count) => count.toFixed(1)).join(',')}\n`;

describe('OpenAI activity export', () => {
  it('audio and images within the total, or beside it', async () => {
    const within = await read(usage('m', 'False', 'default', 100, 30, 40, 60, 50, 20, 35, 8, 5, 10, 2, 0, 0));
    expect(problems(within)).toEqual([]);
    expect(meterTotals(within.batch)).toEqual({
      input_tokens: '50',
      input_audio_tokens: '8',
      input_image_tokens: '2',
      cached_input_tokens: '35',
      cached_input_audio_tokens: '5',
      output_tokens: '20',
      output_audio_tokens: '10',
    });
    const beside = await read(usage('m', 'False', 'default', 100, 30, 40, 60, 60, 30, 40, 8, 0, 10, 0, 0, 0));
    expect(meterTotals(beside.batch)).toEqual({
      input_tokens: '60',
      input_audio_tokens: '8',
      cached_input_tokens: '40',
      output_tokens: '30',
      output_audio_tokens: '10',
    });
  });

  it('what is left of the input is written to the cache where a column says so, else a problem', async () => {
    const row = '1790932440,1790932500,k,m,1000.0,500.0,400.0,100.0,7.0';
    const header =
      'start_time,end_time,api_key_id,model,input_tokens,input_uncached_tokens,input_cached_tokens,' +
      'input_cache_write_tokens,output_tokens';
    const result = await read(`${header},num_model_requests\n${row},1.0\n`);
    expect(meterTotals(result.batch)).toEqual({
      input_tokens: '500',
      cached_input_tokens: '400',
      cache_write_tokens: '100',
      output_tokens: '7',
    });
    const odd = await read(usage('m', 'False', 'default', 100, 30, 40, 50, 50, 30, 40, 0, 0, 0, 0, 0, 0));
    expect(counts(odd)).toBe('1/0/0/1/0');
    expect(problems(odd)).toEqual(['2:51 input_tokens: input_tokens is 100, but its parts add up to 90']);
  });

  it('rows of a batch or another tier are SKUs of their own', async () => {
    const tokens = [10, 5, 0, 10, 10, 5, 0, 0, 0, 0, 0, 0, 0];
    for (const [batch, tier, sku] of [
      ['False', 'default', 'm'],
      ['FALSE', '', 'm'],
      ['True', 'default', 'm, batch'],
      ['TRUE', 'flex', 'm, batch, flex'],
      ['False', 'priority', 'm, priority'],
    ] as const) {
      const result = await read(usage('m', batch, tier, ...tokens));
      expect(rowsOf(result.batch)[0]).toMatchObject({ sku });
      expect(result.report.why.includes('have it in their SKU')).toBe(sku !== 'm');
    }
  });
});
