/** A stored file at one of its lines: the line in its cells, also those that were not read, and the lines around it. */
import { FileText, TriangleAlert, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { SourceText } from '../../../shared/contract/importing.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { FreeField } from '../../ui/FreeField.tsx';
import { countText } from '../../ui/amountText.ts';
import { middleCut } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { hasMore, type SourcePlace } from './slice.ts';
import './source.css';

export function SourceDrawer(props: {
  readonly place: SourcePlace;
  readonly text: SourceText | null;
  readonly failure: string | null;
  readonly onLine: (line: number) => void;
  readonly onMore: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { place, text, failure, onLine, onMore, onClose } = props;
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    drawer.current?.focus();
    // The focus goes back to where the drawer was opened from.
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      ref={drawer}
      className="source-drawer"
      aria-label={`Source, ${place.file}`}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className="source-head">
        <FileText size="1rem" strokeWidth={1.9} aria-hidden="true" />
        <h2 title={place.file}>{middleCut(place.file, 42)}</h2>
        <span aria-hidden="true">Line</span>
        <FreeField
          label="Line"
          placeholder="Line"
          value={String(place.line)}
          read={readLine}
          onChange={(line) => onLine(Number(line))}
        />
        <IconButton icon={X} label="Close the source" onClick={onClose} />
      </header>
      <div className="source-body" tabIndex={0} role="region" aria-label="Lines">
        {failure !== null && (
          <Notice icon={TriangleAlert} tone="debt" title={`Line ${countText(place.line)} cannot be shown`}>
            <p>{failure}</p>
          </Notice>
        )}
        {text !== null && failure === null && <Cells text={text} line={place.line} />}
        {text !== null && failure === null && <Lines text={text} line={place.line} />}
        {text !== null && failure === null && hasMore(place, text) && (
          <Button small look="quiet" onClick={onMore}>
            More lines
          </Button>
        )}
      </div>
    </aside>
  );
}

function readLine(text: string): { value: string } | { problem: string } {
  const line = Number(text.replace(/[,\s]/g, ''));
  return Number.isSafeInteger(line) && line > 0 ? { value: String(line) } : { problem: 'Lines count from 1' };
}

function Cells({ text: { cells }, line }: { readonly text: SourceText; readonly line: number }): ReactNode {
  if (cells.length === 0) return null;
  return (
    <section aria-label={`Line ${line} by column`}>
      <h3>{`Line ${countText(line)} by column`}</h3>
      <dl className="source-cells">
        {cells.map(({ header, value }, index) => (
          <div key={index}>
            <dt>{header === '' ? `column ${index + 1}` : header}</dt>
            <dd className="mono">{value === '' ? <span className="source-blank">blank</span> : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Lines({ text: { lines }, line }: { readonly text: SourceText; readonly line: number }): ReactNode {
  const chosen = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [lines, line]);
  return (
    <section>
      <h3>In the file</h3>
      <div className="source-scroll" tabIndex={0} role="group" aria-label="Lines around it">
        <ol className="source-lines mono">
          {lines.map((each) => (
            <li
              key={each.line}
              ref={each.line === line ? chosen : undefined}
              aria-current={each.line === line ? 'true' : undefined}
            >
              <span className="source-number">{each.line}</span>
              <span className="source-text">{each.text}</span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
