/** One value of the account: its name and change, field, slider or choices, and what happens to it later. */
import { memo, useState, type ReactNode } from 'react';
import type { WhatIfControl } from '../../../shared/contract/whatIf.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { deltaText, fieldText, laterText, laterTitle } from './controlWords.ts';
import { inOneForm } from './draft.ts';
import type { Hand } from './state.ts';
import { Switch } from './Switch.tsx';
import { TiersDialog } from './TiersDialog.tsx';
import { ValueField } from './ValueField.tsx';
import { ValueSlider } from './ValueSlider.tsx';

export interface ControlRowProps {
  readonly control: WhatIfControl;
  readonly text: string;
  readonly held: boolean;
  readonly problem: string | null;
  readonly currency: string;
  readonly zone: Zone;
  readonly zones: readonly string[];
  readonly onTry: (path: string, text: string, hand: Hand) => void;
  readonly onHold: (path: string, held: boolean) => void;
  readonly onReset: (path: string) => void;
}

/** Choices of more letters than this stand in a list. */
const SEGMENT_LETTERS = 26;

export const ControlRow = memo(function ControlRow(props: ControlRowProps): ReactNode {
  const { control, text, held, currency, zone, onHold, onReset } = props;
  const { path, label, help, form, saved, slider, changes } = control;
  const isChanged = text !== saved;
  return (
    <div className={isChanged ? 'control changed' : 'control'} data-control={path}>
      <div className={isStacked(control) ? 'control-top stacked' : 'control-top'}>
        <span className="control-label" title={help}>
          {label}
        </span>
        {isChanged && form.kind !== 'switch' && (
          <button
            type="button"
            className="control-delta"
            title={`Back to the saved run's ${form.kind === 'tiers' ? 'tiers' : fieldText(control, saved)}`}
            aria-label={`${label}: ${deltaText(control, text, currency)}; back to the saved run`}
            onClick={() => onReset(path)}
          >
            {deltaText(control, text, currency)}
          </button>
        )}
        <Setter {...props} />
      </div>
      {slider !== null && (
        <ValueSlider
          control={{ ...control, slider }}
          text={text}
          currency={currency}
          onTry={(next, hand) => props.onTry(path, next, hand)}
          onReset={() => onReset(path)}
        />
      )}
      {control.presets.length > 0 && <Presets {...props} />}
      {changes.length > 0 && (
        <div className="control-later">
          <span title={laterTitle(control, zone)}>{laterText(control, zone)}</span>
          <Switch
            label={`${label}: hold throughout`}
            on={held}
            words="hold throughout"
            onChange={(next) => onHold(path, next)}
          />
        </div>
      )}
    </div>
  );
});

function Setter(props: ControlRowProps): ReactNode {
  const { control, text, problem, currency, zones, onTry } = props;
  const { form, label, path } = control;
  const set = (next: string): void => onTry(path, next, 'resting');
  switch (form.kind) {
    case 'switch':
      return <Switch label={label} on={text === 'on'} onChange={(on) => set(on ? 'on' : 'off')} />;
    case 'choice': {
      const letters = form.choices.reduce((sum, choice) => sum + choice.label.length, 0);
      return letters <= SEGMENT_LETTERS ? (
        <Segmented
          label={label}
          value={text}
          options={form.choices.map((choice) => ({ ...choice, title: choice.label }))}
          onChange={set}
        />
      ) : (
        <Select label={label} value={text} options={form.choices} onChange={set} />
      );
    }
    case 'tiers':
      return <Tiers {...props} />;
    case 'amount':
    case 'duration':
    case 'durations':
    case 'integer':
    case 'name':
    case 'rate':
    case 'zone':
      return (
        <ValueField
          control={control}
          text={text}
          currency={currency}
          problem={problem}
          wide={control.slider === null}
          suggestions={form.kind === 'zone' ? zones : []}
          onTry={(next, hand) => onTry(path, next, hand)}
        />
      );
  }
}

/** What needs the whole width for itself. */
function isStacked({ form }: WhatIfControl): boolean {
  return form.kind === 'durations';
}

function Presets({ control, text, currency, onTry }: ControlRowProps): ReactNode {
  const inForm = (preset: string): string => inOneForm(control, preset, currency) ?? preset;
  return (
    <div className="control-presets">
      <Segmented
        label={`${control.label}: usual values`}
        value={text}
        options={control.presets.map((preset) => ({ value: inForm(preset), label: preset, title: preset }))}
        onChange={(preset) => onTry(control.path, preset, 'resting')}
      />
    </div>
  );
}

function Tiers({ control, text, currency, problem, onTry }: ControlRowProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button outline small" onClick={() => setOpen(true)}>
        Edit tiers…
      </button>
      {problem !== null && (
        <span className="value-problem" role="alert">
          {problem}
        </span>
      )}
      {open && (
        <TiersDialog
          text={text}
          saved={control.saved}
          currency={currency}
          onClose={() => setOpen(false)}
          onSet={(next) => {
            onTry(control.path, next, 'resting');
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
