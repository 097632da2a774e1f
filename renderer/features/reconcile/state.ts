/** What the Reconcile place holds: the months, the month that is shown, and what of it is looked at. */
import type {
  ReconAct,
  ReconciledMonth,
  ReconGroup,
  ReconItem,
  ReconMonth,
  ReconPeriod,
} from '../../../shared/contract/reconcile.ts';
import type { Progress } from '../../../shared/contract/rpc.ts';

export type ReconTab = 'purchases' | 'usage' | 'balance' | 'match' | 'rollForward';

export type InspectorTab = 'explain' | 'evidence' | 'history' | 'notes';

/** What the inspector is about. */
export interface Subject {
  readonly kind: 'group' | 'usage' | 'balance' | 'step';
  readonly id: string;
}

export interface Looked {
  readonly group: ReconGroup;
  /** Items that it may be matched with. */
  readonly candidates: readonly ReconItem[];
}

/** What is asked of the user, in a dialog. */
export type Asking =
  | { readonly kind: 'ignore'; readonly items: readonly string[]; readonly what: string }
  /** Items that do not add up, and by how much. */
  | { readonly kind: 'match'; readonly items: readonly string[]; readonly difference: string }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'split'; readonly item: ReconItem }
  | { readonly kind: 'document' }
  | { readonly kind: 'rule'; readonly item: string }
  | { readonly kind: 'settings' };

export interface ReconModel {
  /** The account has changed since the months were read. */
  readonly stale: boolean;
  /** Null until they are known. */
  readonly periods: readonly ReconPeriod[] | null;
  /** The month that is chosen; `shown` may still be of another one. */
  readonly period: ReconMonth | null;
  readonly shown: ReconciledMonth | null;
  /** A month is being matched. */
  readonly busy: { readonly progress: Progress | null; readonly cancel: () => void } | null;
  /** Why the month cannot be shown. */
  readonly failure: string | null;
  /** Matching was given up before anything was shown. */
  readonly cancelled: boolean;
  /** Why the last act was refused. */
  readonly refused: string | null;
  /** An act that waits until it is known who does it. */
  readonly unsigned: ReconAct | null;
  readonly tab: ReconTab;
  /** Of the bridge: its items alone are shown. */
  readonly step: string | null;
  readonly subject: Subject | null;
  /** The group that is looked at; the one before it while it is being fetched. */
  readonly looked: Looked | null;
  readonly inspectorShown: boolean;
  readonly inspectorTab: InspectorTab;
  readonly asking: Asking | null;
  /** Counts the acts after which the list is gone on with: what they were done from may be gone. */
  readonly acted: number;
}

export const NOTHING_RECONCILED: ReconModel = {
  stale: true,
  periods: null,
  period: null,
  shown: null,
  busy: null,
  failure: null,
  cancelled: false,
  refused: null,
  unsigned: null,
  tab: 'purchases',
  step: null,
  subject: null,
  looked: null,
  inspectorShown: false,
  inspectorTab: 'explain',
  asking: null,
  acted: 0,
};

/** The month that a place is opened on: the latest with something to decide, else the latest that is not sealed. */
export function monthToOpen(periods: readonly ReconPeriod[]): ReconMonth | null {
  const open = periods.filter(({ state }) => state !== 'sealed');
  const found = open.findLast(({ toDecide }) => toDecide > 0) ?? open.at(-1) ?? periods.at(-1);
  return found?.period ?? null;
}

/** What the inspector is about: a group only once it is there. */
export function lookedAt({ subject, looked }: Pick<ReconModel, 'subject' | 'looked'>): Subject | null {
  if (subject?.kind !== 'group') return subject;
  return looked === null ? null : { kind: 'group', id: looked.group.id };
}
