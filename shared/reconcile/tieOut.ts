/**
 * Tie-outs of a period's figures: whether movements explain the balance that is stated, whether what was paid is what was
 * credited, and which of three sides of one purchase agree.
 */
import type { Atoms } from '../domain/money.ts';

/** Sums of a period. Only adjustments are signed. */
export interface PeriodFigures {
  readonly opening: Atoms;
  readonly purchases: Atoms;
  /** Credit that was given and not bought. */
  readonly grants: Atoms;
  readonly adjustments: Atoms;
  readonly usage: Atoms;
  readonly expired: Atoms;
  readonly refunds: Atoms;
  readonly statedClosing: Atoms;
  /** What left the bank for the purchases; null where it is not known. */
  readonly cashPaid: Atoms | null;
  /** Parts of it that never become credit. */
  readonly tax: Atoms;
  readonly fee: Atoms;
}

/** Cash to credit: `cashPaid - tax - fee = credited`, and what of it is no purchase. */
export interface CashBridge {
  readonly cashPaid: Atoms;
  readonly tax: Atoms;
  readonly fee: Atoms;
  readonly credited: Atoms;
  readonly residual: Atoms;
}

export interface TieOut {
  readonly computedClosing: Atoms;
  readonly statedClosing: Atoms;
  /** Stated less computed. */
  readonly residual: Atoms;
  readonly verdict: 'ties' | 'breaks';
  /** How far below zero the balance was carried, had all usage come before the purchases. */
  readonly negativeCarried: Atoms;
  /** What is left once the purchases have repaid that. */
  readonly availableAfterPurchase: Atoms;
  /** Credit that lapsed unused. */
  readonly breakage: Atoms;
  /** Usage that bought credit paid for, where what was given is used up first. */
  readonly cashFundedUsageIfPromoFirst: Atoms;
  /** Usage that no credit covered: billed in arrears. */
  readonly invoiced: Atoms;
  /** Null where no cash is known. */
  readonly cashBridge: CashBridge | null;
}

/** opening + purchases + grants + adjustments - usage - expired - refunds = closing. A negative closing is legal. */
export function tieOut(figures: PeriodFigures): TieOut {
  const { opening, purchases, grants, adjustments, usage, expired, refunds, statedClosing } = figures;
  const computedClosing = opening + purchases + grants + adjustments - usage - expired - refunds;
  const residual = statedClosing - computedClosing;
  return {
    computedClosing,
    statedClosing,
    residual,
    verdict: residual === 0n ? 'ties' : 'breaks',
    negativeCarried: atLeastZero(usage - opening),
    availableAfterPurchase: computedClosing,
    breakage: expired,
    cashFundedUsageIfPromoFirst: atLeastZero(usage - grants),
    invoiced: atLeastZero(usage - opening - purchases - grants),
    cashBridge: figures.cashPaid === null ? null : cashBridge(figures.cashPaid, figures),
  };
}

function cashBridge(cashPaid: Atoms, { tax, fee, purchases }: PeriodFigures): CashBridge {
  const credited = cashPaid - tax - fee;
  return { cashPaid, tax, fee, credited, residual: credited - purchases };
}

function atLeastZero(amount: Atoms): Atoms {
  return amount > 0n ? amount : 0n;
}

export type ThreeWayState =
  | 'agreed'
  | 'invoiced_not_paid'
  | 'paid_no_document'
  | 'not_simulated'
  | 'simulated_only'
  | 'document_only'
  | 'bank_only'
  | 'simulation_differs'
  | 'payment_differs'
  | 'document_differs'
  | 'all_differ';

/** What each side states of one purchase; null: nothing. */
export interface ThreeWay {
  readonly ledger: Atoms | null;
  readonly invoice: Atoms | null;
  readonly bank: Atoms | null;
}

/**
 * How three sides agree. Where one states nothing and the others differ, the difference is told and not the gap: of a
 * document and the simulation it is the simulation's, of a payment and either of them the payment's.
 * @returns null where no side states anything.
 */
export function threeWayState({ ledger, invoice, bank }: ThreeWay): ThreeWayState | null {
  if (ledger === null) {
    if (invoice === null) return bank === null ? null : 'bank_only';
    if (bank === null) return 'document_only';
    return invoice === bank ? 'not_simulated' : 'payment_differs';
  }
  if (invoice === null) {
    if (bank === null) return 'simulated_only';
    return ledger === bank ? 'paid_no_document' : 'payment_differs';
  }
  if (bank === null) return ledger === invoice ? 'invoiced_not_paid' : 'simulation_differs';
  if (ledger === invoice) return invoice === bank ? 'agreed' : 'payment_differs';
  if (invoice === bank) return 'simulation_differs';
  return ledger === bank ? 'document_differs' : 'all_differ';
}
