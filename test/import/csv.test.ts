import { describe, expect, it } from 'vitest';
import { CELL_LIMIT } from '../../shared/import/csvScanner.ts';
import { LISTED_PROBLEMS } from '../../shared/import/problems.ts';
import { bytesOf, cost, counts, fixture, meterTotals, problems, read, rowsOf } from './helpers.ts';

const HEADER = 'timestamp,id,model,input_tokens,output_tokens,cost';
const GOOD = '2026-01-01T00:00:00Z,a,m,10,20,0.5';
const csv = (...lines: string[]): string => [HEADER, ...lines].join('\n') + '\n';

describe('delimited files', () => {
  it('reads every column it knows', async () => {
    const result = await read(fixture('every-column.csv'));
    expect(problems(result)).toEqual([]);
    expect(counts(result)).toBe('3/3/0/0/0');
    expect(result.report).toMatchObject({ format: 'csv', totals: { USD: '1.750000000001' } });
    expect(rowsOf(result.batch)).toEqual([
      {
        at: '2026-01-01T00:00:00.250Z',
        sku: 'gpt-4o',
        cost: '1.25',
        meters: { input_tokens: '100', cached_input_tokens: '40', cache_write_tokens: '7', output_tokens: '30' },
        project: 'Alpha, "first"',
        key: 'key_1',
        id: 'r1',
        line: 2,
      },
      {
        at: '2026-01-01T10:00:00.000Z',
        sku: 'größer',
        cost: '0.500000000001',
        meters: { input_tokens: '0', output_tokens: '0' },
        project: '',
        key: 'key_1',
        id: 'r2',
        line: 3,
      },
      {
        at: '2026-01-02T00:00:00.000Z',
        sku: 'usage',
        cost: '0',
        meters: {},
        project: 'two\nlines',
        key: '',
        id: 'r3',
        line: 4,
      },
    ]);
    expect(result.report.why).toContain('Amounts are in USD.');
    expect(result.report.why).toContain('cached_input_tokens was read as counted apart from input_tokens.');
  });

  it.each([
    ['semicolons', ';', '\r\n'],
    ['tabs', '\t', '\n'],
    ['bars', '|', '\r'],
    ['commas', ',', '\n'],
  ])('finds %s and the line ends', async (name, delimiter, newline) => {
    const text = [HEADER, GOOD, GOOD.replace(',a,', ',b,')].join(newline).replaceAll(',', delimiter);
    for (const ending of ['', newline, newline + newline]) {
      const result = await read(text + ending);
      expect(counts(result)).toBe('2/2/0/0/0');
      expect(result.report.why).toContain(`separated by ${name}`);
      expect(rowsOf(result.batch).map(({ line, id }) => [line, id])).toEqual([
        [2, 'a'],
        [3, 'b'],
      ]);
    }
  });

  it('takes a sep= line, and counts it as a line', async () => {
    const result = await read('sep=;\r\n' + csv(GOOD, 'yesterday,b,m,1,1,1').replaceAll(',', ';'));
    expect(counts(result)).toBe('2/1/0/1/0');
    expect(rowsOf(result.batch)[0]).toMatchObject({ line: 3 });
    expect(result.report.problems[0]).toMatchObject({ line: 4, column: 1, field: 'timestamp' });
  });

  it('reads UTF-16 of both orders and Windows-1252', async () => {
    const text = `time,model,cost\n2026-01-01T00:00:00Z,Größe 😀,1\n`;
    const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    const little = Uint8Array.from([0xff, 0xfe, ...units.flatMap((unit) => [unit & 255, unit >> 8])]);
    const big = Uint8Array.from([0xfe, 0xff, ...units.flatMap((unit) => [unit >> 8, unit & 255])]);
    for (const bytes of [bytesOf(text), bytesOf('\uFEFF' + text), little, big]) {
      const result = await read(bytes);
      expect(rowsOf(result.batch)[0]).toMatchObject({ sku: 'Größe 😀', cost: '1' });
    }
    expect((await read(little)).report.why).toContain('The file is in UTF-16LE.');
    const western = await read(
      Uint8Array.from('time,model,cost\n2026-01-01T00:00:00Z,Gr\xf6\xdfe \x80,1\n', (c) => c.charCodeAt(0)),
    );
    expect(rowsOf(western.batch)[0]).toMatchObject({ sku: 'Größe €' });
    expect(western.report.why).toContain('Windows-1252');
  });

  it('names of columns need no exact spelling', async () => {
    const result = await read(
      'Created At;API Key Name;Prompt Tokens;cachedTokens;Completion-Tokens\n1767225600;k;100;30;5\n',
    );
    expect(rowsOf(result.batch)[0]).toMatchObject({
      at: '2026-01-01T00:00:00.000Z',
      key: 'k',
      cost: null,
      meters: { input_tokens: '70', cached_input_tokens: '30', output_tokens: '5' },
    });
  });

  it('keeps good rows and locates what is wrong with each other one', async () => {
    const result = await read(fixture('faults.csv'));
    expect(counts(result)).toBe('18/5/0/13/0');
    expect(rowsOf(result.batch).map(({ line, cost }) => [line, cost])).toEqual([
      [2, '0.5'],
      [6, '0.5'],
      [7, '0'],
      [9, '0.25'],
      [20, '0.75'],
    ]);
    const numberHint = 'expected a decimal number with a point, such as 0.0125';
    const countHint = 'expected a whole number such as 1200';
    const timeHint = 'expected an ISO 8601 time such as 2026-01-31T23:59:59Z, or a Unix time in seconds';
    expect(problems(result)).toEqual([
      '3:1 timestamp: 2 times have neither Z nor an offset, the first is "03.01.2026 10:00"; ' +
        'choose a time zone for this file, or write 2026-01-03T10:00:00Z',
      '5:1 timestamp: the row has no time; write one such as 2026-01-31T23:59:59Z',
      '8:31 cost: cost "99999999999999999" is larger than an account can hold; at most 9007199254740991 is read',
      `10:26 input_tokens: input_tokens "ten" cannot be read; ${countHint}`,
      `11:26 input_tokens: input_tokens "-4" is below zero; ${countHint}`,
      `12:29 output_tokens: output_tokens "2.5" is no number of tokens; ${countHint}`,
      '13:1 -: the row has 5 cells, the header has 6',
      '14:1 -: the row has 7 cells, the header has 6',
      '15:28 cost: the row has neither a cost nor token counts; one of them is needed',
      `16:1 timestamp: time "soon" cannot be read; ${timeHint}`,
      `16:16 cost: cost "free" cannot be read; ${numberHint}`,
      '17:22 -: text follows the closing quote of this cell; double a quote that belongs to the text',
      '21:22 -: the quote that opens this cell is never closed; close it, or double a quote that belongs to the text',
    ]);
  });

  it('a stray quote costs its line only', async () => {
    const result = await read(
      csv(GOOD, '2026-01-01T00:00:00Z,"b,m,10,20,0.5', GOOD.replace(',a,', ',c,'), GOOD.replace(',a,', ',"d",')),
    );
    expect(rowsOf(result.batch).map(({ line, id }) => [line, id])).toEqual([
      [2, 'a'],
      [4, 'c'],
      [5, 'd'],
    ]);
    expect(problems(result)).toEqual([expect.stringMatching(/^3:22 -: /)]);
  });

  it('bounds the size of a cell', async () => {
    const long = 'x'.repeat(CELL_LIMIT + 1);
    for (const cell of [long, `"${long}"`, `"${long.replaceAll('x', 'x\n')}"`]) {
      const result = await read(csv(GOOD, `2026-01-01T00:00:00Z,${cell},m,1,1,1`, GOOD.replace(',a,', ',b,')));
      expect(rowsOf(result.batch).map(({ id }) => id)).toEqual(['a', 'b']);
      expect(problems(result)[0]).toMatch(/^3:\d+ -: this cell is longer than 1048576 bytes/);
    }
    const most = 'x'.repeat(CELL_LIMIT);
    expect(counts(await read(csv(`2026-01-01T00:00:00Z,${most},m,1,1,1`)))).toBe('1/1/0/0/0');
    expect(counts(await read(csv(`2026-01-01T00:00:00Z,"${most}",m,1,1,1`)))).toBe('1/1/0/0/0');
  });

  it('says which columns are missing and what they may be called', async () => {
    const result = await read('when,model,euro\n2026-01-01T00:00:00Z,m,1\n');
    expect(counts(result)).toBe('0/0/0/0/0');
    expect(problems(result)).toEqual([
      '1:1 -: the header row lacks a time (a column named timestamp, time, ts, datetime, date_time, at, …) and a cost (cost, ' +
        'cost_usd, total_cost, cost_total, amount_value, …) or token counts (input_tokens, prompt_tokens, output_tokens, …); ' +
        'it has when, model, euro',
    ]);
  });

  it('files that are none of the formats are a problem, not an exception', async () => {
    for (const text of ['', '\n\n', 'hello', '{"a": {\n"b": 1}}', '\0\0\0\0', '[1,2', '"']) {
      const result = await read(text);
      expect(result.report).toMatchObject({ format: 'unknown', problemCount: 1, totals: {} });
      expect(result.batch.count).toBe(0);
    }
    const chosen = await read('hello', { format: 'csv' });
    expect(problems(chosen)).toEqual([expect.stringMatching(/^1:1 -: the header row lacks a time/)]);
    expect(problems(await read('', { format: 'csv' }))).toEqual(['-:- -: the file is empty; a header row is needed']);
    expect(problems(await read(csv(GOOD), { format: 'xls' }))).toEqual([
      expect.stringMatching(
        /^-:- format: there is no format "xls"; expected auto, openai-cost, .*, ndjson, json, csv$/,
      ),
    ]);
    expect(problems(await read('time,"cost\n1,2\n', { format: 'csv' }))).toEqual([
      expect.stringMatching(/^1:6 -: the header row cannot be read: the quote/),
    ]);
  });

  it('a header without rows is no problem', async () => {
    const result = await read(HEADER);
    expect([counts(result), result.report.problemCount, cost(result)]).toEqual(['0/0/0/0/0', 0, null]);
  });

  it('times without a zone are read on the clock that was chosen', async () => {
    const text = 'date,cost\n2026-03-29 02:30,1\n2026-10-25 02:30,1\n2026-07-01,1\n2026-07-01T00:00:00-04:00,1\n';
    expect(counts(await read(text))).toBe('4/1/0/3/0');
    const result = await read(text, { zone: 'Europe/Berlin' });
    expect(rowsOf(result.batch).map(({ at }) => at)).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-06-30T22:00:00.000Z',
      '2026-07-01T04:00:00.000Z',
    ]);
    expect(result.report.why).toContain('Times that state no zone were read on the clock of Europe/Berlin.');
  });

  it('one currency a file, and the account’s where it is known', async () => {
    const text =
      'time,cost,currency\n2026-01-01T00:00:00Z,1,usd\n2026-01-01T00:00:00Z,2,EUR\n2026-01-01T00:00:00Z,4,USD\n';
    const first = await read(text);
    expect([counts(first), cost(first)]).toEqual(['3/2/0/1/0', '5']);
    expect(problems(first)).toEqual([
      '3:24 currency: currency "EUR": the rows before it are in USD; import one currency at a time',
    ]);
    const euro = await read(text, { currency: 'EUR' });
    expect([counts(euro), cost(euro)]).toEqual(['3/1/0/2/0', '2']);
    expect(problems(euro)[0]).toBe(
      '2:24 currency: currency "USD": the account is in EUR; import one currency at a time',
    );
  });

  it('a negative cost is an adjustment, and minus zero is a cost of zero', async () => {
    const result = await read(csv(GOOD, '2026-01-02T00:00:00Z,b,m,1,1,-0.25', '2026-01-03T00:00:00Z,c,m,1,1,-0.00'));
    expect([counts(result), cost(result)]).toEqual(['3/2/0/0/1', '0.5']);
    expect(result.adjustments).toEqual([
      { at: Date.UTC(2026, 0, 2), amount: 250_000_000_000n, id: 'b', source: 'usage.csv', line: 3 },
    ]);
    expect(rowsOf(result.batch).map(({ id, cost }) => [id, cost])).toEqual([
      ['a', '0.5'],
      ['c', '0'],
    ]);
  });

  it('spaces around a cell are no part of it, and forms are read that the short readers leave', async () => {
    const result = await read(
      csv(' 2026-01-01T02:00:00+02:00 , a , m x , 1e3 , 20.0 , +5e-1 ', '2026-01-01T00:00:00Z,"a ",m,1000,20, .5'),
    );
    expect(counts(result)).toBe('2/1/1/0/0');
    expect(problems(result)).toEqual([expect.stringContaining('id "a" was already read with other values')]);
    expect(rowsOf(result.batch)).toEqual([
      {
        at: '2026-01-01T00:00:00.000Z',
        sku: 'm x',
        cost: '0.5',
        meters: { input_tokens: '1000', output_tokens: '20' },
        project: null,
        key: null,
        id: 'a',
        line: 2,
      },
    ]);
  });

  it('lists the first thousand problems and counts all', async () => {
    const result = await read(csv(...Array.from({ length: LISTED_PROBLEMS + 7 }, () => 'x,,,,,1')));
    expect(result.report.problems).toHaveLength(LISTED_PROBLEMS);
    expect(result.report.problemCount).toBe(LISTED_PROBLEMS + 7);
  });

  it('says where the last line has no line end, as in a file that was cut off', async () => {
    const whole = csv(GOOD, GOOD.replace('a', 'b'));
    const cut = await read(whole.slice(0, -2));
    expect(counts(cut)).toBe('2/2/0/0/0');
    expect(cut.report.why).toContain('The last line has no line end');
    for (const ended of [whole, whole.replaceAll('\n', '\r\n'), whole.replaceAll('\n', '\r'), HEADER])
      expect((await read(ended)).report.why).not.toContain('line end');
  });

  it('sums beyond 2^53 are exact', async () => {
    const result = await read(
      csv(...[1, 2, 3, 4].map((id) => `2026-01-01T00:00:00Z,${id},m,1,1,9007199254740991.999999999999`)),
    );
    expect(cost(result)).toBe('36028797018963967.999999999996');
  });
});

describe('cached tokens', () => {
  const row = (names: string, ...values: number[]): string =>
    `time,${names}\n2026-01-01T00:00:00Z,${values.join(',')}\n`;
  const totals = async (text: string, cachedTokens?: 'included' | 'separate'): Promise<Record<string, string>> =>
    meterTotals((await read(text, cachedTokens === undefined ? {} : { cachedTokens })).batch);

  it('goes by the names', async () => {
    const taken = { input_tokens: '70', cached_input_tokens: '30' };
    const apart = { input_tokens: '100', cached_input_tokens: '30' };
    expect(await totals(row('input_tokens,cached_tokens', 100, 30))).toEqual(taken);
    expect(await totals(row('input_tokens,input_cached_tokens', 100, 30))).toEqual(taken);
    expect(await totals(row('prompt_tokens,cached_input_tokens', 100, 30))).toEqual(taken);
    expect(await totals(row('input_tokens,cached_input_tokens', 100, 30))).toEqual(apart);
    expect(await totals(row('input_tokens,cache_read_input_tokens', 100, 30))).toEqual(apart);
    expect(await totals(row('input_tokens,input_uncached_tokens,cached_tokens', 100, 70, 30))).toEqual(taken);
  });

  it('goes by the caller where it says so', async () => {
    expect(await totals(row('input_tokens,cached_tokens', 100, 30), 'separate')).toMatchObject({ input_tokens: '100' });
    expect(await totals(row('input_tokens,cached_input_tokens', 100, 30), 'included')).toMatchObject({
      input_tokens: '70',
    });
  });

  it('more cached than input tokens is a problem', async () => {
    const result = await read(row('input_tokens,cached_tokens', 100, 101));
    expect(counts(result)).toBe('1/0/0/1/0');
    expect(problems(result)).toEqual([
      '2:26 cached_tokens: 101 cached tokens are more than the 100 of input_tokens, which was read as including them; ' +
        "where they are counted apart, import the file with cached tokens 'separate'",
    ]);
  });
});
