/**
 * An invented month behind the contract of reconciliation: September with tax, another period, a doubled and a reversed
 * payment, rounding, a payment without a document. Acts are folded as the real log does: accept, match, ignore and so on
 * change the groups, undo takes them back, a sealed month refuses.
 */
import type { ExplainApi } from '../../shared/contract/explain.ts';
import type {
  LogEntry,
  ReconAct,
  ReconcileApi,
  ReconGroup,
  ReconLink,
  Reconciliation,
  ReconItem,
  ReconPeriod,
  ReconSettings,
  ReconSide,
  RollForwardRow,
} from '../../shared/contract/reconcile.ts';
import { formatAtoms, parseAmount } from '../../shared/domain/money.ts';
import { GroupList, type ListedGroup } from '../../shared/session/reconcile/groupList.ts';
import { groupAfter } from '../../shared/session/reconcile/lists.ts';
import { plainItem, searchText, type Item } from '../../shared/session/reconcile/item.ts';
import { OpenLists } from '../../shared/session/reconcile/openLists.ts';
import { atomsOf } from '../../shared/session/reconcile/settings.ts';
import { explained } from './fakeExplained.ts';
import { group, link, order, september } from './fakeSeptember.ts';

interface Held {
  groups: readonly ReconGroup[];
  period: ReconPeriod;
}

/** Folds one act; a text says why it is refused. */
function fold({ groups, period }: Held, act: ReconAct, actor: string, at: number): Held | string {
  if (period.state === 'sealed' && act.kind !== 'reopen') return 'September 2026 is sealed; reopen it first.';
  const signed = { by: actor, at };
  const change = (ids: readonly string[], part: Partial<ReconGroup>): Held => ({
    groups: order(groups.map((one) => (ids.includes(one.id) ? { ...one, ...part } : one))),
    period,
  });
  const ofItems = (items: readonly string[]): string[] =>
    groups
      .filter(({ cells }) =>
        Object.values(cells)
          .flat()
          .some(({ id }) => items.includes(id)),
      )
      .map(({ id }) => id);
  switch (act.kind) {
    case 'accept':
      return change(act.groups, { section: 'matched', state: 'Accepted', break: null });
    case 'ignore':
      return change(ofItems(act.items), { section: 'ignored', state: 'Ignored', ignored: act.reason });
    case 'heed':
      return change(ofItems(act.items), { section: 'to_decide', state: 'Heeded', ignored: null });
    case 'match': {
      const ids = ofItems(act.items);
      const those = groups.filter(({ id }) => ids.includes(id));
      const all = (side: ReconSide): readonly ReconItem[] => those.flatMap(({ cells }) => cells[side]);
      const merged = group(`hand-${ids.join('-')}`, {
        simulated: all('simulated'),
        document: all('document'),
        bank: all('bank'),
      });
      const links = [link('document_bank', { rule: 'by_hand', accepted: true })];
      return {
        groups: order([...groups.filter(({ id }) => !ids.includes(id)), { ...merged, state: 'By hand', links }]),
        period,
      };
    }
    case 'unmatch':
      return change([act.group], { section: 'to_decide', state: 'Unmatched', links: [] });
    case 'prepare':
      return { groups, period: { ...period, state: 'prepared', prepared: signed } };
    case 'review':
      return { groups, period: { ...period, state: 'reviewed', reviewed: signed } };
    case 'seal':
      return { groups, period: { ...period, state: 'sealed', sealed: { ...signed, hash: '4f2c'.repeat(16) } } };
    case 'reopen':
      return { groups, period: { ...period, state: 'open' } };
    case 'adopt':
    case 'document':
    case 'note':
    case 'own':
    case 'settings':
    case 'split':
    case 'take_back':
    case 'take_up':
      return { groups, period };
  }
}

function add(...amounts: readonly string[]): string {
  return formatAtoms(amounts.reduce((sum, amount) => sum + (parseAmount(amount) as bigint), 0n));
}

function shownOf({ groups, period }: Held, undo: string | null, redo: string | null): Reconciliation {
  const toDecide = groups.filter(({ section }) => section === 'to_decide').length;
  const step = (id: string, after: number, category: never, label: string, amount: string, items: number) => ({
    ...{ id, after, category, label, amount, items },
  });
  const steps: Reconciliation['bridge']['steps'] = [
    step('tax', 0, 'tax' as never, 'Tax', '177.52', 7),
    step('other', 0, 'timing_prior_period' as never, 'Other period', '272.19', 1),
    step('rest-0', 0, 'unexplained' as never, 'Unexplained', '0', 0),
    step('transit', 1, 'timing' as never, 'In transit', '-272.19', 1),
    step('doubled', 1, 'duplicate_in_statement' as never, 'Doubled', '272.19', 1),
    step('reversed', 1, 'duplicate_in_statement' as never, 'Reversed', '-272.19', 1),
    step('rounding', 1, 'rounding' as never, 'Rounding', '0.01', 1),
    step('nodoc', 1, 'missing_in_ledger' as never, 'No document', '37.42', 1),
    step('rest-1', 1, 'unexplained' as never, 'Unexplained', '0', 0),
  ];
  return {
    period: { ...period, toDecide },
    vendor: 'Halcyon Models',
    currency: 'USD',
    minorDigits: 2,
    timezone: 'UTC',
    adopted: [],
    verdict: toDecide > 0 ? 'breaks' : 'reconciled_with_timing',
    lacks: [],
    bridge: {
      pillars: [
        { side: 'simulated', label: 'Simulated', total: '2000', note: '7 paid, month in UTC' },
        { side: 'document', label: 'Vendor documents', total: '2449.71', note: '8 invoices, 1 void' },
        { side: 'bank', label: 'Bank', total: '2214.95', note: '10 lines, 1 ignored' },
      ],
      steps,
      gross: '1303.71',
    },
    groups,
    usage: [
      line('m', 'month', 'September 2026', '1203.44', '1199.97', 'openai_costs.json'),
      line('d1', 'day', '29 Sep', '41.07', '41.07', 'openai_costs.json'),
      line('d2', 'day', '30 Sep', '38.2015', '34.7315', 'openai_costs.json'),
      line('s1', 'sku', 'hm-large, input', '803.1', '803.1', 'openai_costs.json'),
      line('i1', 'invoice', 'HLCN2K7Q-0039', '37.42', null, null),
    ],
    balances: Array.from({ length: 9 }, (_, index) => ({
      id: `p${index}`,
      at: Date.UTC(2026, 8, 3 + 3 * index, 6),
      day: index % 3 === 0,
      simulated: add('312.5', `${index * 11}.07`),
      stated: add('312.5', `${index * 11}.07`, index === 7 ? '-3.47' : '0'),
      difference: index === 7 ? '-3.47' : '0',
      source: 'deepseek_balance.json',
      line: index + 2,
      agrees: index !== 7,
    })),
    sums: {
      simulated: { total: '2000', matched: '1500', open: '500' },
      document: { total: '2449.71', matched: '1905.33', open: '544.38' },
      bank: { total: '2214.95', matched: '1905.33', open: '309.62' },
    },
    undo,
    redo,
    head: 'a'.repeat(64),
  };
}

function line(
  id: string,
  what: 'month' | 'day' | 'sku' | 'invoice',
  label: string,
  simulated: string,
  stated: string | null,
  source: string | null,
): Reconciliation['usage'][number] {
  const difference = stated === null ? null : add(stated, `-${simulated}`);
  return { id, what, label, simulated, stated, difference, source, agrees: difference === '0' };
}

const PERIOD: ReconPeriod = {
  period: '2026-09',
  from: '2026-09-01',
  to: '2026-10-01',
  state: 'open',
  prepared: null,
  reviewed: null,
  sealed: null,
  since: [],
  toDecide: 3,
  verdict: 'breaks',
};

export const SETTINGS: ReconSettings = {
  vendor: 'Halcyon Models',
  aliases: ['HALCYON', 'HALCYON MODELS'],
  before: 1,
  after: 5,
  exceptionDays: 30,
  graceDays: 5,
  duplicateDays: 3,
  tolerance: '0.02',
  toleranceBps: 0,
  feeBps: 175,
  rates: [],
  groups: true,
  groupSize: 4,
  rules: [],
  sources: [{ source: 'bank/4111', name: '4111', set: { after: 8 } }],
};

export interface FakeReconcile extends ReconcileApi, ExplainApi {
  /** Every act with who did it, oldest first. */
  readonly acts: readonly { readonly actor: string; readonly act: ReconAct }[];
}

interface FakeListed extends ListedGroup {
  readonly one: ReconGroup;
}

/** Groups listed as the worker lists them. */
export function listOf({ groups }: { readonly groups: readonly ReconGroup[] }): GroupList<FakeListed> {
  return new GroupList(
    groups.map((one) => ({
      ...{ id: one.id, section: one.section, steps: one.steps, one },
      isCalled: (id: string) => id === one.id,
      height: Math.max(1, ...Object.values(one.cells).map(({ length }) => length)),
      says: () =>
        Object.values(one.cells)
          .flat()
          .map((item) => searchText(item.date, item.kind, item.text, item.reference, item.amount))
          .join(' '),
    })),
    ({ one }) => one,
  );
}

export function openOf({ groups }: { readonly groups: readonly ReconGroup[] }): OpenLists {
  const open = groups.filter(isOpen).map((group) => ({
    id: group.id,
    items: Object.values(group.cells).flat().map(itemFrom),
    isSure: (between: ReconLink['between']) =>
      group.links.some(
        (link) => link.between === between && (link.accepted || (link.status === 'confirmed' && !link.ambiguous)),
      ),
    shown: () => group,
  }));
  return new OpenLists(open, 'USD');
}

/** What is shown of an item, as the worker has it. */
function itemFrom({ amount, tax, original, converted, ...shown }: ReconItem): Item {
  return plainItem({
    ...shown,
    amount: atomsOf(amount),
    tax: tax === null ? null : atomsOf(tax),
    original: original === null ? null : { ...original, amount: atomsOf(original.amount) },
    converted: converted === null ? null : { amount: atomsOf(converted.amount), rate: atomsOf(converted.rate) },
  });
}

function isOpen({ section, break: open }: ReconGroup): boolean {
  return section === 'to_decide' || (section !== 'ignored' && open !== null && open.life !== 'resolved');
}

/** @param options.groups instead of September's */
export function fakeReconcile(options: { readonly groups?: readonly ReconGroup[] } = {}): FakeReconcile {
  const first: Held = { groups: options.groups ?? september(), period: PERIOD };
  const past: Held[] = [];
  let held = first;
  let future: Held[] = [];
  const acts: { actor: string; act: ReconAct }[] = [];
  const log: LogEntry[] = [];
  const shown = (): Reconciliation =>
    shownOf(held, past.length === 0 ? null : 'the last decision', future.length === 0 ? null : 'what was taken back');
  const other = (period: string): ReconPeriod => ({ ...PERIOD, period, toDecide: 0, state: 'open' });
  const of = (period: string): Reconciliation =>
    period === PERIOD.period ? shown() : shownOf({ groups: [], period: other(period) }, null, null);
  return {
    acts,
    reconPeriods: () => Promise.resolve([other('2026-08'), shown().period, other('2026-10')]),
    reconcile: ({ period }) => Promise.resolve(of(period)),
    reconciliation: ({ period }) => Promise.resolve(of(period)),
    reconGroups: ({ period, ...request }) => Promise.resolve(listOf(of(period)).page(request)),
    reconGroupLine: ({ period, filter, group: id }) => Promise.resolve(listOf(of(period)).lineOf(filter, id)),
    reconGroup: ({ period, group: id }) => {
      const found = of(period).groups.find((one) => one.id === id);
      return Promise.resolve(found === undefined ? null : { group: found, candidates: [] });
    },
    reconOpen: ({ period, ...request }) => Promise.resolve(openOf(of(period)).page(request)),
    reconOpenPlace: ({ period, ...request }) => Promise.resolve(openOf(of(period)).placeOf(request)),
    reconSuggestions: ({ period, line: id }) => Promise.resolve(openOf(of(period)).suggestionsFor(id)),
    reconAct: ({ actor, act, group: looked }) => {
      const before = listOf(held);
      const at = Date.UTC(2026, 10, 3, 9) + acts.length * 60_000;
      if (act.kind === 'take_back' || act.kind === 'take_up') {
        const next = act.kind === 'take_back' ? past.pop() : future.pop();
        if (next === undefined) return Promise.resolve({ ok: false, message: 'There is nothing to take back.' });
        (act.kind === 'take_back' ? future : past).push(held);
        held = next;
      } else {
        const next = fold(held, act, actor, at);
        if (typeof next === 'string') return Promise.resolve({ ok: false, message: next });
        past.push(held);
        future = [];
        held = next;
      }
      acts.push({ actor, act });
      const says = act.kind === 'note' ? act.text : `${act.kind} by hand`;
      log.unshift({
        ...{ seq: acts.length, at, actor, period: '2026-09', kind: act.kind, says, takenBack: false },
        hash: 'c0ffee'.repeat(10),
      });
      const next = groupAfter(looked ?? null, before, listOf(held));
      return Promise.resolve({ ok: true, reconciliation: shown(), group: next });
    },
    reconSettings: () => Promise.resolve(SETTINGS),
    reconSources: () =>
      Promise.resolve([
        { source: 'bank/4111', side: 'bank', name: '4111', items: 9 },
        { source: 'bank/DE02', side: 'bank', name: 'DE02', items: 4 },
        { source: 'document/HALCYON MODELS', side: 'document', name: 'Halcyon Models', items: 7 },
      ]),
    reconSettingsEffect: ({ settings }) =>
      Promise.resolve({
        toDecide: { now: 3, then: settings.after === 9 ? 2 : 3 },
        matched: { now: 6, then: settings.after === 9 ? 7 : 6 },
        changed: settings.after === 9 ? 1 : 0,
        examples:
          settings.after === 9
            ? [{ text: 'HALCYON*API', date: '2026-09-14', amount: '272.19', now: 'Other date', then: 'Same amount' }]
            : [],
      }),
    reconRulePreview: ({ rule }) => {
      const all = held.groups.flatMap(({ cells }) => cells[rule.side]);
      const items = all.filter(({ text }) => text.startsWith(rule.text));
      return Promise.resolve({ items, everywhere: items.length * 3 });
    },
    reconRuleFrom: ({ item: id }) => {
      const found = held.groups.flatMap(({ cells }) => Object.values(cells).flat()).find((one) => one.id === id);
      return Promise.resolve({
        ...{ id: `rule-${id}`, name: found?.text ?? '', side: found?.side ?? 'bank', text: found?.text ?? '' },
        ...{ how: 'begins', low: null, high: null, currency: null, then: { kind: 'ignore', reason: 'Other product' } },
      } as const);
    },
    reconHistory: ({ offset, limit }) =>
      Promise.resolve({ total: log.length, offset, rows: log.slice(offset, offset + limit) }),
    rollForward: ({ view, by }) => {
      const rows = Array.from({ length: 12 }, (_, index) => lotRow(index, by === 'lot' ? 'lot' : 'month'));
      const total = { ...lotRow(0, 'lot'), id: 'total', label: 'All lots', purchases: '2000', usage: '-1203.44' };
      return Promise.resolve({
        ...{ view, by, rows, total },
        breakage: [],
        ties: [
          { label: 'Purchases and the ledger', ours: '2000', theirs: '2000', difference: '0' },
          { label: 'Closing and the stated balance', ours: '921.06', theirs: '917.59', difference: '-3.47' },
          { label: 'Documents and the bank', ours: '2449.71', theirs: null, difference: null },
        ],
        figures:
          view === 'seller'
            ? [
                { label: 'Contract liability', amount: '921.06', note: 'closing' },
                { label: 'Revenue', amount: '1203.44', note: 'usage' },
                { label: 'Breakage', amount: '150', note: 'recognised when expired' },
              ]
            : [
                { label: 'Prepaid expense', amount: '921.06', note: 'closing' },
                { label: 'Expense', amount: '1203.44', note: 'usage' },
                { label: 'Loss on expiry', amount: '150', note: '' },
              ],
      });
    },
    explain: ({ next = 0 }) => new Promise((resolve) => setTimeout(() => resolve(explained(next)), 30)),
  };
}

function lotRow(index: number, of: 'lot' | 'month'): RollForwardRow {
  return {
    id: `L-${index}`,
    label: of === 'lot' ? `L-${20 + index}, 2 Sep 2026, recharge` : `2026-0${(index % 9) + 1}`,
    opening: index < 6 ? '124.5' : '0',
    purchases: index < 6 ? '0' : '250',
    grants: '0',
    adjustments: '0',
    usage: index < 9 ? '-124.4931' : '0',
    expired: index === 2 ? '-0.0069' : '0',
    refunds: '0',
    transfers: '0',
    closing: index < 6 ? '0.0069' : '250',
  };
}
