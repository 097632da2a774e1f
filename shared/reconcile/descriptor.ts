/**
 * Descriptors: the text by which a card or bank line names who was paid. Issuers glue phone numbers, domains, cities and
 * card masks on, and cut at different lengths; so descriptors are compared by how they begin.
 */

/** A web address, as it ends many descriptors. */
const DOMAIN = /\p{Letter}\.\p{Letter}/u;
/** A card's number with most of it hidden. */
const MASK = /^X{3,}$/;

/**
 * Upper case words without `*`, other marks, runs of digits and card masks; without the web address at the end and the state
 * after it: `HALCYON* API CREDITS 8005551234 HALCYON.EXAMPLE CA` is `HALCYON API CREDITS`. A city stays, for no list of
 * them is complete: what begins alike is alike.
 */
export function normalisedDescriptor(text: string): string {
  const words = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\p{Number}+/gu, ' ')
    .split(/[^\p{Letter}.&']+/u)
    .filter((word) => /\p{Letter}/u.test(word) && !MASK.test(word));
  return withoutAddress(words).join(' ');
}

function withoutAddress(words: readonly string[]): readonly string[] {
  const address = words.findLastIndex((word) => DOMAIN.test(word));
  return address > 0 && address >= words.length - 2 ? withoutAddress(words.slice(0, address)) : words;
}

/** Letters after which a descriptor that was cut short still names its payee. */
const LEAST_CUT = 6;

/** Whether a normalised descriptor is that of an alias: it begins with it, or was cut within it. */
export function hasAlias(descriptor: string, alias: string): boolean {
  if (alias === '') return false;
  return descriptor.startsWith(alias) || (descriptor.length >= LEAST_CUT && alias.startsWith(descriptor));
}
