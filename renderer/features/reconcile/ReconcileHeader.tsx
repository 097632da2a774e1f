/** The month, whose account it is, how far its closing has come, and the one thing that is next. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReconMonth, ReconPeriod } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { nextStep } from './closing.ts';
import './reconcile.css';
import { Stages } from './Stages.tsx';
import { monthText } from '../../ui/format.ts';

export function ReconcileHeader(props: {
  readonly periods: readonly ReconPeriod[];
  readonly period: ReconMonth | null;
  /** The chosen month as it is shown; null while it is not known. */
  readonly shown: ReconPeriod | null;
  readonly facts: string;
  readonly zone: Zone;
  /** The figures on screen are about to change. */
  readonly updating: boolean;
  /** Further commands of the month, such as its report. */
  readonly commands: ReactNode;
  readonly onMonth: (period: ReconMonth) => void;
  readonly onStep: (by: -1 | 1) => void;
  readonly onNext: (act: 'prepare' | 'review' | 'seal') => void;
  readonly onReopen: () => void;
}): ReactNode {
  const { periods, period, shown, facts, zone, updating, commands, onMonth, onStep, onNext, onReopen } = props;
  return (
    <header className="reconcile-header">
      <h1>Reconcile</h1>
      {period !== null && (
        <div className="month-stepper" role="group" aria-label="Month">
          <IconButton icon={ChevronLeft} label="Month before, key ," onClick={() => onStep(-1)} />
          <Select
            label="Month"
            value={period}
            options={periods.map((one) => ({ value: one.period, label: monthText(one.period) }))}
            onChange={onMonth}
          />
          <IconButton icon={ChevronRight} label="Month after, key ." onClick={() => onStep(1)} />
        </div>
      )}
      <span className="reconcile-facts">{facts}</span>
      {updating && <span className="reconcile-updating">updating</span>}
      <div className="reconcile-commands">
        {shown !== null && <Stages period={shown} zone={zone} />}
        {commands}
        {shown !== null && <Closing period={shown} onNext={onNext} onReopen={onReopen} />}
      </div>
    </header>
  );
}

function Closing(props: {
  readonly period: ReconPeriod;
  readonly onNext: (act: 'prepare' | 'review' | 'seal') => void;
  readonly onReopen: () => void;
}): ReactNode {
  const { period, onNext, onReopen } = props;
  const next = nextStep(period);
  return (
    <>
      {period.state !== 'open' && (
        <Button look={next === null ? 'outline' : 'quiet'} onClick={onReopen}>
          Reopen…
        </Button>
      )}
      {next !== null && (
        <Button
          look="solid"
          disabled={next.waits !== null}
          {...(next.waits === null ? {} : { hint: next.waits })}
          onClick={() => onNext(next.act)}
        >
          {next.label}
        </Button>
      )}
    </>
  );
}
