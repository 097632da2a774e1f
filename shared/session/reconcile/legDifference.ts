/** What a link leaves over, and what that is made of: steps of the bridge that add up to it. */
import type { StepCategory } from '../../contract/reconcile.ts';
import type { Atoms } from '../../domain/money.ts';
import { feeIn, valueOf, type Item } from './item.ts';
import type { LegInput, LegLink } from './leg.ts';
import { atomsOf } from './settings.ts';
import { settingsOfItems } from './sources.ts';

export interface DifferencePart {
  readonly category: StepCategory;
  readonly amount: Atoms;
}

/** Of what a person put together. */
export function differenceByHand(
  ledger: readonly Item[],
  statement: readonly Item[],
  { currency, settings }: LegInput,
): Pick<LegLink, 'difference' | 'category' | 'parts'> {
  const difference = worthOf(statement, currency) - worthOf(ledger, currency);
  const isUntaxed = ledger.every((item) => (item.tax ?? 0n) === 0n);
  const magnitude = difference < 0n ? -difference : difference;
  const category =
    difference === 0n
      ? 'none'
      : isUntaxed && difference === taxOf(statement)
        ? 'tax'
        : difference === feesOf(statement, currency)
          ? 'fee'
          : magnitude <= atomsOf(settingsOfItems(settings, statement).tolerance)
            ? 'rounding'
            : 'amount_difference';
  return { difference, category, parts: partsOf([category, difference]) };
}

/** What matching called a difference, over what the items are worth; beside it what the items themselves state of it. */
export function namedDifference(
  matched: LegLink['category'],
  ledger: readonly Item[],
  statement: readonly Item[],
  isNet: boolean,
  currency: string,
): Pick<LegLink, 'difference' | 'category' | 'parts'> {
  const difference = worthOf(statement, currency) - worthOf(ledger, currency);
  const tax = isNet ? statement.reduce((total, item) => total + netTax(item), 0n) : 0n;
  const fee = feesOf(statement, currency);
  const rest = difference - tax - fee;
  // equal in one currency, and yet not worth the same: what the rates leave
  const named = rest !== 0n && matched === 'none' ? 'fx' : matched;
  const parts = partsOf(['tax', tax], ['fee', fee], [named, rest]);
  const category = rest !== 0n ? named : fee !== 0n ? 'fee' : tax !== 0n ? 'tax' : matched;
  return { difference, category, parts };
}

function partsOf(...all: readonly (readonly [LegLink['category'], Atoms])[]): DifferencePart[] {
  return all.flatMap(([category, amount]) => (amount === 0n || category === 'none' ? [] : [{ category, amount }]));
}

function feesOf(items: readonly Item[], currency: string): Atoms {
  return items.reduce((total, item) => total + feeIn(item, currency), 0n);
}

function worthOf(items: readonly Item[], currency: string): Atoms {
  return items.reduce((total, item) => total + (valueOf(item, currency) ?? 0n), 0n);
}

/** What a document asks for as tax on top of something; nothing where all of it is tax. */
export function netTax({ amount, tax }: Item): Atoms {
  if (tax === null) return 0n;
  return (amount > 0n && tax < amount) || (amount < 0n && tax > amount) ? tax : 0n;
}

function taxOf(items: readonly Item[]): Atoms {
  return items.reduce((total, item) => total + (item.tax ?? 0n), 0n);
}
