/** The key figures as words: pure, from the worker's view. */
import type { AccountView, ChartSpan } from '../../../shared/contract/engine.ts';
import { wallFields, zoneOf, type Zone } from '../../../shared/domain/time.ts';
import type { LegendKey } from '../../ui/chart/legendKeys.ts';
import { amountText, countText, isZero } from '../../ui/amountText.ts';
import { dayText, timeText } from '../../ui/format.ts';

export const UTC_ZONE = zoneOf('UTC') as Zone;

/** The account's clock; UTC where this platform does not know the zone. */
export function accountZone(view: AccountView): Zone {
  return zoneOf(view.timezone) ?? UTC_ZONE;
}

const REASONS = {
  no_plan: 'no plan',
  insufficient_quota: 'credits used up',
  monthly_limit: 'monthly limit reached',
} as const;

export function accessDetail({ figures, to }: AccountView, zone: Zone): string {
  const parts: string[] = [];
  if (figures.accessReason !== null) parts.push(REASONS[figures.accessReason]);
  if (figures.accessSince !== null) {
    const since = figures.accessSince;
    const otherYear = wallFields(since, zone).year !== wallFields(to, zone).year;
    parts.push(`since ${dayText(since, zone, otherYear)} ${timeText(since, zone, 'minute')}`);
  }
  return parts.join(', ');
}

export function tierDetail({ figures: { tier, nextTier }, minorDigits }: AccountView): string {
  if (nextTier === null) return tier === null ? 'no tiers in this policy' : 'the highest';
  const missing: string[] = [];
  if (!isZero(nextTier.missing)) missing.push(`${amountText(nextTier.missing, { digits: minorDigits })} more paid`);
  if (nextTier.days > 0) missing.push(`${countText(nextTier.days)} more days`);
  return missing.length === 0 ? `${nextTier.name} comes next` : `${missing.join(', ')} to ${nextTier.name}`;
}

export function balanceDetail({ figures, minorDigits }: AccountView): string {
  const lots = figures.lotsOpen === 1 ? '1 lot' : `${countText(figures.lotsOpen)} lots`;
  const digits = minorDigits;
  return `${lots} ${amountText(figures.lots, { digits })} − debt ${amountText(figures.debt, { digits })}`;
}

export function requests(count: number): string {
  return count === 1 ? '1 request' : `${countText(count)} requests`;
}

export function rejectedDetail({ figures: { rejected } }: AccountView): string {
  const [only, second] = rejected.reasons;
  if (only !== undefined && second === undefined)
    return `${requests(rejected.count)}, ${only.reason.replaceAll('_', ' ')}`;
  return requests(rejected.count);
}

/** What each reason refused, one a line, for the title. */
export function rejectedTitle({ figures: { rejected }, minorDigits }: AccountView): string {
  return rejected.reasons
    .map(({ reason, count, cost }) => `${reason}: ${countText(count)}, ${amountText(cost, { digits: minorDigits })}`)
    .join('\n');
}

export function debtDetail({ figures: { overrun }, minorDigits }: AccountView): string {
  return isZero(overrun) ? 'no overrun' : `overrun ${amountText(overrun, { digits: minorDigits })} in all`;
}

/** How often each thing happened. An account is closed before its first credit too, which is no cut-off. */
export function legendCounts(
  { counts }: AccountView,
  spans: readonly ChartSpan[] | undefined,
): Readonly<Partial<Record<LegendKey, number>>> {
  const cutoff = spans?.filter(({ record }) => record !== null).length ?? counts.cutoffs;
  return { ...counts.marks, overrun: counts.overruns, cutoff };
}
