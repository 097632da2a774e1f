/** What the month lane says in the room that a month has: all of it, less, its name, nothing. */
import type { ChartMonth } from '../../../shared/contract/engine.ts';
import { amountText, isZero } from '../amountText.ts';
import { periodName } from '../format.ts';
import { textWidth } from './labels.ts';

export interface MonthText {
  readonly name: string;
  readonly rest: string;
  readonly icon: boolean;
}

/** What stands before the words: an icon with room around it, or a small gap. */
export const ICON_ROOM_PX = 24;
export const GAP_PX = 6;

export function monthText(month: ChartMonth, widthPx: number, px: number, digits: number): MonthText {
  const amount = (text: string): string => amountText(text, { digits });
  const long = periodName(month.period);
  const short = periodName(month.period, 'short');
  const used = `used ${amount(month.used)}`;
  const carried = isZero(month.carried) ? '' : ` · carried ${amount(month.carried)}`;
  const due = month.invoice === null ? ' to date' : ` · due ${amount(month.due)}`;
  const form = (name: string, rest: string, icon = true): MonthText => ({ name, rest, icon });
  const forms = [
    form(`${long} ${month.period.slice(0, 4)}`, used + carried + due),
    form(long, used + carried + due),
    form(long, used + carried),
    form(short, used + carried),
    form(short, used),
    form(short, amount(month.used)),
    form(short, amount(month.used), false),
    form(short, ''),
    form(short, '', false),
  ];
  const fits = ({ name, rest, icon }: MonthText): boolean => {
    const words = textWidth(name, px) * 1.06 + (rest === '' ? 0 : textWidth(` ${rest}`, px));
    return (icon ? ICON_ROOM_PX : GAP_PX) + words + GAP_PX <= widthPx;
  };
  return forms.find(fits) ?? form('', '', false);
}
