/** The bridge: what leads from the ledger's total to the statement's, category by category, in each currency. */
import type { Atoms } from '../../domain/money.ts';
import type { Break, Bridge, BridgeCategory, BridgeStep, Match } from './types.ts';

/** Order of the steps: what is explained, what is on its way, what is wrong. */
const STEPS: readonly BridgeCategory[] = [
  'tax',
  'fee',
  'fx',
  'rounding',
  'timing_prior_period',
  'timing',
  'duplicate_in_ledger',
  'duplicate_in_statement',
  'amount_difference',
  'ambiguous',
  'missing_in_ledger',
  'missing_in_statement',
];

/** What a side counts of one item, or of the items of one match, in a currency. */
export interface Counted {
  readonly currency: string;
  readonly ledger: Atoms;
  readonly statement: Atoms;
}

/**
 * @param counted all items of both sides that are not ignored, once each. Totals come from it, steps from matches and
 * breaks, so that a residual shows what neither explains.
 */
export function bridgesOf(
  counted: readonly Counted[],
  matches: readonly Pick<Match, 'currency' | 'category' | 'difference'>[],
  breaks: readonly Pick<Break, 'currency' | 'category' | 'amount'>[],
): Bridge[] {
  const sums = new Map<string, { ledger: Atoms; statement: Atoms }>();
  for (const { currency, ledger, statement } of counted) {
    const sum = sums.get(currency) ?? { ledger: 0n, statement: 0n };
    sums.set(currency, { ledger: sum.ledger + ledger, statement: sum.statement + statement });
  }
  const steps = stepsOf([
    ...matches.flatMap(({ currency, category, difference }) =>
      category === 'none' ? [] : [{ currency, category, amount: difference }],
    ),
    ...breaks,
  ]);
  return [...sums]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, { ledger, statement }]): Bridge => {
      const own = steps.get(currency) ?? [];
      const difference = statement - ledger;
      const residual = own.reduce((rest, { amount }) => rest - amount, difference);
      return { currency, steps: own, ledger, statement, difference, residual };
    });
}

function stepsOf(
  parts: readonly { readonly currency: string; readonly category: BridgeCategory; readonly amount: Atoms }[],
): Map<string, BridgeStep[]> {
  const byCurrency = new Map<string, Map<BridgeCategory, BridgeStep>>();
  for (const { currency, category, amount } of parts) {
    const steps = byCurrency.get(currency) ?? new Map<BridgeCategory, BridgeStep>();
    byCurrency.set(currency, steps);
    const before = steps.get(category);
    steps.set(category, { category, amount: (before?.amount ?? 0n) + amount, count: (before?.count ?? 0) + 1 });
  }
  return new Map(
    [...byCurrency].map(([currency, steps]) => [currency, STEPS.flatMap((category) => steps.get(category) ?? [])]),
  );
}
