/** Settings of matching as fields that people type into, and back. Pure. */
import type { ReconSettings } from '../../../shared/contract/reconcile.ts';
import type { SourceSettings, SourceTerms } from '../../../shared/contract/reconSettings.ts';
import { isNegative } from '../../ui/amountText.ts';
import { readAmount } from './amountField.ts';

/** What a source may have of its own, but for the switch. */
type TermKey = Exclude<keyof SourceTerms, 'groups'>;
type FieldKey = TermKey | 'vendor' | 'aliases' | 'rates';

export type SettingsText = Readonly<Record<FieldKey, string>>;

interface Field<K> {
  readonly key: K;
  readonly label: string;
  readonly short: boolean;
  readonly placeholder: string;
}

const NAMES: readonly Field<FieldKey>[] = [
  { key: 'vendor', label: 'Vendor', short: false, placeholder: 'name on its documents' },
  { key: 'aliases', label: 'Charges as', short: false, placeholder: 'HALCYON, HALCYON MODELS' },
];
const RATES: Field<FieldKey> = {
  ...{ key: 'rates', label: 'Rates to {currency}', short: false },
  placeholder: 'EUR 1.08; empty: as bank lines say',
};

export const TERMS: readonly Field<TermKey>[] = [
  { key: 'before', label: 'Days before', short: true, placeholder: '1' },
  { key: 'after', label: 'Days after', short: true, placeholder: '5' },
  { key: 'exceptionDays', label: 'Date exceptions, days', short: true, placeholder: '30' },
  { key: 'graceDays', label: 'In transit for, days', short: true, placeholder: '5' },
  { key: 'duplicateDays', label: 'Doubled within, days', short: true, placeholder: '3' },
  { key: 'tolerance', label: 'Tolerance {currency}', short: true, placeholder: '0.00' },
  { key: 'toleranceBps', label: 'Tolerance, percent', short: true, placeholder: '0' },
  { key: 'feeBps', label: 'Card fee, percent', short: true, placeholder: 'none' },
  { key: 'groupSize', label: 'Group of at most', short: true, placeholder: '4' },
];
export const FIELDS: readonly Field<FieldKey>[] = [...NAMES, ...TERMS.slice(0, -1), RATES, ...TERMS.slice(-1)];

/** What a source has of its own as typed; empty: the account's. */
export type SourceText = Readonly<Record<TermKey, string>> & { readonly groups: '' | 'on' | 'off' };

export const NO_OWN: SourceText = {
  ...{ before: '', after: '', exceptionDays: '', graceDays: '', duplicateDays: '' },
  ...{ tolerance: '', toleranceBps: '', feeBps: '', groupSize: '', groups: '' },
};

export function textOf(settings: ReconSettings): SettingsText {
  const { vendor, aliases, rates } = settings;
  return {
    vendor,
    aliases: aliases.join(', '),
    rates: rates.map(({ currency, rate }) => `${currency} ${rate}`).join(', '),
    ...(termsText(settings) as Record<TermKey, string>),
  };
}

function termsText(set: Partial<SourceTerms>): Partial<Record<TermKey, string>> {
  return Object.fromEntries(
    TERMS.flatMap(({ key }) => {
      const value = set[key];
      if (value === undefined) return [];
      const isShare = key === 'toleranceBps' || key === 'feeBps';
      return [[key, value === null ? '' : isShare ? percentText(Number(value)) : String(value)]];
    }),
  );
}

export function sourceText({ set }: SourceSettings): SourceText {
  const { groups, feeBps } = set;
  return {
    ...{ ...NO_OWN, ...termsText(set) },
    ...(feeBps === null ? { feeBps: NO_FEE } : {}),
    groups: groups === undefined ? '' : groups ? 'on' : 'off',
  };
}

/** As a source says that it has no fee, where the account has one. */
const NO_FEE = 'none';

/** The settings, or what is wrong. */
export function settingsOf(text: SettingsText, held: ReconSettings): ReconSettings | string {
  const terms = termsIn(text, (key) => key === 'feeBps');
  if (typeof terms === 'string') return terms;
  const aliases = text.aliases
    .split(',')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');
  const rates = ratesOf(text.rates);
  if (rates === null) return 'A rate is a currency and what one unit of it is worth, such as EUR 1.08';
  return { ...held, feeBps: null, ...terms, vendor: text.vendor.trim(), aliases, rates };
}

/** What a source has of its own, or what is wrong; null where it has nothing. */
export function ownOf(text: SourceText): SourceSettings['set'] | string | null {
  const isWithoutFee = text.feeBps.trim().toLowerCase() === NO_FEE;
  const terms = termsIn(isWithoutFee ? { ...text, feeBps: '' } : text, () => true);
  if (typeof terms === 'string') return terms;
  const own = {
    ...terms,
    ...(isWithoutFee ? { feeBps: null } : {}),
    ...(text.groups === '' ? {} : { groups: text.groups === 'on' }),
  };
  return Object.keys(own).length === 0 ? null : own;
}

/** Those that are other than what holds. */
export function changesTo(settings: ReconSettings, held: ReconSettings): Partial<ReconSettings> {
  const keys = Object.keys(settings) as (keyof ReconSettings)[];
  const changed = keys.filter((key) => JSON.stringify(settings[key]) !== JSON.stringify(held[key]));
  return Object.fromEntries(changed.map((key) => [key, settings[key]]));
}

/** What fields say, or what is wrong with one. */
function termsIn(text: Readonly<Record<TermKey, string>>, isEmptyAllowed: (key: TermKey) => boolean): Said | string {
  const said: [TermKey, number | string | null][] = [];
  for (const { key, label } of TERMS) {
    const own = text[key].trim();
    if (own === '' && isEmptyAllowed(key)) continue;
    const value = READ[key](own);
    if (value === null) return `${label.replace(/,.*| \{currency\}/, '')}: ${WANTED[key]}`;
    said.push([key, value]);
  }
  return Object.fromEntries(said);
}

type Said = Partial<SourceTerms>;

const DAYS = 'a whole number of days';

const WANTED: Readonly<Record<TermKey, string>> = {
  ...{ before: DAYS, after: DAYS, exceptionDays: DAYS, graceDays: DAYS, duplicateDays: DAYS },
  tolerance: 'an amount such as 0.02',
  toleranceBps: 'a figure such as 0.5',
  feeBps: 'a percentage such as 1.75, or empty',
  groupSize: '2 to 6 items',
};

const READ: Readonly<Record<TermKey, (text: string) => number | string | null>> = {
  ...{ before: days, after: days, exceptionDays: days, graceDays: days, duplicateDays: days },
  tolerance: (text) => {
    const amount = readAmount(text);
    return amount === null || isNegative(amount) ? null : amount;
  },
  ...{ toleranceBps: bps, feeBps: bps },
  groupSize: (text) => (/^[2-6]$/.test(text) ? Number(text) : null),
};

function ratesOf(text: string): ReconSettings['rates'] | null {
  const parts = text.split(/[,;]/).filter((part) => part.trim() !== '');
  const rates = parts.flatMap((part) => {
    const [, currency = '', rate = ''] = /^\s*([A-Za-z]{3})\s+(\d{1,9}(?:\.\d{1,12})?)\s*$/.exec(part) ?? [];
    return currency === '' ? [] : [{ currency: currency.toUpperCase(), rate }];
  });
  return rates.length === parts.length ? rates : null;
}

/** As far as a year. */
function days(text: string): number | null {
  return /^\d{1,3}$/.test(text) && Number(text) <= 366 ? Number(text) : null;
}

/** Hundredths of a percent. */
function bps(text: string): number | null {
  const [, whole = '', fraction = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  const found = whole === '' ? null : Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return found !== null && found <= 10_000 ? found : null;
}

function percentText(hundredths: number): string {
  const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
  return text.replace(/\.?0+$/, '') || '0';
}
