/** Files that the worker makes and the user is handed: with progress, a cancel, and words where it fails. */
import type { HostApi } from '../../shared/contract/host.ts';
import type { PendingCall, Progress } from '../../shared/contract/rpc.ts';
import { fileNameFrom } from '../features/document/slice.ts';
import { failure, type LongWork } from './longWork.ts';
import type { AppStore } from './store.ts';

export interface ExportRequest<T> {
  readonly suggestedName: string;
  readonly mimeType: string;
  readonly start: (onProgress: (progress: Progress) => void) => PendingCall<T>;
  readonly content: (answer: T) => string | Uint8Array;
}

/** @returns the worker's answer once the file was handed over; null where it was not */
export type Exporter = <T>(request: ExportRequest<T>) => Promise<T | null>;

export function createExporter(deps: {
  readonly store: AppStore;
  readonly work: LongWork;
  readonly host: Pick<HostApi, 'exportFile'>;
}): Exporter {
  const { store, work, host } = deps;
  return async ({ suggestedName, mimeType, start, content }) => {
    const made: Parameters<typeof content>[0][] = [];
    await work.run({
      what: `Writing ${suggestedName}`,
      failed: `${suggestedName} was not written`,
      cancelLabel: 'Cancel, write no file',
      changesAccount: false,
      start,
      took: (answer) => {
        made.push(answer);
        return { ok: true, outcome: null };
      },
    });
    for (const answer of made) {
      const written = content(answer);
      const bytes = typeof written === 'string' ? new TextEncoder().encode(written) : written;
      try {
        await host.exportFile({ suggestedName, mimeType, bytes });
        return answer;
      } catch (error) {
        const title = `${suggestedName} was not written`;
        store.getState().activityEnded(failure(title, error, 'The account is unchanged.'));
      }
    }
    return null;
  };
}

export interface ExportJob {
  /** What of the account it is; the file is named by both. */
  readonly title: string;
  /** With its point. */
  readonly ending: string;
  readonly mimeType: string;
  readonly start: (onProgress: (progress: Progress) => void) => PendingCall<string | Uint8Array>;
}

/** Files of the open account, named after it. */
export function createExporting(deps: Parameters<typeof createExporter>[0]): (job: ExportJob) => Promise<void> {
  const exporter = createExporter(deps);
  return async ({ title, ending, mimeType, start }) => {
    const { view } = deps.store.getState();
    if (view === null) return;
    const suggestedName = fileNameFrom(`${view.title} ${title}`, ending);
    await exporter({ suggestedName, mimeType, start, content: (content) => content });
  };
}
