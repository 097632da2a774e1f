/** What speaks for a match, and what might speak for others: for a person to judge. */
import type { Entry } from './entries.ts';
import type { MatchEvidence } from './types.ts';

export class Evidence {
  /** Entries by the number of their amount. */
  readonly #ledger: Uint32Array;
  readonly #statement: Uint32Array;

  /** @param amounts numbers of amounts that there are */
  constructor(ledger: readonly Entry[], statement: readonly Entry[], amounts: number) {
    this.#ledger = countsOf(ledger, amounts);
    this.#statement = countsOf(statement, amounts);
  }

  of(ledger: readonly Entry[], statement: readonly Entry[]): MatchEvidence {
    const amounts = new Set<number>();
    for (const { amountId } of ledger) amounts.add(amountId);
    for (const { amountId } of statement) amounts.add(amountId);
    let [own, theirs] = [-ledger.length, -statement.length];
    for (const key of amounts) {
      own += this.#ledger[key] ?? 0;
      theirs += this.#statement[key] ?? 0;
    }
    const [mine, others] = [daysOf(ledger), daysOf(statement)];
    return {
      reference: sharedReference(ledger, statement),
      days: { least: others.first - mine.last, most: others.last - mine.first },
      sameAmount: { ledger: own, statement: theirs },
    };
  }
}

function sharedReference(ledger: readonly Entry[], statement: readonly Entry[]): string | null {
  const stated = new Set<string>();
  for (const { reference } of statement) if (reference !== null) stated.add(reference);
  if (stated.size === 0) return null;
  return ledger.find(({ reference }) => reference !== null && stated.has(reference))?.item.reference ?? null;
}

function daysOf(entries: readonly Entry[]): { first: number; last: number } {
  let [first, last] = [Infinity, -Infinity];
  for (const { day } of entries) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return { first, last };
}

function countsOf(entries: readonly Entry[], amounts: number): Uint32Array {
  const counts = new Uint32Array(amounts);
  for (const { amountId } of entries) counts[amountId] = (counts[amountId] ?? 0) + 1;
  return counts;
}
