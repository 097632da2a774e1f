/**
 * The log folded: what people have decided, as it stands after the last entry. Entries that were taken back count as if
 * they had never been written; they stay in the log.
 */
import type { AdoptedValues, PeriodState, ReconAct, ReconMonth, Signed } from '../../contract/reconcile.ts';
import type { LogRecord } from '../../domain/reconLog.ts';
import { unchanged } from './unchanged.ts';
import { actOf, isUndoable, type LoggedAct, type LoggedSettings, type Seal } from './acts.ts';

export interface PeriodCourse {
  readonly state: PeriodState;
  readonly prepared: Signed | null;
  readonly reviewed: Signed | null;
  readonly sealed: (Signed & { readonly seq: number; readonly hash: string; readonly seal: Seal }) | null;
  /** Hash of the result that was prepared or reviewed last; null where the period is open. */
  readonly result: string | null;
}

type EnteredDocument = Extract<ReconAct, { readonly kind: 'document' }>['document'] & { readonly seq: number };

export interface Decisions {
  readonly settings: LoggedSettings;
  /** Items that a person put together, in the order in which that was done; a later one takes its items from an earlier. */
  readonly matches: readonly {
    readonly items: readonly string[];
    readonly seq: number;
    readonly reason: string | null;
  }[];
  /** Items of which no two belong together any more, unless a person puts them together again. */
  readonly apart: readonly (readonly string[])[];
  /** Sets of items that a person accepted as they are: what lies wholly in one of them is accepted. */
  readonly accepted: readonly (readonly string[])[];
  readonly splits: ReadonlyMap<string, readonly string[]>;
  readonly ignored: ReadonlyMap<string, string>;
  /** Items that count whatever rules say. */
  readonly heeded: ReadonlySet<string>;
  /** Number of notes by their subject. */
  readonly notes: ReadonlyMap<string, number>;
  readonly owners: ReadonlyMap<string, string>;
  readonly documents: readonly EnteredDocument[];
  readonly adopted: readonly (AdoptedValues & { readonly seq: number })[];
  readonly periods: ReadonlyMap<ReconMonth, PeriodCourse>;
  /** Sequence numbers of entries that were taken back. */
  readonly takenBack: ReadonlySet<number>;
}

export const OPEN_PERIOD: PeriodCourse = {
  state: 'open',
  prepared: null,
  reviewed: null,
  sealed: null,
  result: null,
};

/** Entries that were taken back and not taken up again. */
function takenBackIn(log: readonly LogRecord[]): ReadonlySet<number> {
  const taken = new Set<number>();
  for (const entry of log) {
    const act = actOf(entry);
    if (act.kind === 'take_back') taken.add(act.of);
    else if (act.kind === 'take_up') taken.delete(act.of);
  }
  return taken;
}

/** @param before of an earlier log: what still says the same stays the very same object */
export function folded(log: readonly LogRecord[], before: Decisions | null = null): Decisions {
  const takenBack = takenBackIn(log);
  const fold = new Fold();
  for (const entry of log) {
    if (!takenBack.has(entry.seq)) fold.take(entry, actOf(entry));
  }
  const now = fold.decisions(takenBack);
  return before === null ? now : unchanged(before, now);
}

/** What the next undo and redo of a month would take back and up: the entries, or null. */
export function stepsOf(
  log: readonly LogRecord[],
  period: ReconMonth,
): { undo: LogRecord | null; redo: LogRecord | null } {
  const done: LogRecord[] = [];
  let undone: LogRecord[] = [];
  for (const entry of log.filter((known) => known.period === period)) {
    if (entry.kind === 'take_back') undone.push(...done.splice(-1));
    else if (entry.kind === 'take_up') done.push(...undone.splice(-1));
    else if (isUndoable(entry.kind)) {
      done.push(entry);
      undone = [];
    }
  }
  return { undo: done.at(-1) ?? null, redo: undone.at(-1) ?? null };
}

class Fold implements Omit<Decisions, 'takenBack'> {
  settings: LoggedSettings = {};
  matches: Decisions['matches'] = [];
  apart: Decisions['apart'] = [];
  accepted: Decisions['accepted'] = [];
  readonly splits = new Map<string, readonly string[]>();
  readonly ignored = new Map<string, string>();
  readonly heeded = new Set<string>();
  readonly notes = new Map<string, number>();
  readonly owners = new Map<string, string>();
  readonly documents: EnteredDocument[] = [];
  readonly adopted: (AdoptedValues & { readonly seq: number })[] = [];
  readonly periods = new Map<ReconMonth, PeriodCourse>();

  take(entry: LogRecord, act: LoggedAct): void {
    // what was prepared is no longer what it was
    const isSaid = ['note', 'own', 'prepare', 'review', 'seal', 'reopen'].includes(entry.kind);
    if (!isSaid) this.#reopened(entry.period);
    switch (act.kind) {
      case 'match': {
        const items = new Set(act.items);
        this.#release(items);
        this.matches = [...this.matches, { items: act.items, seq: entry.seq, reason: act.reason ?? null }];
        break;
      }
      case 'unmatch': {
        this.#release(new Set(act.items));
        const gone = new Set(act.items);
        this.accepted = this.accepted.filter((items) => !items.some((item) => gone.has(item)));
        this.apart = [...this.apart, act.items];
        break;
      }
      case 'accept': {
        this.accepted = [...this.accepted, ...act.groups];
        break;
      }
      case 'split': {
        this.splits.set(act.item, act.parts);
        break;
      }
      case 'ignore': {
        for (const item of act.items) {
          this.ignored.set(item, act.reason);
          this.heeded.delete(item);
        }
        break;
      }
      case 'heed': {
        for (const item of act.items) {
          this.ignored.delete(item);
          this.heeded.add(item);
        }
        break;
      }
      case 'note': {
        this.notes.set(act.subject, (this.notes.get(act.subject) ?? 0) + 1);
        break;
      }
      case 'own': {
        if (act.owner === null) this.owners.delete(act.break);
        else this.owners.set(act.break, act.owner);
        break;
      }
      case 'settings': {
        this.settings = { ...this.settings, ...act.settings };
        break;
      }
      case 'document': {
        this.documents.push({ ...act.document, seq: entry.seq });
        break;
      }
      case 'adopt': {
        const { set, sentence } = act;
        if (entry.period !== null) this.adopted.push({ from: entry.period, set, sentence, seq: entry.seq });
        break;
      }
      case 'prepare':
      case 'review':
      case 'seal':
      case 'reopen': {
        this.#course(entry, act);
        break;
      }
      case 'take_back':
      case 'take_up':
        // what they take back and up is known before anything is folded
        break;
    }
  }

  decisions(takenBack: Decisions['takenBack']): Decisions {
    const { settings, matches, apart, accepted, splits, ignored, heeded, notes, owners, documents, adopted, periods } =
      this;
    return {
      ...{ settings, matches, apart, accepted, splits, ignored, heeded, notes, owners, documents, adopted, periods },
      takenBack,
    };
  }

  #course({ seq, at, actor, hash, period }: LogRecord, act: LoggedAct): void {
    if (period === null) return;
    const before = this.periods.get(period) ?? OPEN_PERIOD;
    const signed: Signed = { by: actor, at };
    if (act.kind === 'prepare')
      this.periods.set(period, { ...OPEN_PERIOD, state: 'prepared', prepared: signed, result: act.result });
    else if (act.kind === 'review')
      this.periods.set(period, { ...before, state: 'reviewed', reviewed: signed, result: act.result });
    else if (act.kind === 'seal')
      this.periods.set(period, { ...before, state: 'sealed', sealed: { ...signed, seq, hash, seal: act.seal } });
    else if (act.kind === 'reopen') this.periods.set(period, OPEN_PERIOD);
  }

  #reopened(period: ReconMonth | null): void {
    const course = period === null ? undefined : this.periods.get(period);
    if (period !== null && course !== undefined && course.state !== 'sealed') this.periods.set(period, OPEN_PERIOD);
  }

  /** Groups by hand that had any of these items are no more. */
  #release(items: ReadonlySet<string>): void {
    this.matches = this.matches.filter((match) => !match.items.some((item) => items.has(item)));
  }
}
