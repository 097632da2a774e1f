/** What an entry of the log says: the act that was asked for, with what it meant at that time written out. */
import type { AdoptedValues, ReconAct, ReconSettings } from '../../contract/reconcile.ts';
import type { LogRecord } from '../../domain/reconLog.ts';
import type { Placement } from '../../domain/usage.ts';

type ActOf<K extends ReconAct['kind']> = Extract<ReconAct, { readonly kind: K }>;

/** What one sealed input was, so that a change of it is found. */
export interface SealedInput {
  /** File name. */
  readonly name: string;
  /** Sha-256 of the file as given, and of the rows that were read from it. */
  readonly sha256: string;
  readonly rows: string;
  /** Where the usage of its buckets was placed. */
  readonly placement: Placement | null;
  /** It was evidence to compare with, and did not count. */
  readonly compared: boolean;
}

/** What a month was when it was sealed: enough to show it again and to prove a replay of it. */
export interface Seal {
  readonly engine: string;
  /** Files in the order of the document. */
  readonly inputs: readonly SealedInput[];
  readonly scenario: { readonly name: string; readonly text: string; readonly sha256: string };
  readonly priceList: { readonly text: string | null; readonly sha256: string };
  /** What was adopted for the vendor and in force in this month; absent where nothing was. */
  readonly adopted?: readonly AdoptedValues[];
  /** Totals by side and the bridge's steps, as exact decimals. */
  readonly totals: Readonly<Record<string, string>>;
  readonly bridge: readonly { readonly id: string; readonly amount: string; readonly items: number }[];
  readonly verdict: string;
  /** Sha-256 of the canonical JSON of what was shown. */
  readonly result: string;
}

/**
 * Groups are written as the items they had, since a group is nothing that is stored; what takes back names the entry that
 * it takes back.
 */
export type LoggedAct =
  | ActOf<'match' | 'split' | 'ignore' | 'heed' | 'note' | 'own' | 'settings' | 'document' | 'adopt' | 'reopen'>
  | { readonly kind: 'unmatch'; readonly items: readonly string[] }
  | { readonly kind: 'accept'; readonly groups: readonly (readonly string[])[]; readonly reason?: string }
  | { readonly kind: 'prepare' | 'review'; readonly result: string }
  | { readonly kind: 'seal'; readonly seal: Seal }
  | { readonly kind: 'take_back' | 'take_up'; readonly of: number };

export type LoggedSettings = Partial<ReconSettings>;

/** Read once: the log is folded anew after every entry. */
const read = new WeakMap<LogRecord, LoggedAct>();

/** The act of an entry, the very same at every call. The chain proves that it is what was written. */
export function actOf(entry: LogRecord): LoggedAct {
  const known = read.get(entry);
  if (known !== undefined) return known;
  const act = JSON.parse(entry.body) as LoggedAct;
  read.set(entry, act);
  return act;
}

/** What can be taken back and taken up again; a period's course is gone back on by reopening alone. */
export function isUndoable(kind: string): boolean {
  return !['prepare', 'review', 'seal', 'reopen', 'take_back', 'take_up'].includes(kind);
}
