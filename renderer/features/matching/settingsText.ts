/** Settings of matching as fields that people type into, and back. Pure. */
import type { ReconSettings } from '../../../shared/contract/reconcile.ts';
import { isNegative } from '../../ui/amountText.ts';
import { readAmount } from './amountField.ts';

type FieldKey =
  | 'vendor'
  | 'aliases'
  | 'after'
  | 'before'
  | 'exceptionDays'
  | 'graceDays'
  | 'duplicateDays'
  | 'tolerance'
  | 'toleranceBps'
  | 'feeBps'
  | 'rates'
  | 'groupSize';

export type SettingsText = Readonly<Record<FieldKey, string>>;

export const FIELDS: readonly {
  readonly key: FieldKey;
  readonly label: string;
  readonly short: boolean;
  readonly placeholder: string;
}[] = [
  { key: 'vendor', label: 'Vendor', short: false, placeholder: 'name on its documents' },
  { key: 'aliases', label: 'Charges as', short: false, placeholder: 'HALCYON, HALCYON MODELS' },
  { key: 'before', label: 'Days before', short: true, placeholder: '1' },
  { key: 'after', label: 'Days after', short: true, placeholder: '5' },
  { key: 'exceptionDays', label: 'Date exceptions, days', short: true, placeholder: '30' },
  { key: 'graceDays', label: 'In transit for, days', short: true, placeholder: '5' },
  { key: 'duplicateDays', label: 'Doubled within, days', short: true, placeholder: '3' },
  { key: 'tolerance', label: 'Tolerance {currency}', short: true, placeholder: '0.00' },
  { key: 'toleranceBps', label: 'Tolerance, percent', short: true, placeholder: '0' },
  { key: 'feeBps', label: 'Card fee, percent', short: true, placeholder: 'none' },
  { key: 'rates', label: 'Rates to {currency}', short: false, placeholder: 'EUR 1.08; empty: as bank lines say' },
  { key: 'groupSize', label: 'Group of at most', short: true, placeholder: '4' },
];

const DAYS = ['before', 'after', 'exceptionDays', 'graceDays', 'duplicateDays'] as const;

export function textOf(settings: ReconSettings): SettingsText {
  const { vendor, aliases, before, after, exceptionDays, graceDays, duplicateDays } = settings;
  return {
    vendor,
    aliases: aliases.join(', '),
    before: String(before),
    after: String(after),
    exceptionDays: String(exceptionDays),
    graceDays: String(graceDays),
    duplicateDays: String(duplicateDays),
    tolerance: settings.tolerance,
    toleranceBps: percentText(settings.toleranceBps),
    feeBps: settings.feeBps === null ? '' : percentText(settings.feeBps),
    rates: settings.rates.map(({ currency, rate }) => `${currency} ${rate}`).join(', '),
    groupSize: String(settings.groupSize),
  };
}

/** The settings that differ from those that hold, or what is wrong. */
export function settingsOf(text: SettingsText, held: ReconSettings): Partial<ReconSettings> | string {
  const days: Partial<Record<(typeof DAYS)[number], number>> = {};
  for (const key of DAYS) {
    const count = wholeNumber(text[key]);
    if (count === null) return `${labelOf(key)}: a whole number of days`;
    days[key] = count;
  }
  const tolerance = readAmount(text.tolerance);
  if (tolerance === null || isNegative(tolerance)) return 'The tolerance is an amount such as 0.02';
  const toleranceBps = bps(text.toleranceBps);
  if (toleranceBps === null) return 'The tolerance in percent is a figure such as 0.5';
  const fee = text.feeBps.trim() === '' ? null : bps(text.feeBps);
  if (text.feeBps.trim() !== '' && fee === null) return 'The card fee is a percentage such as 1.75, or empty';
  const groupSize = wholeNumber(text.groupSize);
  if (groupSize === null || groupSize < 2 || groupSize > 6) return 'A group has 2 to 6 items';
  const aliases = text.aliases
    .split(',')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');
  const rates = ratesOf(text.rates);
  if (rates === null) return 'A rate is a currency and what one unit of it is worth, such as EUR 1.08';
  const { groups, rules, sources } = held;
  return {
    vendor: text.vendor.trim(),
    aliases,
    ...days,
    tolerance,
    toleranceBps,
    feeBps: fee,
    rates,
    groupSize,
    groups,
    rules,
    sources,
  };
}

function ratesOf(text: string): ReconSettings['rates'] | null {
  const parts = text.split(/[,;]/).filter((part) => part.trim() !== '');
  const rates = parts.flatMap((part) => {
    const [, currency = '', rate = ''] = /^\s*([A-Za-z]{3})\s+(\d{1,9}(?:\.\d{1,12})?)\s*$/.exec(part) ?? [];
    return currency === '' ? [] : [{ currency: currency.toUpperCase(), rate }];
  });
  return rates.length === parts.length ? rates : null;
}

function labelOf(key: FieldKey): string {
  return FIELDS.find((field) => field.key === key)?.label ?? key;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** Hundredths of a percent. */
function bps(text: string): number | null {
  const [, whole = '', fraction = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  return whole === '' ? null : Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

function percentText(hundredths: number): string {
  const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
  return text.replace(/\.?0+$/, '') || '0';
}
