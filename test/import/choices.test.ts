/** What files of no vendor leave open, what settles it, and what the user may say. */
import { describe, expect, it } from 'vitest';
import { cost, counts, meterTotals, problems, read, rowsOf } from './helpers.ts';

const rows = (header: string, ...lines: string[]): string => [header, ...lines].join('\n');
const times = async (...values: string[]): Promise<string[]> =>
  rowsOf((await read(rows('time;cost', ...values.map((value) => `${value};1`)), { zone: 'UTC' })).batch).map(
    ({ at }) => at,
  );

describe('times', () => {
  it('of many forms', async () => {
    expect(
      await times(
        '25/10/2026',
        '3.10.2026 04:05',
        'Oct 3, 2026 4:05:06 PM',
        '03-Oct-2026 16:05 UTC',
        '2026/10/03 16:05:06.5 +02:00',
        '12/31/2026, 12:00 am',
      ),
    ).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-03T04:05:00.000Z',
      '2026-10-03T16:05:06.000Z',
      '2026-10-03T16:05:00.000Z',
      '2026-10-03T14:05:06.500Z',
      '2026-12-31T00:00:00.000Z',
    ]);
    expect(
      await times('31/11/2026', '3/10/2026 25:00', '1/13/2026 13:00 PM', '20261003', '3/10/2026 10:00:00 Mars'),
    ).toEqual([]);
  });

  it('without a zone are asked for once', async () => {
    const text = rows(
      'time,cost',
      ...Array.from({ length: 5000 }, () => '2026-10-03 10:00:00,1'),
      '2026-10-03T10:00:00Z,1',
    );
    const result = await read(text);
    expect(counts(result)).toBe('5001/1/0/5000/0');
    expect(result.questions).toMatchObject([{ choice: 'zone', column: 'time', example: '2026-10-03 10:00:00' }]);
    expect(result.questions[0]?.options[0]).toEqual({ value: 'UTC', label: 'UTC' });
    expect(problems(result)).toEqual([
      '2:1 time: 5000 times have neither Z nor an offset, the first is "2026-10-03 10:00:00"; ' +
        'choose a time zone for this file, or write 2026-10-03T10:00:00Z',
    ]);
    expect((await read(text, { zone: 'Asia/Tokyo' })).report.from).toBe(Date.UTC(2026, 9, 3, 1));
    expect(problems(await read(text, { zone: 'Mars/North' }))[0]).toContain('there is no time zone "Mars/North"');
  });

  it('3/10/2026 is asked for, unless another date of the column says which it is', async () => {
    const open = rows('time,cost', '3/10/2026 10:00Z,1', '4/4/2026 10:00Z,1', '5/10/2026 10:00Z,2');
    const asked = await read(open);
    expect(counts(asked)).toBe('3/1/0/2/0');
    expect(asked.questions).toMatchObject([{ choice: 'dateOrder', column: 'time', example: '3/10/2026 10:00Z' }]);
    expect(asked.questions[0]?.options.map(({ label }) => label)).toEqual([
      'Day first: 3/10/2026 10:00Z is 2026-10-03',
      'Month first: 3/10/2026 10:00Z is 2026-03-10',
    ]);
    expect((await read(open, { dateOrder: 'mdy' })).report.from).toBe(Date.UTC(2026, 2, 10, 10));
    const settled = await read(`${open}\n25/10/2026 10:00Z,4`);
    expect([counts(settled), cost(settled), settled.questions]).toEqual(['4/4/0/0/0', '8', []]);
    expect(settled.report.why).toContain('Dates have the day first');
    const mixed = await read(`${open}\n25/10/2026 10:00Z,4\n10/25/2026 10:00Z,4`);
    expect([counts(mixed), mixed.questions.length]).toEqual(['5/3/0/2/0', 1]);
  });
});

describe('numbers', () => {
  const read1 = (...values: string[]): ReturnType<typeof read> =>
    read(rows('time;cost;input_tokens', ...values.map((value) => `2026-10-01T00:00:00Z;${value}`)));
  const stored = async (...values: string[]): Promise<unknown[]> =>
    rowsOf((await read1(...values)).batch).map((row) => [row.cost, row.meters['input_tokens']]);

  it('of a file with decimal commas', async () => {
    expect(await stored('0,5;1.200', '1.234,56;30', '1.234;1.000', '2,5E-7;', '0,00000000000049;7')).toEqual([
      ['0.5', '1200'],
      ['1234.56', '30'],
      ['1234', '1000'],
      ['0.00000025', undefined],
      ['0', '7'],
    ]);
  });

  it('of a file with grouped thousands', async () => {
    expect(await stored('1,234.5;1,200', "1'234;12 000", '1,234;5', '$0.25;6')).toEqual([
      ['1234.5', '1200'],
      ['1234', '12000'],
      ['1234', '5'],
      ['0.25', '6'],
    ]);
  });

  it('1,234 is asked for where nothing settles it', async () => {
    const asked = await read1('1,234;5', '12;6', '7,500;6');
    expect(counts(asked)).toBe('3/1/0/2/0');
    expect(asked.questions).toMatchObject([{ choice: 'decimal', column: 'cost', example: '1,234' }]);
    expect(problems(asked)).toEqual([
      '2:22 cost: 2 figures may be thousands or decimals, the first is "1,234"; choose the decimal mark of this file',
    ]);
    const text = rows('time;cost', '2026-10-01T00:00:00Z;1,234');
    expect(cost(await read(text, { decimal: ',' }))).toBe('1.234');
    expect(cost(await read(text, { decimal: '.' }))).toBe('1234');
  });

  it('a point is a decimal mark where no comma says otherwise; both marks each go by themselves', async () => {
    expect(await stored('1.234;5')).toEqual([['1.234', '5']]);
    const mixed = await read1('0.5;1', '0,5;1', '1.234;1');
    expect([counts(mixed), mixed.questions.map(({ choice }) => choice)]).toEqual(['3/2/0/1/0', ['decimal']]);
  });

  it.each(['1,2,3', '1.2.3', '0x10', '1 2', '--1', '1,23,4', '5 CR', 'EUR', '1,234.', 'NaN', '∞', '٣'])(
    '%s is none',
    async (value) => {
      const result = await read1(`${value};1`);
      expect([counts(result), result.questions]).toEqual(['1/0/0/1/0', []]);
      expect(problems(result)[0]).toContain('cannot be read');
    },
  );

  it('a currency beside a figure is the account’s or a problem', async () => {
    const text = rows('time;cost', '2026-10-01T00:00:00Z;€ 0,50', '2026-10-01T00:00:00Z;0,50 EUR');
    expect((await read(text)).report.totals).toEqual({ EUR: '1' });
    const dollars = await read(text, { currency: 'USD' });
    expect(problems(dollars)[0]).toContain('currency "EUR": the account is in USD');
    expect(counts(dollars)).toBe('2/0/0/2/0');
  });

  it('a file in a currency that the user names and the account has not is left out', async () => {
    const text = rows('time,cost', '2026-10-01T00:00:00Z,1');
    expect((await read(text, { choices: { currency: 'EUR' } })).report.totals).toEqual({ EUR: '1' });
    const other = await importEuro(text);
    expect([other.batch.count, other.report.rows.rejected, problems(other)[0]]).toEqual([
      0,
      1,
      expect.stringContaining('costs are in "EUR", as chosen, and the account is in USD'),
    ]);
  });
});

const importEuro = (text: string): ReturnType<typeof read> =>
  read(text, { currency: 'USD', choices: { currency: 'EUR' } });

describe('columns', () => {
  const table = rows('when,what,spent,tokens', '2026-10-01T00:00:00Z,m,0.5,100', ',,,');

  it('are shown with what they are read as', async () => {
    const { columns, header, meanings } = await read(table, { format: 'csv' });
    expect(header).toEqual(['when', 'what', 'spent', 'tokens']);
    expect(columns?.map(({ header: name, meaning, example }) => [name, meaning, example])).toEqual([
      ['when', null, '2026-10-01T00:00:00Z'],
      ['what', null, 'm'],
      ['spent', null, '0.5'],
      ['tokens', null, '100'],
    ]);
    expect(meanings).toContainEqual({ meaning: 'cost', label: 'Cost' });
  });

  it('are read as the user says', async () => {
    const columns = { time: 'when', sku: 'what', cost: 'spent', input: 'tokens' };
    const result = await read(table.replace('\n,,,', ''), { format: 'csv', columns });
    expect(rowsOf(result.batch)).toMatchObject([{ sku: 'm', cost: '0.5', meters: { input_tokens: '100' } }]);
    expect(result.columns?.map(({ meaning }) => meaning)).toEqual(['time', 'sku', 'cost', 'input']);
    const without = await read(rows('time,cost,model', '2026-10-01T00:00:00Z,1,m'), {
      columns: { sku: '', project: 'model' },
    });
    expect(rowsOf(without.batch)).toMatchObject([{ sku: 'usage', project: 'm' }]);
  });

  it('of JSON are members by their paths', async () => {
    const object = {
      meta: { at: '2026-10-01T00:00:00Z', deep: { model: 'm' } },
      usage: { in: 5, spent: '0.5' },
      tags: [1],
    };
    const columns = { time: 'meta.at', sku: 'meta.deep.model', input: 'usage.in', cost: 'usage.spent' };
    for (const [text, format] of [
      [JSON.stringify(object), 'ndjson'],
      [JSON.stringify([object]), 'json'],
    ] as const) {
      const shown = await read(text, { format });
      expect(shown.columns?.map(({ header }) => header)).toEqual([
        'meta.at',
        'meta.deep.model',
        'usage.in',
        'usage.spent',
      ]);
      const result = await read(text, { format, columns });
      expect(problems(result)).toEqual([]);
      expect(rowsOf(result.batch)).toMatchObject([{ sku: 'm', cost: '0.5', meters: { input_tokens: '5' } }]);
    }
  });

  it('of a known vendor are not open', async () => {
    const { columns, header } = await read('Date,Slug,Usage,BYOK Usage,Prompt Tokens,Completion Tokens\n');
    expect([columns, header?.length]).toEqual([null, 6]);
  });
});

it('cached tokens are read as the user says', async () => {
  const text = rows('time,input_tokens,cached_tokens', '2026-10-01T00:00:00Z,100,30');
  expect(meterTotals((await read(text, { cachedTokens: 'separate' })).batch)).toMatchObject({ input_tokens: '100' });
});
