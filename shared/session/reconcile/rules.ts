/** A rule made from an example: what begins like it, on its side and in its currency. */
import type { ReconRule } from '../../contract/reconcile.ts';
import { normalisedDescriptor } from '../../reconcile/descriptor.ts';
import type { Item } from './item.ts';

/** Words of a descriptor that stay the same from charge to charge. */
const WORDS = 3;

export function ruleFrom({ side, text, party, currency, kind }: Item, known: readonly ReconRule[]): ReconRule {
  const words = normalisedDescriptor(party !== null && side === 'bank' ? party : text)
    .split(' ')
    .slice(0, WORDS)
    .join(' ');
  const numbers = known.flatMap(({ id }) => Number(/^rule-(\d{1,6})$/.exec(id)?.[1] ?? 0));
  return {
    id: `rule-${Math.max(0, ...numbers) + 1}`,
    name: words === '' ? `${kind} in ${currency}` : words,
    ...{ side, text: words, how: 'begins', low: null, high: null, currency },
    then: kind === 'fee' ? { kind: 'category', category: 'fee' } : { kind: 'ignore', reason: 'Other product' },
  };
}
