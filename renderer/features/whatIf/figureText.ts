/** Figures of runs side by side as text: values, differences, and which rows are worth a line. Pure. */
import type { WhatIfFigure } from '../../../shared/contract/whatIf.ts';
import { amountText } from '../../ui/amountText.ts';

type Shown = Pick<WhatIfFigure, 'kind' | 'value'>;

const MINUTE = 60_000n;
const ACCESS: Readonly<Record<string, string>> = { open: 'open', closed: 'closed' };

export function figureText({ kind, value }: Shown, digits: number): string {
  switch (kind) {
    case 'amount':
      return amountText(value, { digits });
    case 'count':
      return amountText(value, { digits: 0 });
    case 'duration':
      return hoursText(value);
    case 'text':
      return ACCESS[value] ?? value;
  }
}

/** The change of a figure: signed, `=` where there is none, empty where a change is not a number. */
export function figureDelta({ kind, delta, same }: WhatIfFigure, digits: number): string {
  if (same) return '=';
  if (delta === null) return '≠';
  if (kind === 'duration') return delta.startsWith('-') ? hoursText(delta) : `+${hoursText(delta)}`;
  const text = amountText(delta, { digits: kind === 'amount' ? digits : 0, sign: 'movement' });
  // a change that rounds to nothing is still one
  return /[1-9]/.test(text)
    ? text
    : `${delta.startsWith('-') ? '−' : '+'}${amountText(delta.replace('-', ''), { digits, exact: true })}`;
}

/** `61:42` hours and minutes; with seconds below a minute. */
function hoursText(text: string): string {
  const ms = BigInt(text);
  const size = ms < 0n ? -ms : ms;
  const sign = ms < 0n ? '−' : '';
  if (size > 0n && size < MINUTE) return `${sign}${String(size / 1000n)} s`;
  const minutes = size / MINUTE;
  return `${sign}${amountText(String(minutes / 60n), { digits: 0 })}:${String(minutes % 60n).padStart(2, '0')}`;
}

export function unitText({ kind }: Pick<WhatIfFigure, 'kind'>, currency: string): string {
  return kind === 'amount' ? currency : kind === 'duration' ? 'h:min' : '';
}

/** Whether a figure says anything: it is not nothing in every run. */
export function saysSomething(name: string, runs: readonly (readonly WhatIfFigure[])[]): boolean {
  return runs.some((figures) => {
    const figure = figures.find((one) => one.name === name);
    if (figure === undefined) return false;
    return !figure.same || (figure.kind === 'text' ? figure.value !== 'none' : /[1-9]/.test(figure.value));
  });
}
