/** Causes that are planted: what the vendor does otherwise, and by what name it should be found. */
import type { ChangeValue } from '../../shared/reconcile/explain/model.ts';
import { Random } from '../../shared/scenario/random.ts';
import { costOf, type Made, type Row } from './accounts.ts';

export type Family = 'policy' | 'usage' | 'data' | 'unknown';

export interface Plant {
  readonly family: Family;
  readonly changes: Readonly<Record<string, ChangeValue>>;
  /** The account as the vendor keeps it. */
  readonly made: (made: Made) => Made;
  /** What the vendor makes of a usage figure, in cents. */
  readonly stated?: (cents: bigint) => bigint;
}

type Pick = <T>(values: readonly T[]) => T;

const MINUTE = 60_000;

/** Durations as a scenario and as a control write them. */
const DELAYS = [
  ['PT1M', '1 min'],
  ['PT5M', '5 min'],
  ['PT10M', '10 min'],
  ['PT30M', '30 min'],
  ['PT1H', '1 h'],
] as const;

function setting(path: string, text: ChangeValue, value: unknown): Plant {
  const [group = '', name = ''] = path.split('.');
  return {
    family: 'policy',
    changes: { [path]: text },
    made: (made) => ({ ...made, policy: { ...made.policy, [group]: { ...made.policy[group], [name]: value } } }),
  };
}

function ofRows(parameter: string, value: ChangeValue, change: (row: Row) => Row): Plant {
  return {
    ...{ family: 'usage', changes: { [parameter]: value } },
    made: (made) => ({ ...made, rows: made.rows.map(change).sort((a, b) => a.at - b.at) }),
  };
}

const POLICY: readonly ((pick: Pick, made: Made) => Plant)[] = [
  (pick) => {
    const zone = pick(['America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Asia/Tokyo']);
    const changes = { 'account.timezone': zone };
    return { family: 'policy', changes, made: (made) => ({ ...made, timezone: zone }) };
  },
  (pick) => {
    const [iso, text] = pick(DELAYS);
    return setting('purchase.posting_delay', text, iso);
  },
  (pick) => {
    const [iso, text] = pick(DELAYS);
    return setting('cutoff.delay', text, iso);
  },
  (pick) => {
    const rate = pick(['7', '8.875', '19', '20']);
    return setting('purchase.tax_rate', `${rate} %`, Number(rate) / 100);
  },
  (_pick, { policy }) => {
    const { amount, threshold } = policy['auto_recharge'] as { amount: number; threshold: number };
    const target = amount + threshold;
    const { made } = setting('auto_recharge.top_up_to', null, target);
    return {
      family: 'policy',
      changes: { 'auto_recharge.top_up_to': `${target}.00` },
      made: (before) => {
        const { amount: _, ...rest } = before.policy['auto_recharge'] as Record<string, unknown>;
        return made({ ...before, policy: { ...before.policy, auto_recharge: rest } });
      },
    };
  },
  (pick) => {
    const [iso, text] = pick([
      ['P30D', '30 d'],
      ['P90D', '90 d'],
    ] as const);
    return setting('credits.expire_after', text, iso);
  },
  () => ({
    family: 'policy',
    changes: { 'events[1].priority': '1' },
    made: (made) => ({ ...made, priority: 1 }),
  }),
];

const USAGE: readonly ((pick: Pick, made: Made) => Plant)[] = [
  (pick) => {
    const minutes = pick([15, 30, 60, 120, 360]);
    return ofRows('usage.posting_delay_min', minutes, (row) => ({
      ...row,
      cost: costOf(row, row.at),
      at: row.at + minutes * MINUTE,
    }));
  },
  () =>
    ofRows('usage.priced_at', 'period_start', (row) => {
      const at = new Date(row.at);
      return { ...row, cost: costOf(row, Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)) };
    }),
  () => ofRows('usage.cached_price', 'as_fresh', (row) => ({ ...row, cost: costOf({ ...row, cached: 0 }, row.at) })),
  (pick) => {
    const mode = pick(['ceil', 'floor', 'half_up'] as const);
    const round = { ceil: Math.ceil, floor: Math.floor, half_up: Math.round }[mode];
    return ofRows('usage.rounding', `per_request_${mode}`, (row) => ({
      ...row,
      cost: round(costOf(row, row.at) / 10_000) * 10_000,
    }));
  },
  () => ({
    family: 'usage',
    changes: { 'usage.duplicates': 'identical_once' },
    made: (made) => ({ ...made, rows: made.rows.filter(({ id }) => !id.startsWith('t')) }),
  }),
  (pick) => {
    const ppm = pick([70_000n, 88_750n, 190_000n]);
    return {
      family: 'usage',
      changes: { 'usage.tax': `${String(Number(ppm) / 10_000)} % on top` },
      made: (made) => made,
      stated: (cents) => (cents * (1_000_000n + ppm) + 500_000n) / 1_000_000n,
    };
  },
];

const DATA: readonly ((pick: Pick, made: Made) => Plant)[] = [
  (pick, { rows }) => slice('hour', new Date(pick(rows).at).toISOString().slice(0, 13), pick([-1, 1])),
  (pick, { rows }) => slice('day', new Date(pick(rows).at).toISOString().slice(0, 10), pick([-1, 1])),
  (pick) => slice('key', pick(['web', 'batch', 'ops']), -1),
];

function slice(kind: 'hour' | 'day' | 'key', key: string, times: -1 | 1): Plant {
  const isOf = (row: Row): boolean =>
    kind === 'key' ? row.key === key : new Date(row.at).toISOString().startsWith(key);
  return {
    ...{ family: 'data', changes: { [times === -1 ? 'usage.without' : 'usage.twice']: `${kind} ${key}` } },
    made: (made) => ({
      ...made,
      rows: made.rows.flatMap((row) => (!isOf(row) ? [row] : times === -1 ? [] : [row, { ...row, id: `${row.id}b` }])),
    }),
  };
}

/** Causes that no search knows: a delay that nobody would try, rows that have nothing in common. */
const UNKNOWN: readonly ((pick: Pick, made: Made) => Plant)[] = [
  (pick, { rows }) => {
    // of several hours: one that is lost whole is known
    const [one, ...others] = rows;
    const other = pick(others.filter(({ at }) => Math.abs(at - one!.at) > 60 * MINUTE));
    const lost = new Set([one!.id, other.id, ...Array.from({ length: pick([0, 1, 2, 3]) }, () => pick(rows).id)]);
    return {
      family: 'unknown',
      changes: {},
      made: (made) => ({ ...made, rows: made.rows.filter(({ id }) => !lost.has(id)) }),
    };
  },
  (pick) => {
    const minutes = pick([13, 23, 47, 97, 211]);
    return {
      ...ofRows('', null, (row) => ({ ...row, cost: costOf(row, row.at), at: row.at + minutes * MINUTE })),
      family: 'unknown',
      changes: {},
    };
  },
  (pick) => {
    const more = pick([1, 3, 17, 44]);
    return {
      ...{ family: 'unknown', changes: {} },
      made: (made) => ({
        ...made,
        rows: made.rows.map((row, index) =>
          index % 19 === more % 19 ? { ...row, output: row.output + 100 * more } : row,
        ),
      }),
    };
  },
];

const KINDS: Readonly<Record<Family, readonly ((pick: Pick, made: Made) => Plant)[]>> = {
  policy: POLICY,
  usage: USAGE,
  data: DATA,
  unknown: UNKNOWN,
};

/** One or two causes, of different parameters; parts of the data only one at a time. */
export function plantsFrom(seed: number, families: readonly Family[], made: Made): Plant[] {
  const random = new Random(seed * 7919 + 13);
  const pick: Pick = (values) => values[Math.floor(random.unit() * values.length)]!;
  for (;;) {
    const plants = families.map((family) => pick(KINDS[family])(pick, made));
    const names = plants.flatMap(({ changes }) => Object.keys(changes));
    if (new Set(names).size === names.length) return plants;
  }
}
