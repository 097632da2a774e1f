/** An invented September: groups of all kinds, and as many more as are asked for. */
import type { ReconGroup, ReconItem, ReconLink, ReconSide } from '../../shared/contract/reconcile.ts';

function item(
  side: ReconSide,
  id: string,
  date: string,
  text: string,
  amount: string,
  more: Partial<ReconItem> = {},
): ReconItem {
  const at = side === 'simulated' ? Date.parse(`${date.slice(0, 10)}T${date.slice(11) || '12:00'}:00Z`) : null;
  return {
    id,
    side,
    kind: side === 'simulated' ? 'auto_recharge' : side === 'document' ? 'invoice' : 'payment',
    at,
    date: date.slice(0, 10) as ReconItem['date'],
    amount,
    currency: 'USD',
    tax: side === 'document' ? '22.19' : null,
    original: null,
    converted: null,
    reference: side === 'document' ? text : null,
    text,
    status: side === 'document' ? 'paid' : null,
    sources: side === 'simulated' ? [] : [{ file: side === 'bank' ? 'bank.ofx' : 'stripe_invoices.csv', line: 12 }],
    record: side === 'simulated' ? 3 : null,
    invoice: null,
    entry: null,
    ...more,
  };
}

export function link(between: ReconLink['between'], more: Partial<ReconLink> = {}): ReconLink {
  return {
    between,
    rule: 'reference',
    status: 'confirmed',
    ambiguous: false,
    accepted: false,
    difference: between === 'simulated_document' ? '22.19' : '0',
    category: between === 'simulated_document' ? 'tax' : 'none',
    evidence: ['same invoice number', '1 day apart', '2 others have this amount'],
    ...more,
  };
}

export function group(id: string, cells: Partial<ReconGroup['cells']>, more: Partial<ReconGroup> = {}): ReconGroup {
  return {
    id,
    section: 'matched',
    cells: { simulated: [], document: [], bank: [], ...cells },
    missing: {},
    links: [link('simulated_document'), link('document_bank')],
    state: 'Reference',
    category: 'tax',
    steps: ['tax'],
    difference: '22.19',
    break: null,
    ignored: null,
    notes: 0,
    candidates: [],
    ...more,
  };
}

const CREDITS = 'HALCYON* API CREDITS';

export function matched(
  n: number,
  day: string,
  time: string,
  booked: string,
  more: Partial<ReconGroup> = {},
): ReconGroup {
  return group(
    `g${n}`,
    {
      simulated: [item('simulated', `s${n}`, `2026-09-${day} ${time}`, `Recharge L-${n - 4}`, '250')],
      document: [item('document', `d${n}`, `2026-09-${day}`, `HLCN2K7Q-00${n}`, '272.19')],
      bank: [item('bank', `b${n}`, `2026-09-${booked}`, CREDITS, '272.19')],
    },
    more,
  );
}

export function september(): readonly ReconGroup[] {
  return [
    group(
      'g38',
      {
        simulated: [item('simulated', 's38', '2026-10-01 03:12', 'Purchase L-35', '250', { kind: 'purchase' })],
        document: [item('document', 'd38', '2026-09-30', 'HLCN2K7Q-0038', '272.19')],
      },
      {
        section: 'to_decide',
        state: 'Other period',
        category: 'timing_prior_period',
        steps: ['other', 'transit'],
        difference: '22.19',
        links: [link('simulated_document', { status: 'exception', rule: 'date_exception' })],
        missing: { bank: 'not in September, booked 2 Oct' },
        break: {
          id: 'break-38',
          category: 'timing_prior_period',
          amount: '272.19',
          life: 'new',
          since: '2026-09',
          ageDays: 0,
          breakOn: '2026-10-06',
          owner: null,
        },
      },
    ),
    group(
      'alone',
      { bank: [item('bank', 'b90', '2026-09-21', 'HALCYON* API USAGE', '37.42')] },
      {
        section: 'to_decide',
        state: 'No document',
        category: 'missing_in_ledger',
        steps: ['nodoc'],
        difference: '37.42',
        links: [],
        missing: { simulated: 'nothing simulated', document: 'no invoice or receipt' },
        break: {
          id: 'break-alone',
          category: 'missing_in_ledger',
          amount: '37.42',
          life: 'persisting',
          since: '2026-09',
          ageDays: 23,
          breakOn: null,
          owner: 'R. Olsen',
        },
        notes: 1,
      },
    ),
    group(
      'g35',
      {
        simulated: [item('simulated', 's35', '2026-09-16 17:55', 'Recharge L-31', '250')],
        document: [item('document', 'd35', '2026-09-16', 'HLCN2K7Q-0035', '272.19')],
        bank: [item('bank', 'b35', '2026-09-17', CREDITS, '272.2')],
      },
      {
        section: 'to_decide',
        state: 'Suggested',
        category: 'rounding',
        difference: '0.01',
        steps: ['tax', 'rounding'],
        links: [
          link('simulated_document'),
          link('document_bank', { rule: 'tolerance', status: 'suggested', difference: '0.01', category: 'rounding' }),
        ],
      },
    ),
    matched(31, '02', '16:38', '03'),
    matched(32, '05', '12:18', '07'),
    matched(33, '09', '19:33', '10'),
    matched(34, '12', '21:35', '14', {
      state: 'Group 1 : 3',
      steps: ['tax', 'doubled', 'reversed'],
      cells: {
        simulated: [item('simulated', 's34', '2026-09-12 21:35', 'Recharge L-30', '250')],
        document: [item('document', 'd34', '2026-09-12', 'HLCN2K7Q-0034', '272.19')],
        bank: [
          item('bank', 'b34', '2026-09-14', CREDITS, '272.19'),
          item('bank', 'b34b', '2026-09-14', CREDITS, '272.19'),
          item('bank', 'b34c', '2026-09-17', CREDITS, '-272.19', { kind: 'refund' }),
        ],
      },
    }),
    matched(36, '19', '07:21', '21'),
    group(
      'g37',
      {
        simulated: [item('simulated', 's37', '2026-09-28 08:12', 'Purchase L-33', '500', { kind: 'purchase' })],
        document: [item('document', 'd37', '2026-09-28', 'HLCN2K7Q-0037', '544.38')],
        bank: [item('bank', 'b37', '2026-09-29', CREDITS, '544.38')],
      },
      { difference: '44.38', links: [link('simulated_document', { difference: '44.38' }), link('document_bank')] },
    ),
    group(
      'seats',
      { bank: [item('bank', 'b91', '2026-09-07', 'HALCYON* TEAM SEATS', '160')] },
      { section: 'ignored', state: 'Other product', category: 'none', steps: [], links: [], ignored: 'Other product' },
    ),
    group(
      'void',
      { document: [item('document', 'd30', '2026-09-01', 'HLCN2K7Q-0030', '272.19', { status: 'void' })] },
      { section: 'ignored', state: 'Void', category: 'none', steps: [], links: [], ignored: 'Void' },
    ),
  ];
}

const SECTIONS = ['to_decide', 'matched', 'ignored'] as const;

export function order(groups: readonly ReconGroup[]): readonly ReconGroup[] {
  return SECTIONS.flatMap((section) => groups.filter((one) => one.section === section));
}

/** As many groups as are asked for, every tenth to decide; days and items are those of a few. */
export function manyGroups(count: number): readonly ReconGroup[] {
  const made = Array.from({ length: 20 }, (_, index) =>
    matched(index + 10, String(index + 1).padStart(2, '0'), '16:38', '28'),
  );
  const all = Array.from({ length: count }, (_, index): ReconGroup => {
    const one = made[index % made.length]!;
    const cells = { ...one.cells, bank: one.cells.bank.map((line) => ({ ...line, id: `b${index}` })) };
    const links = [link('simulated_document'), link('document_bank', { status: 'suggested' })];
    const open = index % 10 === 0 ? { section: 'to_decide' as const, state: 'Suggested', links } : {};
    return { ...one, ...open, id: `many${index}`, cells };
  });
  return order(all);
}
