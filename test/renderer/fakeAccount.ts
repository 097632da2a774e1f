/**
 * A year of an invented account with recharges, an expiry, an overrun and a cut-off, for tests of the page. Its figures
 * add up, but it is no engine: the rules are written out by hand.
 */
import type {
  AccountView,
  ChartMark,
  ChartMonth,
  InvoiceRow,
  LotRow,
  TimelineRow,
  UsageRow,
} from '../../shared/contract/engine.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/domain/time.ts';

export const UNIT = 10_000;
export const text = (units: number): string => {
  const sign = units < 0 ? '-' : '';
  const digits = Math.abs(Math.round(units)).toString().padStart(5, '0');
  const fraction = digits.slice(-4).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -4)}${fraction === '' ? '' : `.${fraction}`}`;
};

export interface Change {
  at: number;
  balance: number;
  what: string;
  record: number | null;
}

export interface FakeAccount {
  readonly view: AccountView;
  readonly changes: readonly Change[];
  readonly marks: readonly ChartMark[];
  readonly rows: readonly TimelineRow[];
  readonly usage: readonly UsageRow[];
  readonly lots: readonly LotRow[];
  readonly invoices: readonly InvoiceRow[];
  readonly months: readonly ChartMonth[];
  readonly cutoff: { from: number; to: number };
  readonly overrun: { from: number; to: number; lowest: number };
}

/** A repeatable sequence in [0, 1). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const START = Date.UTC(2025, 9, 6, 8);
const END = Date.UTC(2026, 9, 14, 9);
const CUTOFF_FROM = Date.UTC(2026, 8, 25, 18, 32, 2);
const CUTOFF_TO = Date.UTC(2026, 8, 28, 8, 14, 9);

/** The balance on its way below zero, until the delayed cut-off takes effect. */
function sinkingTo(at: number): number {
  const dry = CUTOFF_FROM - 2 * HOUR_MS;
  const from = Date.UTC(2026, 8, 23, 15);
  return at < dry ? 199 * UNIT * (1 - (at - from) / (dry - from)) : (-99.2 * UNIT * (at - dry)) / (2 * HOUR_MS);
}

export function makeAccount(usageRows = 40_000): FakeAccount {
  const random = sequence(7);
  const changes: Change[] = [];
  const rows: TimelineRow[] = [];
  const usage: UsageRow[] = [];
  const marks: ChartMark[] = [];
  const lots: LotRow[] = [];
  let balance = 0;
  let closed = true;
  let overrunFrom = 0;
  let lowest = 0;
  let accepted = 0;
  let acceptedCount = 0;
  let refused = 0;
  let refusedCount = 0;
  let expired = false;
  let skipped = false;
  let granted = false;
  let restored = false;
  const monthUsed = new Map<string, number>();

  const row = (at: number, type: string, more: Partial<TimelineRow>): number => {
    const index = rows.length;
    rows.push({
      index,
      at,
      type,
      kind: null,
      subject: null,
      fields: {},
      rule: null,
      amount: null,
      balance: text(balance),
      closed,
      ...more,
    });
    return index;
  };
  const change = (at: number, by: number, what: string, record: number | null): void => {
    if (by > 0 || record !== null) changes.push({ at, balance, what: 'before', record: null });
    balance += by;
    changes.push({ at, balance, what, record });
  };
  const post = (at: number, kind: 'purchase' | 'auto_recharge', units: number): void => {
    const id = `${kind === 'purchase' ? 'purchase' : 'auto'}-${lots.length + 1}`;
    const settled = Math.min(units, Math.max(0, -balance));
    row(at - 2 * MINUTE_MS, 'purchase', {
      kind,
      subject: id,
      fields: { id, amount: text(units), tax: text(units * 0.08875), charged: text(units * 1.08875) },
      rule: { name: 'purchase.posting_delay', value: 'PT2M' },
    });
    const record = rows.length;
    balance += units;
    row(at, 'posting', {
      kind,
      subject: id,
      fields: { lot: id, amount: text(units), settled: text(settled), balance: text(balance) },
      rule: { name: 'purchase.posting_delay', value: 'PT2M' },
      amount: text(units),
    });
    balance -= units;
    change(at, units, kind === 'purchase' ? `Purchase ${id} posted` : `Auto-recharge ${id} posted`, record);
    marks.push({ at, kind, amount: text(units), y: balance / UNIT, record });
    lots.push({
      index: lots.length,
      id,
      kind,
      bought_at: at - 2 * MINUTE_MS,
      posted_at: at,
      expires_at: at + 365 * DAY_MS,
      priority: 0,
      amount: text(units),
      settled: text(settled),
      drawn: '0',
      expired: '0',
      refunded: '0',
      remaining: '0',
    });
  };

  row(START, 'tier', { subject: 'Tier 1', fields: { tier: 'Tier 1' } });
  post(START + 10 * MINUTE_MS, 'purchase', 500 * UNIT);
  closed = false;
  row(START + 10 * MINUTE_MS, 'restored', {
    fields: { balance: text(balance) },
    rule: { name: 'cutoff.restore_delay', value: 'PT0S' },
  });

  for (let index = 0; index < usageRows; index += 1) {
    const share = index / usageRows;
    const at = Math.round(START + HOUR_MS + (END - START - HOUR_MS) * Math.pow(share, 0.72));
    const hour = (at / HOUR_MS) % 24;
    const weekday = Math.floor(at / DAY_MS + 4) % 7;
    const busy = (hour > 7 && hour < 20 ? 1.6 : 0.25) * (weekday === 0 || weekday === 6 ? 0.3 : 1.15);
    const cost = Math.round(random() * random() * busy * ((8_900 * 10_000) / usageRows) * 7);
    if (!expired && at > Date.UTC(2026, 7, 5, 6)) {
      expired = true;
      const record = row(at, 'expiry', {
        subject: 'grant-1',
        fields: { lot: 'grant-1', amount: '150' },
        rule: { name: 'credits.expire_after', value: 'P1Y' },
        amount: '-150',
        balance: text(balance - 150 * UNIT),
      });
      change(at, -150 * UNIT, 'Credit grant-1 expired', record);
      marks.push({ at, kind: 'expiry', amount: '150', y: balance / UNIT, record });
    }
    if (!granted && at > Date.UTC(2026, 8, 30, 6)) {
      granted = true;
      const record = row(at, 'grant', {
        subject: 'grant-2',
        fields: { lot: 'grant-2', amount: '75', settled: '0' },
        amount: '75',
        balance: text(balance + 75 * UNIT),
      });
      change(at, 75 * UNIT, 'Grant grant-2', record);
      marks.push({ at, kind: 'grant', amount: '75', y: balance / UNIT, record });
    }
    const near = at > Date.UTC(2026, 8, 23, 14, 59) && !restored;
    if (closed && at >= CUTOFF_TO) {
      restored = true;
      post(CUTOFF_TO, 'purchase', 500 * UNIT);
      closed = false;
      row(CUTOFF_TO, 'restored', {
        fields: { balance: text(balance) },
        rule: { name: 'cutoff.restore_delay', value: 'PT0S' },
      });
    }
    if (!closed && near && !restored && at >= CUTOFF_FROM) {
      closed = true;
      row(CUTOFF_FROM, 'cutoff', { fields: { balance: text(balance) }, rule: { name: 'cutoff.delay', value: 'PT2H' } });
    }
    const sinking = at > Date.UTC(2026, 8, 23, 15) && !closed && near && at < CUTOFF_FROM;
    const spend = sinking ? Math.max(0, Math.round((balance - sinkingTo(at)) * (0.6 + random() * 0.4))) : cost;
    const status = closed && near ? 'insufficient_quota' : 'accepted';
    if (status === 'accepted') {
      balance -= spend;
      accepted += spend;
      acceptedCount += 1;
      const period = new Date(at).toISOString().slice(0, 7);
      monthUsed.set(period, (monthUsed.get(period) ?? 0) + spend);
      if (balance < 0 && near && overrunFrom === 0) overrunFrom = at;
      lowest = Math.min(lowest, balance);
      changes.push({ at, balance, what: 'usage hm-large', record: null });
    } else {
      refused += spend;
      refusedCount += 1;
    }
    usage.push({
      index,
      at,
      sku: index % 3 === 0 ? 'hm-small' : 'hm-large',
      cost: text(spend),
      status,
      overrun: balance < 0 && status === 'accepted' ? text(Math.min(spend, -balance)) : '0',
      balance: text(balance),
      source: 'usage-2026.ndjson',
      line: index + 1,
    });
    if (balance < 200 * UNIT && !closed) {
      if (!near) post(at + 2 * MINUTE_MS, 'auto_recharge', 250 * UNIT);
      else if (!skipped) {
        skipped = true;
        const record = row(at, 'recharge_skipped', {
          fields: { reason: 'monthly_limit', amount: '250' },
          rule: { name: 'auto_recharge.monthly_limit', value: '1500' },
        });
        marks.push({ at, kind: 'skipped', amount: '250', y: balance / UNIT, record });
      }
    }
  }
  changes.sort((a, b) => a.at - b.at);
  const months: ChartMonth[] = [];
  const invoices: InvoiceRow[] = [];
  for (let from = START, month = 9; from < END; month += 1) {
    const to = Date.UTC(2025, month + 1, 1);
    const period = new Date(from).toISOString().slice(0, 7);
    const used = text(Math.round((monthUsed.get(period) ?? 0) / 100) * 100);
    const carried = period === '2026-09' ? text(Math.round(-lowest / 100) * 100) : '0';
    const open = to > END;
    months.push({
      period,
      from,
      to: Math.min(to, END),
      invoice: open ? null : invoices.length,
      used,
      carried,
      due: '0',
    });
    if (!open) {
      invoices.push({
        index: invoices.length,
        period,
        from,
        to,
        lines: [
          { sku: 'hm-large', amount: used },
          { sku: 'hm-small', amount: '0' },
        ],
        figures: {
          usage: used,
          carried,
          excess_billed: '0',
          credits_applied: used,
          debt_brought_forward: '0',
          tax: '0',
          amount_due: '0',
          opening_balance: '0',
          purchased: '750',
          granted: '0',
          adjusted: '0',
          drawn: used,
          expired: '0',
          refunded: '0',
          debt_invoiced: '0',
          closing_balance: '319.97',
          debt_settled: '0',
          purchase_tax: '66.56',
        },
      });
    }
    from = to;
  }
  const count = (kind: ChartMark['kind']): number => marks.filter((mark) => mark.kind === kind).length;
  const view: AccountView = {
    title: 'Brightwater Analytics',
    account: 'brightwater',
    currency: 'USD',
    minorDigits: 2,
    timezone: 'UTC',
    plan: 'prepaid',
    from: START,
    to: END,
    figures: {
      balance: text(balance),
      lots: text(balance),
      lotsOpen: 2,
      debt: '0',
      access: 'open',
      accessReason: null,
      accessSince: CUTOFF_TO,
      tier: 'Tier 3',
      nextTier: { name: 'Tier 4', missing: '3400', days: 0 },
      nextExpiry: { at: Date.UTC(2026, 9, 29), lot: 'L-34', amount: '75' },
      accepted: { count: acceptedCount, cost: text(accepted) },
      rejected: {
        count: refusedCount,
        cost: text(refused),
        reasons: [{ reason: 'insufficient_quota', count: refusedCount, cost: text(refused) }],
      },
      overrun: text(-lowest),
    },
    kept: { variants: [], queries: [] },
    counts: {
      timeline: rows.length,
      lots: lots.length,
      invoices: invoices.length,
      usage: usage.length,
      files: 13,
      marks: {
        purchase: count('purchase'),
        auto_recharge: count('auto_recharge'),
        grant: count('grant'),
        expiry: count('expiry'),
        skipped: count('skipped'),
      },
      overruns: 1,
      cutoffs: 1,
    },
    placement: null,
    threshold: '200',
    floor: '0',
    expectations: { held: 0, failed: 0, failures: [] },
    trialBalance: '0',
    unpriced: null,
    replayMs: 0.19,
    undo: null,
    redo: null,
    imports: [],
  };
  return {
    view,
    changes,
    marks,
    rows,
    usage,
    lots,
    invoices,
    months,
    cutoff: { from: CUTOFF_FROM, to: CUTOFF_TO },
    overrun: { from: overrunFrom, to: CUTOFF_TO, lowest },
  };
}
