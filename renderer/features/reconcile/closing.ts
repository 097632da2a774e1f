/** The way of a month from open to sealed: what is next, and what it waits for. Pure. */
import type { PeriodState, ReconPeriod, Signed } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { dayText, periodName, plural, timeText } from '../../ui/format.ts';

export const STAGES: readonly PeriodState[] = ['open', 'prepared', 'reviewed', 'sealed'];

export interface NextStep {
  readonly act: 'prepare' | 'review' | 'seal';
  readonly label: string;
  /** What has to be done first; null where nothing has. */
  readonly waits: string | null;
}

/** Null where the month is sealed: there is nothing next. */
export function nextStep({ state, toDecide, period }: ReconPeriod): NextStep | null {
  switch (state) {
    case 'open':
      return toDecide > 0
        ? {
            act: 'prepare',
            label: `Mark prepared, ${toDecide} to decide`,
            waits: `${plural(toDecide, 'difference')} of ${periodName(period)} must be decided first`,
          }
        : { act: 'prepare', label: 'Mark prepared', waits: null };
    case 'prepared':
      return { act: 'review', label: 'Mark reviewed', waits: null };
    case 'reviewed':
      return { act: 'seal', label: `Seal ${periodName(period)}`, waits: null };
    case 'sealed':
      return null;
  }
}

/** `3 Nov 2026 09:12 by A. Example`. */
export function signedText({ by, at }: Signed, zone: Zone): string {
  return `${dayText(at, zone, true)} ${timeText(at, zone, 'minute')} by ${by}`;
}

/** The first digits of a hash are enough to know it again. */
export function hashText(hash: string): string {
  return hash.length <= 12 ? hash : `${hash.slice(0, 12)}…`;
}

export function signedOf({ prepared, reviewed, sealed }: ReconPeriod, stage: PeriodState): Signed | null {
  return stage === 'prepared' ? prepared : stage === 'reviewed' ? reviewed : stage === 'sealed' ? sealed : null;
}
