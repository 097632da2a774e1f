/**
 * What people type into a control, to an exact value and back to one form: `90 min`, `PT1H30M` and `1.5 h` all become
 * `1 h 30 min`. What is wrong is said with its column.
 */
import { formatAtoms, minorDigitsOf, parseAmount, type Atoms } from './money.ts';
import { readDuration, showDuration } from './durationText.ts';
import { readTiers, showTiers } from './tierText.ts';
import type { Tier } from './policy.ts';
import { zoneOf, type Duration } from './time.ts';

/** How a value is set. `none` is the word for no value (null); null where there is always one. */
export type ControlForm =
  | { readonly kind: 'duration'; readonly none: string | null; /** Days, months, years. */ readonly calendar: boolean }
  /** Durations in order, such as waits after declined payments. */
  | { readonly kind: 'durations' }
  | { readonly kind: 'amount'; readonly none: string | null; readonly signed: boolean }
  /** A fraction, read and shown in per cent. */
  | { readonly kind: 'rate' }
  | { readonly kind: 'integer'; readonly low: number; readonly high: number }
  | { readonly kind: 'choice'; readonly choices: readonly { readonly value: string; readonly label: string }[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'zone' }
  /** Text that is not empty. */
  | { readonly kind: 'name' }
  | { readonly kind: 'tiers' };

export type ControlValue = Atoms | Duration | readonly Duration[] | readonly Tier[] | boolean | string | number | null;

/** What is wrong with a text, and from which of its columns on (from 1). */
export interface TextProblem {
  readonly column: number;
  readonly message: string;
}

export type Read<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & TextProblem);

/** Words for no value, whatever the control calls it. */
const NONE_WORDS = new Set(['none', 'null', 'no limit', 'unlimited', 'never', 'not set', 'off', '∞', '-', '–', '—']);
const MAX_NAME = 256;
const TRUE_WORDS = new Set(['on', 'yes', 'true']);
const FALSE_WORDS = new Set(['off', 'no', 'false']);

/** Reads what was typed. Amounts are in `currency`. */
export function readControl(form: ControlForm, text: string, currency: string): Read<ControlValue> {
  const trimmed = text.trim();
  const word = trimmed.toLowerCase();
  const none = 'none' in form ? form.none : null;
  if (none !== null && (word === none || NONE_WORDS.has(word))) return { ok: true, value: null };
  if (trimmed === '' && form.kind !== 'durations')
    return wrong(`is empty; it takes ${takes(form)}${none === null ? '' : `, or ${none}`}`);
  switch (form.kind) {
    case 'duration':
      return readDuration(text);
    case 'durations':
      return readDurations(text);
    case 'amount':
      return readAmount(text, form.signed, currency);
    case 'rate':
      return readRate(text);
    case 'integer':
      return readInteger(trimmed, form);
    case 'choice': {
      const found = form.choices.find(({ value, label }) => word === value || word === label.toLowerCase());
      return found === undefined ? wrong(`takes ${takes(form)}`) : { ok: true, value: found.value };
    }
    case 'switch':
      if (TRUE_WORDS.has(word)) return { ok: true, value: true };
      return FALSE_WORDS.has(word) ? { ok: true, value: false } : wrong('takes on or off');
    case 'zone':
      return zoneOf(trimmed) === null
        ? wrong('is no IANA time zone; it takes one such as UTC, Europe/Berlin or America/New_York')
        : { ok: true, value: trimmed };
    case 'name':
      return trimmed.length > MAX_NAME ? wrong(`has more than ${MAX_NAME} characters`) : { ok: true, value: trimmed };
    case 'tiers':
      return readTiers(text, (cell, typed) => readControl(cell, typed, currency));
  }
}

/** A value in the one form in which it is shown; `readControl` reads it back. */
export function showControl(form: ControlForm, value: ControlValue, currency: string): string {
  if (value === null) return 'none' in form ? (form.none ?? '') : '';
  switch (form.kind) {
    case 'duration':
      return showDuration(value as Duration);
    case 'durations':
      return (value as readonly Duration[]).map(showDuration).join('; ') || 'none';
    case 'amount':
      return showAmount(value as Atoms, minorDigitsOf(currency));
    case 'rate':
      return `${formatAtoms((value as Atoms) * 100n)} %`;
    case 'choice':
    case 'zone':
    case 'name':
      return value as string;
    case 'integer':
      return (value as number).toString();
    case 'switch':
      return value === true ? 'on' : 'off';
    case 'tiers':
      return showTiers(value as readonly Tier[]);
  }
}

/** What a control takes, in words. */
function takes(form: ControlForm): string {
  switch (form.kind) {
    case 'duration':
      return form.calendar ? 'a time such as 90 d or 1 y' : 'a time such as 5 min, 1.5 h or PT5M';
    case 'durations':
      return 'times such as 5 min; 1 h';
    case 'amount':
      return 'an amount such as 12.50';
    case 'rate':
      return 'a rate such as 19 %';
    case 'integer':
      return `a whole number from ${form.low} to ${form.high}`;
    case 'choice':
      return form.choices.map(({ label }) => label).join(' or ');
    case 'switch':
      return 'on or off';
    case 'zone':
      return 'an IANA time zone such as Europe/Berlin';
    case 'name':
      return 'a name';
    case 'tiers':
      return 'a list of tiers';
  }
}

function readDurations(text: string): Read<readonly Duration[]> {
  const word = text.trim().toLowerCase();
  if (word === '' || word === '[]' || NONE_WORDS.has(word)) return { ok: true, value: [] };
  const waits: Duration[] = [];
  // a comma without a space after it may be a decimal comma
  for (const part of text.matchAll(/(?:(?!;|,\s)[^])+/g)) {
    const read = readDuration(part[0]);
    if (!read.ok) return { ...read, column: read.column + part.index };
    waits.push(read.value);
  }
  return { ok: true, value: waits };
}

const SIGNS: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY' };

/** An exact amount; the currency may stand before or after it. Groups of digits only where they can be nothing else. */
export function readAmount(text: string, signed: boolean, currency: string): Read<Atoms> {
  const match = /^(\s*)([A-Za-z]{3}\b|[$€£¥])?(\s*)(.*?)\s*([A-Za-z]{3}|[$€£¥])?\s*$/su.exec(text);
  const [, lead = '', before, gap = '', body = '', after] = match ?? [];
  const column = lead.length + (before ?? '').length + gap.length + 1;
  for (const sign of [before, after]) {
    if (sign === undefined || !/\d/.test(body)) continue;
    const code = SIGNS[sign] ?? sign.toUpperCase();
    if (code !== currency) return wrong(`is in ${code}; this account is in ${currency}`, text.indexOf(sign) + 1);
  }
  const plain = ungrouped(body.replace('−', '-'));
  if (plain === null)
    return wrong(`could be read two ways; write ${body.replace(',', '')} or ${body.replace(',', '.')}`, column);
  const amount = parseAmount(plain);
  if (amount === 'too_fine') return wrong('is finer than 12 digits after the point; round it', column);
  if (amount === 'too_large') return wrong('is too large; at most 30 digits may stand before the point', column);
  if (amount === 'unreadable') return wrong('is no amount; it takes one such as 12.50', column);
  return amount < 0n && !signed ? wrong('must not be negative', column) : { ok: true, value: amount };
}

/** The numeral without marks between groups of three; null where a comma may as well be the decimal point. */
function ungrouped(text: string): string | null {
  const spaced = text.replace(/(?<=\d)[ \u00a0\u202f'’_](?=\d{3}(?!\d))/g, '');
  if (/^[+-]?\d{1,3}(?:,\d{3})+\.\d+$/.test(spaced) || /^[+-]?\d{1,3}(?:,\d{3}){2,}$/.test(spaced))
    return spaced.replaceAll(',', '');
  return /^[+-]?\d+,\d+$/.test(spaced) ? null : spaced;
}

function showAmount(atoms: Atoms, minorDigits: number): string {
  const [whole = '0', fraction = ''] = formatAtoms(atoms).split('.');
  const shown = fraction.padEnd(minorDigits, '0');
  return shown === '' ? whole : `${whole}.${shown}`;
}

function readRate(text: string): Read<Atoms> {
  const match = /^(\s*)(.*?)\s*(?:%|per ?cent|pct)?\s*$/isu.exec(text);
  const column = (match?.[1] ?? '').length + 1;
  const percent = parseAmount(match?.[2] ?? '');
  if (percent === 'unreadable' || percent === 'too_large')
    return wrong('is no rate; it takes one in per cent such as 19 %', column);
  if (percent === 'too_fine' || percent % 100n !== 0n)
    return wrong('is finer than 10 digits after the point; round it', column);
  return percent < 0n ? wrong('must not be negative', column) : { ok: true, value: percent / 100n };
}

function readInteger(text: string, form: ControlForm & { kind: 'integer' }): Read<number> {
  const value = /^[+\-−]?\d{1,15}$/.test(text) ? Number(text.replace('−', '-')) + 0 : NaN;
  return value >= form.low && value <= form.high ? { ok: true, value } : wrong(`takes ${takes(form)}`);
}

function wrong(message: string, column = 1): Read<never> {
  return { ok: false, column, message };
}
