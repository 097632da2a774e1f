/** The account before and after an event as lines of a table; what did not change is said to be the same. Pure. */
import type { Step, SteppedState } from '../../../shared/contract/trace.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { amountText, isNegative, widestFraction } from '../../ui/amountText.ts';
import { dayText, timeText } from '../../ui/format.ts';

export interface StepLine {
  readonly key: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly changed: boolean;
  readonly negative: { readonly before: boolean; readonly after: boolean };
}

export interface StepGroup {
  readonly title: string;
  readonly lines: readonly StepLine[];
  /** Said below it: what is not listed. */
  readonly rest: string | null;
}

/** Lots that a step did not touch are listed up to this many. */
const QUIET_LOTS = 6;

const REASONS = {
  no_plan: 'no plan',
  insufficient_quota: 'credits used up',
  monthly_limit: 'monthly limit',
} as const;

export function stepGroups({ before, after }: Step, zone: Zone, minorDigits: number): readonly StepGroup[] {
  const text = (key: string, name: string, of: (state: SteppedState) => string): StepLine =>
    line(key, name, of(before), of(after));
  const money = (key: string, name: string, of: (state: SteppedState) => string): StepLine => {
    const [was, is] = [of(before), of(after)];
    const digits = widestFraction([was, is], minorDigits);
    const shown = (value: string): string => amountText(value, { digits, exact: true });
    return {
      ...line(key, name, shown(was), shown(is)),
      negative: { before: isNegative(was), after: isNegative(is) },
    };
  };
  const when = (at: number | null): string => (at === null ? '' : `${dayText(at, zone)} ${timeText(at, zone)}`);
  const optional = (lines: readonly StepLine[]): StepLine[] =>
    lines.filter((each) => !(each.before === '' && each.after === ''));
  return [
    {
      title: 'Balance',
      lines: [
        money('balance', 'Balance', (state) => state.balance),
        money('credits', 'Lots', (state) => state.credits),
        money('debt', 'Debt', (state) => state.debt),
      ],
      rest: null,
    },
    lotGroup(before, after, money),
    {
      title: 'Access',
      lines: optional([
        text('access', 'Access', accessText),
        text('cutoff', 'Cut-off set for', ({ cutoffAt }) => when(cutoffAt)),
        text('restore', 'Restored at', ({ restoreAt }) => when(restoreAt)),
        text('limit', 'Limit stops it at', ({ limitStopAt }) => when(limitStopAt)),
        text('plan', 'Plan', ({ plan }) => (plan === 'none' ? 'none' : plan)),
        text('tier', 'Trust tier', ({ tier }) => tier ?? 'none'),
      ]),
      rest: null,
    },
    {
      title: 'Purchases',
      lines: optional([
        ...pendingLines(before, after, money),
        money('pending', 'Pending in all', ({ pendingTotal }) => pendingTotal),
        money('paid', 'Paid so far', ({ paid }) => paid),
        money('month', 'Usage of the month', ({ monthAccepted }) => monthAccepted),
      ]),
      rest: null,
    },
    {
      title: 'Auto-recharge',
      lines: optional([
        text('recharge', 'State', rechargeText),
        money('recharged', 'Recharged in the month', ({ recharge }) => recharge.monthRecharged),
        text('cooled', 'Cooldown until', ({ recharge }) => when(recharge.cooledAt)),
        text('wait', 'Waits until', ({ recharge }) => when(recharge.waitUntil)),
        text('declines', 'Declines in a row', ({ recharge }) =>
          recharge.declines === 0 ? '' : String(recharge.declines),
        ),
      ]),
      rest: null,
    },
  ];
}

type MoneyLine = (key: string, name: string, of: (state: SteppedState) => string) => StepLine;

function lotGroup(before: SteppedState, after: SteppedState, money: MoneyLine): StepGroup {
  const ids = new Map([...before.lots, ...after.lots].map(({ lot, id }) => [lot, id]));
  const remaining = ({ lots }: SteppedState, lot: number): string =>
    lots.find((each) => each.lot === lot)?.remaining ?? '0';
  const lines = [...ids]
    .sort(([a], [b]) => a - b)
    .map(([lot, id]) => money(`lot${lot}`, id, (state) => remaining(state, lot)));
  const quiet = lines.filter(({ changed }) => !changed);
  const hidden = new Set(quiet.slice(QUIET_LOTS));
  const open = Math.max(before.lotsOpen, after.lotsOpen);
  const unlisted = Math.max(open - ids.size, 0) + hidden.size;
  return {
    title: 'Lots with credit left',
    lines: lines.filter((each) => !hidden.has(each)),
    rest: lines.length === 0 ? 'none' : unlisted === 0 ? null : `${unlisted} more, unchanged`,
  };
}

function pendingLines(before: SteppedState, after: SteppedState, money: MoneyLine): StepLine[] {
  const ids = [...new Set([...before.pending, ...after.pending].map(({ id }) => id))].slice(0, QUIET_LOTS);
  return ids.map((id) =>
    money(`pending${id}`, `${id}, pending`, ({ pending }) => pending.find((each) => each.id === id)?.amount ?? '0'),
  );
}

function accessText({ access, accessReason }: SteppedState): string {
  return access === 'open' || accessReason === null ? access : `${access}, ${REASONS[accessReason]}`;
}

function rechargeText({ recharge: { enabled, pausedFor, inFlight } }: SteppedState): string {
  if (!enabled) return 'off';
  if (pausedFor !== null) return `paused, ${pausedFor.replaceAll('_', ' ')}`;
  return inFlight === 0 ? 'on' : `on, ${inFlight} in flight`;
}

function line(key: string, name: string, before: string, after: string): StepLine {
  return { key, name, before, after, changed: before !== after, negative: { before: false, after: false } };
}
