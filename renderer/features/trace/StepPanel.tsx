/** The event at which one stands, with the account before and after it; steps to the events and rows beside it. */
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { Step } from '../../../shared/contract/trace.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { amountText, countText } from '../../ui/amountText.ts';
import { Button } from '../../ui/Button.tsx';
import { instantText, plural, rangeText } from '../../ui/format.ts';
import type { Money } from './figures.ts';
import { stepGroups, type StepLine } from './stepWords.ts';
import { sourceText } from './traceWords.ts';
import './steps.css';

export interface StepActions {
  onStep(by: 1 | -1, rows: boolean): void;
  onSource(file: string, line: number): void;
  /** The balance right after it, as a root of its own. */
  onTrace(step: Step): void;
  onChart(step: Step): void;
}

export function StepPanel(props: {
  readonly step: Step | null;
  readonly zone: Zone;
  readonly money: Money;
  readonly actions: StepActions;
}): ReactNode {
  const { step, zone, money, actions } = props;
  return (
    <section className="step-panel" aria-label="Event by event">
      <header className="step-top">
        <h2>{step === null ? 'Event by event' : `Event ${countText(step.number)} of ${countText(step.total)}`}</h2>
        <StepButtons step={step} onStep={actions.onStep} />
      </header>
      {step === null ? <p className="step-none">No event here.</p> : <EventOf {...{ step, zone, money, actions }} />}
      {step !== null && <BeforeAfter step={step} zone={zone} digits={money.digits} />}
    </section>
  );
}

function StepButtons(props: { readonly step: Step | null; readonly onStep: StepActions['onStep'] }): ReactNode {
  const { step, onStep } = props;
  const button = (icon: LucideIcon, label: string, keys: string, by: 1 | -1, rows: boolean): ReactNode => {
    const can = step !== null && (by < 0 ? step.hasPrevious : step.hasNext);
    const Icon = icon;
    return (
      <button
        type="button"
        className="step-button"
        aria-label={label}
        title={`${label}, ${keys}`}
        aria-disabled={can ? undefined : true}
        onClick={can ? () => onStep(by, rows) : undefined}
      >
        <Icon size="1rem" strokeWidth={1.9} aria-hidden="true" />
      </button>
    );
  };
  return (
    <div className="step-buttons" role="group" aria-label="Step">
      {button(ChevronFirst, 'Event before', 'Left', -1, false)}
      {button(ChevronLeft, 'Row before', 'Shift Left', -1, true)}
      {button(ChevronRight, 'Row after', 'Shift Right', 1, true)}
      {button(ChevronLast, 'Event after', 'Right', 1, false)}
    </div>
  );
}

function EventOf(props: {
  readonly step: Step;
  readonly zone: Zone;
  readonly money: Money;
  readonly actions: StepActions;
}): ReactNode {
  const { step, zone, money, actions } = props;
  const { label, at, rows, source, records } = step.event;
  const count = rows === null ? 0 : rows.to - rows.from;
  const made = records.to - records.from;
  return (
    <div className="step-event">
      <h3>{label}</h3>
      <p>{rows !== null && count > 1 ? `${rangeText(rows.since, at, zone)} ${zone.name}` : instantText(at, zone)}</p>
      {rows !== null && (
        <p>{`${plural(count, 'usage row')}, ${amountText(rows.cost, { digits: money.digits })} ${money.currency}`}</p>
      )}
      {made > (rows === null ? 1 : 0) && <p>{`set off ${plural(made, 'timeline row')} at once`}</p>}
      {source !== null && <SourceOf source={source} onSource={actions.onSource} />}
      <div className="step-commands">
        <Button small onClick={() => actions.onTrace(step)}>
          {`Trace ${amountText(step.after.balance, { digits: money.digits })}`}
        </Button>
        <Button small onClick={() => actions.onChart(step)}>
          Show on chart
        </Button>
      </div>
    </div>
  );
}

function SourceOf(props: {
  readonly source: NonNullable<Step['event']['source']>;
  readonly onSource: StepActions['onSource'];
}): ReactNode {
  const { source, onSource } = props;
  const text = sourceText(source);
  if (!('file' in source) || source.line === null) return <p className="mono step-source">{text}</p>;
  const { file, line } = source;
  return (
    <p>
      <button type="button" className="mono step-source" title={`Open ${text}`} onClick={() => onSource(file, line)}>
        {text}
      </button>
    </p>
  );
}

function BeforeAfter(props: { readonly step: Step; readonly zone: Zone; readonly digits: number }): ReactNode {
  const { step, zone, digits } = props;
  const groups = useMemo(() => stepGroups(step, zone, digits), [step, zone, digits]);
  return (
    <div className="step-scroll" tabIndex={0} role="group" aria-label="Before and after">
      <table className="step-table">
        <thead>
          <tr>
            <th scope="col">What it changed</th>
            <th scope="col" className="right">
              before
            </th>
            <th scope="col" className="right">
              after
            </th>
          </tr>
        </thead>
        {groups.map(({ title, lines, rest }) => (
          <tbody key={title}>
            <tr className="step-group">
              <th scope="rowgroup" colSpan={3}>
                {title}
              </th>
            </tr>
            {lines.map((line) => (
              <Line key={line.key} line={line} />
            ))}
            {rest !== null && (
              <tr>
                <td colSpan={3} className="step-rest">
                  {rest}
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Line({ line: { name, before, after, changed, negative } }: { readonly line: StepLine }): ReactNode {
  return (
    <tr className={changed ? 'changed' : undefined}>
      <th scope="row">{name}</th>
      <td className={negative.before ? 'right amount-debt' : 'right'}>{before}</td>
      <td className={negative.after && changed ? 'right amount-debt' : 'right'}>
        {changed ? (
          after === '' ? (
            'none'
          ) : (
            after
          )
        ) : (
          <>
            <span aria-hidden="true">=</span>
            <span className="visually-hidden">the same</span>
          </>
        )}
      </td>
    </tr>
  );
}
