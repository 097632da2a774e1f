/**
 * What an item is that nothing matched. The first that holds:
 *
 * - **ambiguous**: several groups would do, or it has a part in one of several.
 * - **fee, tax**: a statement's line that says so, or that is exactly the fee of a matched item of its days. It has no
 *   counterpart by design.
 * - **timing**: its counterpart may yet come after the period; from `breakOn` on it is a break. **timing of the prior
 *   period**: its counterpart may lie before the period. A ledger item waits as long as any source may take.
 * - **duplicate in statement**: an equal charge of one vendor was matched at most so many days away. In the ledger equal
 *   amounts are the norm (every auto-recharge is one), so there only a repeated reference makes a duplicate.
 * - **missing** on the other side.
 *
 * Items dated after the period serve as counterparts alone; left over, they belong to another period and are ignored.
 */
import type { CalendarDate } from '../../domain/statement.ts';
import { dateOf, dayOf } from '../days.ts';
import { hasAlias, normalisedDescriptor } from '../descriptor.ts';
import { feeOn } from './difference.ts';
import { DAYS, groupBy, referencesClash, type Entry } from './entries.ts';
import type { Made } from './made.ts';
import type { Terms } from './terms.ts';
import type { BreakCategory, MatchSettings } from './types.ts';

/** Words of a line that is a fee, and nothing else. */
const FEE =
  /(?<!\p{L})(?:fees?|service charge|commission|surcharge|auslandseinsatz(?:entgelt)?|fremdwährungsentgelt|entgelt|gebühr(?:en)?|frais|comisi[oó]n|commissioni?)(?!\p{L})/iu;
/** Words of a line that is tax, and nothing else. */
const TAX = /(?<!\p{L})(?:sales tax|tax|vat|gst|igst|cgst|sgst|hst|pst|mwst|ust|umsatzsteuer|tva|iva|btw)(?!\p{L})/iu;

export interface Leftover {
  readonly category: BreakCategory;
  readonly breakOn: CalendarDate | null;
}

/** A line of a statement that says of itself that it is a fee or tax. */
export function isSeparateCharge({ side, item: { description } }: Entry): boolean {
  return side === 'statement' && description !== null && (FEE.test(description) || TAX.test(description));
}

export class Leftovers {
  readonly #terms: readonly Terms[];
  readonly #from: number;
  readonly #to: number;
  readonly #ambiguous: ReadonlyMap<Entry, unknown>;
  readonly #made: readonly Made[];
  /** The statement's matched items by amount and day; made when first asked for. */
  #matched: ReadonlyMap<number, readonly Entry[]> | null = null;
  /** Of them those alike in vendor and in having a reference once. */
  readonly #alike = new Map<number, readonly Entry[]>();
  /** Amounts and days of the fees that matched ledger items would bring. */
  readonly #fees: ReadonlySet<string>;

  /** @throws RangeError where the period has no dates. */
  constructor(
    made: readonly Made[],
    ambiguous: ReadonlyMap<Entry, unknown>,
    period: MatchSettings['period'],
    terms: readonly Terms[],
  ) {
    const from = dayOf(period.from);
    const to = dayOf(period.to);
    if (from === null || to === null) throw new RangeError(`no period: ${period.from} to ${period.to}`);
    this.#terms = terms;
    this.#from = from;
    this.#to = to;
    this.#ambiguous = ambiguous;
    this.#made = made;
    const charged = terms.some(({ feeBps }) => feeBps > 0) ? made : [];
    this.#fees = new Set(
      charged.flatMap(({ ledger, statement }) => {
        const rates = [...new Set(statement.map((entry) => entry.terms.feeBps))].filter((feeBps) => feeBps > 0);
        return ledger.flatMap(({ gross, day, item: { currency } }) =>
          rates.map((feeBps) => `${currency} ${feeOn(gross, feeBps, currency)} ${day}`),
        );
      }),
    );
  }

  /** Whether it lies after the period. */
  isLater({ day }: Entry): boolean {
    return day >= this.#to;
  }

  classify(entry: Entry): Leftover {
    const { side } = entry;
    if (this.#ambiguous.has(entry)) return { category: 'ambiguous', breakOn: null };
    const charge = side === 'statement' ? this.#chargeOf(entry) : null;
    if (charge !== null) return { category: charge, breakOn: null };
    const waits = side === 'ledger' ? this.#terms : [entry.terms];
    const breaksOn = waits.flatMap((terms) => {
      const { latest } = counterpartOf(entry, terms);
      return latest >= this.#to ? [latest + terms.graceDays] : [];
    });
    if (breaksOn.length > 0) return { category: 'timing', breakOn: dateOf(Math.max(...breaksOn)) };
    if (waits.some((terms) => counterpartOf(entry, terms).earliest < this.#from))
      return { category: 'timing_prior_period', breakOn: null };
    if (side === 'ledger') return { category: 'missing_in_statement', breakOn: null };
    return { category: this.#isRepeat(entry) ? 'duplicate_in_statement' : 'missing_in_ledger', breakOn: null };
  }

  #chargeOf(entry: Entry): 'fee' | 'tax' | null {
    const { item, gross, day } = entry;
    if (item.description !== null && FEE.test(item.description)) return 'fee';
    if (item.description !== null && TAX.test(item.description)) return 'tax';
    const { before, after } = entry.terms.dateWindow;
    const { currency } = item;
    return days(day - after, day + before).some((of) => this.#fees.has(`${currency} ${gross} ${of}`)) ? 'fee' : null;
  }

  #isRepeat(entry: Entry): boolean {
    const { duplicateDays } = entry.terms;
    return days(entry.day - duplicateDays, entry.day + duplicateDays)
      .flatMap((day) => this.#alikeAt(entry.amountId, day))
      .some(
        (other) =>
          other.originalId === entry.originalId &&
          !referencesClash(entry, other) &&
          sameVendor(vendorOf(entry), vendorOf(other)),
      );
  }

  #alikeAt(amountId: number, day: number): readonly Entry[] {
    const place = amountId * DAYS + day;
    const known = this.#alike.get(place);
    if (known !== undefined) return known;
    this.#matched ??= groupBy(
      this.#made.flatMap(({ statement }) => statement),
      (entry) => entry.amountId * DAYS + entry.day,
    );
    const alike = new Map(
      (this.#matched.get(place) ?? []).map((entry) => [
        `${entry.originalId} ${entry.reference !== null} ${vendorOf(entry)}`,
        entry,
      ]),
    );
    const made = [...alike.values()];
    this.#alike.set(place, made);
    return made;
  }
}

/** Where the ledger's counterpart comes up to `after` days later, the statement's came up to so many before. */
function counterpartOf(
  { side, day }: Entry,
  { dateWindow: { before, after } }: Terms,
): { readonly earliest: number; readonly latest: number } {
  return side === 'ledger'
    ? { earliest: day - before, latest: day + after }
    : { earliest: day - after, latest: day + before };
}

function days(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

function vendorOf({ item: { description } }: Entry): string | null {
  return description === null ? null : normalisedDescriptor(description);
}

function sameVendor(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other || hasAlias(one, other) || hasAlias(other, one);
}
