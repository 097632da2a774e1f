/** A report over the whole window: what is shown is what is printed, but for the bar above it. */
import { Download, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { PaperSize } from '../../../shared/contract/host.ts';
import type { Progress } from '../../../shared/contract/rpc.ts';
import type { PrintedReport, ReportRequest } from '../../../shared/contract/report.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { RateField } from '../../ui/RateField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { ReportPage } from './ReportPage.tsx';
import type { ReportNews } from './slice.ts';
import './report.css';

export function ReportView(props: {
  readonly request: ReportRequest;
  /** Null until it is made. */
  readonly document: PrintedReport | null;
  readonly progress: Progress | null;
  readonly failure: string | null;
  readonly paper: PaperSize;
  readonly news: ReportNews | null;
  readonly onRequest: (request: ReportRequest) => void;
  readonly onPaper: (paper: PaperSize) => void;
  readonly onSave: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { request, document: report, progress, failure, paper, news, onRequest, onPaper, onSave, onClose } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <main
      className="report-view"
      aria-label={`Report of ${request.period}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className="report-bar">
        <h1 ref={heading} tabIndex={-1}>
          Report
        </h1>
        <Segmented
          label="Whose books"
          value={request.view}
          options={[
            { value: 'buyer', label: 'Buyer', title: 'Prepaid expense' },
            { value: 'seller', label: 'Seller', title: 'Contract liability, revenue, breakage' },
          ]}
          onChange={(view) => onRequest({ ...request, view })}
        />
        <Segmented
          label="Roll-forward by"
          value={request.by}
          options={[
            { value: 'lot', label: 'By lot', title: 'A row a lot' },
            { value: 'purchase_month', label: 'By month bought', title: 'A row a month of purchase' },
          ]}
          onChange={(by) => onRequest({ ...request, by })}
        />
        {request.view === 'seller' && (
          <RateField
            label="Expected to expire"
            placeholder="as the past shows"
            value={request.breakageRate ?? null}
            onChange={(rate) => {
              const { breakageRate: _before, ...others } = request;
              onRequest(rate === null ? others : { ...others, breakageRate: rate });
            }}
          />
        )}
        <Segmented
          label="Paper"
          value={paper}
          options={[
            { value: 'A4', label: 'A4', title: '210 by 297 mm' },
            { value: 'Letter', label: 'Letter', title: '8.5 by 11 inches' },
          ]}
          onChange={onPaper}
        />
        <Button look="solid" icon={Download} disabled={report === null} onClick={onSave}>
          {report === null ? 'Save as PDF, when it is made' : 'Save as PDF'}
        </Button>
        <IconButton icon={X} label="Close the report" onClick={onClose} />
        {news !== null && (
          <p
            className={news.isFailure ? 'report-news failed' : 'report-news'}
            role={news.isFailure ? 'alert' : 'status'}
          >
            {news.says}
          </p>
        )}
      </header>
      <div className="report-scroll" tabIndex={0} role="region" aria-label="Pages">
        {failure !== null && <p role="alert">The report was not made: {failure}. Nothing was changed.</p>}
        {report === null && failure === null && progress === null && <p role="status">Putting the report together…</p>}
        {failure === null && progress !== null && (
          <ProgressBar
            {...{ what: 'Putting the report together', unit: undefined, leftMs: null }}
            done={progress.done}
            total={progress.total}
            cancelLabel="Cancel, close the report"
            onCancel={onClose}
          />
        )}
        {report !== null && <ReportPage report={report} />}
      </div>
    </main>
  );
}
