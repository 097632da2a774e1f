/** Bank CSV as it is found: signs, columns and words of many banks. */
import { describe, expect, it, test } from 'vitest';
import { formatAtoms } from '../../../shared/domain/money.ts';
import { amounts, only, problems, short, statement } from './helpers.ts';

const EUR = { currency: 'EUR' } as const;

describe('dialects', () => {
  test.each<[string, string, string[]]>([
    ['QuickBooks, three columns', 'Date,Description,Amount\n10/25/2026,x,-5.00\n10/26/2026,y,7.00', ['500', '-700']],
    [
      'QuickBooks, four columns',
      'Date,Description,Credit,Debit\n10/25/2026,x,,5.00\n10/26/2026,y,7.00,',
      ['500', '-700'],
    ],
    [
      'Xero',
      'Date,Amount,Payee,Description,Reference,Cheque Number\n25/10/2026,-5.00,Halcyon,credits,INV-1,\n26/10/2026,7.00,a,b,c,12',
      ['500', '-700'],
    ],
    [
      'Capital One, words in a column of kinds',
      'Transaction Date,Transaction Type,Transaction Amount,Transaction Description\n10/25/2026,Debit,5.00,x\n10/26/2026,Credit,7.00,y',
      ['500', '-700'],
    ],
    ['a card with CR', 'Date,Details,Amount\n25 Oct 2026,x,5.00\n26 Oct 2026,y,7.00 CR', ['500', '-700']],
    ['an account with DR', 'Date,Details,Amount\n25 Oct 2026,x,5.00 DR\n26 Oct 2026,y,7.00', ['500', '-700']],
    ['credits with a minus', 'Date,Details,Debit,Credit\n2026-10-25,x,5.00,\n2026-10-26,y,,-7.00', ['500', '-700']],
    ['Dutch marks', 'Datum;Naam;Af Bij;Bedrag\n20261025;x;Af;5,00\n20261026;y;Bij;7,00', ['500', '-700']],
    ['Norwegian', 'Dato;Forklaring;Ut fra konto;Inn på konto\n25.10.2026;x;5,00;\n26.10.2026;y;;7,00', ['500', '-700']],
    ['Polish', 'Data operacji;Opis operacji;Kwota\n2026-10-25;x;-5,00\n2026-10-26;y;7,00', ['500', '-700']],
    ['afternoon', 'Date,Details,Amount\n10/25/2026 2:15 PM,x,-5.00\n10/26/2026 9:00 AM,y,7.00', ['500', '-700']],
  ])('%s', async (_, text, expected) => {
    const read = await statement(text, EUR);
    expect(read.problems).toEqual([]);
    expect(amounts(read).map(String)).toEqual(expected);
    expect(short(read)[0]).toMatch(/^2026-10-25 /);
  });

  it('Swedish “Valuta” is the currency, German “Valuta” the value date', async () => {
    const swedish = await statement('Bokföringsdag;Belopp;Rubrik;Saldo;Valuta\n2026-10-25;-5,00;x;95,00;SEK');
    expect(swedish).toMatchObject({ currency: 'SEK', lines: [{ valueDate: null }] });
    const german = await statement('Buchungstag;Betrag (EUR);Text;Valuta\n25.10.2026;-5,00;x;26.10.2026');
    expect(german).toMatchObject({ currency: 'EUR', lines: [{ valueDate: '2026-10-26' }] });
  });

  it('the currency may stand beside the amounts only', async () => {
    expect(await statement('Date,Details,Amount\n2026-10-25,x,-£5.00')).toMatchObject({ currency: 'GBP' });
    expect(await statement('Date,Details,Betrag (€)\n2026-10-25,x,"-5,00"')).toMatchObject({ currency: 'EUR' });
    expect(await problems('Date,Details,Amount\n2026-10-25,x,-$5.00')).toEqual([
      expect.stringContaining('the file names no currency'),
    ]);
  });

  it('leaves out what is pending, sums, and repeated headers; dated balances are no bookings', async () => {
    const text =
      'Date,Description,Amount,Running Bal.,State\n10/01/2026,Beginning balance as of 10/01/2026,,100.00,\n' +
      '10/25/2026,a,-5.00,95.00,COMPLETED\nDate,Description,Amount,Running Bal.,State\n10/26/2026,b,-1.00,,PENDING\n' +
      'Total,,-5.00,,\n10/27/2026,Ending balance as of 10/27/2026,,95.00,\n';
    const read = await statement(text, { currency: 'USD' });
    expect(read.problems).toEqual([]);
    expect(short(read)).toEqual(['2026-10-25 500']);
    expect(read.why).toContain('not booked were left out: 1');
    expect(read.tie).toMatchObject({ holds: true, opening: 100_000_000_000_000n });
  });

  it('a word in a cell without a figure is no currency', async () => {
    const text = 'Date,Description,Amount\n2026-10-25,a,-5.00\n2026-10-26,b,#REF!';
    const read = await statement(text, { currency: 'USD' });
    expect(short(read)).toEqual(['2026-10-25 500']);
    expect(read.currency).toBe('USD');
    expect(read.problems.map(({ line, field }) => [line, field])).toEqual([[3, 'amount']]);
  });

  it('a file that ends within a row gives no line of it, and one without a last line end says so', async () => {
    const text = 'Date,Description,Amount,Balance,Currency\n2026-10-25,a,-5.00,95.00,EUR\n2026-10-26,b,-15';
    const cut = await statement(text);
    expect(short(cut)).toEqual(['2026-10-25 500']);
    expect(cut.problems.map(({ line, message }) => [line, message])).toEqual([[3, expect.stringContaining('cut off')]]);
    const whole = `${text},80.00,EUR`;
    expect((await statement(whole)).why).toContain('The last line has no line end');
    expect((await statement(`${whole}\r\n`)).why).not.toContain('line end');
    // a shorter row below the table is no booking
    const footed = await statement(`${whole}\nClosing balance,80.00`);
    expect([footed.problems, short(footed)]).toEqual([[], ['2026-10-25 500', '2026-10-26 1500']]);
  });

  it('shows all lines of a row whose text is in quotes, line ends at its borders too', async () => {
    const row = '2026-10-25,"\na\n\n",-5.00,EUR';
    const { lines } = await statement(`Date,Description,Amount,Currency\n${row}\n2026-10-26,b,-1.00,EUR\n`);
    expect(lines[0]?.raw).toBe(row);
  });

  it('a fee is within the amount or beside it, as the balance tells', async () => {
    const header = 'Date,Description,Amount,Fee,Currency,Balance\n';
    const within = await statement(`${header}2026-10-25,a,-5.00,0.50,EUR,95.00\n2026-10-26,b,-5.00,0.00,EUR,90.00`);
    expect(amounts(within)).toEqual([500, 500]);
    const beside = await statement(`${header}2026-10-25,a,-5.00,0.00,EUR,95.00\n2026-10-26,b,-5.00,0.50,EUR,89.50`);
    expect(amounts(beside)).toEqual([500, 550]);
    expect(beside.lines[1]?.fee).toBe(500_000_000_000n);
    expect(beside.tie?.holds).toBe(true);
  });

  it('keeps what was paid in another currency, with its rate', async () => {
    const line = only(
      await statement(
        'Booking Date,Partner Name,Amount (EUR),Original Amount,Original Currency,Exchange Rate\n2026-10-25,x,-231.95,-250.00,USD,0.9278',
      ),
    );
    expect(line.original).toEqual({ amount: 250_000_000_000_000n, currency: 'USD' });
    expect(formatAtoms(line.rate ?? 0n)).toBe('0.9278');
  });

  it('an instant is the day of the chosen zone, a bank’s own time is the bank’s own day', async () => {
    const text = 'Date,Details,Amount (EUR)\n2026-10-31T23:52:40Z,x,-5.00';
    expect((await statement(text)).lines[0]?.date).toBe('2026-10-31');
    expect((await statement(text)).why).toContain('Dates are those of UTC');
    expect((await statement(text, { zone: 'Europe/Berlin' })).lines[0]?.date).toBe('2026-11-01');
    const naive = await statement(text.replace('Z', ''), { zone: 'Europe/Berlin' });
    expect(naive.lines[0]?.date).toBe('2026-10-31');
    expect(await problems(text, { zone: 'Nowhere' })).toEqual([expect.stringContaining('is no time zone')]);
  });
});

describe('balances', () => {
  const TABLE = 'Date,Details,Amount,Balance,Currency\n';

  it('stand beside the lines that they prove', async () => {
    const read = await statement(`${TABLE}2026-10-26,b,-20.00,70.00,EUR\n2026-10-25,a,-10.00,90.00,EUR`);
    expect(read.lines.map(({ balance }) => formatAtoms(balance ?? -1n))).toEqual(['70', '90']);
    const broken = await statement(
      TABLE +
        ['25,a,-10.00,90.00', '26,b,-10.00,80.00', '28,d,-10.00,60.00'].map((row) => `2026-10-${row},EUR\n`).join(''),
    );
    expect(broken.lines.map(({ balance }) => balance === null)).toEqual([false, false, true]);
  });

  it('may stand on the last row of a day only', async () => {
    const read = await statement(
      TABLE +
        ['25,a,-10.00,', '25,b,-10.00,80.00', '26,c,5.00,', '26,d,-10.00,75.00']
          .map((row) => `2026-10-${row},EUR\n`)
          .join(''),
    );
    expect(read.tie).toMatchObject({ holds: true, opening: 100_000_000_000_000n, closing: 75_000_000_000_000n });
  });

  it('of a card are what is owed, once the user says that charges are positive', async () => {
    const text = `${TABLE}2026-10-25,a,10.00,110.00,USD\n2026-10-26,b,20.00,130.00,USD\n2026-10-27,c,-30.00,100.00,USD`;
    const owed = await statement(text, { chargesPositive: true });
    expect(amounts(owed)).toEqual([1000, 2000, -3000]);
    expect(owed.tie).toMatchObject({ holds: true, opening: -100_000_000_000_000n, closing: -100_000_000_000_000n });
    expect(owed.lines.map(({ balance }) => formatAtoms(balance ?? 0n))).toEqual(['-110', '-130', '-100']);
  });

  it('that are stated around the table settle the sign as well', async () => {
    const text =
      'Opening balance;100,00 EUR\nDatum;Text;Betrag\n25.10.2026;a;10,00\n26.10.2026;b;20,00\nClosing balance;70,00 EUR';
    const read = await statement(text);
    expect(amounts(read)).toEqual([1000, 2000]);
    expect(read.tie?.holds).toBe(true);
  });
});

describe('questions', () => {
  it('each is asked once for its column, with a value of the file, and no row is guessed', async () => {
    const rows = Array.from({ length: 50 }, (_, row) => `3/${(row % 9) + 4}/2026;a;-1.234`).join('\n');
    const read = await statement(`Date;Text;Amount\n${rows}`);
    expect(read).toMatchObject({ lines: [], read: 50, rejected: 50, tie: null, mends: [] });
    expect(read.questions).toMatchObject([
      { choice: 'currency', column: null, example: '-1.234' },
      { choice: 'decimal', column: 'Amount', example: '-1.234' },
      { choice: 'dateOrder', column: 'Date', example: '3/4/2026' },
    ]);
    expect(read.problems).toHaveLength(read.questions.length);
    const more = await statement(`Date;Text;Amount\n${rows}`, { currency: 'EUR', decimal: ',', dateOrder: 'dmy' });
    expect(more.questions).toMatchObject([]);
    expect(more.problems).toEqual([]);
    const signs = await statement(`Date;Text;Amount\n${rows}`, { currency: 'EUR', decimal: '.', dateOrder: 'dmy' });
    expect(signs).toMatchObject({ questions: [], rejected: 50 });
    expect(signs.problems[0]?.message).toContain('finer than the currency');
  });

  it('a column without any sign waits for one', async () => {
    const text = 'Date,Text,Amount (USD)\n2026-10-25,a,5.00\n2026-10-26,b,6.00';
    const read = await statement(text);
    expect(read).toMatchObject({
      lines: [],
      rejected: 2,
      questions: [{ choice: 'chargesPositive', column: 'Amount (USD)' }],
    });
    expect(amounts(await statement(text, { chargesPositive: true }))).toEqual([500, 600]);
    expect(amounts(await statement(text, { chargesPositive: false }))).toEqual([-500, -600]);
  });

  it('where a currency has no smaller unit, a mark groups thousands', async () => {
    expect((await statement('Date,Text,Amount (JPY)\n2026-10-25,a,"-1,234"')).lines[0]?.amount).toBe(
      1_234_000_000_000_000n,
    );
  });

  it('a second column of dates settles the order of the first', async () => {
    const read = await statement('Date,Value Date,Text,Amount (EUR)\n3/10/2026,25/10/2026,a,-5.00');
    expect(read.lines[0]?.date).toBe('2026-10-03');
  });
});

describe('columns', () => {
  const TEXT = 'When,Booked,What,Money,Other (EUR)\n2026-10-25,2026-10-26,x,-5.00,-9.00';

  it('are shown with what they are read as, and are read as the user says', async () => {
    const text = 'Date,Description,Amount,Colour,Currency\n2026-10-25,x,-5.00,,EUR\n2026-10-26,y,-6.00,red,EUR';
    const read = await statement(text);
    expect(read.columns).toEqual([
      { header: 'Date', meaning: 'date', example: '2026-10-25' },
      { header: 'Description', meaning: 'description', example: 'x' },
      { header: 'Amount', meaning: 'amount', example: '-5.00' },
      { header: 'Colour', meaning: null, example: 'red' },
      { header: 'Currency', meaning: 'currency', example: 'EUR' },
    ]);
    expect(read.header).toEqual(['Date', 'Description', 'Amount', 'Colour', 'Currency']);
    expect(read.meanings.map(({ meaning }) => meaning)).toContain('valueDate');
    const changed = await statement(text, { columns: { description: '', party: 'Description' } });
    expect(changed.lines[0]).toMatchObject({ party: 'x', description: 'x' });
    expect(changed.columns?.[1]).toMatchObject({ meaning: 'party' });
  });

  it('of an unknown table can be named once the format is chosen', async () => {
    const first = await statement(TEXT, { format: 'bank-csv' });
    expect(first).toMatchObject({ lines: [], header: ['When', 'Booked', 'What', 'Money', 'Other (EUR)'] });
    expect(first.problems[0]?.message).toContain('say which columns hold the date and the amount');
    const columns = { date: 'When', amount: 'Money', description: 'What' };
    const read = await statement(TEXT, { format: 'bank-csv', columns, currency: 'EUR' });
    expect(read.lines).toMatchObject([{ date: '2026-10-25', description: 'x', currency: 'EUR' }]);
  });

  it('without a header are found by what they hold', async () => {
    const text = '"10/25/2026","-5.00","*","","HALCYON CREDITS"\n"10/26/2026","7.00","*","","REFUND"';
    const read = await statement(text, { currency: 'USD' });
    expect(short(read)).toEqual(['2026-10-25 500', '2026-10-26 -700']);
    expect(read).toMatchObject({ header: null, lines: [{ description: 'HALCYON CREDITS' }, {}] });
    expect(read.columns?.map(({ header, meaning }) => [header, meaning]).slice(0, 2)).toEqual([
      ['Column 1', 'date'],
      ['Column 2', 'amount'],
    ]);
    const balances = await statement('25.10.2026;x;-5,00;95,00\n26.10.2026;y;-5,00;90,00', { currency: 'EUR' });
    expect(balances.tie?.holds).toBe(true);
  });

  it('a format that the file is not says so', async () => {
    expect(await problems(TEXT, { format: 'focus' })).toEqual([expect.stringContaining('cannot be read as FOCUS')]);
    expect(await problems(TEXT, { format: 'nonsense' })).toEqual([expect.stringContaining('no format of statements')]);
  });
});
