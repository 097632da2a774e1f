/** The key figures as words: pure, from the worker's view. */
import type { AccountView, ChartSpan } from '../../../shared/contract/engine.ts';
import { DAY_MS, HOUR_MS, wallFields, zoneOf, type Instant, type Zone } from '../../../shared/domain/time.ts';
import type { LegendKey } from '../../ui/chart/legendKeys.ts';
import { amountText, countText, isZero } from '../../ui/amountText.ts';
import { dayText, instantText, timeText } from '../../ui/format.ts';

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

export function accessDetail(view: AccountView, zone: Zone): string {
  const { figures, counts, to } = view;
  if ((view.placement?.bounds?.access.length ?? 1) > 1) return `open or closed, ${dependsText(view)}`;
  const parts: string[] = [];
  const isNew = figures.accessReason === 'insufficient_quota' && counts.lots === 0;
  if (figures.accessReason !== null) parts.push(isNew ? 'no credit yet' : REASONS[figures.accessReason]);
  if (figures.accessSince !== null) {
    const since = figures.accessSince;
    const otherYear = wallFields(since, zone).year !== wallFields(to, zone).year;
    parts.push(
      `since ${figures.accessSinceAbout === true ? 'about ' : ''}${dayText(since, zone, otherYear)} ${timeText(since, zone, 'minute')}`,
    );
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

export function balanceDetail(view: AccountView): string {
  const { figures, minorDigits } = view;
  const lots = figures.lotsOpen === 1 ? '1 lot' : `${countText(figures.lotsOpen)} lots`;
  const digits = minorDigits;
  const range = boundText(view, 'balance');
  if (range !== null) return `${range}, ${dependsText(view)}`;
  return `${lots} ${amountText(figures.lots, { digits })} − debt ${amountText(figures.debt, { digits })}`;
}

export function requests(count: number): string {
  return count === 1 ? '1 request' : `${countText(count)} requests`;
}

export function rejectedDetail(view: AccountView): string {
  const { rejected } = view.figures;
  const range = boundText(view, 'rejected');
  if (range !== null) return `${range}, ${dependsText(view)}`;
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

export function debtDetail(view: AccountView): string {
  const { overrun } = view.figures;
  const range = boundText(view, 'overrun');
  if (range !== null) return `overrun ${range}, ${dependsText(view)}`;
  return isZero(overrun) ? 'no overrun' : `overrun ${amountText(overrun, { digits: view.minorDigits })} in all`;
}

/** What else depends on when usage fell, one a line, for the title; undefined where nothing does. */
export function debtTitle(view: AccountView, zone: Zone): string | undefined {
  const bounds = view.placement?.bounds;
  if (bounds === null || bounds === undefined) return undefined;
  const [earliest, latest] = bounds.firstBelowZero;
  const when = (at: Instant | null): string => (at === null ? 'never' : instantText(at, zone));
  const count = ([low, high]: readonly [number, number]): string => `${countText(low)} – ${countText(high)}`;
  const lines = [
    ...(earliest === latest ? [] : [`first below zero: ${when(earliest)} – ${when(latest)}`]),
    ...(bounds.recharges[0] === bounds.recharges[1] ? [] : [`auto-recharges: ${count(bounds.recharges)}`]),
    ...(bounds.cutoffs[0] === bounds.cutoffs[1] ? [] : [`cut-offs: ${count(bounds.cutoffs)}`]),
  ];
  return lines.length === 0 ? undefined : [`${debtDetail(view)}:`, ...lines].join('\n');
}

/** What rows of usage cover, for a sentence. */
export function withinText({ placement }: AccountView): string {
  const longest = placement?.longestMs ?? 0;
  // a day may have 25 hours
  if (longest > DAY_MS + HOUR_MS) return 'its bucket';
  return longest > HOUR_MS ? 'the day' : 'the hour';
}

function dependsText(view: AccountView): string {
  return `depends on when in ${withinText(view)} usage fell`;
}

/** `0.00 – 3.20` where a figure depends on when usage fell; null where it does not. */
function boundText(
  { placement, minorDigits: digits }: AccountView,
  figure: 'balance' | 'overrun' | 'rejected',
): string | null {
  const range = placement?.bounds?.[figure];
  if (range === undefined || range[0] === range[1]) return null;
  return `${amountText(range[0], { digits })} – ${amountText(range[1], { digits })}`;
}

/** How often each thing happened. An account is closed before its first credit too, which is no cut-off. */
export function legendCounts(
  { counts, placement }: AccountView,
  spans: readonly ChartSpan[] | undefined,
): Readonly<Partial<Record<LegendKey, number>>> {
  const cutoff = spans?.filter(({ record }) => record !== null).length ?? counts.cutoffs;
  const band = placement?.bounds == null ? 0 : placement.rows;
  const { agree = 0, differ = 0, documents = 0, bank = 0 } = counts.stated ?? {};
  return {
    ...counts.marks,
    ...{ band, overrun: counts.overruns, cutoff, stated: agree + differ, statements: documents + bank },
  };
}
