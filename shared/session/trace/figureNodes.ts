/** Key figures: accepted and rejected usage, overrun, the next expiry and the next tier, as the first screen shows them. */
import type { KeyFigure } from '../../contract/trace.ts';
import { ATOMS_PER_UNIT, type Atoms } from '../../domain/money.ts';
import type { Tier } from '../../domain/policy.ts';
import { DAY_MS } from '../../domain/time.ts';
import { keyOf, listed, noFigure, type Made, type Maker, type Part } from './nodes.ts';
import { openLots, placeKey } from './balanceNodes.ts';
import { remainingAt } from './partSets.ts';
import { modelPart, tierRulePart } from './ruleNodes.ts';
import type { Tracing } from './tracing.ts';
import { REASONS } from './usageNodes.ts';

/** Figures by the numbers that stand for them in keys. */
export const KEY_FIGURES: readonly KeyFigure[] = [
  'accepted_cost',
  'accepted_count',
  'rejected_cost',
  'rejected_count',
  'overrun',
  'next_expiry',
  'next_tier',
  'next_tier_days',
];

export const figureMakers: readonly (readonly [string, Maker])[] = [
  [
    'figure',
    (tracing, [figure = -1]) => {
      const name = KEY_FIGURES[figure];
      if (name === undefined) throw noFigure();
      return figureNode(tracing, name);
    },
  ],
];

function figureNode(tracing: Tracing, name: KeyFigure): Made {
  const { state, history } = tracing;
  switch (name) {
    case 'accepted_cost':
      return acceptedNode(tracing);
    case 'accepted_count':
      return {
        label: 'Accepted usage rows',
        amount: BigInt(state.accepted.rows) * ATOMS_PER_UNIT,
        unit: 'rows',
        kind: 'sum',
        parts: listed([{ sign: '+', key: keyOf('counted', 0, state.row) }]),
      };
    case 'rejected_cost':
    case 'rejected_count':
      return rejectedNode(tracing, name === 'rejected_count');
    case 'overrun':
      return {
        label: 'Overrun',
        amount: state.overrun,
        kind: 'sum',
        note: 'all usage that no credit covered and that became debt',
        parts: listed([state.overrun === 0n ? null : { sign: '+', key: placeKey('overrun:0', history.end) }]),
      };
    case 'next_expiry':
      return nextExpiryNode(tracing);
    case 'next_tier':
      return nextTierNode(tracing);
    case 'next_tier_days':
      return nextTierDaysNode(tracing);
  }
}

/** By SKU where there are several. */
function acceptedNode(tracing: Tracing): Made {
  const { state, log } = tracing;
  const skus = tracing.remembered('accepted SKUs', () => {
    const totals = log.noTotals();
    for (const { from, to } of tracing.accepted) log.addBySku(from, to, totals);
    const used = log.skus.flatMap((_, sku) => (totals.rows[sku]! > 0 ? [sku] : []));
    return used.sort((a, b) => descending(totals.cost[a]!, totals.cost[b]!));
  });
  return {
    label: 'Accepted usage',
    amount: state.accepted.cost,
    kind: 'sum',
    parts: {
      total: skus.length,
      part: (index) => ({ sign: '+', key: keyOf('used', 0, state.row, skus.length === 1 ? -1 : skus[index]!) }),
    },
  };
}

function descending(a: Atoms, b: Atoms): number {
  return a > b ? -1 : a < b ? 1 : 0;
}

function rejectedNode({ state }: Tracing, isCount: boolean): Made {
  let amount = 0n;
  for (const { rows, cost } of state.rejected.values()) amount += isCount ? BigInt(rows) * ATOMS_PER_UNIT : cost;
  return {
    label: isCount ? 'Rejected usage rows' : 'Rejected usage',
    amount,
    ...(isCount ? { unit: 'rows' } : {}),
    kind: 'sum',
    note: 'it costs nothing',
    parts: listed(
      [...state.rejected.keys()].map((reason): Part => ({
        sign: '+',
        key: keyOf('rejected', REASONS.indexOf(reason), isCount ? 1 : 0),
      })),
    ),
  };
}

function nextExpiryNode(tracing: Tracing): Made {
  const { state, history } = tracing;
  const { end } = history;
  let next = -1;
  for (const lot of openLots(tracing, end)) {
    const { expires_at } = state.book.all[lot]!;
    if (expires_at !== null && (next < 0 || expiresBefore(tracing, lot, next))) next = lot;
  }
  const lot = state.book.all[next];
  if (lot === undefined) return { label: 'Next expiry', amount: null, kind: 'fact', note: 'no credit left expires' };
  return {
    label: 'Next expiry',
    amount: remainingAt(tracing, next, end),
    kind: 'sum',
    ...(lot.expires_at === null ? {} : { at: lot.expires_at }),
    row: { table: 'lots', index: next },
    parts: listed([{ sign: '+', key: keyOf('lot', next, end.steps, end.row) }]),
  };
}

/** Of lots that expire together the earliest bought goes first. */
function expiresBefore({ state }: Tracing, one: number, other: number): boolean {
  const [a, b] = [state.book.all[one]!, state.book.all[other]!];
  const [expiryA, expiryB] = [a.expires_at ?? Infinity, b.expires_at ?? Infinity];
  return expiryA === expiryB ? a.bought_at < b.bought_at : expiryA < expiryB;
}

function nextTier({ state }: Tracing): Tier | undefined {
  const { tiers } = state.policy;
  return tiers[tiers.findIndex(({ name }) => name === state.tier) + 1];
}

function nextTierNode(tracing: Tracing): Made {
  const { state, history } = tracing;
  const { steps } = history;
  const next = nextTier(tracing);
  if (next === undefined) return { label: 'Next tier', amount: null, kind: 'fact', note: 'there is none' };
  const surplus = state.paid > next.paid ? state.paid - next.paid : 0n;
  const label = `Paid that ${next.name} needs`;
  return {
    label: `Missing to ${next.name}`,
    amount: next.paid - state.paid + surplus,
    kind: 'sum',
    parts: listed([
      tierRulePart(tracing, { tier: next.name, field: 'paid', steps }, { sign: '+', label }),
      { sign: '-', key: keyOf('paid', steps) },
      surplus === 0n ? null : modelPart('+', 'Paid beyond it', 'tier needs', surplus),
    ]),
  };
}

function nextTierDaysNode(tracing: Tracing): Made {
  const { state, history } = tracing;
  const { steps } = history;
  const next = nextTier(tracing);
  if (next === undefined) return { label: 'Days to the next tier', amount: null, kind: 'fact', note: 'there is none' };
  const since =
    state.firstPaidAt === null ? 0 : Math.floor((tracing.account.run.state.now - state.firstPaidAt) / DAY_MS);
  const surplus = Math.max(0, since - next.days);
  const days = (count: number): Atoms => BigInt(count) * ATOMS_PER_UNIT;
  const label = `Days that ${next.name} needs`;
  const passed: Part = {
    sign: '-',
    label: 'Whole days since the first payment',
    amount: days(since),
    unit: 'days',
    kind: 'fact',
    ...(state.firstPaidAt === null ? {} : { at: state.firstPaidAt }),
  };
  return {
    label: `Days to ${next.name}`,
    amount: days(next.days - since + surplus),
    unit: 'days',
    kind: 'sum',
    parts: listed([
      tierRulePart(tracing, { tier: next.name, field: 'days', steps }, { sign: '+', label }),
      passed,
      surplus === 0 ? null : { ...modelPart('+', 'Passed beyond them', 'tier needs', days(surplus)), unit: 'days' },
    ]),
  };
}
