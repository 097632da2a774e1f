/**
 * The files that are damaged: one or more of every format that is read, and of every packing. All names and amounts in them
 * are invented.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ReadingChoices } from '../../shared/contract/importing.ts';

export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Answers to what the file leaves open: with them it is read whole. */
  readonly choices: ReadingChoices;
}

const IN_DOLLARS: ReadingChoices = { currency: 'USD' };
const IN_BERLIN: ReadingChoices = { zone: 'Europe/Berlin' };

const AT_EIGHT: ReadingChoices = { statedAt: '2026-10-02T08:00:00Z' };

const CHOICES: Readonly<Record<string, ReadingChoices>> = {
  'balances.csv': { ...IN_DOLLARS, zone: 'Europe/Berlin' },
  'bank_balance.csv': IN_DOLLARS,
  'bank_headerless.csv': IN_DOLLARS,
  'deepseek_balance.json': AT_EIGHT,
  'openai_credit_grants_legacy.json': AT_EIGHT,
  'openrouter_credits.json': AT_EIGHT,
  'quickbooks_3.csv': IN_DOLLARS,
  'quickbooks_4.csv': IN_DOLLARS,
  'usage_and_bank.zip': IN_DOLLARS,
  'xero.csv': IN_DOLLARS,
  'usage.xlsx': IN_BERLIN,
  'usage_local.csv': IN_BERLIN,
};

const FOLDER = path.join(import.meta.dirname, 'seeds');

export const SEEDS: readonly Seed[] = readdirSync(FOLDER)
  .sort()
  .map((name) => ({
    name,
    bytes: new Uint8Array(readFileSync(path.join(FOLDER, name))),
    choices: CHOICES[name] ?? {},
  }));

export function seed(name: string): Seed {
  const found = SEEDS.find((known) => known.name === name);
  if (found === undefined) throw new Error(`there is no seed ${name}`);
  return found;
}
