/**
 * Profiles are kept by the browser, on this computer: how a bank writes its dates is known of the bank, not of one account,
 * so a workspace is the wrong place for it.
 */
import type { ReadingChoices } from '../../shared/contract/importing.ts';
import type { SavedProfile } from '../features/data/slice.ts';

const KEY = 'drawdown.profiles';
/** Enough for every export that a person meets; the oldest go. */
const MOST = 200;

export function readProfiles(storage: Pick<Storage, 'getItem'>): readonly SavedProfile[] {
  const kept = storage.getItem(KEY);
  if (kept === null) return [];
  try {
    const list: unknown = JSON.parse(kept);
    return Array.isArray(list) ? list.flatMap(profileOf) : [];
  } catch {
    // What another program wrote there is no profile.
    return [];
  }
}

export function writeProfiles(profiles: readonly SavedProfile[], storage: Pick<Storage, 'setItem'>): void {
  storage.setItem(KEY, JSON.stringify(profiles.slice(0, MOST)));
}

function profileOf(item: unknown): readonly SavedProfile[] {
  if (typeof item !== 'object' || item === null) return [];
  const { fingerprint, file, format, choices } = item as Record<string, unknown>;
  if (typeof fingerprint !== 'string' || typeof file !== 'string' || typeof format !== 'string') return [];
  if (typeof choices !== 'object' || choices === null) return [];
  return [{ fingerprint, file, format, choices: choicesOf(choices as Record<string, unknown>) }];
}

const TEXTS = ['format', 'zone', 'currency'] as const;
const ONE_OF = {
  dateOrder: ['dmy', 'mdy'],
  decimal: ['.', ','],
  cachedTokens: ['included', 'separate'],
  placement: ['start', 'end', 'spread'],
} as const;
const SWITCHES = ['chargesPositive', 'flipReversals', 'swapDebitCredit'] as const;

/** Only what is a choice: the worker must never meet anything else. */
function choicesOf(kept: Record<string, unknown>): ReadingChoices {
  const choices: Record<string, unknown> = {};
  for (const key of TEXTS) if (typeof kept[key] === 'string') choices[key] = kept[key];
  for (const key of SWITCHES) if (typeof kept[key] === 'boolean') choices[key] = kept[key];
  for (const [key, values] of Object.entries(ONE_OF)) {
    if ((values as readonly unknown[]).includes(kept[key])) choices[key] = kept[key];
  }
  const { columns } = kept;
  if (typeof columns === 'object' && columns !== null && !Array.isArray(columns)) {
    const texts = Object.entries(columns).filter(([, header]) => typeof header === 'string');
    choices['columns'] = Object.fromEntries(texts);
  }
  return choices;
}
