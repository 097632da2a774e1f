/** The October of the samples: what the account bought, what the vendor and the bank say of it, and how they were matched. */
import type { ReconGroup, Reconciliation, ReconItem } from '../../shared/contract/reconcile.ts';
import type { CalendarDate } from '../../shared/domain/statement.ts';

/** Seven purchases and a refund, as the vendor's invoices have them; usage that leaves 1,380.50. */
export const OCTOBER = `drawdown: 1
title: Brightwater Analytics
account: {id: org-brightwater, opened: 2026-09-01T00:00:00Z}
policy:
  exhausted: bill_excess
  credits: {refundable: true}
events:
  - {at: 2026-09-20T00:00:00Z, type: usage, sku: alto-2, cost: 37.42}
  - {at: 2026-10-01T00:00:00Z, type: grant, amount: 20, id: welcome, expires_at: 2026-10-30T00:00:00Z}
  - {at: 2026-10-02T09:14:21Z, type: purchase, amount: 500, id: HLCN2K7Q-0011}
  - {at: 2026-10-03T12:00:00Z, type: usage, sku: alto-2, cost: 300.125}
  - {at: 2026-10-09T23:47:05Z, type: purchase, amount: 250, id: HLCN2K7Q-0012}
  - {at: 2026-10-15T02:10:33Z, type: purchase, amount: 250, id: HLCN2K7Q-0013}
  - {at: 2026-10-15T02:58:07Z, type: purchase, amount: 250, id: HLCN2K7Q-0014}
  - {at: 2026-10-20T14:05:00Z, type: refund, lot: HLCN2K7Q-0014}
  - {at: 2026-10-23T16:31:48Z, type: purchase, amount: 1000, id: HLCN2K7Q-0015}
  - {at: 2026-10-25T12:00:00Z, type: usage, sku: alto-2, cost: 400.25}
  - {at: 2026-10-26T12:00:00Z, type: usage, sku: "alto-2 mini", cost: 189.125}
  - {at: 2026-10-31T23:52:40Z, type: purchase, amount: 250, id: HLCN2K7Q-0017}
until: 2026-11-05T00:00:00Z
`;

const BANK: readonly (readonly [reference: string, date: CalendarDate, amount: string, line: number, tax?: string])[] =
  [
    ['HLCN2K7Q-0010', '2026-10-06', '37.42', 41],
    ['HLCN2K7Q-0011', '2026-10-03', '500', 35],
    ['HLCN2K7Q-0012', '2026-10-12', '250', 47],
    ['HLCN2K7Q-0013', '2026-10-15', '250', 53],
    ['HLCN2K7Q-0014', '2026-10-15', '250', 59],
    ['HLCN2K7Q-0014-CN-01', '2026-10-21', '-250', 71],
    ['HLCN2K7Q-0015', '2026-10-24', '1088.75', 77, '88.75'],
  ];

const ITEM: Omit<ReconItem, 'id' | 'side' | 'kind' | 'date' | 'amount' | 'text'> = {
  ...{ at: null, currency: 'USD', tax: null, original: null, converted: null, reference: null, status: 'paid' },
  ...{ sources: [], record: null, invoice: null, entry: null },
};

const ISSUED: Readonly<Record<string, CalendarDate>> = {
  'HLCN2K7Q-0010': '2026-10-05',
  'HLCN2K7Q-0011': '2026-10-02',
  'HLCN2K7Q-0012': '2026-10-09',
  'HLCN2K7Q-0013': '2026-10-15',
  'HLCN2K7Q-0014': '2026-10-15',
  'HLCN2K7Q-0014-CN-01': '2026-10-20',
  'HLCN2K7Q-0015': '2026-10-23',
};

function group(id: string, section: ReconGroup['section'], cells: Partial<ReconGroup['cells']>): ReconGroup {
  return {
    ...{ id, section, missing: {}, links: [], state: 'Exact', category: 'none', steps: [], difference: '0' },
    ...{ cells: { simulated: [], document: [], bank: [], ...cells } },
    ...{ break: null, ignored: null, notes: 0, candidates: [] },
  };
}

function matched([reference, date, amount, line, tax]: (typeof BANK)[number], index: number): ReconGroup {
  const issued = ISSUED[reference] ?? date;
  const net = tax === undefined ? amount : '1000';
  const isRefund = amount.startsWith('-');
  const isInvoice = reference === 'HLCN2K7Q-0010';
  const kinds = isRefund
    ? (['refund', 'credit_note'] as const)
    : ([isInvoice ? 'invoice' : 'purchase', 'invoice'] as const);
  const simulated: ReconItem = {
    ...ITEM,
    ...{ id: `simulated/${index}`, side: 'simulated', kind: kinds[0], amount: net },
    ...{ date: isInvoice ? '2026-10-01' : issued, text: isInvoice ? 'Invoice for 2026-09' : `Purchase ${reference}` },
    ...(isInvoice ? { invoice: 0 } : isRefund ? {} : { reference }),
  };
  const document: ReconItem = {
    ...ITEM,
    ...{ id: `document/${reference}`, side: 'document', kind: kinds[1], date: issued, amount, reference },
    ...{ tax: tax ?? null, text: 'API credits', sources: [{ file: 'stripe_invoices.csv', line: 2 + index }] },
  };
  const bank: ReconItem = {
    ...ITEM,
    ...{ id: `bank/${line}`, side: 'bank', kind: 'payment', date, amount, text: 'HALCYON* API CREDITS' },
    sources: [{ file: 'bank.ofx', line }],
  };
  const link = { rule: 'exact', status: 'confirmed', ambiguous: false, accepted: tax !== undefined } as const;
  return {
    ...group(`group/${reference}`, 'matched', { simulated: [simulated], document: [document], bank: [bank] }),
    links: [
      {
        ...{ ...link, between: 'simulated_document', difference: tax ?? '0' },
        ...{ category: tax === undefined ? 'none' : 'tax', evidence: ['same invoice number'] },
      },
      { ...link, between: 'document_bank', difference: '0', category: 'none', evidence: ['1 day apart'] },
    ],
  };
}

const IN_TRANSIT: ReconGroup = {
  ...group('group/HLCN2K7Q-0017', 'matched', {
    simulated: [
      {
        ...ITEM,
        ...{ id: 'simulated/17', side: 'simulated', kind: 'purchase', date: '2026-10-31', amount: '250' },
        ...{ text: 'Purchase HLCN2K7Q-0017', reference: 'HLCN2K7Q-0017' },
      },
    ],
    document: [
      {
        ...ITEM,
        ...{ id: 'document/HLCN2K7Q-0017', side: 'document', kind: 'invoice', date: '2026-10-31', amount: '250' },
        ...{ text: 'API credits', reference: 'HLCN2K7Q-0017', sources: [{ file: 'stripe_invoices.csv', line: 9 }] },
      },
    ],
  }),
  state: 'In transit',
  category: 'timing',
  missing: { bank: 'not yet on the bank, expected by 6 Nov' },
  break: {
    ...{ id: 'break/17', category: 'timing', amount: '-250', life: 'new', since: '2026-10', ageDays: 5 },
    ...{ breakOn: '2026-11-06', owner: 'Ada Example' },
  },
};

const VOID: ReconGroup = {
  ...group('group/HLCN2K7Q-0016', 'ignored', {
    document: [
      {
        ...ITEM,
        ...{ id: 'document/HLCN2K7Q-0016', side: 'document', kind: 'invoice', date: '2026-10-30', amount: '250' },
        ...{ text: '=HYPERLINK("http://x","y")', reference: 'HLCN2K7Q-0016', status: 'void' },
      },
    ],
  }),
  state: 'Ignored',
  ignored: 'void: no cash is expected',
};

/** The month reconciled: seven matches, one payment in transit, one void invoice ignored. */
export const RECONCILIATION: Reconciliation = {
  period: {
    ...{ period: '2026-10', from: '2026-10-01', to: '2026-11-01', state: 'sealed', since: [], toDecide: 0 },
    prepared: { by: 'Ada Example', at: Date.UTC(2026, 10, 3, 9) },
    reviewed: { by: 'Ada Example', at: Date.UTC(2026, 10, 3, 10) },
    sealed: { by: 'Ada Example', at: Date.UTC(2026, 10, 3, 11), hash: '4f2c'.repeat(16) },
    verdict: 'reconciled_with_timing',
  },
  ...{ vendor: 'Halcyon Models', currency: 'USD', minorDigits: 2, timezone: 'UTC', adopted: [], lacks: [] },
  verdict: 'reconciled_with_timing',
  bridge: {
    pillars: [
      { side: 'simulated', label: 'Simulated', total: '2287.42', note: '8 paid, month in UTC' },
      { side: 'document', label: 'Vendor documents', total: '2376.17', note: '8 paid' },
      { side: 'bank', label: 'Bank', total: '2126.17', note: '7 lines' },
    ],
    steps: [
      { id: 'tax', after: 0, category: 'tax', label: 'Tax', amount: '88.75', items: 1 },
      { id: 'rest1', after: 0, category: 'unexplained', label: 'Unexplained', amount: '0', items: 0 },
      { id: 'timing', after: 1, category: 'timing', label: 'In transit', amount: '-250', items: 1 },
      { id: 'rest2', after: 1, category: 'unexplained', label: 'Unexplained', amount: '0', items: 0 },
    ],
    gross: '338.75',
  },
  groups: [...BANK.map(matched), IN_TRANSIT, VOID],
  usage: [
    {
      ...{ id: 'month', what: 'month', label: 'October 2026', simulated: '889.5', stated: '889.5', difference: '0' },
      ...{ source: 'focus_1_2.csv', agrees: true },
    },
  ],
  balances: [
    {
      ...{ id: 'b', at: Date.UTC(2026, 10, 1), day: true, simulated: '1360.5', stated: '1360.5', difference: '0' },
      ...{ source: 'balance.csv', line: 2, agrees: true },
    },
  ],
  sums: {
    simulated: { total: '2287.42', matched: '2037.42', open: '250' },
    document: { total: '2376.17', matched: '2126.17', open: '250' },
    bank: { total: '2126.17', matched: '2126.17', open: '0' },
  },
  ...{ undo: null, redo: null, head: 'ab12'.repeat(16) },
};
