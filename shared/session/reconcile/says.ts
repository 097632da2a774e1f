/** What an entry of the log says, in words. */
import type { LogEntry } from '../../contract/reconcile.ts';
import type { LogRecord } from '../../domain/reconLog.ts';
import { actOf } from '../../reconcile/log/acts.ts';
import { settingsSay } from './settingsWords.ts';
import { monthInWords } from './words.ts';

function many(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${one}s`;
}

function because(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '' : `: ${reason}`;
}

export function entrySays(entry: LogRecord): string {
  const act = actOf(entry);
  const month = entry.period === null ? '' : monthInWords(entry.period);
  switch (act.kind) {
    case 'match':
      return `Match of ${many(act.items.length, 'item')}${because(act.reason)}`;
    case 'unmatch':
      return `Unmatch of ${many(act.items.length, 'item')}`;
    case 'accept':
      return `Acceptance of ${many(act.groups.length, 'group')}${because(act.reason)}`;
    case 'split':
      return `Split into ${act.parts.join(', ')}`;
    case 'ignore':
      return `Ignoring of ${many(act.items.length, 'item')}${because(act.reason)}`;
    case 'heed':
      return `Taking of ${many(act.items.length, 'ignored item')} into account`;
    case 'note':
      return `Note: ${act.text}`;
    case 'own':
      return act.owner === null ? 'Break without an owner' : `Break given to ${act.owner}`;
    case 'settings':
      return `Settings: ${settingsSay(act.settings)}`;
    case 'document':
      return `Entry of document ${act.document.number}, ${act.document.amount}`;
    case 'adopt':
      return `Adopted for the vendor: ${act.sentence}`;
    case 'prepare':
      return `${month} prepared`;
    case 'review':
      return `${month} reviewed`;
    case 'seal':
      return `${month} sealed`;
    case 'reopen':
      return `${month} reopened: ${act.reason}`;
    case 'take_back':
      return `Entry ${act.of} taken back`;
    case 'take_up':
      return `Entry ${act.of} taken up again`;
  }
}

export function shownEntry(entry: LogRecord, takenBack: ReadonlySet<number>): LogEntry {
  const { seq, at, actor, period, kind, hash } = entry;
  const act = actOf(entry);
  const cause = act.kind === 'note' || act.kind === 'adopt' ? act.cause : undefined;
  return {
    ...{ seq, at, actor, period, kind: kind as LogEntry['kind'], says: entrySays(entry) },
    ...{ takenBack: takenBack.has(seq), hash },
    ...(cause === undefined ? {} : { cause }),
  };
}
