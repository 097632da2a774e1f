/** What a query answered: as a table or a chart, with how long it took and what is missing; or why it did not answer. */
import { ChartColumn, ChartLine, Copy, Download, Sheet, Table as TableIcon, TriangleAlert } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { QueryChart, type QueryMark } from '../../ui/charts/QueryChart.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Table } from '../../ui/Table.tsx';
import { chartOf } from './resultChart.ts';
import { resultColumns, resultWidth } from './resultColumns.tsx';
import { answerText, truncatedText } from './resultText.ts';
import type { SqlResult } from './slice.ts';
import './sql.css';

const STAYS = (): void => undefined;

export function ResultPanel(props: {
  readonly result: SqlResult;
  readonly shown: 'table' | 'chart';
  readonly selected: number | null;
  readonly onShow: (shown: 'table' | 'chart') => void;
  readonly onSelect: (row: number | null) => void;
  readonly onCopy: () => void;
  readonly onCsv: () => void;
  readonly onXlsx: () => void;
}): ReactNode {
  const { result, shown, onShow } = props;
  const { rows: answer, stale } = result;
  const chart = useMemo(() => chartOf(answer), [answer]);
  const [mark, setMark] = useState<QueryMark | null>(null);
  const drawn = mark ?? ('chart' in chart && chart.chart.places !== null ? 'line' : 'bars');
  const truncated = truncatedText(answer);
  return (
    <>
      <div className="sql-result-bar">
        <strong role="status">{answerText(answer)}</strong>
        {stale && <span className="sql-stale">The account has changed since; run it again</span>}
        <div className="sql-result-tools">
          <Segmented
            label="Answer as"
            value={shown}
            options={[
              { value: 'table', label: 'Table', title: 'Answer as a table' },
              { value: 'chart', label: 'Chart', title: 'Answer as a chart' },
            ]}
            onChange={onShow}
          />
          {shown === 'chart' && 'chart' in chart && (
            <Segmented<QueryMark>
              label="Marks"
              value={drawn}
              options={[
                {
                  value: 'line',
                  label: <ChartLine size="0.875rem" strokeWidth={2.1} aria-hidden="true" />,
                  title: 'Lines',
                },
                {
                  value: 'bars',
                  label: <ChartColumn size="0.875rem" strokeWidth={2.1} aria-hidden="true" />,
                  title: 'Bars',
                },
              ]}
              onChange={setMark}
            />
          )}
          <Button
            small
            look="quiet"
            icon={Copy}
            hint="Copies all rows with headers, for a spreadsheet"
            onClick={props.onCopy}
          >
            Copy
          </Button>
          <Menu
            small
            label="Export answer"
            icon={Download}
            groups={[
              [
                { label: 'Answer as CSV', icon: TableIcon, onChoose: props.onCsv },
                { label: 'Answer as XLSX', icon: Sheet, onChoose: props.onXlsx },
              ],
            ]}
          />
        </div>
      </div>
      {truncated !== null && (
        <p className="sql-truncated">
          <TriangleAlert size="0.875rem" strokeWidth={2.1} aria-hidden="true" /> {truncated}
        </p>
      )}
      <div className={stale ? 'sql-answer dimmed' : 'sql-answer'}>
        {shown === 'table' ? (
          <Answer {...props} />
        ) : 'chart' in chart ? (
          <QueryChart key={result.sql} data={chart.chart} mark={drawn} />
        ) : (
          <div className="sql-none">
            <Notice icon={ChartLine} title="No chart of this answer">
              <p>{chart.reason}</p>
            </Notice>
          </div>
        )}
      </div>
    </>
  );
}

function Answer(props: {
  readonly result: SqlResult;
  readonly selected: number | null;
  readonly onSelect: (row: number | null) => void;
}): ReactNode {
  const { result, selected, onSelect } = props;
  const { rows } = result.rows;
  const columns = useMemo(() => resultColumns(result.rows), [result]);
  return (
    <Table
      label="Answer"
      columns={columns}
      total={rows.length}
      row={(index) => rows[index]}
      onNeed={STAYS}
      selected={selected}
      onSelect={onSelect}
      minWidth={resultWidth(columns)}
      empty="The query found no rows."
    />
  );
}
