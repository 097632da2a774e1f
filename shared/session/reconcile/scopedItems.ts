/** Items with what decides whether they count, kept from one act to the next: an act looks anew at those it is about. */
import type { ReconMonth, ReconSettings } from '../../contract/reconcile.ts';
import type { Decisions } from '../../reconcile/log/fold.ts';
import { atOnce, type Steps } from '../inPieces.ts';
import { monthOfDate, type Item } from './item.ts';
import { scopedSteps, type Scoped } from './scope.ts';

export interface ScopedItems {
  readonly items: readonly Scoped[];
  readonly byId: ReadonlyMap<string, Item>;
  readonly byMonth: ReadonlyMap<ReconMonth, readonly Scoped[]>;
}

interface Kept extends ScopedItems {
  /** What of the settings decides whether an item counts. */
  readonly settings: string;
  readonly ignored: Decisions['ignored'];
  readonly heeded: Decisions['heeded'];
  /** Whether a fee counts depends on the bank's charges about it. */
  readonly hasFees: boolean;
}

/** The last of each list of items. */
const kept = new WeakMap<readonly Item[], Kept>();

export function* scopedItems(all: readonly Item[], settings: ReconSettings, decisions: Decisions): Steps<ScopedItems> {
  const { ignored, heeded } = decisions;
  const text = JSON.stringify([settings.aliases, settings.rules]);
  const before = kept.get(all);
  const changed = before?.settings === text ? changedItems(before, decisions) : null;
  const isAnew =
    before === undefined || changed === null || (before.hasFees && changed.some(({ side }) => side === 'bank'));
  const made: Kept = isAnew
    ? { ...(yield* scopedAnew(all, settings, decisions)), settings: text, ignored, heeded, hasFees: all.some(isFee) }
    : {
        ...withChanged(before, changed, settings, decisions),
        settings: text,
        ignored,
        heeded,
        hasFees: before.hasFees,
      };
  kept.set(all, made);
  return made;
}

function isFee({ side, kind }: Item): boolean {
  return side === 'bank' && kind === 'fee';
}

/** Items about which something else is decided now. */
function changedItems({ ignored, heeded, byId }: Kept, now: Decisions): Item[] {
  const ids = new Set<string>();
  for (const [id, why] of now.ignored) if (ignored.get(id) !== why) ids.add(id);
  for (const id of ignored.keys()) if (!now.ignored.has(id)) ids.add(id);
  for (const id of now.heeded) if (!heeded.has(id)) ids.add(id);
  for (const id of heeded) if (!now.heeded.has(id)) ids.add(id);
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}

function withChanged(
  { items, byId, byMonth }: Kept,
  changed: readonly Item[],
  settings: ReconSettings,
  decisions: Decisions,
): ScopedItems {
  if (changed.length === 0) return { items, byId, byMonth };
  const anew = new Map(atOnce(scopedSteps(changed, settings, decisions)).map((one) => [one.item, one]));
  const now = (of: readonly Scoped[]): Scoped[] => of.map((one) => anew.get(one.item) ?? one);
  const months = new Set(changed.map(({ date }) => monthOfDate(date)));
  return {
    items: now(items),
    byId,
    byMonth: new Map([...byMonth].map(([month, own]) => [month, months.has(month) ? now(own) : own])),
  };
}

function* scopedAnew(all: readonly Item[], settings: ReconSettings, decisions: Decisions): Steps<ScopedItems> {
  const items = yield* scopedSteps(all, settings, decisions);
  const byMonth = new Map<ReconMonth, Scoped[]>();
  for (const one of items) {
    const month = monthOfDate(one.item.date);
    const known = byMonth.get(month);
    if (known === undefined) byMonth.set(month, [one]);
    else known.push(one);
  }
  return { items, byMonth, byId: new Map(all.map((item) => [item.id, item])) };
}
