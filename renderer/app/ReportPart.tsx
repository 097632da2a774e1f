/** Joins the report with the store; while it is open it is all that the window shows, and so all that is printed. */
import type { ReactNode } from 'react';
import { ReportView } from '../features/report/ReportView.tsx';
import { useActions, useAppState } from './context.ts';

export function ReportPart(): ReactNode {
  const actions = useActions();
  const request = useAppState((state) => state.report);
  const document = useAppState((state) => state.reportDocument);
  const progress = useAppState((state) => state.reportProgress);
  const failure = useAppState((state) => state.reportFailure);
  const paper = useAppState((state) => state.reportPaper);
  const news = useAppState((state) => state.reportNews);
  const open = useAppState((state) => state.reportOpen);
  const onPaper = useAppState((state) => state.reportOn);
  const close = useAppState((state) => state.reportClose);
  if (request === null) return null;
  return (
    <ReportView
      request={request}
      document={document}
      progress={progress}
      failure={failure}
      paper={paper}
      news={news}
      onRequest={open}
      onPaper={onPaper}
      onSave={() => void actions.saveReportPdf()}
      onClose={close}
    />
  );
}
