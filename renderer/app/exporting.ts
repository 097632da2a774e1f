/** Files that the worker makes of the open account and the shell hands over, with progress and cancel. */
import type { HostApi } from '../../shared/contract/host.ts';
import type { PendingCall, Progress } from '../../shared/contract/rpc.ts';
import { fileNameFrom } from '../features/document/slice.ts';
import { failure, type LongWork } from './longWork.ts';
import type { AppStore } from './store.ts';

export interface ExportJob {
  /** What of the account it is; the file is named by both. */
  readonly title: string;
  /** With its point. */
  readonly ending: string;
  readonly mimeType: string;
  readonly start: (onProgress: (progress: Progress) => void) => PendingCall<string | Uint8Array>;
}

export function createExporting({
  store,
  work,
  host,
}: {
  readonly store: AppStore;
  readonly work: LongWork;
  readonly host: Pick<HostApi, 'exportFile'>;
}): (job: ExportJob) => Promise<void> {
  return async ({ title, ending, mimeType, start }) => {
    const { view, activityEnded } = store.getState();
    if (view === null) return;
    const suggestedName = fileNameFrom(`${view.title} ${title}`, ending);
    const made: (string | Uint8Array)[] = [];
    await work.run({
      what: `Writing ${suggestedName}`,
      failed: `${suggestedName} was not written`,
      cancelLabel: 'Cancel, write no file',
      changesAccount: false,
      start,
      took: (content: string | Uint8Array) => {
        made.push(content);
        return { ok: true, outcome: null };
      },
    });
    for (const content of made) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      try {
        await host.exportFile({ suggestedName, mimeType, bytes });
      } catch (error) {
        activityEnded(failure(`${suggestedName} was not written`, error, 'The account is unchanged.'));
      }
    }
  };
}
