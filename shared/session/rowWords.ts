/** What a row of a table says, as one text in which words are looked for. */
import type { InvoiceRow, LotRow, TimelineRow } from '../contract/engine.ts';
import type { DayNames } from '../contract/tableFilter.ts';
import { formatAtoms, minorUnit, parseAmount, roundToMinor, type Atoms } from '../domain/money.ts';
import { daysFromCivil, formatInstant, wallFields, type Instant, type Zone } from '../domain/time.ts';

/** How the account's figures and days are written. */
export interface Writing {
  readonly digits: number;
  readonly zone: Zone;
  readonly names: DayNames;
}

/** Its type and kind are left out: the screen calls them by names of its own. */
export function timelineText(row: TimelineRow, writing: Writing): string {
  const { subject, fields, rule, amount, balance } = row;
  const said = Object.entries(fields).map(([name, value]) =>
    name === 'kind' ? '' : figureOrText(value, writing.digits),
  );
  const ruled = rule === null ? '' : `${rule.name} ${figureOrText(rule.value, writing.digits)}`;
  const figures = [amount, balance].map((value) => (value === null ? '' : figureOrText(value, writing.digits)));
  return lower(`${subject ?? ''} ${said.join(' ')} ${ruled} ${figures.join(' ')} ${instantWords(row.at, writing)}`);
}

export function lotText(lot: LotRow, writing: Writing): string {
  const { id, kind, posted_at, expires_at } = lot;
  const figures = [lot.amount, lot.settled, lot.drawn, lot.expired, lot.refunded, lot.remaining];
  const days = [posted_at, expires_at].map((at) => (at === null ? 'never' : instantWords(at, writing)));
  const said = figures.map((value) => figureOrText(value, writing.digits));
  return lower(`${id} ${kind} ${kind.replace('_', '-')} ${days.join(' ')} ${said.join(' ')}`);
}

export function invoiceText({ period, lines, figures }: InvoiceRow, { digits, names }: Writing): string {
  const month = names.fullMonths[Number(period.slice(5, 7)) - 1] ?? '';
  const said = Object.values(figures).map((value) => figureOrText(value, digits));
  const used = lines.map(({ sku, amount }) => `${sku} ${figureOrText(amount, digits)}`);
  return lower(`${period} ${month} ${period.slice(0, 4)} ${said.join(' ')} ${used.join(' ')}`);
}

/** `fri 25 sep 2026 2026-09-25` of the account's day. */
export function dayWords(at: Instant, { zone, names }: Writing): string {
  const { year, month, day } = wallFields(at, zone);
  // 1 January 1970 was a Thursday
  const weekday = ((((daysFromCivil(year, month, day) ?? 0) + 4) % 7) + 7) % 7;
  const iso = `${year}-${two(month)}-${two(day)}`;
  return lower(`${names.weekdays[weekday] ?? ''} ${day} ${names.months[month - 1] ?? ''} ${year} ${iso}`);
}

/** `18:32:02.125` on the account's clock. */
export function timeWords(at: Instant, zone: Zone): string {
  return formatInstant(wallFields(at, zone).msOfDay).slice(11, -1);
}

/** The figure as it is shown, and in all its digits where these are more. */
export function figureWords(amount: Atoms, digits: number): string {
  const exact = withDigits(formatAtoms(amount), digits);
  if (amount % minorUnit(digits) === 0n) return exact;
  return `${exact} ${withDigits(formatAtoms(roundToMinor(amount, digits, 'half_even')), digits)}`;
}

function instantWords(at: Instant, writing: Writing): string {
  return `${dayWords(at, writing)} ${timeWords(at, writing.zone)}`;
}

function figureOrText(value: string, digits: number): string {
  if (!/^-?\d+(?:\.\d+)?$/.test(value)) return `${value} ${value.replaceAll('_', ' ')}`;
  const amount = parseAmount(value);
  return typeof amount === 'bigint' ? figureWords(amount, digits) : value;
}

function withDigits(text: string, digits: number): string {
  const point = text.indexOf('.');
  const given = point < 0 ? 0 : text.length - point - 1;
  return given >= digits ? text : `${text}${point < 0 ? '.' : ''}${'0'.repeat(digits - given)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function lower(text: string): string {
  return text.toLowerCase();
}
