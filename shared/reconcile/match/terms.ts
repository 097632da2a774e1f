/**
 * Under which settings items are matched: in every pair those of the source that the statement's item comes from, for they
 * say how that source behaves. Every line of a bridge that joins several accounts is so matched under its own account's
 * window, tolerance and fee, in one search over all of them: lines of two accounts can want one document, and parting them
 * by account would let whichever comes first have it.
 *
 * A group by its reference that has lines of sources under different terms is judged by the settings' own. A ledger item
 * that nothing matched waits as long as the slowest source may take: which one would have brought its counterpart is not
 * known.
 */
import type { MatchSettings, MatchTerms } from './types.ts';

/** Equal ones are one object, so that sources with equal settings are as one. */
export interface Terms extends MatchTerms {
  /** 0: those of the settings themselves. */
  readonly place: number;
}

export class TermsOfSources {
  readonly own: Terms;
  /** All that differ, the settings' own first. */
  readonly all: readonly Terms[];
  readonly #ofSource: ReadonlyMap<string, Terms>;

  constructor(settings: MatchSettings) {
    const known = new Map<string, Terms>();
    const one = (terms: MatchTerms): Terms => {
      const key = keyOf(terms);
      const made = known.get(key) ?? { ...terms, place: known.size };
      known.set(key, made);
      return made;
    };
    this.own = one(settings);
    this.#ofSource = new Map(settings.sources.map(({ source, terms }) => [source, one(terms)]));
    this.all = [...known.values()];
  }

  of(source: string | null): Terms {
    return source === null ? this.own : (this.#ofSource.get(source) ?? this.own);
  }
}

function keyOf(terms: MatchTerms): string {
  const { dateWindow, exceptionWindowDays, amountTolerance, graceDays, group, duplicateDays, feeBps } = terms;
  return [
    ...[dateWindow.before, dateWindow.after, exceptionWindowDays, amountTolerance.abs, amountTolerance.bps],
    ...[graceDays, group.enabled, group.maxSize, duplicateDays, feeBps],
  ].join(' ');
}

/** Those of the statement's items of a group; the settings' own where they differ. */
export function sharedTerms(statement: readonly { readonly terms: Terms }[], own: MatchTerms): MatchTerms {
  const [first] = statement;
  return first !== undefined && statement.every(({ terms }) => terms === first.terms) ? first.terms : own;
}
