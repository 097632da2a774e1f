/** Invoices and receipts as Stripe lays them out, for tests; and what they are read as. */
import type { StatementLine } from '../../../shared/domain/statement.ts';
import { readStripePdf, type PdfLimits } from '../../../shared/import/statements/stripePdf.ts';
import type { StatementReading } from '../../../shared/import/statements/reading.ts';
import type { StatementOptions } from '../../../shared/import/statements/source.ts';
import { minor } from './helpers.ts';
import { pdfOf, type DrawnText, type PdfOptions } from './pdfWriter.ts';

export async function read(bytes: Uint8Array, options: StatementOptions = {}): Promise<StatementReading> {
  const result = await readStripePdf('file.pdf', bytes, options);
  if (!('lines' in result)) throw new Error(result.problems.map(({ message }) => message).join('; '));
  return result;
}

export async function refusal(bytes: Uint8Array, limits: PdfLimits | null = null): Promise<string> {
  const result = await readStripePdf('file.pdf', bytes, {}, limits);
  if ('lines' in result) throw new Error('it was read');
  return result.problems.map(({ message }) => message).join('; ');
}

/** `line field: message` of each problem. */
export function told({ problems }: StatementReading): string[] {
  return problems.map(({ line, field, message }) => `${line ?? '-'} ${field ?? '-'}: ${message}`);
}

export function shown(line: StatementLine): Record<string, unknown> {
  const { kind, reference, date, currency, party, id } = line;
  return { kind, reference, date, currency, party, id, amount: minor(line.amount, currency) };
}

/** What a test document says; the amounts as they are printed. */
export interface Story {
  readonly title: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly billTo: string;
  readonly headline: string;
  readonly columns: readonly string[];
  readonly items: readonly (readonly string[])[];
  readonly totals: readonly (readonly [string, string])[];
  /** Below the totals. */
  readonly after?: readonly (readonly string[])[];
  readonly foot?: string;
}

/** Two columns of addresses share their rows; amounts stand to the right. */
export function drawn(story: Story, dx = 0): DrawnText[] {
  const texts: DrawnText[] = [];
  let y = 60;
  const put = (size: number, ...places: readonly (readonly [number, string])[]): void => {
    for (const [x, text] of places) texts.push({ text, x: x + dx, y, size });
    y += size + 7;
  };
  put(18, [30, story.title], [480, 'Halcyon Models']);
  y += 10;
  for (const [label, value] of story.fields) put(9, [30, label], [150, value]);
  y += 10;
  put(9, [30, 'Halcyon Models, Inc.'], [250, story.billTo]);
  put(9, [30, '410 Sample Avenue'], [250, 'Brightwater Analytics GmbH']);
  put(9, [30, 'Albany, New York 12207'], [250, '77 Example Quay']);
  put(9, [30, 'United States'], [250, 'DEU 10115 Berlin']);
  y += 10;
  put(14, [30, story.headline]);
  y += 10;
  put(9, ...story.columns.map((text, at) => [at === 0 ? 30 : 250 + 90 * at, text] as const));
  for (const item of story.items) put(9, ...item.map((text, at) => [at === 0 ? 30 : 250 + 90 * at, text] as const));
  y += 10;
  for (const [label, value] of story.totals) put(9, [310, label], [530, value]);
  for (const row of story.after ?? []) put(9, ...row.map((text, at) => [30 + 140 * at, text] as const));
  texts.push({ text: story.foot ?? 'Page 1 of 1', x: 30 + dx, y: 745, size: 7 });
  return texts;
}

export function fileOf(story: Story, options: PdfOptions = {}): Uint8Array {
  return pdfOf([drawn(story)], options);
}

export const INVOICE: Story = {
  title: 'Invoice',
  fields: [
    ['Invoice number', 'BRW7Q2KX-0031'],
    ['Date of issue', 'November 3, 2026'],
    ['Date due', 'November 17, 2026'],
  ],
  billTo: 'Bill to',
  headline: '$1,588.75 USD due November 17, 2026',
  columns: ['Description', 'Qty', 'Unit price', 'Amount'],
  items: [
    ['API usage credits', '1,000', '$1.00', '$1,000.00'],
    ['Support plan', '1', '$600.00', '$600.00'],
  ],
  totals: [
    ['Subtotal', '$1,600.00'],
    ['Discount (10% off)', '-$100.00'],
    ['Total excluding tax', '$1,500.00'],
    ['Sales Tax - New York (8.875% on $1,000.00)', '$88.75'],
    ['Total', '$1,588.75'],
    ['Amount due', '$1,588.75 USD'],
  ],
  foot: 'BRW7Q2KX-0031 - $1,588.75 USD due November 17, 2026',
};

export const RECEIPT: Story = {
  title: 'Receipt',
  fields: [
    ['Invoice number', 'BRW7Q2KX-0032'],
    ['Receipt number', '2184-9315'],
    ['Date paid', 'February 8, 2026'],
    ['Payment method', 'Visa - 4242'],
  ],
  billTo: 'Bill to',
  headline: '$166.20 paid on February 8, 2026',
  columns: ['Description', 'Qty', 'Unit price', 'Amount'],
  items: [['API usage credits', '200', '$1.00', '$200.00']],
  totals: [
    ['Subtotal', '$200.00'],
    ['Tax 8.1% on $200.00', '$16.20'],
    ['Total', '$216.20'],
    ['Applied balance', '-$50.00'],
    ['Amount paid', '$166.20'],
    ['Refunded on March 2, 2026', '-$20.00'],
    ['Refunded on March 9, 2026', '-$6.20'],
  ],
  after: [
    ['Payment history'],
    ['Payment method', 'Date', 'Amount paid', 'Receipt number'],
    ['Visa - 4242', 'February 8, 2026', '$166.20', '2184-9315'],
  ],
};

export const SELLER = { party: 'Halcyon Models, Inc.' };
export const RECEIPT_LINES = [
  { ...SELLER, kind: 'receipt', date: '2026-02-08', amount: 16620, id: '2184-9315' },
  { ...SELLER, kind: 'refund', date: '2026-03-02', amount: -2000, id: null },
  { ...SELLER, kind: 'refund', date: '2026-03-09', amount: -620, id: null },
].map((line) => ({ ...line, reference: 'BRW7Q2KX-0032', currency: 'USD' }));
