/** What a difference between statement and ledger is: tax, fee, rounding, or not known. */
import { divideRounded, minorDigitsOf, roundToMinor, type Atoms } from '../../domain/money.ts';
import type { Entry } from './entries.ts';
import type { DifferenceCategory, MatchTerms } from './types.ts';

/** Parts that a whole has in `bps`. */
export const BPS = 10_000n;

/** So many 1/10,000 of an amount, rounded half away from zero to the currency's minor unit. */
export function feeOn(amount: Atoms, feeBps: number, currency: string): Atoms {
  return roundToMinor(divideRounded(amount * BigInt(feeBps), BPS, 'half_up'), minorDigitsOf(currency), 'half_up');
}

/** How far from a ledger's amount an amount may lie: the wider of both limits. */
export function toleranceOn(amount: Atoms, { amountTolerance: { abs, bps } }: MatchTerms): Atoms {
  const share = (magnitude(amount) * BigInt(bps)) / BPS;
  return share > abs ? share : abs;
}

/** Tax that the items state; null where none states any. */
export function taxOf(entries: readonly Entry[]): Atoms | null {
  const stated = entries.flatMap(({ item }) => (item.tax === null ? [] : [item.tax]));
  return stated.length === 0 ? null : stated.reduce((sum, tax) => sum + tax, 0n);
}

export interface Sums {
  readonly ledger: Atoms;
  readonly statement: Atoms;
  readonly ledgerTax: Atoms | null;
  readonly statementTax: Atoms | null;
  /** Fee that the ledger's items would bring, each rounded by itself. */
  readonly fee: Atoms;
}

/**
 * Names a difference between sums that belong together: tax where the documents' tax is the difference, fee where the
 * rule gives it to the cent, rounding within the tolerance. `amount_difference`: it needs a decision.
 */
export function nameDifference(sums: Sums, currency: string, terms: MatchTerms): DifferenceCategory {
  const difference = sums.statement - sums.ledger;
  if (difference === 0n) return 'none';
  const { statementTax, ledgerTax } = sums;
  if (statementTax !== null && (difference === statementTax || difference === statementTax - (ledgerTax ?? 0n)))
    return 'tax';
  if (terms.feeBps > 0 && (difference === sums.fee || difference === feeOn(sums.ledger, terms.feeBps, currency)))
    return 'fee';
  return magnitude(difference) <= toleranceOn(sums.ledger, terms) ? 'rounding' : 'amount_difference';
}

export function magnitude(amount: Atoms): Atoms {
  return amount < 0n ? -amount : amount;
}

/** The greatest common divisor; of 0 and another the other. */
export function divisor(one: bigint, other: bigint): bigint {
  return other === 0n ? magnitude(one) : divisor(other, one % other);
}
