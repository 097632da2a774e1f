/**
 * A value between two ends: tick where the saved run is, ring at the product default, a coloured bar for the change. A
 * native range under it takes pointer and keys; arrows go one step, with Shift ten.
 */
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import type { WhatIfControl } from '../../../shared/contract/whatIf.ts';
import { sliderPosition, sliderText, steppedText, type SlidControl } from '../../../shared/domain/controlSlider.ts';
import { fieldText } from './controlWords.ts';
import type { Hand } from './state.ts';

interface ValueSliderProps {
  readonly control: WhatIfControl & SlidControl;
  readonly text: string;
  readonly currency: string;
  readonly onTry: (text: string, hand: Hand) => void;
  readonly onReset: () => void;
}

/** A double click this near the tick means the tick. */
const TICK_PX = 10;
const KEYS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

export function ValueSlider({ control, text, currency, onTry, onReset }: ValueSliderProps): ReactNode {
  const { slider, saved, standard, form } = control;
  const at = placeOf(control, text, currency);
  const savedAt = placeOf(control, saved, currency);
  const standardAt = standard === null ? null : placeOf(control, standard, currency);
  const isChanged = text !== saved;
  const none = 'none' in form && control.presets.length === 0 ? form.none : null;

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = KEYS[event.key];
    const end = event.key === 'Home' ? slider.low : event.key === 'End' ? slider.high : null;
    if (step === undefined && end === null) return;
    event.preventDefault();
    const factor = event.shiftKey && Math.abs(step ?? 0) === 1 ? 10 : 1;
    onTry(end ?? steppedText(control, text, (step ?? 0) * factor, currency), 'moving');
  };
  const onDoubleClick = (event: MouseEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    if (Math.abs(event.clientX - left - width * savedAt) <= TICK_PX) onReset();
  };
  return (
    <div className="slider-row">
      <span className="slider-end">{endText(control, slider.low)}</span>
      <div className="slider-track" onDoubleClick={onDoubleClick}>
        <span className="slider-rail" />
        {isChanged && (
          <span
            className="slider-change"
            style={{ left: percent(Math.min(at, savedAt)), width: percent(Math.abs(at - savedAt)) }}
          />
        )}
        <span className="slider-tick" style={{ left: percent(savedAt) }} />
        {standardAt !== null && <span className="slider-ring" style={{ left: percent(standardAt) }} />}
        <input
          type="range"
          className={isChanged ? 'slider changed' : 'slider'}
          min={0}
          max={1}
          step="any"
          value={at}
          aria-label={control.label}
          aria-valuetext={fieldText(control, text)}
          onChange={(event) => onTry(sliderText(control, Number(event.currentTarget.value), currency), 'moving')}
          onPointerUp={() => onTry(text, 'resting')}
          onKeyDown={onKeyDown}
          onKeyUp={(event) => {
            if (event.key in KEYS || event.key === 'Home' || event.key === 'End') onTry(text, 'resting');
          }}
        />
      </div>
      <span className="slider-end right">{endText(control, slider.high)}</span>
      {none !== null && (
        <button
          type="button"
          className="slider-none"
          aria-pressed={text === none}
          aria-label={`${control.label}: ${none}`}
          onClick={() => onTry(none, 'resting')}
        >
          {none}
        </button>
      )}
    </div>
  );
}

/** No limit and never lie beyond the track's end, what is not set before its begin. */
function placeOf(control: SlidControl, text: string, currency: string): number {
  const place = sliderPosition(control, text, currency);
  return place ?? ('none' in control.form && control.form.none === 'not set' ? 0 : 1);
}

/** The ends are round: what is nothing but zeros after the point is left out. */
function endText(control: SlidControl, text: string): string {
  const isWhole = control.form.kind === 'amount' && /^-?\d+$/.test(text);
  return fieldText(control, isWhole ? `${text}.0` : text).replace(/\.0+(?=$| )/, '');
}

function percent(part: number): string {
  return `${part * 100}%`;
}
