/** Settings of matching in words, as the log and reports say them. */
import type { ReconSettings } from '../../contract/reconcile.ts';
import type { SourceSettings } from '../../contract/reconSettings.ts';

function percent(bps: number): string {
  return `${bps / 100} %`;
}

/** Each that is there with its value. */
const WORDS: { readonly [K in keyof ReconSettings]: (value: ReconSettings[K]) => string } = {
  vendor: (vendor) => `vendor ${vendor}`,
  aliases: (aliases) => `charges as ${aliases.join(', ') || 'any text'}`,
  before: (days) => `days before ${days}`,
  after: (days) => `days after ${days}`,
  exceptionDays: (days) => `date exceptions up to ${days} days`,
  graceDays: (days) => `in transit for ${days} days`,
  duplicateDays: (days) => `doubled within ${days} days`,
  tolerance: (amount) => `tolerance ${amount}`,
  toleranceBps: (bps) => `tolerance ${percent(bps)}`,
  feeBps: (bps) => (bps === null ? 'no card fee' : `card fee ${percent(bps)}`),
  groups: (isOn) => (isOn ? 'groups suggested' : 'no groups'),
  groupSize: (size) => `groups of at most ${size}`,
  rates: (rates) =>
    rates.length === 0
      ? 'rates as bank lines tell'
      : rates.map(({ currency, rate }) => `${currency} ${rate}`).join(', '),
  rules: (rules) => (rules.length === 0 ? 'no rules' : `rules ${rules.map(({ name }) => name).join(', ')}`),
  sources: (sources) => (sources.length === 0 ? 'no source with its own' : sources.map(sourceSays).join('; ')),
};

export function settingsSay(settings: Partial<ReconSettings>): string {
  return (Object.keys(WORDS) as (keyof ReconSettings)[]).flatMap((key) => saidOf(key, settings)).join(', ');
}

function saidOf<K extends keyof ReconSettings>(key: K, settings: Pick<Partial<ReconSettings>, K>): string[] {
  const value = settings[key];
  return value === undefined ? [] : [WORDS[key](value)];
}

export function sourceSays({ name, set }: SourceSettings): string {
  return `of ${name}: ${settingsSay(set)}`;
}
