/** Statements that do not tie, and what is offered for them. */
import { describe, expect, it } from 'vitest';
import { amounts, shared, statement, withSample } from './helpers.ts';

const MT940 = (mark: string, closing: string): string =>
  `:20:X\n:25:1\n:60F:C261001EUR1000,\n:61:261003D100,NTRFA\n:61:261004${mark}115,25NTRFB\n:62F:C261031EUR${closing}\n-`;

describe('mends', () => {
  it('a reversal that carries the sign of what it reverses is offered with its figures, and not applied', async () => {
    const text = MT940('RC', '1015,25');
    const read = await statement(text);
    expect(amounts(read)).toEqual([10000, 11525]);
    expect(read.mends).toEqual([
      {
        choices: { flipReversals: true },
        label: 'Flip reversals',
        says: 'The reversal of 115.25 is booked as money out. As money in, the file ties: 1,000.00 + 15.25 = 1,015.25.',
      },
    ]);
    const mended = await statement(text, read.mends[0]?.choices);
    expect(mended).toMatchObject({ tie: { holds: true }, mends: [] });
    expect(amounts(mended)).toEqual([10000, -11525]);
  });

  it('none is offered where none makes the file tie, or where it ties', async () => {
    expect((await statement(MT940('RC', '1000,00'))).mends).toEqual([]);
    expect((await statement(MT940('RD', '1015,25'))).mends).toEqual([]);
  });

  withSample('mt940.sta', 'its reversal turned round', async (bytes) => {
    const text = new TextDecoder().decode(bytes).replace('RDR115,25', 'RCR115,25');
    const [mend, ...more] = (await statement(text)).mends;
    expect(more).toEqual([]);
    expect(mend?.says).toBe(
      'The reversal of 115.25 is booked as money out. As money in, the file ties: 12,403.87 − 370.76 = 12,033.11.',
    );
  });

  it('CAMT.053 is settled by its balances, and by the user before them', async () => {
    const bytes = shared('samples/camt053.xml');
    if (bytes === null) return;
    expect(await statement(bytes)).toMatchObject({ tie: { holds: true }, mends: [] });
    const flipped = await statement(bytes, { flipReversals: true });
    expect(flipped.tie?.holds).toBe(false);
    expect(flipped.mends).toMatchObject([{ choices: { flipReversals: false } }]);
  });

  it('exchanged debit and credit columns, which may as well be a debt, are left to the user', async () => {
    const text =
      'Buchungstag;Text;Soll;Haben;Währung;Saldo\n25.10.2026;a;100,00;;EUR;1.100,00\n26.10.2026;b;50,00;;EUR;1.150,00\n27.10.2026;c;;25,00;EUR;1.125,00';
    const read = await statement(text);
    expect(read.tie?.holds).toBe(false);
    expect(read.lines.map(({ balance }) => balance)).toEqual([null, null, null]);
    expect(read.mends.map(({ label, choices }) => [label, choices])).toEqual([
      ['Swap debit and credit', { swapDebitCredit: true }],
      ['Read balances as owed', { chargesPositive: true }],
    ]);
    expect(read.mends[0]?.says).toBe(
      'Debits raise the balance. With debit and credit exchanged, the file ties: 1,000.00 + 125.00 = 1,125.00.',
    );
    const swapped = await statement(text, { swapDebitCredit: true });
    expect(amounts(swapped)).toEqual([-10000, -5000, 2500]);
    expect(swapped.tie).toMatchObject({ holds: true });
    const owed = await statement(text, { chargesPositive: true });
    expect(amounts(owed)).toEqual([10000, 5000, -2500]);
    expect(owed.tie).toMatchObject({ holds: true, closing: -1_125_000_000_000_000n });
  });

  it('reversals of a table, by their words', async () => {
    const rows = '2026-10-25,Charge,-10.00\n2026-10-26,Reversal of charge,-10.00\nClosing balance,,100.00';
    const text = `Opening balance,100.00 EUR\nDate,Description,Amount\n${rows}`;
    const read = await statement(text);
    expect(read.tie?.holds).toBe(false);
    expect(read.mends).toMatchObject([{ choices: { flipReversals: true } }]);
    expect(amounts(await statement(text, { flipReversals: true }))).toEqual([1000, -1000]);
  });

  it('a date order under which rows have no date is offered the other way', async () => {
    const text =
      'Date,Text,Amount,Balance,Currency\n10/25/2026,a,-10.00,90.00,EUR\n10/6/2026,b,-10.00,80.00,EUR\n10/27/2026,c,-10.00,70.00,EUR\n10/7/2026,c,-10.00,60.00,EUR';
    const read = await statement(text, { dateOrder: 'dmy' });
    expect(read.tie?.holds).toBe(false);
    expect(read.mends).toEqual([
      {
        choices: { dateOrder: 'mdy' },
        label: 'Read the month first',
        says: '2 rows have no such date as it was read. With the month first, the file ties: 100.00 − 40.00 = 60.00.',
      },
    ]);
  });
});
