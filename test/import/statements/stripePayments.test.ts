/** Stripe's payments export, whichever columns were chosen for it. */
import { describe, expect, it } from 'vitest';
import { Source } from '../../../shared/import/statements/source.ts';
import { readStripeCsv } from '../../../shared/import/statements/stripeCsv.ts';
import type { StatementReading } from '../../../shared/import/statements/reading.ts';
import type { ReadingChoices } from '../../../shared/contract/importing.ts';
import { bytesOf, minor } from './helpers.ts';

const HEADER =
  'id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,' +
  'Decline Reason,Description,Fee,Refunded date (UTC),Statement Descriptor,Status,Invoice ID,Transfer';

function read(text: string, choices: ReadingChoices = {}): StatementReading {
  const reading = readStripeCsv(new Source('unified_payments.csv', bytesOf(text), choices));
  if (reading === null) throw new Error('not recognised');
  return reading;
}

function rows(...lines: readonly string[]): StatementReading {
  return read([HEADER, ...lines].join('\n'));
}

function told({ problems }: StatementReading): string[] {
  return problems.map(({ line, field, message }) => `${line ?? '-'} ${field ?? '-'}: ${message}`);
}

function shown({ lines }: StatementReading): unknown[] {
  return lines.map(({ id, date, amount, currency, reference, fee, original }) => ({
    ...{ id, date, amount: minor(amount, currency), currency, reference },
    fee: fee === null ? null : minor(fee, currency),
    original: original === null ? null : [minor(original.amount, original.currency), original.currency],
  }));
}

const PAID = 'ch_1,2026-10-15 02:58,250.00,0.00,usd,true,250.00,0.00,usd,,Credits,7.55,,HALCYON,Paid,in_1,po_1';
const LINE = { currency: 'USD', fee: null, original: null };

describe("Stripe's payments export", () => {
  it('a payment is what the customer pays, its refund comes back by its own day', () => {
    const refunded =
      'ch_2,2026-10-15 03:10,250.00,100.00,usd,true,250.00,100.00,usd,,Credits,7.55,2026-10-20 11:02,HALCYON,Refunded,in_2,po_1';
    const reading = rows(PAID, refunded);
    expect(told(reading)).toEqual([]);
    expect(reading).toMatchObject({ format: 'stripe-payments', currency: 'USD', read: 3, rejected: 0 });
    expect(shown(reading)).toEqual([
      { ...LINE, id: 'ch_1', date: '2026-10-15', amount: 25000, reference: 'in_1', fee: 755 },
      { ...LINE, id: 'ch_2', date: '2026-10-15', amount: 25000, reference: 'in_2', fee: 755 },
      { ...LINE, id: 'ch_2/refund', date: '2026-10-20', amount: -10000, reference: 'in_2' },
    ]);
  });

  it('what moved no money is no line, and is counted', () => {
    const failed = PAID.replace('ch_1', 'ch_3').replace('Paid', 'Failed');
    const open = PAID.replace('ch_1', 'pi_4').replace('Paid', 'requires_payment_method');
    const held = PAID.replace('ch_1', 'ch_5').replace(',true,', ',false,');
    const reading = rows(PAID, failed, failed, open, held);
    expect(told(reading)).toEqual([]);
    expect(reading.lines.map(({ id }) => id)).toEqual(['ch_1']);
    expect(reading.why).toContain('2 Failed, 1 requires_payment_method, 1 not captured');
  });

  it('another currency of the balance is the original, and its fee is no part of the amount', () => {
    const reading = rows(
      'ch_6,2026-10-15 02:58,250.00,250.00,eur,true,271.20,270.10,usd,,Credits,8.16,2026-10-16 01:00,HALCYON,Refunded,,po_1',
    );
    expect(shown(reading)).toEqual([
      {
        ...{ id: 'ch_6', date: '2026-10-15', amount: 25000, currency: 'EUR', reference: null, fee: null },
        original: [27120, 'USD'],
      },
      {
        ...{ id: 'ch_6/refund', date: '2026-10-16', amount: -25000, currency: 'EUR', reference: null, fee: null },
        original: [-27010, 'USD'],
      },
    ]);
  });

  it('older names, other orders, decimal commas, other delimiters', () => {
    const reading = read(
      'Status;Currency;Amount Refunded;Amount;Created (UTC);Seller Message;id\n' +
        'Paid;eur;0,00;1.234,50;2026-10-15 02:58;Payment complete.;ch_7\n',
    );
    expect(told(reading)).toEqual([]);
    expect(shown(reading)).toEqual([
      { ...LINE, id: 'ch_7', date: '2026-10-15', amount: 123450, currency: 'EUR', reference: null },
    ]);
  });

  it('dates that a spreadsheet rewrote are settled by the column, or asked for', () => {
    const text = (day: string): string => `id,Created (UTC),Amount,Currency,Captured\nch_8,${day},5.00,usd,true\n`;
    expect(read(text('10/15/2026 2:58')).lines[0]?.date).toBe('2026-10-15');
    expect(told(read(text('10/5/2026 2:58')))).toEqual([
      expect.stringContaining('2 createdutc: "10/5/2026 2:58": day and month may be either way round'),
    ]);
    expect(read(text('10/5/2026 2:58'), { dateOrder: 'dmy' }).lines[0]?.date).toBe('2026-05-10');
  });

  it('what cannot be read is a problem and no line', () => {
    const reading = rows(
      PAID.replace('250.00', '25O.00'),
      PAID.replace('2026-10-15', '2026-13-15'),
      PAID.replace(',usd,', ',$,'),
      PAID.replace('Paid', 'Perhaps'),
      PAID.replace('0.00,usd', '300.00,usd'),
    );
    expect(told(reading)).toEqual([
      '2 amount: "25O.00": this is no number',
      '3 createddateutc: "2026-13-15 02:58": this is no date',
      '4 currency: "$": this is no currency',
      '5 status: "Perhaps": this status is not known, so whether money moved is open',
      expect.stringContaining('6 amountrefunded: '),
    ]);
    expect(reading.rejected).toBe(5);
    // the payment stands; only its refund cannot be
    expect(reading.lines.map(({ line }) => line)).toEqual([6]);
    const undated = rows(PAID.replace('0.00,usd', '20.00,usd'));
    expect(told(undated)).toEqual([expect.stringContaining('2 refundeddateutc: "": the refund has no date')]);
    expect(undated.lines).toHaveLength(1);
  });

  it('a table with none of its columns is not taken for it', () => {
    const text = 'id,Created (UTC),Amount,Currency,Description\n1,2026-10-15,5.00,usd,x\n';
    expect(readStripeCsv(new Source('x', bytesOf(text)))).toBeNull();
  });
});
