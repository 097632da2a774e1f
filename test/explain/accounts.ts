/**
 * Generated accounts for explaining: three months of requests, recharges and a grant, and the same as a vendor keeps it that
 * follows other rules. The vendor's side is made of other input, never by what is under test.
 */
import type { Account } from '../../shared/session/account.ts';
import { openScenario } from '../../shared/session/account.ts';
import { Random } from '../../shared/scenario/random.ts';
import { context, surroundings } from '../surroundings.ts';

export interface Row {
  readonly at: number;
  /** End of the time that it covers; null for a request. */
  readonly until: number | null;
  /** Empty for what covers a time. */
  readonly id: string;
  readonly file: File;
  readonly model: string;
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly key: string;
  readonly project: string;
  /** What it costs, in micro-units; null where it is priced. */
  readonly cost: number | null;
}

/** The log; a later one, with grown copies of some of its rows; sums of some hours by project. */
export type File = 'usage.csv' | 'late.csv' | 'hours.csv';
export const FILES: readonly File[] = ['usage.csv', 'late.csv', 'hours.csv'];

/** All that an account is made of. */
export interface Made {
  readonly policy: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly timezone: string;
  readonly priority: number;
  readonly rows: readonly Row[];
}

const HOUR = 3_600_000;
const START = Date.UTC(2026, 8, 1);
const END = Date.UTC(2026, 11, 1);
export const RATE_CHANGE = Date.UTC(2026, 9, 14, 12);

/** Micro-units per token: input, cached, output; before and after the change. */
export const PRICES: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  large: [
    [5, 2.5, 20],
    [6, 3, 24],
  ],
  small: [
    [1, 0.25, 4],
    [1.5, 0.5, 6],
  ],
};

/**
 * The same seed makes the same account. In some of them part of the usage came in a later file, or as sums of some hours; in
 * some every request costs whole quarters, so that balances meet thresholds exactly.
 */
export function madeFrom(seed: number): Made {
  const random = new Random(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random.unit() * values.length)]!;
  const [isRound, hasLate, hasHours] = [seed % 5 === 4, random.unit() < 0.5, random.unit() < 0.4];
  const count = 160 + Math.floor(random.unit() * 120);
  const requests = Array.from({ length: count }, (_, index): Row => {
    // some near the ends of months, where clocks decide
    const edge = pick([Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1)]) + Math.floor((random.unit() - 0.5) * 30 * HOUR);
    const at = random.unit() < 0.2 ? edge : START + 10 * HOUR + Math.floor(random.unit() * (END - START - 11 * HOUR));
    const input = 20_000 + Math.floor(random.unit() * 180_000);
    return {
      ...{ at, until: null, id: `r${index}`, file: 'usage.csv', model: pick(['large', 'large', 'small']), input },
      cached: random.unit() < 0.4 ? Math.floor(input * random.unit()) : 0,
      output: 500 + Math.floor(random.unit() * 12_000),
      ...{ key: pick(['web', 'batch', 'ops']), project: pick(['alpha', 'alpha', 'beta', 'gamma']) },
      cost: isRound ? 250_000 * (1 + Math.floor(random.unit() * 8)) : null,
    };
  });
  // a file may hold equal rows
  const twins = requests.slice(0, 3).map((row, index) => ({ ...row, id: `t${index}` }));
  const late = hasLate ? requests.slice(10, 16) : [];
  const grown = late.slice(0, 3).map((row): Row => ({ ...row, file: 'late.csv', output: row.output + 4_000 }));
  const rows = requests.map((row): Row => (late.slice(3).includes(row) ? { ...row, file: 'late.csv' } : row));
  return {
    policy: {
      purchase: { posting_delay: pick(['PT0S', 'PT2M']) },
      cutoff: { delay: pick(['PT0S', 'PT5M', 'PT1H']) },
      credits: { expire_after: pick(['P1Y', 'P60D', 'P30D']) },
      // without it credits run out, and access closes
      auto_recharge: { enabled: random.unit() < 0.6, threshold: pick([5, 10, 20]), amount: pick([25, 40, 50]) },
    },
    timezone: 'UTC',
    priority: 0,
    rows: [...rows, ...twins, ...grown, ...(hasHours ? hoursFrom(random) : [])].sort((a, b) => a.at - b.at),
  };
}

/** Sums of six hours each, some over midnight. */
function hoursFrom(random: Random): Row[] {
  return Array.from({ length: 9 }, (_, index): Row => {
    const at = Date.UTC(2026, 9, 2 + 3 * index, Math.floor(random.unit() * 24));
    return {
      ...{ at, until: at + 6 * HOUR, id: '', file: 'hours.csv', model: index % 2 === 0 ? 'large' : 'small' },
      ...{ input: 150_000 + Math.floor(random.unit() * 200_000), cached: 0, output: 5_000 },
      ...{ key: '', project: index % 3 === 0 ? 'beta' : 'alpha', cost: null },
    };
  });
}

/** Micro-units that a row costs, at the prices in force at an instant. */
export function costOf({ model, input, cached, output, cost }: Row, at: number): number {
  if (cost !== null) return cost;
  const [price] = PRICES[model]!.slice(at < RATE_CHANGE ? 0 : 1);
  return Math.round((input - cached) * price![0] + cached * price![1] + output * price![2]);
}

export async function accountOf({ policy, timezone, priority, rows }: Made): Promise<Account> {
  const rates = Object.entries(PRICES).map(([model, entries]) => [
    model,
    entries.map(([input_tokens, cached_input_tokens, output_tokens], index) => ({
      from: new Date(index === 0 ? START : RATE_CHANGE).toISOString(),
      ...{ input_tokens, cached_input_tokens, output_tokens, per: 1_000_000 },
    })),
  ]);
  const scenario = {
    ...{ drawdown: 1, title: 'generated' },
    account: { opened: '2026-09-01T00:00:00Z', timezone },
    ...{ policy, rates: Object.fromEntries(rates) as unknown, until: '2026-12-03T00:00:00Z' },
    events: [
      { at: '2026-09-01T00:00:00Z', type: 'purchase', amount: 40, id: 'first' },
      {
        at: '2026-09-03T08:00:00Z',
        type: 'grant',
        amount: 15,
        id: 'promo',
        expires_at: '2026-10-20T00:00:00Z',
        priority,
      },
      { at: '2026-10-05T13:27:00Z', type: 'purchase', amount: 30, id: 'second' },
      { at: '2026-10-19T09:41:00Z', type: 'purchase', amount: 20, id: 'third' },
      { at: '2026-11-08T17:05:00Z', type: 'purchase', amount: 25, id: 'fourth' },
    ],
  };
  const more = FILES.flatMap((file) => fileOf(file, rows));
  const find = (): Promise<null> => Promise.resolve(null);
  const opened = await openScenario(
    { name: 'generated.yaml', text: JSON.stringify(scenario) },
    { find, more },
    surroundings,
    context,
  );
  if (!opened.ok) throw new Error(opened.problems.map(({ message }) => message).join('\n'));
  return opened.account;
}

function fileOf(name: File, all: readonly Row[]): { readonly name: string; readonly content: Uint8Array }[] {
  const rows = all.filter(({ file }) => file === name);
  if (rows.length === 0) return [];
  const time = (at: number): string => new Date(at).toISOString();
  const lines = rows.map((row) => {
    const { at, until, id, model, input, cached, output, key, project, cost } = row;
    const first = until === null ? [time(at), id] : [time(at), time(until)];
    return [...first, model, input - cached, cached, output, key, project, cost === null ? '' : micro(cost)].join(',');
  });
  const columns = 'model,input_tokens,cached_input_tokens,output_tokens,api_key,project,cost';
  const head = name === 'hours.csv' ? `bucket_start,bucket_end,${columns}` : `timestamp,id,${columns}`;
  return [{ name, content: new TextEncoder().encode([head, ...lines].join('\n')) }];
}

function micro(cost: number): string {
  return `${Math.floor(cost / 1_000_000)}.${String(cost % 1_000_000).padStart(6, '0')}`;
}
