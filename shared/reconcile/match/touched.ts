/** What is another than when items were matched before, and what it may have to do with. */
import type { Open } from './candidates.ts';
import { sharedReferences } from './candidates.ts';
import { isReferred, type Entry } from './entries.ts';
import type { SideEntries } from './sides.ts';
import type { MatchSettings } from './types.ts';

type Apart = MatchSettings['apart'];

export class Touched {
  /** Numbers of amounts of which anything is another. */
  readonly amounts = new Set<number>();
  readonly #references = new Set<string>();

  /** @param sides with what came and went; @param before pairs that were taken apart then, @param now that are now */
  constructor(sides: { readonly ledger: SideEntries; readonly statement: SideEntries }, before: Apart, now: Apart) {
    const ids = { ledger: new Set<string>(), statement: new Set<string>() };
    for (const { ledger, statement } of notIn(before, now).concat(notIn(now, before))) {
      ids.ledger.add(ledger);
      ids.statement.add(statement);
    }
    for (const side of ['ledger', 'statement'] as const) {
      const { added, gone, listed } = sides[side];
      for (const entries of [added, gone]) for (const entry of entries) this.add(entry);
      if (ids[side].size > 0) for (const entry of listed) if (ids[side].has(entry.item.id)) this.add(entry);
    }
  }

  add({ amountId, originalId, reference }: Entry): void {
    this.amounts.add(amountId);
    if (originalId !== -1) this.amounts.add(originalId);
    if (reference !== null) this.#references.add(reference);
  }

  /** Those that state a reference of any that is touched. */
  byReference({ ledger, statement, ...rest }: Open): Open {
    const of = (entries: readonly Entry[]): Entry[] =>
      this.#references.size === 0
        ? []
        : entries.filter(({ reference }) => reference !== null && this.#references.has(reference));
    return { ledger: of(ledger), statement: of(statement), ...rest };
  }

  /**
   * Those that equal amounts lead to from any that is touched, be it over what was paid in another currency, or over a
   * reference that both sides state and that settled nothing: it decides who is alike.
   */
  byAmount({ ledger, statement, ...rest }: Open): Open {
    if (this.amounts.size === 0) return { ledger: [], statement: [], ...rest };
    const found = new Set(this.amounts);
    const references = new Set(this.#references);
    const shared = sharedReferences(ledger, statement, isSought);
    const refers = ({ reference }: Entry): boolean =>
      reference !== null && (shared.has(reference) || references.has(reference));
    const leading: Entry[] = [];
    for (const entries of [ledger, statement])
      for (const entry of entries) {
        const isTwo = entry.originalId !== -1 && entry.side === 'statement';
        if ((isTwo || (entry.reference !== null && refers(entry))) && isSought(entry)) leading.push(entry);
      }
    for (let isMore = true; isMore;) {
      const before = found.size + references.size;
      for (const entry of leading) {
        const { amountId, originalId, reference } = entry;
        const isIn = found.has(amountId) || found.has(originalId) || (reference !== null && references.has(reference));
        if (!isIn) continue;
        found.add(amountId);
        if (originalId !== -1) found.add(originalId);
        if (reference !== null && refers(entry)) references.add(reference);
      }
      isMore = found.size + references.size > before;
    }
    const of = (entries: readonly Entry[]): Entry[] =>
      entries.filter(({ amountId, originalId }) => found.has(amountId) || found.has(originalId));
    return { ledger: of(ledger), statement: of(statement), ...rest };
  }
}

/** Exact amounts are looked for on its behalf. */
function isSought(entry: Entry): boolean {
  return entry.dropped === null && !isReferred(entry);
}

function notIn(some: Apart, others: Apart): Apart[number][] {
  if (some === others) return [];
  const keys = new Set(others.map(({ ledger, statement }) => JSON.stringify([ledger, statement])));
  return some.filter(({ ledger, statement }) => !keys.has(JSON.stringify([ledger, statement])));
}
