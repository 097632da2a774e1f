/** Invoices and receipts that Stripe makes as PDF, in the shapes that buyers get them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minor, shared } from './helpers.ts';
import { pdfOf, type DrawnText } from './pdfWriter.ts';
import {
  INVOICE,
  RECEIPT,
  RECEIPT_LINES,
  SELLER,
  drawn,
  fileOf,
  read,
  shown,
  told,
  type Story,
} from './stripePdfStories.ts';

describe('Stripe PDF samples', () => {
  const samples = (name: string, test: (bytes: Uint8Array) => Promise<void>): void => {
    const bytes = shared(`samples/${name}`);
    if (bytes === null) it.skip(`${name} (the shared samples are not beside the repository)`, () => undefined);
    else it(name, () => test(bytes));
  };

  samples('stripe_invoice.pdf', async (bytes) => {
    const reading = await read(bytes);
    expect(told(reading)).toEqual([]);
    expect(reading.lines.map(shown)).toEqual([
      {
        ...SELLER,
        ...{ kind: 'invoice', reference: 'HLCN2K7Q-0015', date: '2026-10-23', currency: 'USD', id: null },
        amount: 108875,
      },
    ]);
    expect(reading.lines[0]?.invoice).toMatchObject({ status: 'open', subtotal: 10n ** 15n, tax: 88_750_000_000_000n });
  });

  samples('stripe_receipt_nul_hyphen.pdf', async (bytes) => {
    const reading = await read(bytes);
    expect(told(reading)).toEqual([]);
    expect(reading.lines.map(shown)).toMatchObject([
      { ...SELLER, kind: 'receipt', reference: 'HLCN2K7Q-0014', date: '2026-10-15', amount: 25000, id: '2184-9315' },
      { ...SELLER, kind: 'refund', reference: 'HLCN2K7Q-0014', date: '2026-10-20', amount: -25000, currency: 'USD' },
    ]);
    expect(reading.lines[1]?.raw).toContain('Refunded on October 20, 2026');
    expect(reading.lines.every(({ raw }) => raw.includes('Halcyon Models, Inc.') && !raw.includes('\0'))).toBe(true);
  });
});

describe('Stripe PDF', () => {
  it('an invoice asks for what is due, after discount and tax', async () => {
    const reading = await read(fileOf(INVOICE));
    expect(told(reading)).toEqual([]);
    expect(reading.lines.map(shown)).toEqual([
      {
        ...SELLER,
        ...{ kind: 'invoice', reference: 'BRW7Q2KX-0031', date: '2026-11-03', currency: 'USD', id: null },
        amount: 158875,
      },
    ]);
    expect(reading.lines[0]?.description).toBe('API usage credits; Support plan');
    expect(reading.why).toContain('1600 - 100 + 88.75 = 1588.75 USD');
    expect(reading.lines[0]?.invoice).toMatchObject({ status: 'open', paid: null, amountPaid: 0n });
  });

  it('a receipt states what was paid, and every refund by its own day', async () => {
    const reading = await read(fileOf(RECEIPT));
    expect(told(reading)).toEqual([]);
    expect(reading.lines.map(shown)).toEqual(RECEIPT_LINES);
    const { invoice } = reading.lines[0]!;
    expect(invoice).toMatchObject({ status: 'paid', paid: '2026-02-08', startingBalance: -50_000_000_000_000n });
    expect(invoice!.total).toBe(216_200_000_000_000n);
    expect(reading).toMatchObject({ read: 3, rejected: 0 });
  });

  it.each(['nul', 'space'] as const)(
    'hyphens and minus signs that a font maps to %s change nothing',
    async (hyphen) => {
      const reading = await read(fileOf(RECEIPT, { hyphen }));
      expect(told(reading)).toEqual([]);
      expect(reading.lines.map(shown)).toEqual(RECEIPT_LINES);
    },
  );

  const taxed = (...totals: (readonly [string, string])[]): Story => ({
    ...INVOICE,
    headline: `${totals.at(-1)?.[1] ?? ''} due November 17, 2026`,
    items: [['Credits', '1', '$100.00', '$100.00']],
    totals: [['Subtotal', '$100.00'], ...totals],
  });

  it.each([
    [
      'a tax that prices contain',
      taxed(['Total excluding tax', '$84.03'], ['VAT (19%)', '$15.97'], ['Amount due', '$100.00']),
      10000,
      1597,
    ],
    ['a tax that says so', taxed(['VAT (19% incl.)', '$15.97'], ['Amount due', '$100.00']), 10000, 1597],
    ['two taxes', taxed(['GST (5%)', '$5.00'], ['QST (9.975%)', '$9.98'], ['Amount due', '$114.98']), 11498, 1498],
    ['nothing due', taxed(['Total', '$100.00'], ['Applied balance', '-$100.00'], ['Amount due', '$0.00']), 0, 0],
    [
      'a debt that is charged',
      taxed(['Total', '$100.00'], ['Applied balance', '$5.00'], ['Amount due', '$105.00']),
      10500,
      0,
    ],
  ])('%s', async (_name, story, amount, tax) => {
    const reading = await read(fileOf(story));
    expect(told(reading)).toEqual([]);
    expect(reading.lines.map((line) => [minor(line.amount, 'USD'), minor(line.invoice!.tax, 'USD')])).toEqual([
      [amount, tax],
    ]);
  });

  it('the name of a tax may take two rows, or leave its rate in a cell of its own', async () => {
    const texts = drawn(taxed(['Sales Tax - New York', '$8.88'], ['Total', '$108.88'], ['Amount due', '$108.88']));
    const tax = texts.find(({ text }) => text.startsWith('Sales Tax'))!;
    const second = { ...tax, y: tax.y + 8, text: '(8.875% on $100.00)' };
    const rate = { ...tax, x: 450, text: '8.875%' };
    for (const more of [second, rate]) {
      const reading = await read(pdfOf([[...texts, more]]));
      expect(told(reading)).toEqual([]);
      expect(reading.lines.map(({ amount }) => minor(amount, 'USD'))).toEqual([10888]);
    }
  });

  it('a page that is turned reads the same', async () => {
    expect((await read(fileOf(RECEIPT, { rotated: true }))).lines.map(shown)).toEqual(RECEIPT_LINES);
  });

  it('the order in which a file draws its texts changes nothing', async () => {
    const texts = drawn(RECEIPT).flatMap((text) => split(text));
    const expected = await read(pdfOf([texts]));
    expect(expected.lines.map(shown)).toEqual(RECEIPT_LINES);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(texts, { minLength: texts.length }), async (shuffled) => {
        expect((await read(pdfOf([shuffled]))).lines).toEqual(expected.lines);
      }),
      { numRuns: 15 },
    );
  });

  it('documents may follow one another, and a page may go over to the next', async () => {
    const first = drawn(INVOICE);
    const cut = first.findIndex(({ text }) => text === 'Subtotal');
    const reading = await read(pdfOf([first.slice(0, cut), first.slice(cut), drawn(RECEIPT)]));
    expect(told(reading)).toEqual([]);
    expect(reading.lines.map(({ kind }) => kind)).toEqual(['invoice', 'receipt', 'refund', 'refund']);
  });

  it('what adds up is taken whatever its figures, and what does not is not', async () => {
    const cents = fc.integer({ min: 1, max: 9_999_999 });
    await fc.assert(
      fc.asyncProperty(cents, cents, cents, fc.integer({ min: -1, max: 1 }), async (net, tax, balance, wrong) => {
        const total = net + tax;
        const applied = balance % total;
        const due = total - applied + wrong;
        const reading = await read(
          fileOf({
            ...INVOICE,
            headline: `${dollars(due)} USD due November 17, 2026`,
            items: [['Credits', '1', dollars(net), dollars(net)]],
            totals: [
              ['Subtotal', dollars(net)],
              ['VAT - Germany (19%)', dollars(tax)],
              ['Total', dollars(total)],
              ['Applied balance', `-${dollars(applied)}`],
              ['Amount due', `${dollars(due)} USD`],
            ],
          }),
        );
        if (wrong === 0) expect(reading.lines.map(({ amount }) => minor(amount, 'USD'))).toEqual([due]);
        else expect([reading.lines.length, told(reading)]).toEqual([0, [expect.stringContaining('does not add up')]]);
      }),
      { numRuns: 25 },
    );
  });
});

/** The words of a text one by one, as some makers draw them; Helvetica's widths are not needed within a word. */
function split(text: DrawnText): DrawnText[] {
  return text.text === '410 Sample Avenue'
    ? [
        { ...text, text: '410' },
        { ...text, text: 'Sample Avenue', x: text.x + 17.5 },
      ]
    : [text];
}

function dollars(cents: number): string {
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `$${whole}.${String(cents % 100).padStart(2, '0')}`;
}
