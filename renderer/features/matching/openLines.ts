/** What is chosen in the workbench's two panes, and what its sums come to. Pure. */
import type { OpenLine, Pane } from '../../../shared/contract/reconLists.ts';
import { formatAtoms, parseAmount } from '../../../shared/domain/money.ts';

export interface Chosen {
  readonly count: number;
  /** Null where one of them has no amount in the account's currency. */
  readonly sum: string | null;
}

export function chosenOf(chosen: ReadonlyMap<string, OpenLine>, pane: Pane): Chosen {
  const amounts = [...chosen.values()].filter((line) => line.pane === pane).map(({ amount }) => amount);
  return { count: amounts.length, sum: sumOf(amounts) };
}

/** Exact; null where an amount is not known or cannot be read. */
function sumOf(amounts: readonly (string | null)[]): string | null {
  let sum = 0n;
  for (const amount of amounts) {
    const atoms = amount === null ? null : parseAmount(amount);
    if (typeof atoms !== 'bigint') return null;
    sum += atoms;
  }
  return formatAtoms(sum);
}

/** Bank less the others; null where a sum is not known. */
export function differenceOf(bank: Chosen, other: Chosen): string | null {
  if (bank.sum === null || other.sum === null) return null;
  const [paid, asked] = [parseAmount(bank.sum), parseAmount(other.sum)];
  return typeof paid === 'bigint' && typeof asked === 'bigint' ? formatAtoms(paid - asked) : null;
}
