/** What is traced, by which figures one came to it, as of when, and what can be done with it. */
import { ArrowLeft, ChartLine, ChevronRight, Copy, Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Instant, Zone } from '../../../shared/domain/time.ts';
import { isNegative } from '../../ui/amountText.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { FreeField } from '../../ui/FreeField.tsx';
import { asOfText, readAsOf } from './asOf.ts';
import { shortFigure, type Money } from './figures.ts';
import type { TraceStop } from './slice.ts';
import './trace.css';

export interface HeaderActions {
  onBack(): void;
  onReturn(index: number): void;
  onAsOf(at: Instant): void;
  onChart(): void;
  onCopy(): void;
  onCsv(): void;
}

export function TraceHeader(props: {
  readonly trail: readonly TraceStop[];
  readonly facts: string;
  readonly at: Instant;
  readonly choices: readonly string[];
  readonly zone: Zone;
  readonly money: Money;
  readonly updating: boolean;
  readonly actions: HeaderActions;
}): ReactNode {
  const { trail, facts, at, choices, zone, money, updating, actions } = props;
  const shown = trail.length > 0;
  return (
    <header className="trace-header">
      {shown && (
        <IconButton icon={ArrowLeft} label={trail.length > 1 ? 'Back' : 'Back to Account'} onClick={actions.onBack} />
      )}
      <h1>Trace</h1>
      {shown && <Trail trail={trail} money={money} onReturn={actions.onReturn} />}
      <span className="trace-facts">{facts}</span>
      {updating && (
        <span className="trace-updating" role="status">
          updating
        </span>
      )}
      {shown && (
        <div className="trace-commands">
          <span className="trace-asof">
            <span aria-hidden="true">As of</span>
            <FreeField
              label={`As of, on the account’s clock (${zone.name})`}
              value={asOfText(at, zone)}
              placeholder="9 Mar 2026 14:10"
              suggestions={choices}
              read={(typed) => {
                const read = readAsOf(typed, at, zone);
                return typeof read === 'number' ? { value: asOfText(read, zone) } : read;
              }}
              onChange={(text) => {
                const read = readAsOf(text, at, zone);
                if (typeof read === 'number') actions.onAsOf(read);
              }}
            />
          </span>
          <Button icon={ChartLine} hint="Show the selected row on the chart of the account" onClick={actions.onChart}>
            Show on chart
          </Button>
          <Button icon={Copy} hint="Copy the tree as it is shown, as indented text" onClick={actions.onCopy}>
            Copy
          </Button>
          <Button icon={Download} hint="Export the tree as it is shown as CSV" onClick={actions.onCsv}>
            CSV
          </Button>
        </div>
      )}
    </header>
  );
}

/** Earlier figures that are named; before them stands how many there are. */
const NAMED = 2;

function Trail(props: {
  readonly trail: readonly TraceStop[];
  readonly money: Money;
  readonly onReturn: (index: number) => void;
}): ReactNode {
  const { trail, money, onReturn } = props;
  const last = trail.length - 1;
  const first = Math.max(0, last - NAMED);
  return (
    <nav className="trace-trail" aria-label="Traced figures">
      <ol>
        {first > 0 && (
          <li>
            <ChevronRight size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
            <button type="button" className="trace-crumb" title="Back to the first figure" onClick={() => onReturn(0)}>
              {`${first} more`}
            </button>
          </li>
        )}
        {trail.slice(first).map((stop, place) => {
          const index = first + place;
          const name = stop.root?.label ?? 'Figure';
          const figure = stop.root === null ? '' : shortFigure(stop.root, money);
          const words = (
            <>
              {name}
              {figure !== '' && (
                <span
                  className={isNegative(stop.root?.amount ?? '0') ? 'amount amount-debt' : 'amount'}
                >{` ${figure}`}</span>
              )}
            </>
          );
          return (
            <li key={index} aria-current={index === last ? 'page' : undefined}>
              <ChevronRight size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
              {index === last ? (
                <strong>{words}</strong>
              ) : (
                <button type="button" className="trace-crumb" title={`Back to ${name}`} onClick={() => onReturn(index)}>
                  {words}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
