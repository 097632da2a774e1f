/** Plants causes in generated accounts and looks at what is made of them. Used by the bench and by its quick slice, a test. */
import { divideRounded, formatAtoms, type Atoms } from '../../shared/domain/money.ts';
import type { Change } from '../../shared/reconcile/explain/model.ts';
import type { Ranked } from '../../shared/reconcile/explain/rank.ts';
import { Search } from '../../shared/reconcile/explain/search.ts';
import type { Account } from '../../shared/session/account.ts';
import { AccountModel, pairsFor, type StatedTotal } from '../../shared/session/explain/accountModel.ts';
import { Measured, type Measure } from '../../shared/session/explain/measures.ts';
import { accountOf, madeFrom, type Made } from './accounts.ts';
import { plantsFrom, type Family, type Plant } from './plants.ts';

const CENT = 10_000_000_000n;
const MONTHS = ['2026-09', '2026-10', '2026-11'];

/** What of an account a vendor's papers state: months, days of one of them, balances, what was paid. */
const MEASURES: readonly { readonly id: string; readonly measure: Measure }[] = [
  ...['2026-10', '2026-09', '2026-11'].map((period) => ({
    id: `usage ${period}`,
    measure: { kind: 'usage', period, day: null, sku: null, exact: true } as const,
  })),
  ...Array.from({ length: 31 }, (_, index) => ({
    id: `usage 2026-10-${String(index + 1).padStart(2, '0')}`,
    measure: { kind: 'usage', period: '2026-10', day: index + 1, sku: null, exact: true } as const,
  })),
  ...[
    '2026-09-16T00:00:00Z',
    '2026-10-02T12:00:00Z',
    '2026-10-25T00:00:00Z',
    '2026-11-15T06:00:00Z',
    '2026-12-02T00:00:00Z',
  ].map((at) => ({
    id: `balance ${at}`,
    measure: { kind: 'balance', at: Date.parse(at), wholeDay: false, stated: 0n } as const,
  })),
  ...MONTHS.map((period) => ({ id: `paid ${period}`, measure: { kind: 'paid', period } as const })),
];

/** What the search, or the service, says of one explanation. */
export interface Found extends Pick<Ranked, 'verdict' | 'rivals'> {
  readonly changes: Readonly<Record<string, Change['value']>>;
  /** Neither the target nor any other total is left open. */
  readonly closesAll: boolean;
}

export interface Outcome {
  readonly seed: number;
  readonly planted: Found['changes'];
  readonly found: readonly Found[];
  /** Place of what was planted, from 1; null where it was not found. */
  readonly place: number | null;
  /** Whether the first is what was planted, or no stated total tells the two apart. */
  readonly first: boolean;
  readonly indistinguishable: boolean;
  readonly tooBold: boolean;
  readonly tried: number;
  readonly ms: number;
}

/** Null where what was planted moves no figure that is stated. */
export async function outcomeOf(seed: number, families: readonly Family[]): Promise<Outcome | null> {
  const made = madeFrom(seed);
  const plants = plantsFrom(seed, families, made);
  const account = await accountOf(made);
  const vendor = await accountOf(asKept(made, plants));
  const totals = statedBy(vendor, plants);
  const base = new Measured(account.run, {});
  const open = totals.filter(({ stated, measure }) => stated !== text(cents(base.figure(measure)!)));
  const target = open[0];
  if (target === undefined || !(await allMatter(made, plants, totals))) return null;
  const started = performance.now();
  const search = new Search(new AccountModel(account, target, totals), { mostPairs: pairsFor(account) });
  search.advance(() => false);
  const ranked = search.findings();
  const ms = performance.now() - started;
  const planted = Object.assign({}, ...plants.map(({ changes }) => changes)) as Outcome['planted'];
  const found = ranked.map(({ changes, verdict, rivals, residual, misses }): Found => ({
    ...{ verdict, rivals, closesAll: residual === 0n && misses === 0 },
    changes: Object.fromEntries(changes.map(({ parameter, value }) => [parameter, value])),
  }));
  const tried = Object.values(search.tried).reduce((sum, count) => sum + count, 0);
  return judged({ seed, planted, found, ms, tried }, (place) =>
    ranked[place]!.figures.every((figure, index) => figure === ranked[0]!.figures[index]),
  );
}

/** @param ties whether nothing that is stated tells the explanation at a place from the first */
export function judged(
  told: Pick<Outcome, 'seed' | 'planted' | 'found' | 'ms' | 'tried'>,
  ties: (place: number) => boolean,
): Outcome {
  const { planted, found } = told;
  const place = found.findIndex(({ changes }) => isSame(changes, planted));
  return {
    ...told,
    place: place < 0 ? null : place + 1,
    first: place === 0,
    indistinguishable: place > 0 && ties(place),
    tooBold: found.some(({ verdict, changes }) => verdict === 'proven' && !isSame(changes, planted)),
  };
}

/** The account with all that is planted; parts of the data, which come last, are those of the time when it happened. */
function asKept(made: Made, plants: readonly Plant[]): Made {
  return plants.reduceRight((before, plant) => plant.made(before), made);
}

function statedBy(vendor: Account, plants: readonly Plant[]): StatedTotal[] {
  const measured = new Measured(vendor.run, {});
  return MEASURES.map(({ id, measure }) => {
    const figure = cents(measured.figure(measure) ?? 0n);
    const stated = plants.reduce(
      (sum, { stated: change }) => (measure.kind === 'usage' ? (change?.(sum, measure, measured) ?? sum) : sum),
      figure,
    );
    return { id, label: id, measure, stated: text(stated) };
  });
}

/** Whether each of several causes moves a figure that the others do not move alone. */
async function allMatter(made: Made, plants: readonly Plant[], totals: readonly StatedTotal[]): Promise<boolean> {
  const parts = plants.flatMap((plant) => plant.parts ?? [plant]);
  if (parts.length < 2) return true;
  for (const part of parts) {
    const others = parts.filter((other) => other !== part);
    const vendor = await accountOf(asKept(made, others));
    if (statedBy(vendor, others).every(({ stated }, index) => stated === totals[index]!.stated)) return false;
  }
  return true;
}

function isSame(changes: Found['changes'], planted: Outcome['planted']): boolean {
  const names = Object.keys(planted);
  return (
    names.length > 0 &&
    Object.keys(changes).length === names.length &&
    names.every((name) => Object.hasOwn(changes, name) && changes[name] === planted[name])
  );
}

function cents(atoms: Atoms): bigint {
  return divideRounded(atoms, CENT, 'half_up');
}

function text(amount: bigint): string {
  const [whole = '0', fraction = ''] = formatAtoms(amount * CENT).split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}
