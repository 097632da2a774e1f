/** Which items count: what a person said of one, then rules in their order, then whose lines the vendor's are. */
import type { ReconRule, ReconSettings, StepCategory } from '../../contract/reconcile.ts';
import { hasAlias, normalisedDescriptor } from '../../reconcile/descriptor.ts';
import type { Decisions } from '../../reconcile/log/fold.ts';
import { dayNumber, descriptorsOf, type Item } from './item.ts';
import { eachOf, type Steps } from '../inPieces.ts';
import { atomsOf } from './settings.ts';

export interface Scoped {
  readonly item: Item;
  /** Why it does not count; null where it does. */
  readonly ignored: string | null;
  /** What a rule says that it is; it is matched with nothing then. */
  readonly category: StepCategory | null;
}

/** Of an in-scope charge: as much as cards add for foreign use, with room. */
const FEE_BPS = { least: 20n, most: 400n };
const FEE_DAYS = 4;

const OTHER_VENDOR = 'Other vendor';

export function* scopedSteps(items: readonly Item[], settings: ReconSettings, decisions: Decisions): Steps<Scoped[]> {
  const fits = settings.rules.map((rule) => ({ rule, fits: ruleTest(rule) }));
  const aliases = settings.aliases.map(normalisedDescriptor).filter((alias) => alias !== '');
  const named = (item: Item): boolean =>
    descriptorsOf(item).some((words) => aliases.some((alias) => hasAlias(words, alias)));
  const first = yield* eachOf('items', items, (item): Scoped | null => {
    const ignored = decisions.ignored.get(item.id);
    if (ignored !== undefined) return { item, ignored, category: null };
    if (decisions.heeded.has(item.id)) return { item, ignored: null, category: null };
    const then = fits.find((rule) => rule.fits(item))?.rule.then;
    if (then?.kind === 'ignore') return { item, ignored: then.reason, category: null };
    if (then?.kind === 'category') return { item, ignored: null, category: then.category };
    if (then?.kind === 'in_scope' || item.side !== 'bank' || aliases.length === 0 || named(item))
      return { item, ignored: null, category: null };
    return null;
  });
  const feeOf = feeTest(first.flatMap((known) => (known?.ignored === null ? [known.item] : [])));
  return items.map(
    (item, index): Scoped =>
      first[index] ?? { item, ignored: item.kind === 'fee' && feeOf(item) ? null : OTHER_VENDOR, category: null },
  );
}

/** A fee names the bank and not the vendor: it counts where it is a card's part of a charge that does. */
function feeTest(charges: readonly Item[]): (fee: Item) => boolean {
  const byDay = new Map<number, Item[]>();
  for (const item of charges) {
    if (item.side !== 'bank' || item.amount <= 0n) continue;
    const day = dayNumber(item.date);
    const known = byDay.get(day);
    if (known === undefined) byDay.set(day, [item]);
    else known.push(item);
  }
  return (fee) => {
    const day = dayNumber(fee.date);
    return Array.from({ length: FEE_DAYS + 1 }, (_, back) => byDay.get(day - back) ?? [])
      .flat()
      .some(
        ({ amount, currency }) =>
          currency === fee.currency &&
          fee.amount * 10_000n >= amount * FEE_BPS.least &&
          fee.amount * 10_000n <= amount * FEE_BPS.most,
      );
  };
}

export function ruleTest(rule: ReconRule): (item: Item) => boolean {
  const text = normalisedDescriptor(rule.text);
  const low = rule.low === null ? null : atomsOf(rule.low);
  const high = rule.high === null ? null : atomsOf(rule.high);
  return (item) =>
    item.side === rule.side &&
    (rule.currency === null || item.currency === rule.currency) &&
    (low === null || item.amount >= low) &&
    (high === null || item.amount <= high) &&
    descriptorsOf(item).some((words) => (rule.how === 'begins' ? words.startsWith(text) : words.includes(text)));
}
