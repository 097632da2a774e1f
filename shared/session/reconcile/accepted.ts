/** What people accepted as it is. */
import type { Item } from './item.ts';
import type { LegLink } from './leg.ts';

/** By what people accepted. */
const acceptances = new WeakMap<readonly (readonly string[])[], (items: readonly Item[]) => boolean>();

/** Whether some items lie wholly in something that a person accepted. */
export function acceptedBy(accepted: readonly (readonly string[])[]): (items: readonly Item[]) => boolean {
  const known = acceptances.get(accepted);
  if (known !== undefined) return known;
  const sets = new Map<string, ReadonlySet<string>[]>();
  for (const items of accepted) {
    const set = new Set(items);
    for (const id of items) {
      const others = sets.get(id);
      if (others === undefined) sets.set(id, [set]);
      else others.push(set);
    }
  }
  const isAccepted = (items: readonly Item[]): boolean =>
    sets.size > 0 && (sets.get(items[0]?.id ?? '') ?? []).some((set) => items.every(({ id }) => set.has(id)));
  acceptances.set(accepted, isAccepted);
  return isAccepted;
}

export function isLinkSettled(link: LegLink, isAccepted: (items: readonly Item[]) => boolean): boolean {
  return link.status === 'confirmed' || isAccepted([...link.ledger, ...link.statement]);
}
