/** What the month lane says in the room that a month has: all of it, less, its name, nothing. */
import type { ChartMonth } from '../../../shared/contract/engine.ts';
import { amountText, isZero } from '../amountText.ts';
import { periodName } from '../format.ts';
import { textWidth } from './labels.ts';

export interface MonthText {
  readonly name: string;
  readonly rest: string;
}

export function monthText(month: ChartMonth, widthPx: number, px: number, digits: number): MonthText {
  const amount = (text: string): string => amountText(text, { digits });
  const year = month.period.slice(0, 4);
  const long = periodName(month.period);
  const short = periodName(month.period, 'short');
  const used = `used ${amount(month.used)}`;
  const carried = isZero(month.carried) ? '' : ` · carried ${amount(month.carried)}`;
  const due = month.invoice === null ? ' to date' : ` · due ${amount(month.due)}`;
  const forms: MonthText[] = [
    { name: `${long} ${year}`, rest: `${used}${carried}${due}` },
    { name: long, rest: `${used}${carried}${due}` },
    { name: long, rest: `${used}${carried}` },
    { name: short, rest: `${used}${carried}` },
    { name: short, rest: used },
    { name: short, rest: amount(month.used) },
    { name: short, rest: '' },
  ];
  return (
    forms.find(({ name, rest }) => textWidth(name, px) * 1.06 + textWidth(` ${rest}`, px) <= widthPx) ?? {
      name: '',
      rest: '',
    }
  );
}
