/** The log as it is shown: latest first, of everything or of one thing. */
import type { LogEntry, ReconcileApi } from '../../contract/reconcile.ts';
import type { Page } from '../../contract/engine.ts';
import type { LogRecord } from '../../domain/reconLog.ts';
import { actOf } from '../../reconcile/log/acts.ts';
import type { Basis } from './basis.ts';
import { shownEntry } from './says.ts';

/** @param items those that the subject is about */
export function historyPage(
  { log, decisions }: Basis,
  { subject, offset, limit }: Parameters<ReconcileApi['reconHistory']>[0],
  items: ReadonlySet<string>,
): Page<LogEntry> {
  const found = subject === null ? log : log.filter((entry) => concerns(entry, items));
  const rows = found.toReversed().slice(offset, offset + limit);
  return { total: found.length, offset, rows: rows.map((entry) => shownEntry(entry, decisions.takenBack)) };
}

/** A group is called after its first item; a break after the bridge and the item. */
export function itemOf(subject: string): string {
  return subject.replace(/^(group|simulated_document|document_bank|simulated_bank)\//, '');
}

function concerns(entry: LogRecord, items: ReadonlySet<string>): boolean {
  const act = actOf(entry);
  switch (act.kind) {
    case 'match':
    case 'unmatch':
    case 'ignore':
    case 'heed':
      return act.items.some((item) => items.has(item));
    case 'accept':
      return act.groups.some((group) => group.some((item) => items.has(item)));
    case 'split':
      return items.has(act.item) || [...items].some((item) => item.startsWith(`${act.item}/part `));
    case 'note':
      return items.has(itemOf(act.subject));
    case 'own':
      return items.has(itemOf(act.break));
    case 'settings':
    case 'document':
    case 'adopt':
    case 'prepare':
    case 'review':
    case 'seal':
    case 'reopen':
    case 'take_back':
    case 'take_up':
      return false;
  }
}
