/** What speaks for a match, and what might speak for others: for a person to judge. */
import type { Entry } from './entries.ts';
import type { MatchEvidence } from './types.ts';

export class Evidence {
  readonly #counts: Readonly<Record<'ledger' | 'statement', ReadonlyMap<string, number>>>;

  constructor(ledger: readonly Entry[], statement: readonly Entry[]) {
    this.#counts = { ledger: countsOf(ledger), statement: countsOf(statement) };
  }

  of(ledger: readonly Entry[], statement: readonly Entry[]): MatchEvidence {
    const amounts = new Set([...ledger, ...statement].map(amountKey));
    const others = (side: 'ledger' | 'statement', members: readonly Entry[]): number => {
      const all = [...amounts].reduce((sum, key) => sum + (this.#counts[side].get(key) ?? 0), 0);
      return all - members.length;
    };
    const days = (entries: readonly Entry[]): { first: number; last: number } =>
      entries.reduce(({ first, last }, { day }) => ({ first: Math.min(first, day), last: Math.max(last, day) }), {
        first: Infinity,
        last: -Infinity,
      });
    const [own, theirs] = [days(ledger), days(statement)];
    const stated = new Set(statement.map(({ reference }) => reference));
    return {
      reference: ledger.find(({ reference }) => reference !== null && stated.has(reference))?.item.reference ?? null,
      days: { least: theirs.first - own.last, most: theirs.last - own.first },
      sameAmount: { ledger: others('ledger', ledger), statement: others('statement', statement) },
    };
  }
}

function countsOf(entries: readonly Entry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of entries.map(amountKey)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function amountKey({ item: { currency }, gross }: Entry): string {
  return `${currency} ${gross}`;
}
