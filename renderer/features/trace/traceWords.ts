/** What a derivation says in words: rules with their value and where that is from, sources, signs. Pure. */
import type { RuleOrigin, TraceNode, TraceRule, TraceSign, TraceSource } from '../../../shared/contract/trace.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { amountText, countText } from '../../ui/amountText.ts';
import { dayText, instantText, isoDurationText, monthText, timeText } from '../../ui/format.ts';
import type { Money } from './figures.ts';

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** `2 h 00 min`, `1,000.00`, `cut_off`; a duration is told by its form, money by the node's unit. */
export function ruleValue(rule: TraceRule, unit: string | null, money: Money): string {
  const { value } = rule;
  if (value === null) return 'none';
  if (DECIMAL.test(value))
    return amountText(value, { digits: unit === money.currency ? money.digits : 0, exact: true });
  return /^P[\dT]/.test(value) ? isoDurationText(value) : value;
}

/** `scenario:20`, `default`; short, for a column. */
export function originText(from: RuleOrigin, zone: Zone): string {
  switch (from.kind) {
    case 'default':
      return 'default';
    case 'scenario':
      return from.line === null ? 'scenario' : `scenario:${from.line}`;
    case 'event':
      return from.line === null ? `event of ${dayText(from.at, zone)}` : `scenario:${from.line}`;
    case 'prices':
      return 'price list';
    case 'import':
      return 'import';
    case 'model':
      return 'billing model';
  }
}

/** The same as a sentence, for titles and screen readers. */
export function originSentence(from: RuleOrigin, zone: Zone): string {
  switch (from.kind) {
    case 'default':
      return 'the default: nothing sets it';
    case 'scenario':
      return from.line === null ? 'set by the scenario' : `set by the scenario, line ${from.line}`;
    case 'event': {
      const line = from.line === null ? '' : `, line ${from.line} of the scenario`;
      return `set by the event of ${instantText(from.at, zone)}${line}`;
    }
    case 'prices':
      return 'from the price list in force';
    case 'import':
      return 'how the file was imported';
    case 'model':
      return 'part of the billing model';
  }
}

export function sourceText(source: TraceSource): string {
  if ('file' in source) return source.line === null ? source.file : `${source.file}:${source.line}`;
  return source.line === null ? `event ${source.event + 1} of the scenario` : `scenario:${source.line}`;
}

/** Spoken and in texts; what only explains has none. */
export const SIGN_WORDS: Readonly<Record<TraceSign, string>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'divided by',
  '=': '',
};

export const SIGN_MARKS: Readonly<Record<TraceSign, string>> = { '+': '+', '-': '−', '*': '×', '/': '÷', '=': '' };

/** `8 Mar 16:58:18`; the year is the root's. */
export function momentText(at: number, zone: Zone, withYear: boolean): string {
  return `${dayText(at, zone, withYear)} ${timeText(at, zone)}`;
}

/** A note of a node: counts grouped, and a month by its name. */
export function noteText(note: string): string {
  return note
    .replace(/(?<![\d.,-])\d{4,}(?= [a-z])/g, (count) => countText(Number(count)))
    .replace(/\binvoice (\d{4}-\d\d)\b/g, (_, period: string) => `invoice of ${monthText(period)}`);
}

/** What the figures of a tree are, above its columns. */
export function columnsText(root: TraceNode, money: Money): string {
  const unit = root.unit ?? money.currency;
  return `${unit}, exact; each column adds up to the one on its right`;
}
