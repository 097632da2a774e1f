/** What finance takes out of the app: the run for other programs. */
import type { HostApi } from '../../shared/contract/host.ts';
import type { EngineClient } from '../ui/slice.ts';
import { createExporting } from './exporting.ts';
import type { LongWork } from './longWork.ts';
import type { AppStore } from './store.ts';

export type RunForm = 'focus' | 'hledger' | 'beancount';

export interface ReportActions {
  /** The run as FOCUS rows, or its own journal for a plain-text accounting program. */
  exportRun(form: RunForm): Promise<void>;
}

export function createReportActions(deps: {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly work: LongWork;
  readonly host: Pick<HostApi, 'exportFile'>;
}): ReportActions {
  const { engine } = deps;
  const exporting = createExporting(deps);
  return {
    exportRun: (form) =>
      form === 'focus'
        ? exporting({
            ...{ title: 'FOCUS', ending: '.csv', mimeType: 'text/csv' },
            start: (onProgress) => engine.exportFocus({}, onProgress),
          })
        : exporting({
            ...{ title: 'journal', ending: `.${form}`, mimeType: 'text/plain' },
            start: (onProgress) => engine.exportRunJournal({ form }, onProgress),
          }),
  };
}
