/** What of a bridge's matching stays from one act to the next. */
import { Matching } from '../../reconcile/match/matching.ts';
import type { Break, Ignored, Match, MatchItem } from '../../reconcile/match/types.ts';
import { differing, MadeInOrder } from './inOrder.ts';
import type { Item } from './item.ts';
import type { LegBreak, LegLink, LegOutcome } from './leg.ts';
import type { Scoped } from './scope.ts';

/** What of one matching stays for the next. */
export class KeptPart {
  readonly matching = new Matching();
  readonly ledger = new MadeInOrder<Item, MatchItem>();
  readonly statement = new MadeInOrder<Item, MatchItem>();
  readonly links = new MadeInOrder<Match, LegLink>();
  readonly breaks = new MadeInOrder<Break, LegBreak>();
  readonly ignored = new MadeInOrder<Ignored, LegOutcome['ignored'][number]>();
  readonly categorised = new MadeInOrder<Scoped, LegBreak>();
}

/** What of a bridge stays from one act to the next. */
export class KeptLeg {
  readonly #parts = new Map<string, KeptPart>();
  readonly #byId = new Map<string, Item>();
  #items: readonly Item[] = [];
  #under = '';

  /** Kept up to date, for most items stay. */
  itemsById(items: readonly Item[]): ReadonlyMap<string, Item> {
    const { gone, added } = differing(this.#items, items);
    for (const { id } of gone) this.#byId.delete(id);
    for (const item of added) this.#byId.set(item.id, item);
    this.#items = items;
    return this.#byId;
  }

  /** @param under what all of it rests on */
  part(name: string, under: string): KeptPart {
    if (under !== this.#under) this.#parts.clear();
    this.#under = under;
    const known = this.#parts.get(name) ?? new KeptPart();
    this.#parts.set(name, known);
    return known;
  }
}
