/** The roll-forward of one month of an open account, with its ties to the journal and the invoices, in either view. */
import type { BookView, BreakageRow, ReconMonth, RollForward, RollForwardRow } from '../../contract/reconcile.ts';
import { ATOMS_PER_UNIT, formatAtoms, parseAmount, type Atoms } from '../../domain/money.ts';
import { DAY_MS, daysFromCivil, instantOfWall, startOfMonth, type Instant, type Zone } from '../../domain/time.ts';
import { breakage, type BreakageLine } from '../../reconcile/breakage.ts';
import { rollForward, type RollForwardLine, type RollForwardSums } from '../../reconcile/rollForward.ts';
import type { Account } from '../account.ts';
import { historyOf } from '../trace/history.ts';
import { balanceMovementsOf } from './balanceMovements.ts';
import { buyerFigures, sellerFigures } from './bookFigures.ts';
import { tiesOf } from './rollForwardTies.ts';

/** A month on the account's clock, `[from, to)`. */
export interface MonthBounds {
  readonly from: Instant;
  readonly to: Instant;
}

/** @throws RangeError where it is no month `YYYY-MM` */
export function monthBounds(month: ReconMonth, zone: Zone): MonthBounds {
  const [, year, number] = /^(\d{4})-(\d{2})$/.exec(month) ?? [];
  const days = daysFromCivil(Number(year ?? 'none'), Number(number ?? 0), 1);
  if (days === null || Number.isNaN(days)) throw new RangeError(`${month} is no month; write one such as 2026-10`);
  const from = instantOfWall(days * DAY_MS, zone);
  return { from, to: startOfMonth(from, zone, 1) };
}

/**
 * @param rate share of paid credits that the seller expects to expire unused, `0` to below `1`; null: what the account's
 * own past shows
 * @throws RangeError where the month or the rate is none
 */
export function rollForwardOf(
  account: Account,
  period: ReconMonth,
  view: BookView,
  by: RollForward['by'],
  rate: string | null = null,
): RollForward {
  const setting = rate === null ? null : rateOf(rate);
  const bounds = monthBounds(period, account.run.input.zone);
  const movements = balanceMovementsOf(account, [bounds.from, bounds.to]);
  const { lines, total } = rollForward(movements, bounds, by);
  const settingAt = (at: Instant): Atoms | null => (isRefundable(account, at) ? 0n : setting);
  const settings = { opening: settingAt(bounds.from), closing: settingAt(bounds.to) };
  const months = view === 'buyer' ? [] : breakage(movements, bounds, settings);
  const figures =
    view === 'buyer'
      ? buyerFigures(account, movements, bounds)
      : sellerFigures(account, movements, bounds, { months, setting, refundable: isRefundable(account, bounds.to) });
  return {
    view,
    by,
    rows: lines.map((line) => rowOf(line.id, labelOf(line), line)),
    total: rowOf('total', 'Total', total),
    ties: tiesOf(account, bounds, total),
    figures: figures.map(({ label, amount, note }) => ({ label, amount: formatAtoms(amount), note })),
    breakage: months.length === 0 ? [] : [...months, totalOf(months)].map(breakageRow),
  };
}

function rateOf(text: string): Atoms {
  const rate = parseAmount(text);
  if (typeof rate !== 'bigint' || rate < 0n || rate >= ATOMS_PER_UNIT)
    throw new RangeError(`${text} is no share of credits; write one from 0 to below 1, such as 0.05`);
  return rate;
}

/** Whether credits are paid back, by the policy in force at a month's end: then the seller expects nothing to lapse. */
function isRefundable(account: Account, at: Instant): boolean {
  const history = historyOf(account);
  const { steps } = history.placeAt(at - 1);
  return history.states[steps]!.policy.credits.refundable;
}

function labelOf({ of, id }: RollForwardLine): string {
  if (of === 'debt') return 'Debt: usage and adjustments beyond credits';
  return of === 'month' ? `Bought or given in ${id}` : id;
}

function rowOf(id: string, label: string, sums: RollForwardSums): RollForwardRow {
  return {
    id,
    label,
    opening: formatAtoms(sums.opening),
    purchases: formatAtoms(sums.purchases),
    grants: formatAtoms(sums.grants),
    adjustments: formatAtoms(sums.adjustments),
    usage: formatAtoms(sums.usage),
    expired: formatAtoms(sums.expired),
    refunds: formatAtoms(sums.refunds),
    transfers: formatAtoms(sums.transfers),
    closing: formatAtoms(sums.closing),
  };
}

function breakageRow({ month, ...line }: BreakageLine): BreakageRow {
  return {
    month,
    bought: formatAtoms(line.bought),
    used: formatAtoms(line.used),
    expected: formatAtoms(line.expected),
    whenExpired: formatAtoms(line.whenExpired),
    inProportion: formatAtoms(line.inProportion),
    liabilityWhenExpired: formatAtoms(line.liabilityWhenExpired),
    liabilityInProportion: formatAtoms(line.liabilityInProportion),
  };
}

function totalOf(months: readonly BreakageLine[]): BreakageLine {
  const sum = (of: (line: BreakageLine) => Atoms): Atoms => months.reduce((all, line) => all + of(line), 0n);
  return {
    month: 'total',
    bought: sum(({ bought }) => bought),
    used: sum(({ used }) => used),
    expected: sum(({ expected }) => expected),
    whenExpired: sum(({ whenExpired }) => whenExpired),
    inProportion: sum(({ inProportion }) => inProportion),
    liabilityWhenExpired: sum(({ liabilityWhenExpired }) => liabilityWhenExpired),
    liabilityInProportion: sum(({ liabilityInProportion }) => liabilityInProportion),
  };
}
