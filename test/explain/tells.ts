/**
 * Figures that look wrong in themselves: an item left out, stated twice or with the other sign, digits that changed places, a
 * fee, another field, a day that was never loaded, rows left out as repeated. Asked of the service, as the page asks it.
 */
import type { ExplainTarget } from '../../shared/contract/explain.ts';
import type { Reconciliation } from '../../shared/contract/reconcile.ts';
import { formatAtoms, type Atoms } from '../../shared/domain/money.ts';
import { monthOf } from '../../shared/domain/time.ts';
import { Random } from '../../shared/scenario/random.ts';
import type { Account } from '../../shared/session/account.ts';
import { Measured } from '../../shared/session/explain/measures.ts';
import { explainService } from '../../shared/session/explainService.ts';
import { context, surroundings } from '../surroundings.ts';
import { accountOf, costOf, madeFrom, type Made } from './accounts.ts';
import type { Pick } from './plants.ts';
import { judged, type Found, type Outcome } from './run.ts';

const PERIOD = '2026-10';
const CENT = 10_000_000_000n;
const BALANCES = ['2026-10-02T12:00:00Z', '2026-10-25T00:00:00Z', '2026-12-02T00:00:00Z'];

interface Question {
  readonly planted: Found['changes'];
  readonly account: Account;
  readonly target: ExplainTarget;
  readonly month: Reconciliation;
}

/** The account that is loaded, and what somebody states of it otherwise; null where it has nothing to be wrong in. */
type Asker = (made: Made, pick: Pick) => Promise<Question | null>;

/** Null where the account has nothing of the kind that the seed asks for. */
export async function tellOutcomeOf(seed: number): Promise<Outcome | null> {
  const random = new Random(seed * 6271 + 5);
  const pick: Pick = (values) => values[Math.floor(random.unit() * values.length)]!;
  const question = await ASKERS[seed % ASKERS.length]!(madeFrom(seed), pick);
  if (question === null) return null;
  const { planted, account, target, month } = question;
  const service = explainService(
    () => Promise.resolve(account),
    { reconPeriods: () => Promise.resolve([month.period]), reconciliation: () => Promise.resolve(month) },
    { ...surroundings, now: () => performance.now() },
  );
  let answer = await service.explain({ target }, context);
  while (answer.next !== null) answer = await service.explain({ target, next: answer.next }, context);
  const found = answer.explanations.map(({ changes, verdict, rivals, residual, also }): Found => ({
    ...{ changes, verdict, rivals },
    closesAll: residual === '0' && also.every(({ closes }) => closes),
  }));
  const tried = Object.values(answer.tried).reduce((sum, count) => sum + count, 0);
  const [best] = answer.explanations;
  return judged({ seed, planted, found, ms: answer.ms, tried }, (place) => {
    const { residual, also } = answer.explanations[place]!;
    return residual === best!.residual && JSON.stringify(also) === JSON.stringify(best!.also);
  });
}

/** What was paid in the month is stated with an item otherwise. */
function item(kind: string, change: (paid: bigint, amount: bigint) => bigint): Asker {
  return async (made, pick) => {
    const account = await accountOf(made);
    const paid = paidIn(account);
    if (paid.length < 2) return null;
    const chosen = pick(paid);
    // of equal ones the first is named
    const named = paid.find(({ charged }) => charged === chosen.charged)!;
    return ofPaid(account, { [`tell.${kind}`]: labelOf(named.id) }, (sum) => change(sum, chosen.charged));
  };
}

const ASKERS: readonly Asker[] = [
  item('missing_item', (sum, amount) => sum - amount),
  item('double_item', (sum, amount) => sum + amount),
  item('wrong_sign', (sum, amount) => sum - 2n * amount),
  async (made, pick) => {
    const account = await accountOf(withTax(made, 0.0775));
    return ofPaid(account, { 'tell.digits_swapped': null }, (sum) => {
      const digits = Array.from(String(sum / CENT));
      const places = digits.flatMap((digit, place) =>
        place > 0 && digit !== digits[place - 1] && !(place === 1 && digit === '0') ? [place] : [],
      );
      const place = pick(places);
      [digits[place - 1], digits[place]] = [digits[place]!, digits[place - 1]!];
      return BigInt(digits.join('')) * CENT;
    });
  },
  async (made, pick) => {
    const [percent, ppm] = pick([
      ['1.6', 16_000n],
      ['2.2', 22_000n],
      ['2.9', 29_000n],
    ] as const);
    const planted = { 'tell.rate': `a card fee of ${percent} %` };
    return ofPaid(await accountOf(made), planted, (sum) => {
      return sum + ((sum * ppm + 500_000n * CENT) / (1_000_000n * CENT)) * CENT;
    });
  },
  async (made) => {
    const account = await accountOf(withTax(made, 0.19));
    const bought = account.run.state.timeline.find((entry) => entry.type === 'purchase' && entry.id === 'second');
    if (bought?.type !== 'purchase') return null;
    const group = groupOf(bought.id, bought.charged, bought.charged - bought.amount, bought.amount);
    return {
      planted: { 'tell.wrong_field': 'amount without tax' },
      account,
      target: { kind: 'group', period: PERIOD, group: group.id },
      month: reconciliation(account, { groups: [group] }),
    };
  },
  async (made, pick) => {
    const days = made.rows.flatMap(({ at, until }) =>
      until === null ? [new Date(at).toISOString().slice(0, 10)] : [],
    );
    const day = pick(days.filter((each) => each.startsWith(PERIOD)));
    const isOf = ({ at, until }: Made['rows'][number]): boolean =>
      new Date(at).toISOString().startsWith(day) ||
      (until !== null && new Date(until - 1).toISOString().startsWith(day));
    const account = await accountOf({ ...made, rows: made.rows.filter((row) => !isOf(row)) });
    return ofUsage(account, await accountOf(made), { 'tell.gap': day });
  },
  async (made) => {
    // the later file states rows of the first once more, and the vendor bills them so
    const [from, to] = [Date.UTC(2026, 9, 3), Date.UTC(2026, 9, 28)];
    const again = made.rows.filter(({ at, file }) => file === 'usage.csv' && at >= from && at < to).slice(0, 12);
    const costed = made.rows
      .map((row) => ({ ...row, cost: costOf(row, row.at) }))
      .filter(({ file }) => file !== 'late.csv');
    const repeat = (id: (id: string) => string): Made => {
      const rows = again.map((row) => ({
        ...row,
        id: id(row.id),
        file: 'late.csv' as const,
        cost: costOf(row, row.at),
      }));
      return { ...made, rows: [...costed, ...rows].sort((a, b) => a.at - b.at) };
    };
    const account = await accountOf(repeat((id) => id));
    return ofUsage(account, await accountOf(repeat((id) => `${id}l`)), { 'tell.repeated_rows': 'late.csv' });
  },
];

function withTax(made: Made, tax_rate: number): Made {
  return { ...made, policy: { ...made.policy, purchase: { ...made.policy['purchase'], tax_rate } } };
}

function labelOf(id: string): string {
  return `Purchase ${id}`;
}

function paidIn({ run }: Account): { readonly id: string; readonly charged: Atoms }[] {
  return run.state.timeline.flatMap((entry) =>
    entry.type === 'purchase' && monthOf(entry.at, run.input.zone) === PERIOD ? [entry] : [],
  );
}

function ofPaid(account: Account, planted: Found['changes'], change: (sum: bigint) => bigint): Question | null {
  const paid = paidIn(account);
  const sum = paid.reduce((before, { charged }) => before + charged, 0n);
  const stated = change(sum);
  if (stated === sum || stated < 0n) return null;
  const bridge = {
    pillars: [
      { side: 'simulated', label: '', total: formatAtoms(sum), note: '' },
      { side: 'document', label: '', total: formatAtoms(stated), note: '' },
    ],
    steps: [
      { id: 's', after: 0, category: 'unexplained', label: 'Unexplained', amount: formatAtoms(stated - sum), items: 1 },
    ],
    gross: '0',
  };
  const groups = paid.map(({ id, charged }) => groupOf(id, charged, null, null));
  const month = reconciliation(account, { bridge, groups } as unknown as Partial<Reconciliation>);
  return { planted, account, target: { kind: 'step', period: PERIOD, step: 's' }, month };
}

/** The vendor states days and the month; null where they are what is loaded. */
function ofUsage(account: Account, vendor: Account, planted: Found['changes']): Question | null {
  const [ours, theirs] = [new Measured(account.run, {}), new Measured(vendor.run, {})];
  const figure = (measured: Measured, day: number | null): Atoms =>
    measured.figure({ kind: 'usage', period: PERIOD, day, sku: null, exact: true }) ?? 0n;
  const usage = [null, ...Array.from({ length: 31 }, (_, index) => index + 1)].map((day) => ({
    ...{ id: `u${day ?? ''}`, what: day === null ? 'month' : 'day', source: null },
    label: day === null ? PERIOD : `${PERIOD}-${String(day).padStart(2, '0')}`,
    simulated: formatAtoms(figure(ours, day)),
    stated: formatAtoms(figure(theirs, day)),
    ...{ difference: null, agrees: false },
  })) as Reconciliation['usage'];
  // where credits run out other days differ too
  if ([account, vendor].some(({ run }) => run.state.rejected.size > 0)) return null;
  if (figure(ours, null) === figure(theirs, null)) return null;
  return {
    planted,
    account,
    target: { kind: 'usage', period: PERIOD, line: 'u' },
    month: reconciliation(account, { usage }),
  };
}

function groupOf(id: string, amount: Atoms, tax: Atoms | null, stated: Atoms | null): Reconciliation['groups'][number] {
  const cell = (side: string, value: Atoms): unknown => ({
    ...{ id: `${side}/purchase/${id}`, side, kind: 'purchase', at: null, date: `${PERIOD}-05`, currency: 'USD' },
    ...{ amount: formatAtoms(value), tax: tax === null ? null : formatAtoms(tax), original: null, reference: null },
    ...{ text: labelOf(id), status: null, sources: [], record: 0, invoice: null, entry: null },
  });
  return {
    ...{ id: `g ${id}`, section: 'to_decide', missing: {}, links: [], state: 'Exception', category: 'none', steps: [] },
    ...{ difference: formatAtoms((stated ?? amount) - amount), break: null, ignored: null, notes: 0, candidates: [] },
    cells: {
      simulated: [cell('simulated', amount)],
      document: stated === null ? [] : [cell('document', stated)],
      bank: [],
    },
  } as unknown as Reconciliation['groups'][number];
}

/** A month of which this is stated, and balances that agree. */
function reconciliation(account: Account, more: Partial<Reconciliation>): Reconciliation {
  const balances = BALANCES.map((at, index) => {
    const stated = formatAtoms(account.course.balanceAt(Date.parse(at)));
    return { ...{ id: `b${index}`, at: Date.parse(at), day: false, simulated: stated, stated }, agrees: true };
  });
  return {
    ...{ period: { period: PERIOD }, vendor: 'Vendor', currency: 'USD', minorDigits: 2, timezone: 'UTC', adopted: [] },
    ...{
      verdict: 'breaks',
      lacks: [],
      bridge: { pillars: [], steps: [], gross: '0' },
      groups: [],
      usage: [],
      balances,
    },
    ...{ sums: {}, undo: null, redo: null, head: null },
    ...more,
  } as unknown as Reconciliation;
}
