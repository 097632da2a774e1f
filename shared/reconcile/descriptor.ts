/**
 * Descriptors: the text by which a card or bank line names who was paid. Issuers glue phone numbers, cities and card masks
 * on and cut at different lengths, so they are compared by what comes before.
 */

/** A state or country that ends a descriptor, after the name of a place. */
const TAIL = /^[A-Z]{2,3}$/;

/**
 * Upper case, without `*`, other marks and runs of digits, single blanks; without the place at the end where two letters of
 * a state close it: `HALCYON* API CREDITS 8005551234 SAN FRANCISCO CA` is `HALCYON API CREDITS`.
 */
export function normalisedDescriptor(text: string): string {
  const upper = text.normalize('NFKC').toUpperCase();
  // what a phone number or card mask separates from the name is where the payee sits
  const [name = '', ...rest] = upper.split(/[\s*#]*(?:\d[\d\s()./-]{5,}\d|X{4,}\d*)[\s]*/);
  const kept = name.trim() === '' ? rest.join(' ') : name;
  const words = kept
    .replace(/\p{Number}+/gu, ' ')
    .split(/[^\p{Letter}.&']+/u)
    .map((word) => word.replace(/^[.&']+|[.&']+$/gu, ''))
    .filter((word) => word !== '');
  const last = words.at(-1);
  return words.length > 2 && last !== undefined && TAIL.test(last) && isDomain(words.at(-2))
    ? words.slice(0, -2).join(' ') || words.join(' ')
    : words.join(' ');
}

function isDomain(word: string | undefined): boolean {
  return word?.includes('.') === true;
}

/** Whether a normalised descriptor is that of an alias: it begins with it, or was cut within it after at least six letters. */
export function hasAlias(descriptor: string, alias: string): boolean {
  if (alias === '') return false;
  return descriptor.startsWith(alias) || (descriptor.length >= 6 && alias.startsWith(descriptor));
}
