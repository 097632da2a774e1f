/**
 * The field of a value: takes what people type and shows it back in one form. Text that can be read is tried as it is
 * typed; what cannot says why once the field is left, and the last good run stays.
 */
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { WhatIfControl } from '../../../shared/contract/whatIf.ts';
import { readControl } from '../../../shared/domain/controlText.ts';
import { fieldText } from './controlWords.ts';
import type { Hand } from './state.ts';

export function ValueField(props: {
  readonly control: WhatIfControl;
  readonly text: string;
  readonly currency: string;
  /** Why the worker could not run with it. */
  readonly problem: string | null;
  readonly wide?: boolean;
  readonly suggestions?: readonly string[];
  readonly onTry: (text: string, hand: Hand) => void;
}): ReactNode {
  const { control, text, currency, problem, wide = false, suggestions = [], onTry } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [before, setBefore] = useState(text);
  const said = wrong ?? problem;

  const type = (next: string): void => {
    if (typed === null) setBefore(text);
    setTyped(next);
    setWrong(null);
    if (readControl(control.form, next, currency).ok) onTry(next, 'moving');
  };
  const commit = (): void => {
    if (typed === null) return;
    const read = readControl(control.form, typed, currency);
    if (!read.ok) {
      setWrong(read.message);
      // what could be read of it on the way was tried, and stays
      onTry(text, 'resting');
      return;
    }
    setTyped(null);
    setWrong(null);
    onTry(typed, 'resting');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit();
    if (event.key !== 'Escape' || typed === null) return;
    event.stopPropagation();
    setTyped(null);
    setWrong(null);
    onTry(before, 'resting');
  };
  return (
    <>
      <span className={wide ? 'value-field wide' : 'value-field'} data-invalid={said !== null || undefined}>
        <input
          type="text"
          className={text === control.saved ? 'value-input' : 'value-input changed'}
          aria-label={wide ? control.label : `${control.label}, value`}
          aria-invalid={said !== null}
          aria-describedby={said === null ? undefined : `${id}problem`}
          title={control.help}
          list={suggestions.length === 0 ? undefined : `${id}list`}
          data-dirty={typed === null ? undefined : ''}
          value={typed ?? fieldText(control, text)}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        {control.unit !== '' && <span className="value-unit">{control.unit}</span>}
      </span>
      {suggestions.length > 0 && (
        <datalist id={`${id}list`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      {said !== null && (
        <span id={`${id}problem`} className="value-problem" role="alert">
          {`${control.label} ${said}`}
          {wrong !== null && `; ${fieldText(control, text)} stays`}
        </span>
      )}
    </>
  );
}
