/**
 * What an item is that nothing matched. The first that holds:
 *
 * - **ambiguous**: several groups would do, or it has a part in one of several.
 * - **fee, tax**: a statement's line that says so, or that is exactly the fee of a matched item of its days. It has no
 *   counterpart by design.
 * - **timing**: its counterpart may yet come after the period; from `breakOn` on it is a break. **timing of the prior
 *   period**: its counterpart may lie before the period. A ledger item waits as long as any source may take.
 * - **duplicate in statement**: an equal charge of one vendor, in the currency in which it was made, was matched at most
 *   so many days away. In the ledger equal amounts are the norm (every auto-recharge is one), so there only a repeated
 *   reference makes a duplicate.
 * - **missing** on the other side.
 *
 * Items dated after the period serve as counterparts alone; left over, they belong to another period and are ignored.
 */
import type { CalendarDate } from '../../domain/statement.ts';
import { dateOf, dayOf } from '../days.ts';
import { hasAlias, normalisedDescriptor } from '../descriptor.ts';
import { feeOn } from './difference.ts';
import { DAYS, groupBy, paidIdOf, type Entry } from './entries.ts';
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
export function isSeparateCharge(entry: Entry): boolean {
  return entry.side === 'statement' && chargeIn(entry) !== null;
}

function chargeIn(entry: Entry): 'fee' | 'tax' | null {
  if (entry.charge !== undefined) return entry.charge;
  const { description } = entry.item;
  entry.charge = description === null ? null : FEE.test(description) ? 'fee' : TAX.test(description) ? 'tax' : null;
  return entry.charge;
}

/** Days from the first of a period to the first after it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** @throws RangeError where the period has no dates. */
export function periodOf({ period }: Pick<MatchSettings, 'period'>): Period {
  const from = dayOf(period.from);
  const to = dayOf(period.to);
  if (from === null || to === null) throw new RangeError(`no period: ${period.from} to ${period.to}`);
  return { from, to };
}

export interface Rest {
  readonly period: Period;
  /** Under which items of any source are. */
  readonly terms: readonly Terms[];
  /** All that came together. */
  readonly made: readonly Made[];
  readonly ambiguous: ReadonlyMap<Entry, unknown>;
  /** Numbers of what was paid, of which anything is asked. */
  readonly asked: ReadonlySet<number>;
}

export class Leftovers {
  readonly #rest: Rest;
  /** The statement's matched items by what was paid and day; made when first asked for. */
  #matched: ReadonlyMap<number, readonly Entry[]> | null = null;
  /** What is alike in vendor among them. */
  readonly #alike = new Map<number, readonly Alike[]>();
  /** Amounts and days of the fees that matched ledger items would bring. */
  readonly #fees: ReadonlySet<string>;

  constructor(rest: Rest) {
    this.#rest = rest;
    const charged = rest.terms.some(({ feeBps }) => feeBps > 0) ? rest.made : [];
    this.#fees = new Set(
      charged.flatMap(({ ledger, statement }) => {
        const rates = [...new Set(statement.map((entry) => entry.terms.feeBps))].filter((feeBps) => feeBps > 0);
        return ledger.flatMap(({ gross, day, item: { currency } }) =>
          rates.map((feeBps) => `${currency} ${feeOn(gross, feeBps, currency)} ${day}`),
        );
      }),
    );
  }

  classify(entry: Entry): Leftover {
    const { side } = entry;
    const { ambiguous, period, terms: all } = this.#rest;
    if (ambiguous.has(entry)) return { category: 'ambiguous', breakOn: null };
    const charge = side === 'statement' ? this.#chargeOf(entry) : null;
    if (charge !== null) return { category: charge, breakOn: null };
    const waits = side === 'ledger' ? all : [entry.terms];
    const breaksOn = waits.flatMap((terms) => {
      const { latest } = counterpartOf(entry, terms);
      return latest >= period.to ? [latest + terms.graceDays] : [];
    });
    if (breaksOn.length > 0) return { category: 'timing', breakOn: dateOf(Math.max(...breaksOn)) };
    if (waits.some((terms) => counterpartOf(entry, terms).earliest < period.from))
      return { category: 'timing_prior_period', breakOn: null };
    if (side === 'ledger') return { category: 'missing_in_statement', breakOn: null };
    return { category: this.#isRepeat(entry) ? 'duplicate_in_statement' : 'missing_in_ledger', breakOn: null };
  }

  #chargeOf(entry: Entry): 'fee' | 'tax' | null {
    const { item, gross, day } = entry;
    const stated = chargeIn(entry);
    if (stated !== null || this.#fees.size === 0) return stated;
    const { before, after } = entry.terms.dateWindow;
    const { currency } = item;
    return days(day - after, day + before).some((of) => this.#fees.has(`${currency} ${gross} ${of}`)) ? 'fee' : null;
  }

  #isRepeat(entry: Entry): boolean {
    const { duplicateDays } = entry.terms;
    const vendor = vendorOf(entry);
    return days(entry.day - duplicateDays, entry.day + duplicateDays)
      .flatMap((day) => this.#alikeAt(paidIdOf(entry), day))
      .some(
        (alike) =>
          (entry.reference === null || alike.isUnreferred || alike.references.has(entry.reference)) &&
          sameVendor(vendor, alike.vendor),
      );
  }

  #alikeAt(paidId: number, day: number): readonly Alike[] {
    const place = paidId * DAYS + day;
    const known = this.#alike.get(place);
    if (known !== undefined) return known;
    const { made, asked } = this.#rest;
    this.#matched ??= groupBy(
      made.flatMap(({ statement }) => statement.filter((entry) => asked.has(paidIdOf(entry)))),
      (entry) => paidIdOf(entry) * DAYS + entry.day,
    );
    const alike = new Map<string | null, Alike>();
    for (const entry of this.#matched.get(place) ?? []) {
      const { reference } = entry;
      const vendor = vendorOf(entry);
      const one = alike.get(vendor) ?? { vendor, references: new Set(), isUnreferred: false };
      if (reference === null) one.isUnreferred = true;
      else one.references.add(reference);
      alike.set(vendor, one);
    }
    const found = [...alike.values()];
    this.#alike.set(place, found);
    return found;
  }
}

/** Matched items of one day that are alike in vendor and in what was paid. */
interface Alike {
  readonly vendor: string | null;
  readonly references: Set<string>;
  /** One of them states no reference. */
  isUnreferred: boolean;
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
