/** References: invoice numbers and end-to-end ids, which banks and PDF readers cut, respell and pad. */

/** What banks write where the payer gave no reference. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['NOTPROVIDED', 'NONREF', 'NOREF', 'NA', 'NONE']);

/**
 * What two references are compared by: their letters and digits, in upper case. Hyphens get lost (a PDF may map one to
 * U+0000), so nothing else counts. Null where nothing is left.
 */
export function referenceKey(text: string): string | null {
  const key = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '');
  return key === '' ? null : key;
}

/** The reference as written, or null where it is none. */
export function statedReference(text: string | null): string | null {
  const key = referenceKey(text ?? '');
  return key === null || PLACEHOLDERS.has(key) ? null : (text ?? '').trim();
}
