/** The chain of the log: how an entry is added, and where a chain is broken. */
import { FIRST_PREVIOUS, type LogHead, type LogRecord, type StoredLog } from '../../domain/reconLog.ts';
import { canonicalJson } from './canonical.ts';

/** Sha-256 of a text's UTF-8, in hexadecimal. */
export type TextHash = (text: string) => string;

/** An entry before it has its place in the chain. */
export type NewEntry = Pick<LogRecord, 'at' | 'actor' | 'period'> & { readonly act: { readonly kind: string } };

/** The log with one entry more. A log that does not end as it should is not made whole by another entry. */
export function appended({ records, head }: StoredLog, entry: NewEntry, hash: TextHash): StoredLog {
  const { at, actor, period, act } = entry;
  const last = records.at(-1);
  const open = {
    seq: (last?.seq ?? 0) + 1,
    ...{ at, actor, period, kind: act.kind, body: canonicalJson(act) },
    previous: last?.hash ?? FIRST_PREVIOUS,
  };
  const added = { ...open, hash: hashOfEntry(open, hash) };
  const now = headOf(records);
  const isWhole = head.seq === now.seq && head.hash === now.hash;
  return { records: [...records, added], head: isWhole ? { seq: added.seq, hash: added.hash } : head };
}

function hashOfEntry({ previous, ...entry }: Omit<LogRecord, 'hash'>, hash: TextHash): string {
  const { seq, at, actor, period, kind, body } = entry;
  return hash(`${previous}${canonicalJson({ seq, at, actor, period, kind, body })}`);
}

/** Where a chain is broken, and how. */
export interface ChainFault {
  readonly seq: number;
  readonly says: string;
}

/** Every fault of a chain, first to last. */
export function chainFaults({ records, head }: StoredLog, hash: TextHash): readonly ChainFault[] {
  const faults: ChainFault[] = [];
  let previous: LogRecord | null = null;
  for (const entry of records) {
    const due: number = (previous?.seq ?? 0) + 1;
    if (entry.seq !== due)
      faults.push({ seq: due, says: `entry ${due} is missing: entry ${entry.seq} follows ${due - 1}` });
    else if (entry.previous !== (previous?.hash ?? FIRST_PREVIOUS))
      faults.push({ seq: entry.seq, says: `entry ${entry.seq} does not follow the entry before it` });
    if (hashOfEntry(entry, hash) !== entry.hash)
      faults.push({ seq: entry.seq, says: `entry ${entry.seq} was changed after it was written` });
    previous = entry;
  }
  const last = headOf(records);
  if (head.seq > last.seq)
    faults.push({
      seq: last.seq + 1,
      says: `entries ${last.seq + 1} to ${head.seq} are missing: the log was cut off after entry ${last.seq}`,
    });
  else if (head.seq < last.seq || head.hash !== last.hash)
    faults.push({ seq: last.seq, says: `entry ${last.seq} is not the one that the log ended with when it was saved` });
  return faults;
}

/** What a log of these entries ends with. */
export function headOf(log: readonly LogRecord[]): LogHead {
  const last = log.at(-1);
  return { seq: last?.seq ?? 0, hash: last?.hash ?? FIRST_PREVIOUS };
}
