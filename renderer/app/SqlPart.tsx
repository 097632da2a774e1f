/** Joins the console with the store: queries and tables at the side, the query, its answer. */
import { Play, Square, TriangleAlert } from 'lucide-react';
import { useMemo, useRef, type ReactNode, type RefObject } from 'react';
import { QueryList } from '../features/sql/QueryList.tsx';
import { ResultPanel } from '../features/sql/ResultPanel.tsx';
import { SaveQuery } from '../features/sql/SaveQuery.tsx';
import { SchemaOutline } from '../features/sql/SchemaOutline.tsx';
import { SqlEditor, type SqlEditorHandle } from '../features/sql/SqlEditor.tsx';
import { faultRange } from '../features/sql/sqlText.ts';
import { countText } from '../ui/amountText.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Select } from '../ui/Select.tsx';
import { useActions, useAppState } from './context.ts';

const FAULT_ID = 'sql-fault';

export function SqlPart(): ReactNode {
  const editor = useRef<SqlEditorHandle>(null);
  const text = useAppState((state) => state.sqlText);
  const outline = useAppState((state) => state.sqlOutline);
  const fault = useAppState((state) => state.sqlFault);
  const write = useAppState((state) => state.sqlWrite);
  const run = useAppState((state) => state.sqlRun);
  // what was wrong with another text says nothing of this one
  const marked = useMemo(
    () => (fault === null || fault.sql !== text ? null : faultRange(text, fault.error)),
    [fault, text],
  );
  return (
    <div className="sql-part">
      <Side editor={editor} />
      <section className="sql-main" aria-label="Console">
        <SqlEditor
          ref={editor}
          text={text}
          outline={outline ?? []}
          fault={marked}
          faultId={fault === null ? undefined : FAULT_ID}
          onText={write}
          onRun={() => void run()}
        />
        <RunBar />
        <Result onFault={marked === null ? null : () => editor.current?.select(marked.from, marked.to)} />
      </section>
    </div>
  );
}

function Side({ editor }: { readonly editor: RefObject<SqlEditorHandle | null> }): ReactNode {
  const { removeQuery } = useActions();
  const text = useAppState((state) => state.sqlText);
  const kept = useAppState((state) => state.sqlKept);
  const saved = useAppState((state) => state.sqlSaved);
  const shipped = useAppState((state) => state.sqlShipped);
  const outline = useAppState((state) => state.sqlOutline);
  return (
    <nav className="sql-side" aria-label="Queries and tables" tabIndex={-1}>
      <QueryList
        kept={kept}
        saved={saved}
        shipped={shipped}
        text={text}
        onOpen={({ sql }) => editor.current?.replace(sql)}
        onRemove={(query, home) => void removeQuery(query, home)}
      />
      <SchemaOutline tables={outline} onInsert={(name) => editor.current?.insert(name)} />
    </nav>
  );
}

const LIMITS = [1_000, 10_000, 100_000].map((limit) => ({
  value: String(limit),
  label: `at most ${countText(limit)} rows`,
}));
const TIMEOUTS = [
  [5, 'stop after 5 s'],
  [30, 'stop after 30 s'],
  [120, 'stop after 2 min'],
  [600, 'stop after 10 min'],
].map(([seconds, label]) => ({ value: String(Number(seconds) * 1000), label: String(label) }));

function RunBar(): ReactNode {
  const { saveQuery } = useActions();
  const text = useAppState((state) => state.sqlText);
  const kept = useAppState((state) => state.sqlKept);
  const saved = useAppState((state) => state.sqlSaved);
  const shipped = useAppState((state) => state.sqlShipped);
  const running = useAppState((state) => state.sqlRunning);
  const run = useAppState((state) => state.sqlRun);
  const limit = useAppState((state) => state.sqlLimit);
  const timeoutMs = useAppState((state) => state.sqlTimeoutMs);
  const bound = useAppState((state) => state.sqlBound);
  const empty = text.trim() === '';
  return (
    <div className="sql-run">
      {running === null ? (
        <Button icon={Play} look="solid" keys="Ctrl Enter" disabled={empty} onClick={() => void run()}>
          {empty ? 'Write a query' : 'Run'}
        </Button>
      ) : (
        <Button icon={Square} onClick={running.cancel}>
          Cancel
        </Button>
      )}
      <Select
        label="Most rows"
        value={String(limit)}
        options={LIMITS}
        onChange={(value) => bound({ limit: Number(value) })}
      />
      <Select
        label="Longest time"
        value={String(timeoutMs)}
        options={TIMEOUTS}
        onChange={(value) => bound({ timeoutMs: Number(value) })}
      />
      {running !== null && (
        <span className="sql-running" role="status">
          Running
        </span>
      )}
      <span className="sql-run-end">
        <SaveQuery
          sql={text}
          own={{ account: kept, computer: saved }}
          shipped={shipped}
          onSave={(query, home) => void saveQuery(query, home)}
        />
      </span>
    </div>
  );
}

function Result({ onFault }: { readonly onFault: (() => void) | null }): ReactNode {
  const { exportAnswer, copyAnswer } = useActions();
  const result = useAppState((state) => state.sqlResult);
  const fault = useAppState((state) => state.sqlFault);
  const cancelled = useAppState((state) => state.sqlCancelled);
  const running = useAppState((state) => state.sqlRunning);
  const shown = useAppState((state) => state.sqlShown);
  const show = useAppState((state) => state.sqlShow);
  const selected = useAppState((state) => state.sqlSelected);
  const select = useAppState((state) => state.sqlSelect);
  return (
    <div className={running === null ? 'sql-result' : 'sql-result dimmed'} aria-busy={running !== null}>
      {fault !== null && (
        <div id={FAULT_ID} className="sql-fault" role="alert">
          <Notice icon={TriangleAlert} tone="debt" title={faultText(fault.error.message)}>
            <p>{`${placeText(fault.error)}${result === null ? '' : ' The answer below is of the query before.'}`}</p>
          </Notice>
          {onFault !== null && (
            <Button small onClick={onFault}>
              Show the place
            </Button>
          )}
        </div>
      )}
      {cancelled && (
        <p className="sql-cancelled" role="status">
          The query was cancelled; nothing is changed.
        </p>
      )}
      {result !== null ? (
        <ResultPanel
          result={result}
          shown={shown}
          selected={selected}
          onShow={show}
          onSelect={select}
          onCopy={copyAnswer}
          onCsv={() => void exportAnswer('csv')}
          onXlsx={() => void exportAnswer('xlsx')}
        />
      ) : (
        fault === null &&
        !cancelled &&
        running === null && (
          <p className="sql-none">Run a query, or open one from the left; Ctrl Space offers tables and columns.</p>
        )
      )}
    </div>
  );
}

function placeText({ line, column }: { readonly line: number | null; readonly column: number | null }): string {
  if (line === null) return 'Nothing was changed.';
  return column === null ? `Line ${line}.` : `Line ${line}, column ${column}.`;
}

/** The place stands beside it. A word of the query that it begins with stays as it is written. */
function faultText(message: string): string {
  const words = message.replace(/^line \d+, column \d+: /, '');
  return /^\S+ is not expected/.test(words) ? words : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
