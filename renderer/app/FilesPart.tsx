/** Joins the list of files with the store: the table, the chosen file, what became of the last change. */
import { useEffect, type ReactNode } from 'react';
import { FileDetail } from '../features/data/FileDetail.tsx';
import { FilesEmpty } from '../features/data/FilesEmpty.tsx';
import { FilesTable } from '../features/data/FilesTable.tsx';
import { ActivityProgress } from '../features/importing/ActivityProgress.tsx';
import { OutcomeNotice } from '../features/importing/OutcomeNotice.tsx';
import { Button } from '../ui/Button.tsx';
import { useActions, useAppState } from './context.ts';
import { useZone } from './useZone.ts';

export function FilesPart(): ReactNode {
  const actions = useActions();
  const zone = useZone();
  const files = useAppState((state) => state.storedFiles);
  const stale = useAppState((state) => state.storedStale);
  const chosen = useAppState((state) => state.storedChosen);
  const choose = useAppState((state) => state.storedChoose);
  const hasAccount = useAppState((state) => state.view !== null);
  const updating = useAppState((state) => state.updating);
  useEffect(() => {
    if (stale && hasAccount && !updating) void actions.loadFiles();
  }, [stale, hasAccount, updating, actions]);
  const file = files?.find(({ id }) => id === chosen);
  return (
    <div className="files-place">
      <FilesNews />
      {files === null ? null : files.length === 0 ? (
        <FilesEmpty onAdd={() => void actions.addFiles()} />
      ) : (
        <div className={updating ? 'files-part dimmed' : 'files-part'}>
          <div className="files-table">
            <FilesTable
              files={files}
              chosen={chosen}
              zone={zone}
              onChoose={choose}
              onOpen={({ report }) => actions.openSource(report.file, 1)}
            />
          </div>
          {file !== undefined && (
            <FileDetail
              file={file}
              zone={zone}
              onPlace={(placement) => void actions.placeFile(file, placement)}
              onCompare={() => void actions.compareOnly(file)}
              onCount={() => void actions.countUsage(file)}
              onSource={(line) => actions.openSource(file.report.file, line)}
              onUndo={() => void actions.undoImport(file)}
            />
          )}
        </div>
      )}
    </div>
  );
}

/** What is being done to the files, or how it ended. */
function FilesNews(): ReactNode {
  const activity = useAppState((state) => state.activity);
  const outcome = useAppState((state) => state.outcome);
  const dismiss = useAppState((state) => state.dismissOutcome);
  if (activity !== null) {
    return (
      <div className="files-news awaiting">
        <ActivityProgress activity={activity} />
      </div>
    );
  }
  if (outcome === null || outcome.kind === 'imported') return null;
  return (
    <div className="files-news">
      <OutcomeNotice outcome={outcome} />
      <Button small onClick={dismiss}>
        Close
      </Button>
    </div>
  );
}
