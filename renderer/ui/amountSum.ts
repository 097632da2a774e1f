/** Exact sums of amounts as the worker writes them, for figures that follow from two that it gave. */
import { formatAtoms, parseAmount } from '../../shared/domain/money.ts';

/** `a` plus `b`, or less it. @throws on a text that is no amount, which the worker does not write. */
export function plusAmount(a: string, b: string, sign: 1n | -1n = 1n): string {
  const [one, other] = [parseAmount(a), parseAmount(b)];
  if (typeof one !== 'bigint' || typeof other !== 'bigint') throw new Error(`${a} and ${b} are not both amounts`);
  return formatAtoms(one + sign * other);
}
