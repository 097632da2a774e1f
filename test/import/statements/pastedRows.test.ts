/** Rows copied from a vendor's billing-history page, as different browsers paste them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadingChoices } from '../../../shared/contract/importing.ts';
import { readPasted } from '../../../shared/import/statements/pastedRows.ts';
import type { StatementReading } from '../../../shared/import/statements/reading.ts';
import { Source } from '../../../shared/import/statements/source.ts';
import { bytesOf, minor } from './helpers.ts';

function tried(text: string, choices: ReadingChoices = {}): StatementReading | undefined {
  return readPasted(new Source('pasted', bytesOf(text), choices));
}

function read(text: string, choices: ReadingChoices = {}): StatementReading {
  const reading = tried(text, choices);
  if (reading === undefined) throw new Error('not recognised');
  return reading;
}

function told({ problems }: StatementReading): string[] {
  return problems.map(({ line, field, message }) => `${line ?? '-'} ${field ?? '-'}: ${message}`);
}

/** `reference date amount status description` of each line. */
function shown({ lines }: StatementReading): unknown[] {
  return lines.map(({ reference, date, amount, currency, invoice, description }) => [
    ...[reference, date, minor(amount, currency), invoice?.status ?? null, description],
  ]);
}

const ROWS = [
  ['HLCN2K7Q-0012', 'Paid', '$250.00', 'Oct 9, 2026, 11:47 PM', 'View'],
  ['HLCN2K7Q-0015', 'Paid', '$1,088.75', 'Oct 23, 2026, 4:31 PM', 'View'],
  ['HLCN2K7Q-0016', 'Void', '$250.00', 'Oct 30, 2026, 4:12 AM', 'View'],
] as const;
const HEADER = ['Invoice', 'Status', 'Amount', 'Created', ''];
const EXPECTED = [
  ['HLCN2K7Q-0012', '2026-10-09', 25000, 'paid', ''],
  ['HLCN2K7Q-0015', '2026-10-23', 108875, 'paid', ''],
  ['HLCN2K7Q-0016', '2026-10-30', 0, 'void', ''],
];

const WAYS: Readonly<Record<string, string>> = {
  'tabs, without a header': ROWS.map((row) => row.join('\t')).join('\n'),
  'tabs, with a header and CRLF': [HEADER, ...ROWS].map((row) => row.join('\t')).join('\r\n'),
  'wide gaps': [HEADER, ...ROWS].map((row) => row.join('   ')).join('\n'),
  'a cell a line': ROWS.flat().join('\n'),
  'a cell a line, with the page around': ['Billing history', ...HEADER, ...ROWS.flat(), 'Show more'].join('\n'),
  'a cell a line, blank lines between': ROWS.map((row) => row.join('\n\n')).join('\n\n\n'),
};

describe('rows pasted from a billing page', () => {
  it.each(Object.entries(WAYS))('%s', (_name, text) => {
    const reading = read(text);
    expect(told(reading)).toEqual([]);
    expect(shown(reading)).toEqual(EXPECTED);
    expect(reading).toMatchObject({ format: 'billing-history', currency: 'USD', read: 3, rejected: 0 });
  });

  it('each line knows its place, its text and its figures', () => {
    const reading = read(WAYS['tabs, with a header and CRLF'] ?? '');
    const [first, , voided] = reading.lines;
    expect(first).toMatchObject({ line: 2, raw: ROWS[0].join('\t'), kind: 'paid' });
    expect(first?.invoice).toMatchObject({
      created: '2026-10-09 23:47',
      amountDue: first?.amount,
      amountPaid: first?.amount,
    });
    expect(voided?.invoice).toMatchObject({ amountDue: 0n, amountPaid: 0n, total: first?.amount });
    expect(read(WAYS['a cell a line'] ?? '').lines.map(({ line }) => line)).toEqual([1, 6, 11]);
  });

  it('other columns: a description, a refund, no number', () => {
    const reading = read(
      'Date\tDescription\tAmount\tStatus\n' +
        'Oct 9, 2026\tCredit grant\t$250.00\tPaid\n' +
        'Oct 12, 2026\tAuto-reload\t$100.00\tFailed\n' +
        'Oct 20, 2026\tCredit grant\t-$250.00\tRefunded\n' +
        'Oct 21, 2026\tCredit grant\t$30.00\tPending\n',
    );
    expect(told(reading)).toEqual([]);
    expect(shown(reading)).toEqual([
      [null, '2026-10-09', 25000, 'paid', 'Credit grant'],
      [null, '2026-10-12', 0, 'failed', 'Auto-reload'],
      [null, '2026-10-20', -25000, null, 'Credit grant'],
      [null, '2026-10-21', 3000, 'pending', 'Credit grant'],
    ]);
  });

  it('a description that begins each row stays with its row', () => {
    const cells = [
      'Billing',
      'Credit grant',
      'Oct 9, 2026',
      '$250.00',
      'Paid',
      'Auto-reload',
      'Oct 12, 2026',
      '$100.00',
      'Paid',
    ];
    expect(shown(read(cells.join('\n')))).toEqual([
      [null, '2026-10-09', 25000, 'paid', 'Credit grant'],
      [null, '2026-10-12', 10000, 'paid', 'Auto-reload'],
    ]);
  });

  it('every order of the columns reads the same', () => {
    const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    fc.assert(
      fc.property(orders, fc.constantFrom('\t', '   ', '\n'), (order, separator) => {
        const text = ROWS.map((row) => order.map((at) => row[at]).join(separator)).join('\n');
        expect(shown(read(text))).toEqual(EXPECTED);
      }),
    );
  });

  it('other currencies, other languages', () => {
    const reading = read(
      'HLCN2K7Q-0012\tBezahlt\t1.088,75 €\t23. Oktober 2026\nHLCN2K7Q-0013\tOffen\t250,00 €\t9.10.2026',
    );
    expect(shown(reading)).toEqual([
      ['HLCN2K7Q-0012', '2026-10-23', 108875, 'bezahlt', ''],
      ['HLCN2K7Q-0013', '2026-10-09', 25000, 'offen', ''],
    ]);
    expect(reading.currency).toBe('EUR');
    expect(read('INV-0001\tPaid\t250.00 CAD\t2026-10-09').currency).toBe('CAD');
    expect(read('INV-0001\tPaid\t$250.00\t2026-10-09', { currency: 'AUD' }).currency).toBe('AUD');
  });

  it('a date that could be two is asked about, once for all rows', () => {
    const open = 'HLCN2K7Q-0012\tPaid\t$250.00\t3/10/2026\nHLCN2K7Q-0013\tPaid\t$250.00\t4/10/2026';
    const reading = read(open);
    expect(reading).toMatchObject({
      lines: [],
      read: 2,
      rejected: 2,
      questions: [{ choice: 'dateOrder', example: '3/10/2026' }],
    });
    expect(read(open, { dateOrder: 'dmy' }).lines.map(({ date }) => date)).toEqual(['2026-10-03', '2026-10-04']);
    expect(read(open, { dateOrder: 'mdy' }).lines.map(({ date }) => date)).toEqual(['2026-03-10', '2026-04-10']);
    const proven = `${open}\nHLCN2K7Q-0014\tPaid\t$250.00\t4/23/2026`;
    expect(read(proven).lines.map(({ date }) => date)).toEqual(['2026-03-10', '2026-04-10', '2026-04-23']);
  });

  it('rows that look like data and cannot be read are problems', () => {
    const good = 'HLCN2K7Q-0012\tPaid\t$250.00\tOct 9, 2026\n';
    const reading = read(
      `${good}HLCN2K7Q-0013\tPaid\t$25O.00\tOct 9, 2026\nHLCN2K7Q-0014\tPaid\t$250.00\tOct 32, 2026\n` +
        `HLCN2K7Q-0015\tPaid\t$250.00\tyesterday\n${good}`,
    );
    expect(told(reading)).toEqual([
      expect.stringMatching(/^2 amount: .*there is no amount that can be read/),
      expect.stringMatching(/^3 date: .*"Oct 32, 2026" is no date/),
      expect.stringMatching(/^4 date: .*there is no date that can be read/),
    ]);
    expect(reading).toMatchObject({ read: 5, rejected: 3 });
    expect(reading.lines.map(({ line }) => line)).toEqual([1, 5]);
  });

  it('of several amounts, the one that its column names is taken', () => {
    const rows = 'HLCN2K7Q-0012\tPaid\t$20.00\t$270.00\tOct 9, 2026\n';
    expect(read(`Invoice\tStatus\tTax\tTotal\tDate\n${rows}`).lines.map(({ amount }) => minor(amount, 'USD'))).toEqual([
      27000,
    ]);
    expect(told(read(rows))).toEqual([expect.stringContaining('several amounts')]);
  });

  it('a bank’s table, a letter and a log are not taken for it', () => {
    expect(tried('Date\tDescription\tAmount\n2026-10-09\tHALCYON\t250.00\n')).toBeUndefined();
    expect(tried('Date,Status,Amount\n2026-10-09,Paid,$250.00\n')).toBeUndefined();
    expect(tried('Dear customer,\nplease pay $250.00 by Oct 9, 2026.\n')).toBeUndefined();
    expect(tried('')).toBeUndefined();
  });

  it('any text gives an answer', () => {
    const cell = fc.constantFrom(
      'Paid',
      '$5.00',
      'Oct 9, 2026',
      'View',
      'HLCN2K7Q-0012',
      '',
      'x',
      '$',
      '\u0000',
      '3/10/2026',
    );
    const text = fc.array(fc.tuple(cell, fc.constantFrom('\t', '\n', '  ', ' ')), { maxLength: 40 });
    fc.assert(
      fc.property(text, (cells) => {
        const reading = tried(cells.flat().join(''));
        if (reading === undefined) return;
        expect(reading.lines.length + reading.rejected).toBe(reading.read);
        if (reading.rejected > 0) expect(reading.problems).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
