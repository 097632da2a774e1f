/** The settings of matching: what the log says, over defaults and what documents and bank lines themselves tell. */
import type { ReconSettings } from '../../contract/reconcile.ts';
import { parseAmount, type Atoms } from '../../domain/money.ts';
import { normalisedDescriptor } from '../../reconcile/descriptor.ts';
import type { LoggedSettings } from '../../reconcile/log/acts.ts';
import { dayNumber, descriptorsOf, type Item } from './item.ts';

/** As the conventions of matching have them; and a cent is suggested, for no two systems round alike. */
export const DEFAULT_SETTINGS: ReconSettings = {
  vendor: '',
  aliases: [],
  ...{ before: 0, after: 3, exceptionDays: 15, graceDays: 3, duplicateDays: 3 },
  ...{ tolerance: '0.01', toleranceBps: 0, feeBps: null, rates: [] },
  ...{ groups: true, groupSize: 4 },
  rules: [],
  sources: [],
};

/** How vendors of prepaid credits begin their descriptors on cards. */
const KNOWN_VENDORS = ['OPENAI', 'ANTHROPIC', 'CLAUDE', 'OPENROUTER', 'DEEPSEEK', 'MISTRAL', 'GROQ', 'TOGETHER'];

export function firstWord(text: string): string {
  return normalisedDescriptor(text).split(' ')[0] ?? '';
}

interface Sides {
  readonly documents: readonly Item[];
  readonly bank: readonly Item[];
}

export function settingsFrom(logged: LoggedSettings, sides: Sides): ReconSettings {
  const issuer = sides.documents.find(({ party }) => party !== null)?.party ?? null;
  const aliases = logged.aliases ?? aliasesTold(issuer, sides);
  const [alias = ''] = aliases;
  const vendor = issuer ?? `${alias.slice(0, 1)}${alias.slice(1).toLowerCase()}`;
  return { ...DEFAULT_SETTINGS, vendor, ...logged, aliases };
}

/** By the bank's items, which are made anew where any document is another. */
const told = new WeakMap<readonly Item[], readonly string[]>();

function aliasesTold(issuer: string | null, sides: Sides): readonly string[] {
  const known = told.get(sides.bank) ?? aliasesOf(issuer, sides);
  told.set(sides.bank, known);
  return known;
}

/**
 * Under which name the vendor stands on bank lines, where nobody has said: its own name, a vendor that is known, else the
 * word that begins the most lines that fit a document to the cent. None: every line is taken to be the vendor's.
 */
function aliasesOf(issuer: string | null, { documents, bank }: Sides): readonly string[] {
  const words = new Map<string, Item[]>();
  for (const item of bank) {
    const word = descriptorsOf(item)[0]?.split(' ')[0] ?? '';
    if (word === '') continue;
    const items = words.get(word);
    if (items === undefined) words.set(word, [item]);
    else items.push(item);
  }
  const named = issuer === null ? '' : firstWord(issuer);
  if (words.has(named)) return [named];
  const known = KNOWN_VENDORS.filter((vendor) => words.has(vendor));
  if (known.length > 0) return known;
  const days = new Map<Atoms, Set<number>>();
  for (const { amount, date, standing } of documents) {
    if (standing !== 'booked' || amount === 0n) continue;
    const known = days.get(amount) ?? new Set<number>();
    days.set(amount, known.add(dayNumber(date)));
  }
  const { before, after } = DEFAULT_SETTINGS;
  const fits = ({ amount, original, date }: Item): boolean =>
    days.has(original?.amount ?? amount) &&
    Array.from({ length: before + after + 1 }, (_, back) => dayNumber(date) + before - back).some(
      (day) => days.get(original?.amount ?? amount)?.has(day) === true,
    );
  let best: { readonly word: string; readonly fitting: number } = { word: '', fitting: 0 };
  for (const [word, items] of words) {
    const fitting = items.filter(fits).length;
    if (fitting * 2 > items.length && fitting > best.fitting) best = { word, fitting };
  }
  return best.word === '' ? [] : [best.word];
}

/** @throws RangeError for text that is no exact decimal; settings are checked before they are logged */
export function atomsOf(text: string): Atoms {
  const amount = parseAmount(text);
  if (typeof amount !== 'bigint') throw new RangeError(`${text} is no exact decimal`);
  return amount;
}
