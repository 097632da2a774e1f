/** What the inspector is about, in words: its name, its figure, and whether a cause is looked for. Pure. */
import type { ReconciledMonth, ReconGroup, ReconItem } from '../../shared/contract/reconcile.ts';
import type { Zone } from '../../shared/domain/time.ts';
import type { Looked, Subject } from '../features/reconcile/state.ts';
import { amountText, isZero } from '../ui/amountText.ts';
import { dateText, dayText, instantText, plural } from '../ui/format.ts';
import { SIDES, itemName, shownDifference } from '../ui/recon/reconWords.ts';

export interface AboutSubject {
  readonly title: string;
  readonly figure: string;
  readonly sentence: string;
  /** Pieces of evidence; null where there are none to count. */
  readonly evidence: number | null;
  readonly group: ReconGroup | null;
  /** A cause is looked for without being asked for. */
  readonly waits: boolean;
  /** Subject of its notes and its history. */
  readonly noteOn: string;
}

/** Null where it is not there any more. */
export function aboutSubject(
  shown: ReconciledMonth,
  { kind, id }: Subject,
  looked: Looked | null,
  zone: Zone,
): AboutSubject | null {
  const figure = (difference: string | null): string =>
    difference === null ? '' : amountText(difference, { digits: shown.minorDigits, sign: 'movement' });
  switch (kind) {
    case 'group': {
      if (looked === null) return null;
      const { group } = looked;
      return aboutGroup(group, figure(group.section === 'ignored' ? null : shownDifference(group).amount), zone);
    }
    case 'usage': {
      const line = shown.usage.find((one) => one.id === id);
      if (line === undefined) return null;
      const { label, difference, agrees, source } = line;
      return {
        ...NOTHING,
        title: label,
        figure: figure(difference),
        sentence: source === null ? '' : `Stated by ${source}.`,
        waits: !agrees && difference !== null,
        noteOn: id,
      };
    }
    case 'balance': {
      const point = shown.balances.find((one) => one.id === id);
      if (point === undefined) return null;
      const { at, day, difference, agrees, source } = point;
      return {
        ...NOTHING,
        title: `Balance ${day ? dayText(at, zone, true) : instantText(at, zone)}`,
        figure: figure(difference),
        sentence: `Stated by ${source}${day ? ', for the day' : ''}.`,
        waits: !agrees,
        noteOn: id,
      };
    }
    case 'step': {
      const step = shown.bridge.steps.find((one) => one.id === id);
      if (step === undefined) return null;
      return {
        ...NOTHING,
        title: step.label,
        figure: figure(step.amount),
        sentence: `${plural(step.items, 'item')} of the bridge from ${stepEnds(shown, step.after)}.`,
        evidence: step.items,
        // tax and the like are known for what they are
        waits: false,
        noteOn: id,
      };
    }
  }
}

const NOTHING = { evidence: null, group: null };

function aboutGroup(group: ReconGroup, figure: string, zone: Zone): AboutSubject {
  return {
    title: group.state,
    figure,
    sentence: groupSentence(group, zone),
    evidence: group.links.reduce((sum, { evidence }) => sum + evidence.length, 0) || null,
    group,
    waits: group.section === 'to_decide' && !isZero(group.difference),
    noteOn: group.id,
  };
}

/** `Document HLCN2K7Q-0038 is dated 30 Sep. The purchase it names was paid on 1 Oct 2026 03:12:44 UTC.` */
function groupSentence({ cells }: ReconGroup, zone: Zone): string {
  const [simulated, document, bank] = SIDES.map((side) => cells[side][0]);
  const parts = [
    document === undefined ? '' : `${named(document, 'Document')} is dated ${dateText(document.date)}`,
    simulated === undefined
      ? ''
      : `${itemName(simulated)} was simulated ${simulated.at === null ? dateText(simulated.date) : instantText(simulated.at, zone)}`,
    bank === undefined ? '' : `${named(bank, 'Bank line')} was booked ${dateText(bank.date)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}

function named(item: ReconItem, kind: string): string {
  return `${kind} ${itemName(item)}`;
}

function stepEnds({ bridge: { pillars } }: ReconciledMonth, after: number): string {
  const [from, to] = [pillars[after], pillars[after + 1]];
  return from === undefined || to === undefined ? 'here' : `${from.label} to ${to.label}`;
}
