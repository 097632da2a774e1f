/** What stands on a control: its value grouped for the eye, its change, what happens to it later. Pure. */
import type { WhatIfControl } from '../../../shared/contract/whatIf.ts';
import { measureOf } from '../../../shared/domain/controlSlider.ts';
import { readControl, showControl, type ControlForm } from '../../../shared/domain/controlText.ts';
import { showDuration } from '../../../shared/domain/durationText.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { amountText } from '../../ui/amountText.ts';
import { ENGLISH } from '../../ui/displayLocale.ts';
import { dayText } from '../../ui/format.ts';

/** `2500.00` as `2,500.00`, a choice by its label; all else is in its one form already. */
export function fieldText({ form }: Pick<WhatIfControl, 'form'>, text: string): string {
  if (form.kind === 'choice') return form.choices.find(({ value }) => value === text)?.label ?? text;
  // without a point, a single comma could be read as one
  if (form.kind !== 'amount' || !/^-?(?:\d+\.\d+|\d{7,})$/.test(text)) return text;
  const digits = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  // fields show what they take, whatever the display locale
  return amountText(text, { digits, exact: true }, ENGLISH);
}

/** `+1,000.00`, `−45 min`; where a difference is no value of its own, what it was: `was below`. */
export function deltaText(control: WhatIfControl, text: string, currency: string): string {
  const { form, saved } = control;
  if (form.kind === 'tiers') return 'changed';
  const [now, before] = [text, saved].map((one) => measure(form, one, currency));
  if (now === undefined || before === undefined || now === null || before === null)
    return `was ${fieldText(control, saved)}`;
  const delta = now - before;
  if (delta === 0n) return `was ${fieldText(control, saved)}`;
  const size = magnitudeText(form, delta < 0n ? -delta : delta, currency);
  return `${delta < 0n ? '−' : '+'}${fieldText(control, size)}`;
}

function measure(form: ControlForm, text: string, currency: string): bigint | null {
  const read = readControl(form, text, currency);
  return read.ok ? measureOf(form, read.value) : null;
}

const DAY = 86_400_000n;

function magnitudeText(form: ControlForm, size: bigint, currency: string): string {
  if (form.kind === 'integer') return String(size);
  if (form.kind !== 'duration') return showControl(form, size, currency);
  const [days, ms] = form.calendar ? [size / DAY, 0n] : [0n, size];
  return showDuration({ months: 0, days: Number(days), ms: Number(ms) });
}

/** When later events set the value, and to what: `changes to 3 h on 3 Mar by a policy event`. */
export function laterText(control: WhatIfControl, zone: Zone): string {
  const [first] = control.changes;
  if (first === undefined) return '';
  const more = control.changes.length - 1;
  const again = more === 0 ? '' : more === 1 ? ', and once more' : `, and ${more} times more`;
  return `changes to ${fieldText(control, first.value)} on ${dayText(first.at, zone, true)} by a policy event${again}`;
}

export function laterTitle(control: WhatIfControl, zone: Zone): string {
  return control.changes.map(({ at, value }) => `${dayText(at, zone, true)}: ${fieldText(control, value)}`).join('\n');
}
