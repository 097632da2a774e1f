/** Amounts as people type them, exact. Pure. */
import { formatAtoms, parseAmount } from '../../../shared/domain/money.ts';

/** Grouping commas and a true minus are taken; null where the text is no amount. */
export function readAmount(text: string): string | null {
  const plain = text
    .trim()
    .replace(/^−/, '-')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  if (!/^-?\d+(?:\.\d+)?$/.test(plain)) return null;
  const atoms = parseAmount(plain);
  return typeof atoms === 'bigint' ? formatAtoms(atoms) : null;
}

/** What parts leave of the whole; null where one of them is no amount. */
export function leftOf(whole: string, parts: readonly string[]): string | null {
  let left = parseAmount(whole);
  for (const part of parts) {
    const read = readAmount(part);
    const atoms = read === null ? null : parseAmount(read);
    if (typeof atoms !== 'bigint' || typeof left !== 'bigint') return null;
    left -= atoms;
  }
  return typeof left === 'bigint' ? formatAtoms(left) : null;
}
