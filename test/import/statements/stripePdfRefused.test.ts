/** PDFs of which no line is taken: what is wrong with them is said, whatever their bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPdf, readStripePdf } from '../../../shared/import/statements/stripePdf.ts';
import { bytesOf } from './helpers.ts';
import { pdfOf } from './pdfWriter.ts';
import { INVOICE, RECEIPT, fileOf, read, refusal, told } from './stripePdfStories.ts';

describe('what is not taken', () => {
  it('a headline and totals that differ', async () => {
    const reading = await read(fileOf({ ...INVOICE, headline: '$1,588.57 USD due November 17, 2026' }));
    expect(reading.lines).toEqual([]);
    expect(told(reading)).toEqual([expect.stringContaining('the headline says 1588.57, the totals say 1588.75')]);
    expect(reading).toMatchObject({ read: 1, rejected: 1 });
  });

  it('a figure or a date that is damaged, and a refund without an amount', async () => {
    const damaged = INVOICE.totals.map(([label, value]) => [label, value.replace('88.75', '8B.75')] as const);
    expect(told(await read(fileOf({ ...INVOICE, totals: damaged, headline: 'see below' })))).not.toEqual([]);
    const fields = INVOICE.fields.map(([label, value]) => [label, value.replace('November 3', 'November 33')] as const);
    expect(told(await read(fileOf({ ...INVOICE, fields })))).toEqual(['3 date: "November 33, 2026": this is no date']);
    const totals = RECEIPT.totals.map(([label, value]) => [label, value.replace('$6.20', '?')] as const);
    expect(told(await read(fileOf({ ...RECEIPT, totals })))).toEqual([expect.stringContaining('there is no amount')]);
  });

  it('a day that the headline contradicts', async () => {
    const fields = RECEIPT.fields.map(([label, value]) => [label, value.replace('February 8', 'February 9')] as const);
    expect(told(await read(fileOf({ ...RECEIPT, fields })))).toEqual([expect.stringContaining('another: 2026-02-09')]);
    const due = INVOICE.fields.map(([label, value]) => [label, value.replace('November 17', 'November 18')] as const);
    expect((await read(fileOf({ ...INVOICE, fields: due }))).lines).toEqual([]);
  });

  it('a refund without a date, or in words that are not known', async () => {
    const undated = [...RECEIPT.totals, ['Refund', '-$5.00'] as const];
    expect(told(await read(fileOf({ ...RECEIPT, totals: undated })))).toEqual([
      expect.stringContaining('a refund without a date'),
    ]);
    const summed = [...RECEIPT.totals, ['Total refunded', '-$26.20'] as const];
    expect((await read(fileOf({ ...RECEIPT, totals: summed }))).lines).toHaveLength(3);
    const foreign = [...RECEIPT.totals, ['Palautettu 9.3.2026', '-$5.00'] as const];
    expect(told(await read(fileOf({ ...RECEIPT, totals: foreign })))).toEqual([
      expect.stringContaining('may be a refund'),
    ]);
  });

  it('more refunded than paid', async () => {
    const totals = [...RECEIPT.totals, ['Refunded on March 9, 2026', '-$150.00'] as const];
    expect(told(await read(fileOf({ ...RECEIPT, totals })))).toEqual([
      expect.stringContaining('more than the 166.2 paid'),
    ]);
  });

  it('a credit note, which is no cash', async () => {
    const reading = await read(fileOf({ ...INVOICE, title: 'Credit note' }));
    expect(reading.lines).toEqual([]);
    expect(told(reading)).toEqual([expect.stringContaining('this is a credit note')]);
  });

  it('other PDFs: of another maker, without text, locked, damaged, no PDF at all', async () => {
    const letter = pdfOf([[{ text: 'Dear customer, your balance is $5.00.', x: 30, y: 60, size: 9 }]]);
    expect(await refusal(letter)).toContain('no invoice or receipt as Stripe makes them');
    expect(await refusal(pdfOf([[]]))).toContain('the PDF has no text');
    expect(await refusal(fileOf(INVOICE, { encrypt: true }))).toContain('password');
    expect(await refusal(bytesOf('%PDF-1.4\nnothing'))).toContain('damaged or cut off');
    expect(await refusal(new Uint8Array(0))).toContain('damaged or cut off');
    expect(isPdf(fileOf(INVOICE))).toBe(true);
    expect(isPdf(bytesOf('id,Amount'))).toBe(false);
    expect(isPdf(bytesOf('%PDF'))).toBe(false);
  });

  it('too many pages, too many bytes, too much time', async () => {
    expect(await refusal(pdfOf(Array.from({ length: 201 }, () => [])))).toContain('201 pages');
    expect(await refusal(new Uint8Array((64 << 20) + 1))).toContain('larger than 64 MB');
    let now = 0;
    expect(await refusal(fileOf(INVOICE), { now: () => (now += 6_000), ms: 20_000 })).toContain('more than 20 s');
    const hangs = { now: () => 0, ms: 20_000, expired: Promise.resolve() };
    expect(await refusal(fileOf(INVOICE), hangs)).toContain('more than 20 s');
  });

  it('every cut and many damaged copies of a file give an answer', async () => {
    const bytes = fileOf(RECEIPT);
    const answered = async (damaged: Uint8Array): Promise<void> => {
      const result = await readStripePdf('file.pdf', damaged, {});
      if (!('lines' in result)) expect(result.problems).not.toEqual([]);
      else if (result.lines.length === 0) expect(result.problems).not.toEqual([]);
    };
    for (let length = 0; length < bytes.length; length += 397) await answered(bytes.subarray(0, length));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) }), { minLength: 1, maxLength: 20 }),
        async (changes) => {
          const damaged = bytes.slice();
          for (const { at, byte } of changes) damaged[at] = byte;
          await answered(damaged);
        },
      ),
      { numRuns: 60 },
    );
  });
});
