import { describe, expect, it } from 'vitest';
import { counts, meterTotals, problems, read, rowsOf, withSample } from './helpers.ts';

describe('DeepSeek', () => {
  withSample('deepseek_amount.csv', 'BOM, CRLF, +08:00; price times amount', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'deepseek-amount', totals: { USD: '0.52803' }, problemCount: 0 });
    expect(counts(result)).toBe('4/4/0/0/0');
    expect(meterTotals(result.batch)).toEqual({
      requests: '118',
      input_tokens: '151500',
      cached_input_tokens: '402000',
      output_tokens: '48210',
    });
    expect(rowsOf(result.batch)[3]).toEqual({
      at: '2026-09-30T16:00:00.000Z',
      sku: 'deepseek-chat',
      cost: '0.14463',
      meters: { output_tokens: '48210' },
      project: null,
      key: 'nightly',
      id: null,
      line: 5,
    });
  });

  withSample('deepseek_cost.csv', 'both wallets are costs, the same in sum', async (bytes) => {
    const result = await read(bytes);
    expect(result.report).toMatchObject({ format: 'deepseek-cost', totals: { CNY: '0.52803' }, problemCount: 0 });
    expect(result.report.why).toContain('Amounts are in CNY.');
    expect(rowsOf(result.batch).map(({ at, cost }) => [at, cost])).toEqual([
      ['2026-09-30T16:00:00.000Z', '0.2'],
      ['2026-09-30T16:00:00.000Z', '0.32803'],
    ]);
    const other = await read(bytes, { currency: 'USD' });
    expect(problems(other)[0]).toContain('currency "CNY": the account is in USD');
  });

  it('locates what is wrong; a time without an offset is on the clock of UTC+8', async () => {
    const result = await read(
      [
        'start_time_iso,model,type,price,amount',
        '2026-10-01T00:00:00,m,output_tokens,,5',
        '2026-10-01T00:00:00,m,new_type,0.5,1.5',
        '2026-10-01T00:00:00,m,output_tokens,free,5',
        '2026-10-01T00:00:00,m,output_tokens,0.1,-5',
      ].join('\n'),
    );
    expect(rowsOf(result.batch)).toMatchObject([
      { at: '2026-09-30T16:00:00.000Z', cost: null, meters: { output_tokens: '5' } },
      { cost: '0.75', meters: { new_type: '1.5' } },
    ]);
    expect(problems(result)).toEqual([
      '4:37 price: price "free" cannot be read; expected a number such as 0.000002',
      '5:41 amount: amount "-5" cannot be read; expected a number such as 1200',
    ]);
  });
});
