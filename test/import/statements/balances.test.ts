/** Balances that vendors and notes state: what they say, when they held, and what they leave open. */
import { describe, expect, it } from 'vitest';
import { formatAtoms } from '../../../shared/domain/money.ts';
import { formatInstant } from '../../../shared/domain/time.ts';
import type { ReadingChoices } from '../../../shared/contract/importing.ts';
import { readStatement } from '../../../shared/import/statements/readStatement.ts';
import type { StatementReading } from '../../../shared/import/statements/reading.ts';
import { bytesOf, problems, shared, statement } from './helpers.ts';

const AT: ReadingChoices = { statedAt: '2026-10-02T08:00:00Z' };

/** `time amount currency by` of each balance. */
function balances({ balances: all }: StatementReading): string[] {
  return all.map(({ at, on, amount, currency, by, line }) =>
    [at === null ? on : formatInstant(at), formatAtoms(amount), currency, by ?? '-', `line ${line}`].join(' '),
  );
}

async function sample(name: string, choices: ReadingChoices = AT): Promise<StatementReading> {
  return statement(shared(`samples/${name}`) ?? new Uint8Array(), choices);
}

describe.skipIf(shared('samples/deepseek_balance.json') === null)('samples (skipped without the shared ones)', () => {
  it('DeepSeek’s balance', async () => {
    const read = await sample('deepseek_balance.json');
    expect(read.format).toBe('deepseek-balance');
    expect(balances(read)).toEqual(['2026-10-02T08:00:00.000Z 110 CNY DeepSeek line 4']);
    expect(read.problems).toEqual([]);
  });

  it('OpenRouter’s credits less its usage, which may be below zero', async () => {
    expect(balances(await sample('openrouter_credits.json'))).toEqual([
      '2026-10-02T08:00:00.000Z -0.4142 USD OpenRouter line 2',
    ]);
  });

  it('OpenAI’s credit grants: what is available, and each grant', async () => {
    const read = await sample('openai_credit_grants_legacy.json');
    expect(balances(read)).toEqual(['2026-10-02T08:00:00.000Z 4.5873 USD OpenAI line 1']);
    expect(
      read.grants.map(({ id, amount, used, effective, expires, line }) => [
        id.slice(9, 13),
        formatAtoms(amount),
        formatAtoms(used),
        formatInstant(effective).slice(0, 10),
        formatInstant(expires ?? 0).slice(0, 10),
        line,
      ]),
    ).toEqual([
      ['0001', '5', '5', '2026-03-14', '2026-07-01', 9],
      ['0002', '10', '10', '2026-08-20', '2027-09-01', 17],
      ['0003', '20', '15.4127', '2026-09-30', '2027-10-01', 25],
    ]);
    expect(read).toMatchObject({ problems: [], read: 4, rejected: 0 });
  });
});

const CREDITS = '{"data":{"total_credits":25.0,"total_usage":4.2e-06}}';

describe('a file that does not say when', () => {
  it('is asked about, and gives no balance until then', async () => {
    const read = await statement(CREDITS);
    expect(read.balances).toEqual([]);
    expect(read.questions).toEqual([
      expect.objectContaining({ choice: 'statedAt', column: null, options: [] }) as unknown,
    ]);
    expect(read).toMatchObject({ read: 1, rejected: 1 });
  });

  it('offers its own date, and does not take it unasked', async () => {
    const modified = Date.UTC(2026, 9, 2, 8, 15, 30, 123);
    const read = await readStatement('credits.json', bytesOf(CREDITS), {}, null, modified);
    if (!('lines' in read)) throw new Error('no statement');
    expect(read.balances).toEqual([]);
    expect(read.questions[0]?.options).toEqual([
      { value: '2026-10-02T08:15:30Z', label: '2026-10-02 08:15 UTC, when the file was last changed' },
    ]);
  });

  it('holds on the day or at the instant that is answered', async () => {
    expect(balances(await statement(CREDITS, { statedAt: '2026-10-02' }))).toEqual([
      '2026-10-02 24.9999958 USD OpenRouter line 1',
    ]);
    expect(balances(await statement(CREDITS, { statedAt: '2026-10-02 10:00', zone: 'Europe/Berlin' }))).toEqual([
      '2026-10-02T08:00:00.000Z 24.9999958 USD OpenRouter line 1',
    ]);
    for (const statedAt of ['2026-10-02 10:00', 'yesterday', '2026-13-01'])
      expect((await statement(CREDITS, { statedAt })).questions).toHaveLength(1);
  });
});

describe('answers that contradict themselves', () => {
  it('are taken as stated, and said', async () => {
    const deepseek =
      '{"balance_infos":[{"currency":"USD","total_balance":"9.00","granted_balance":"1.00","topped_up_balance":"7.00"}]}';
    expect(balances(await statement(deepseek, AT))).toEqual(['2026-10-02T08:00:00.000Z 9 USD DeepSeek line 1']);
    expect(await problems(deepseek, AT)).toEqual([
      '1 total_balance: granted and topped up make 8, not 9; the stated figure was taken',
    ]);
  });

  it('are told where the total may count what has expired', async () => {
    const grants = (expires: number): string =>
      `{"object":"credit_summary","total_available":5,"grants":{"data":[{"id":"g","grant_amount":5,"used_amount":1,"effective_at":1773482700.0,"expires_at":${expires}}]}}`;
    expect((await statement(grants(1_782_864_000), AT)).why).toContain('had expired by then have 4 left');
    expect((await statement(grants(1_822_348_800), AT)).why).not.toContain('expired');
  });

  it('are left out where a figure cannot be read', async () => {
    const broken = '{"data":{"total_credits":"much","total_usage":1}}';
    expect(balances(await statement(broken, AT))).toEqual([]);
    expect(await problems(broken, AT)).toEqual(['1 total_credits: "much" is no amount']);
  });
});

describe('rows of a time and a balance', () => {
  const USD = { currency: 'USD' };

  it('as CSV, in any order, with other columns beside them', async () => {
    const read = await statement('note,Balance,Date (UTC)\nx,"1,234.50",2026-10-02T08:00:00Z\ny,-3.25,2026-10-03', USD);
    expect(read.format).toBe('balances-csv');
    expect(balances(read)).toEqual(['2026-10-02T08:00:00.000Z 1234.5 USD - line 2', '2026-10-03 -3.25 USD - line 3']);
    expect(read.columns?.map(({ meaning }) => meaning)).toEqual([null, 'balance', 'time']);
  });

  it('as a JSON array, or one object a line', async () => {
    const one = '{"at":"2026-10-02T08:00:00Z","remaining":"0.1","currency":"EUR"}';
    const two = '{"at":1790928000,"remaining":0.30000000000000004,"currency":"EUR"}';
    const says = ['2026-10-02T08:00:00.000Z 0.1 EUR - ', '2026-10-02T08:00:00.000Z 0.3 EUR - '];
    expect(balances(await statement(`[${one},\n${two}]`))).toEqual([`${says[0]}line 1`, `${says[1]}line 2`]);
    expect(balances(await statement(`${one}\n${two}\n`))).toEqual([`${says[0]}line 1`, `${says[1]}line 2`]);
  });

  it('ask once for what their columns leave open', async () => {
    const text = 'time,balance\n2026-10-02 08:00,5.00\n2026-10-02 09:00,4.00';
    const open = await statement(text, USD);
    expect(open.questions.map(({ choice, column }) => [choice, column])).toEqual([['zone', 'time']]);
    expect(open).toMatchObject({ balances: [], read: 2, rejected: 2 });
    expect(balances(await statement(text, { ...USD, zone: 'Asia/Tokyo' }))).toEqual([
      '2026-10-01T23:00:00.000Z 5 USD - line 2',
      '2026-10-02T00:00:00.000Z 4 USD - line 3',
    ]);
    const dates = 'date,balance\n3/10/2026,5.00\n';
    expect((await statement(dates, USD)).questions.map(({ choice }) => choice)).toEqual(['dateOrder']);
    // one date that can be read only one way settles all
    expect(balances(await statement(`${dates}25/10/2026,4.00`, USD))).toEqual([
      '2026-10-03 5 USD - line 2',
      '2026-10-25 4 USD - line 3',
    ]);
    expect((await statement('time,balance\n2026-10-02,5.00')).questions.map(({ choice }) => choice)).toEqual([
      'currency',
    ]);
  });

  it('keep the good ones where others cannot be read', async () => {
    const text = 'time,balance\nsoon,5.00\n2026-10-02,lots\n2026-10-03,4.00';
    expect(balances(await statement(text, USD))).toEqual(['2026-10-03 4 USD - line 4']);
    expect(await problems(text, USD)).toEqual([
      '2 time: "soon" is no time; write it as 2026-10-02T08:00:00Z or 2026-10-02',
      '3 balance: "lots" is no amount',
    ]);
  });

  it('are no statement of movements and no log of usage', async () => {
    expect((await statement('Date,Description,Amount,Balance\n2026-10-02,x,-5.00,10.00', USD)).format).toBe('bank-csv');
    expect((await statement('Datum;Betrag;Saldo\n02.10.2026;-5,00;10,00', USD)).format).toBe('bank-csv');
  });
});
