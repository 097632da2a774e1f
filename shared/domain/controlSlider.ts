/**
 * A slider's track: where a value stands on it, and which exact value a place on it means. Places are floats and for
 * pixels only; values are exact and round.
 */
import { readControl, showControl, type ControlForm, type ControlValue } from './controlText.ts';
import { showDuration } from './durationText.ts';
import { minorDigitsOf } from './money.ts';
import type { SliderRange } from './policyControls.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Duration } from './time.ts';

/** A range whose ends and step are texts as the control shows them. */
export interface SliderTexts {
  readonly scale: 'linear' | 'log';
  readonly low: string;
  readonly least: string;
  readonly high: string;
  readonly step: string;
}

/** What a slider is drawn and moved by. */
export interface SlidControl {
  readonly form: ControlForm;
  readonly slider: SliderTexts;
}

/** Part of a logarithmic track that lies before its first value above nothing. */
const FOOT = 0.04;
/** On a logarithmic track a step is at most this part of the value, rounded down to a round one. */
const STEPS_A_VALUE = 20n;
/** A month's mean, for placing a calendar time. */
const MONTH_MS = 2_629_746_000;
const TIME_STEPS = [
  ...[1, 2, 5, 10, 30].map((n) => n * SECOND_MS),
  ...[1, 2, 5, 10, 30].map((n) => n * MINUTE_MS),
  ...[1, 2, 6, 12].map((n) => n * HOUR_MS),
  ...[1, 2, 5, 10, 30, 90, 365, 1000].map((n) => n * DAY_MS),
].map(BigInt);

/** A value as a point between two ends; null where it is none (no limit, never). */
export function measureOf(form: ControlForm, value: ControlValue): bigint | null {
  if (value === null) return null;
  if (form.kind === 'amount' || form.kind === 'rate') return value as bigint;
  if (form.kind === 'integer') return BigInt(value as number);
  if (form.kind !== 'duration') return null;
  const { months, days, ms } = value as Duration;
  return BigInt(months) * BigInt(MONTH_MS) + BigInt(days) * BigInt(DAY_MS) + BigInt(ms);
}

/** The range as texts, widened so that these values lie in it. */
export function fittedSlider(
  range: SliderRange,
  form: ControlForm,
  values: readonly ControlValue[],
  currency: string,
): SliderTexts {
  // a currency without minor unit has amounts a hundred times as large
  const factor = form.kind === 'amount' && minorDigitsOf(currency) === 0 ? 100n : 1n;
  let { low, high, scale } = range;
  [low, high] = [low * factor, high * factor];
  for (const value of values) {
    const measure = measureOf(form, value);
    if (measure === null) continue;
    if (measure > high) high = roundAbove(measure, form);
    if (measure < low) low = measure < 0n ? -roundAbove(-measure, form) : 0n;
  }
  if (low < 0n) scale = 'linear';
  const text = (measure: bigint): string => measureText(form, measure, currency);
  return {
    scale,
    low: text(low),
    least: text(range.least * factor),
    high: text(high),
    step: text(range.step * factor),
  };
}

/** Where a text stands, from 0 to 1; null where it cannot be read or is no point. */
export function sliderPosition({ form, slider }: SlidControl, text: string, currency: string): number | null {
  const measure = measureIn(form, text, currency);
  if (measure === null) return null;
  const range = rangeOf(form, slider, currency);
  if (measure <= range.low) return 0;
  if (measure >= range.high) return 1;
  if (range.scale === 'linear') return ratio(measure - range.low, range.high - range.low);
  if (measure < range.least) return FOOT * ratio(measure - range.low, range.least - range.low);
  const foot = footOf(range);
  return foot + (1 - foot) * (Math.log(ratio(measure, range.least)) / Math.log(ratio(range.high, range.least)));
}

/** The round value at a place from 0 to 1, as text. */
export function sliderText({ form, slider }: SlidControl, position: number, currency: string): string {
  const range = rangeOf(form, slider, currency);
  const at = Math.min(1, Math.max(0, position));
  if (at === 0) return slider.low;
  if (at === 1) return slider.high;
  return measureText(form, snapped(measureAt(range, at), range, form), currency);
}

/** The text so many steps on (back where negative), as the arrow keys go. */
export function steppedText({ form, slider }: SlidControl, text: string, steps: number, currency: string): string {
  const range = rangeOf(form, slider, currency);
  let measure = measureIn(form, text, currency) ?? range.low;
  for (let left = Math.min(Math.abs(Math.trunc(steps)), 1000); left > 0; left--) {
    const step = stepAt(steps > 0 ? measure : measure - 1n, range, form);
    const below = floorTo(measure, step);
    measure = steps > 0 ? below + step : below === measure ? measure - step : below;
  }
  return measureText(form, measure < range.low ? range.low : measure > range.high ? range.high : measure, currency);
}

function measureAt(range: SliderRange, at: number): bigint {
  if (range.scale === 'linear') return range.low + scaled(range.high - range.low, at);
  const foot = footOf(range);
  if (at < foot) return at < foot / 2 ? range.low : range.least;
  const growth = Math.log(ratio(range.high, range.least));
  return scaled(range.least, Math.exp(((at - foot) / (1 - foot)) * growth));
}

function footOf({ low, least }: SliderRange): number {
  return low < least ? FOOT : 0;
}

function snapped(measure: bigint, range: SliderRange, form: ControlForm): bigint {
  const step = stepAt(measure, range, form);
  const rounded = floorTo(measure + step / 2n, step);
  return rounded < range.low ? range.low : rounded > range.high ? range.high : rounded;
}

/** The step that fits a value: the range's own, or on a logarithmic track a longer one further up. */
function stepAt(measure: bigint, { scale, step }: SliderRange, form: ControlForm): bigint {
  if (scale === 'linear') return step;
  const most = (measure < 0n ? -measure : measure) / STEPS_A_VALUE;
  if (form.kind === 'duration') return TIME_STEPS.findLast((one) => one <= most && one >= step) ?? step;
  let longer = step;
  for (const factor of roundFactors()) {
    if (step * factor > most) break;
    longer = step * factor;
  }
  return longer;
}

/** 1, 2, 5, 10, 20, 50 and so on. */
function* roundFactors(): Generator<bigint> {
  for (let power = 1n; ; power *= 10n) yield* [power, 2n * power, 5n * power];
}

/** The next round measure that is not below another. */
function roundAbove(measure: bigint, form: ControlForm): bigint {
  if (form.kind === 'duration') {
    const unit = BigInt(form.calendar ? DAY_MS : HOUR_MS);
    return floorTo(measure + unit - 1n, unit);
  }
  for (const factor of roundFactors()) {
    // from a millionth on: prices of a token are small
    if (factor * 1_000_000n >= measure) return factor * 1_000_000n;
  }
  return measure;
}

function floorTo(measure: bigint, step: bigint): bigint {
  const rest = ((measure % step) + step) % step;
  return measure - rest;
}

function rangeOf(form: ControlForm, slider: SliderTexts, currency: string): SliderRange {
  const of = (text: string): bigint => measureIn(form, text, currency) ?? 0n;
  const step = of(slider.step);
  return {
    scale: slider.scale,
    low: of(slider.low),
    least: of(slider.least),
    high: of(slider.high),
    step: step > 0n ? step : 1n,
  };
}

function measureIn(form: ControlForm, text: string, currency: string): bigint | null {
  const read = readControl(form, text, currency);
  return read.ok ? measureOf(form, read.value) : null;
}

function measureText(form: ControlForm, measure: bigint, currency: string): string {
  if (form.kind === 'integer') return String(measure);
  if (form.kind !== 'duration') return showControl(form, measure, currency);
  const days = Number(measure / BigInt(DAY_MS));
  return form.calendar
    ? showDuration({ months: 0, days, ms: 0 })
    : showDuration({ months: 0, days: 0, ms: Number(measure) });
}

/** For places on a track only. */
function ratio(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number(part) / Number(whole);
}

function scaled(measure: bigint, factor: number): bigint {
  return BigInt(Math.round(Number(measure) * factor));
}
