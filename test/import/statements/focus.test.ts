/** FOCUS files: the sample against what is expected of it, and the forms that the specification's own examples have. */
import { describe, expect, it } from 'vitest';
import { formatAtoms, type Atoms } from '../../../shared/domain/money.ts';
import type { StatementReading } from '../../../shared/import/statements/reading.ts';
import { amounts, minor, only, problems, sharedJson, statement, withSample } from './helpers.ts';

const HEADER = 'BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart';

function byInvoice({ lines }: StatementReading): Record<string, number> {
  const sums = new Map<string, Atoms>();
  for (const { reference, amount } of lines) {
    if (reference !== null) sums.set(reference, (sums.get(reference) ?? 0n) + amount);
  }
  return Object.fromEntries([...sums].map(([reference, sum]) => [reference, minor(sum, 'USD')]));
}

describe('FOCUS', () => {
  withSample('focus_1_2.csv', 'purchases, tax, refund, correction, usage drawn from credits', async (bytes) => {
    const expected = (sharedJson('samples/expected.json') as Record<string, unknown>)['focus_1_2.csv'] as {
      rows: number;
      billed_by_invoice: Record<string, number>;
    };
    const read = await statement(bytes);
    expect(read).toMatchObject({ format: 'focus', problems: [], read: expected.rows, rejected: 0, currency: 'USD' });
    expect(read.lines).toHaveLength(expected.rows);
    expect(byInvoice(read)).toEqual(expected.billed_by_invoice);
    expect(read.why).toContain('Billed: 9 rows; drawn from credits (nothing billed, effective cost above 0): 5 rows.');
    expect(read.why).toContain('Corrections of closed periods: 1 row.');
    expect(read.lines[8]).toMatchObject({ date: '2026-09-30', kind: 'Usage', charge: { correction: true } });
    expect(read.lines[9]).toMatchObject({
      ...{ date: '2026-10-03', amount: 0n, reference: null, party: 'Halcyon Models, Inc.' },
      charge: { category: 'Usage', sku: 'alto-2', meter: 'input token', unit: 'input token', subAccount: 'proj-atlas' },
    });
    const { quantity, effectiveCost } = read.lines[9]?.charge ?? {};
    expect([formatAtoms(quantity ?? 0n), formatAtoms(effectiveCost ?? 0n)]).toEqual(['812000', '2.03']);
  });

  it('reads a BOM, dates such as 4/1/25, a blank behind a figure, exponents, and words for null', async () => {
    const text =
      '\uFEFFx_Note,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,EffectiveCost,BilledCost,BillingCurrency,InvoiceId\r\n' +
      'a,4/3/25,4/4/25,4/1/25,5/1/25,Usage,2.5E-6,0.00 ,USD,NULL\r\n' +
      'b,4/2/25 0:00,4/3/25 0:00,4/1/25,5/1/25,purchase,null,1E2,usd,INV-1\r\n';
    const read = await statement(text);
    expect(read.problems).toEqual([]);
    expect(read.lines.map(({ date, kind, reference }) => [date, kind, reference])).toEqual([
      ['2025-04-03', 'Usage', null],
      ['2025-04-02', 'Purchase', 'INV-1'],
    ]);
    expect(amounts(read)).toEqual([0, 10000]);
    expect(read.lines.map(({ charge }) => charge?.effectiveCost)).toEqual([2_500_000n, null]);
    expect(read.why).toContain('Times are not written as FOCUS has them');
  });

  it('asks for the order of day and month where nothing settles it', async () => {
    const text = `${HEADER}\n1.00,USD,Usage,4/3/25\n2.00,USD,Usage,2025-04-03T00:00:00Z`;
    const read = await statement(text);
    expect(read.questions).toMatchObject([{ choice: 'dateOrder', column: 'ChargePeriodStart', example: '4/3/25' }]);
    expect(read).toMatchObject({ read: 2, rejected: 1, problemCount: 1 });
    expect(amounts(read)).toEqual([200]);
    const answered = await statement(text, { dateOrder: 'dmy' });
    expect(answered.lines.map(({ date }) => date)).toEqual(['2025-03-04', '2025-04-03']);
  });

  it('a row that cannot be read is a problem at its line, and no row', async () => {
    const rows = ['1.0.0,USD,Usage,2026-10-03T00:00:00Z', '1.00,dollars,Usage,2026-10-03T00:00:00Z'];
    rows.push('1.00,USD,,2026-10-03T00:00:00Z', '1.00,USD,Usage,2026-10-32', ',USD,Usage,2026-10-03T00:00:00Z', ',,,');
    const text = `${HEADER}\n${rows.join('\n')}`;
    expect(await problems(text)).toEqual([
      '2 BilledCost: "1.0.0": this is no number',
      '3 BillingCurrency: "dollars": this is no currency',
      expect.stringContaining('4 ChargeCategory: "": there is no category'),
      expect.stringContaining('5 ChargePeriodStart: "2026-10-32": this is no time'),
      '6 BilledCost: "": there is no amount',
    ]);
    expect(await statement(text)).toMatchObject({ lines: [], read: 5, rejected: 5 });
  });

  it('keeps columns that it does not know, in the raw row, and rounds half to even beyond 10^-12', async () => {
    const line = only(await statement(`x_A;${HEADER.replaceAll(',', ';')}\nkept;0.0000000000025;EUR;Tax;2026-10-03`));
    expect(line.raw).toContain('kept');
    expect(line.amount).toBe(2n);
  });
});
