/** Pairs that somebody took apart. */
import type { Entry } from './entries.ts';
import type { MatchSettings } from './types.ts';

export class Apart {
  readonly #pairs: ReadonlySet<string>;
  readonly #touched: Readonly<Record<'ledger' | 'statement', ReadonlySet<string>>>;

  constructor({ apart }: Pick<MatchSettings, 'apart'>) {
    this.#pairs = new Set(apart.map(({ ledger, statement }) => JSON.stringify([ledger, statement])));
    this.#touched = {
      ledger: new Set(apart.map(({ ledger }) => ledger)),
      statement: new Set(apart.map(({ statement }) => statement)),
    };
  }

  has(ledger: Entry, statement: Entry): boolean {
    return this.#pairs.size > 0 && this.#pairs.has(JSON.stringify([ledger.item.id, statement.item.id]));
  }

  /** Whether any of these was taken apart from any of those. */
  parts(ledger: readonly Entry[], statement: readonly Entry[]): boolean {
    if (this.#pairs.size === 0) return false;
    const theirs = statement.filter((entry) => this.touches(entry));
    return ledger.some((entry) => this.touches(entry) && theirs.some((other) => this.has(entry, other)));
  }

  /** Whether an item was taken apart from any other; if so, no other item is its like. */
  touches({ side, item }: Entry): boolean {
    return this.#pairs.size > 0 && this.#touched[side].has(item.id);
  }
}
