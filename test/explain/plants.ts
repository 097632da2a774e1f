/** Causes that are planted: what the vendor does otherwise, and by what name it should be found. */
import type { ChangeValue } from '../../shared/reconcile/explain/model.ts';
import { Random } from '../../shared/scenario/random.ts';
import type { Measure, Measured } from '../../shared/session/explain/measures.ts';
import type { Made } from './accounts.ts';
import { DATA, UNKNOWN } from './dataPlants.ts';
import { POLICY } from './policyPlants.ts';
import { USAGE } from './usagePlants.ts';

/** `arithmetic`: what a figure looks like, see `tells.ts`. */
export type Family = 'policy' | 'usage' | 'data' | 'unknown';

export interface Plant {
  readonly changes: Readonly<Record<string, ChangeValue>>;
  /** The account as the vendor keeps it. */
  readonly made: (made: Made) => Made;
  /** What it is made of: each must move a figure that is stated, or less is planted than it seems. */
  readonly parts?: readonly Plant[];
  /** What the vendor makes of a usage figure in its account, both in cents. */
  readonly stated?: (cents: bigint, measure: Measure & { kind: 'usage' }, vendor: Measured) => bigint;
}

export type Pick = <T>(values: readonly T[]) => T;

/** Null where the account has nothing of its kind. */
export type Planter = (pick: Pick, made: Made) => Plant | null;

const KINDS: Readonly<Record<Family, readonly Planter[]>> = {
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
    const plants = families.flatMap((family) => pick(KINDS[family])(pick, made) ?? []);
    const names = plants.flatMap(({ changes }) => Object.keys(changes));
    if (plants.length === families.length && new Set(names).size === names.length) return plants;
  }
}
