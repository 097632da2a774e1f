/** Every sample statement against its expected lines. */
import type { StatementReading } from '../../../shared/import/statements/reading.ts';
import { describe, expect } from 'vitest';
import { formatAtoms } from '../../../shared/domain/money.ts';
import { movementsOf, tieOf, type Money, type StatementLine } from '../../../shared/domain/statement.ts';
import { amounts, balance, minor, only, shared, statement, withSample, type Expected } from './helpers.ts';

function money(value: Money | null): { amount: number; currency: string } | null {
  return value === null ? null : { amount: minor(value.amount, value.currency), currency: value.currency };
}

/** A line in the spelling of the expected results. */
function shown(line: StatementLine): Record<string, unknown> {
  return {
    ...{ id: line.id, date: line.date, entry_date: line.date, value_date: line.valueDate },
    ...{ amount: minor(line.amount, line.currency), currency: line.currency },
    ...{ ref: line.reference, description: line.description, text: line.description, name: line.party },
    ...{ orig: money(line.original), rate: line.rate === null ? null : formatAtoms(line.rate) },
    ...{ fee: line.fee === null ? null : minor(line.fee, line.currency), reversal: line.reversal },
    ...{ balance: line.balance === null ? null : minor(line.balance, line.currency) },
    ...{ replaces: line.replaces, type: line.kind, bank_ref: line.id },
  };
}

function expectLines(read: StatementReading, expected: Expected, except: readonly string[] = []): void {
  expect(read.problems).toEqual([]);
  expect(read.lines).toHaveLength(expected.lines.length);
  read.lines.forEach((line, index) => {
    const wanted = Object.entries(expected.lines[index] ?? {}).filter(([name]) => !except.includes(name));
    expect(shown(line)).toMatchObject(Object.fromEntries(wanted));
  });
}

describe('bank samples', () => {
  withSample('bank.ofx', 'SGML, Windows-1252, card in USD', async (bytes, expected) => {
    const read = await statement(bytes);
    expectLines(read, expected);
    expect(read).toMatchObject({
      format: 'ofx',
      currency: 'USD',
      account: 'XXXXXXXXXXXX4242',
      opening: null,
      tie: null,
    });
    expect(balance(read, read.closing)).toBe(expected.ledger_balance);
    expect(tieOf(0n, read.lines, read.closing, null)?.holds).toBe(true);
    expect(read.lines[0]?.line).toBe(41);
    expect(read.lines[5]?.raw).toContain('<MEMO>BERLIN');
  });

  withSample('bank2.ofx', 'XML, original currency, a replaced line', async (bytes, expected) => {
    const read = await statement(bytes);
    expectLines(read, expected);
    expect(balance(read, read.closing)).toBe(expected.ledger_balance);
    expect(tieOf(0n, read.lines, read.closing, null)?.holds).toBe(true);
    for (const id of expected.replaced) {
      expect(read.lines.map((line) => line.id)).not.toContain(id);
      expect(read.why).toContain(id);
    }
  });

  withSample('camt053.xml', 'batch, exchange, reversal, charges', async (bytes, expected) => {
    const read = await statement(bytes);
    expectLines(read, expected);
    expect(read.why).toContain('camt.053.001.08');
    expect(read.lines.at(-1)?.balance).toBe(read.closing);
    expect([balance(read, read.opening), balance(read, read.closing)]).toEqual([expected.opening, expected.closing]);
    expect(read.tie).toMatchObject({ holds: true, firstBreakLine: null, movements: movementsOf(read.lines) });
    expect(read.lines.map(({ party }) => party)).toEqual([
      'Halcyon Models, Inc.',
      'Papierhaus Müller & Söhne',
      null,
      'Größe AG',
      'Papierhaus Müller & Söhne',
      'Halcyon Models, Inc.',
    ]);
    expect(read.lines.filter(({ reversal }) => reversal)).toHaveLength(1);
  });

  withSample('mt940.sta', 'RDR, year wrap, split subfields', async (bytes, expected) => {
    const read = await statement(bytes);
    expectLines(read, expected);
    expect(read).toMatchObject({ account: '37040044/0532013000', tie: { holds: true } });
    expect(read.lines.at(-1)?.balance).toBe(read.closing);
    expect([balance(read, read.opening), balance(read, read.closing)]).toEqual([expected.opening, expected.closing]);
    expect(read.lines[3]?.description).toBe('SVWZ+RUECKGABE PH-4712 AC04 KONTO ERLOSCHEN');
  });

  withSample('bank_generic_eu.csv', 'preamble, footer, debit and credit, running balance', async (bytes, expected) => {
    const read = await statement(bytes);
    // the bank states no ids: those expected are row numbers
    expectLines(read, expected, ['id']);
    expect(read).toMatchObject({ encoding: 'windows-1252', read: 6, rejected: 0, questions: [], mends: [] });
    expect(read.lines.map(({ id }) => id)).toEqual(read.lines.map(() => null));
    expect([balance(read, read.opening), balance(read, read.closing)]).toEqual([expected.opening, expected.closing]);
    expect(read).toMatchObject({ account: 'DE89 3704 0044 0532 0130 00', tie: { holds: true } });
    expect(read.lines[0]?.line).toBe(7);
  });
});

describe('Stripe samples', () => {
  withSample('stripe_invoices.csv', 'credits applied, tax, a void one', async (bytes, expected) => {
    const read = await statement(bytes);
    expect(read.problems).toEqual([]);
    const rows = read.lines.map(({ reference, invoice }) => {
      if (invoice === null) throw new Error('no invoice');
      const { status, created, paid, ...figures } = invoice;
      const cents = Object.fromEntries(Object.entries(figures).map(([name, each]) => [name, minor(each, 'USD')]));
      const { startingBalance: starting_balance, amountDue: amount_due, amountPaid: amount_paid, ...rest } = cents;
      return { ref: reference, created, paid, status, ...rest, starting_balance, amount_due, amount_paid };
    });
    expect(rows).toEqual(expected.lines);
  });

  withSample('stripe_invoice.json', 'the same invoice as in the CSV', async (bytes) => {
    const line = only(await statement(bytes));
    expect(line).toMatchObject({
      ...{ date: '2026-10-23', reference: 'HLCN2K7Q-0015', id: 'in_1QaZ0015HLCNk2', currency: 'USD', line: 1 },
      invoice: { status: 'paid', created: '2026-10-23T16:31:48.000Z', paid: '2026-10-23T16:32:02.000Z' },
    });
    const csv = shared('samples/stripe_invoices.csv');
    const same = csv === null ? null : (await statement(csv)).lines.find(({ id }) => id === line.id);
    const { status: _status, created: _created, paid: _paid, ...figures } = line.invoice!;
    expect(same?.invoice).toMatchObject(figures);
    expect(same?.amount).toBe(line.amount);
  });

  withSample('stripe_balance_change_itemized.csv', 'gross less fee is net', async (bytes) => {
    const read = await statement(bytes);
    expect(read.problems).toEqual([]);
    expect(amounts(read)).toEqual([50000, 3742, 25000, 25000, 25000, -25000, 108875, -205546, 25000]);
    expect(read.lines[0]).toMatchObject({ date: '2026-10-02', kind: 'charge', reference: 'in_1QaZ0011HLCNk2' });
  });

  withSample(
    'stripe_payouts.csv',
    'the payout is the net of the rows above it in the balance change',
    async (bytes) => {
      const payout = only(await statement(bytes));
      expect(payout).toMatchObject({
        date: '2026-10-26',
        valueDate: '2026-10-28',
        id: 'po_1QaZPO01HLCN',
        kind: 'paid',
      });
      const { lines } = await statement(shared('samples/stripe_balance_change_itemized.csv')!);
      const at = lines.findIndex(({ kind }) => kind === 'payout');
      const net = lines.slice(0, at).reduce((sum, { amount, fee }) => sum + amount - (fee ?? 0n), 0n);
      expect(lines[at]).toMatchObject({ amount: -net, id: payout.reference });
      expect(payout.amount).toBe(-net);
    },
  );
});
