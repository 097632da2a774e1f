/** Reads statements in tests, and shows their lines with amounts in minor units, as the expected results have them. */
import type { StatementReading } from '../../../shared/import/statements/reading.ts';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';
import { minorDigitsOf, minorUnit, type Atoms } from '../../../shared/domain/money.ts';
import type { StatementLine } from '../../../shared/domain/statement.ts';
import { readStatement } from '../../../shared/import/statements/readStatement.ts';
import type { ReadingChoices } from '../../../shared/contract/importing.ts';

const SHARED = new URL('../../../../shared/', import.meta.url);

/** A file of the project's collection; null where the collection is not beside the repository. */
export function shared(path: string): Uint8Array | null {
  const file = fileURLToPath(new URL(path, SHARED));
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
}

export function sharedJson(path: string): unknown {
  const bytes = shared(path);
  return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
}

/** What is expected of a bank's sample. */
export interface Expected {
  readonly currency: string;
  readonly opening: number;
  readonly closing: number;
  readonly ledger_balance: number;
  readonly replaced: readonly string[];
  readonly lines: readonly Record<string, unknown>[];
}

/** Runs over a sample and what is expected of it, or is skipped, with the reason in its name. */
export function withSample(
  name: string,
  what: string,
  test: (bytes: Uint8Array, expected: Expected) => void | Promise<void>,
): void {
  const bytes = shared(`samples/${name}`);
  const expected = sharedJson('samples/expected.json') as Record<string, Expected> | null;
  if (bytes === null) it.skip(`${name}: ${what} (the shared samples are not beside the repository)`, () => undefined);
  else it(`${name}: ${what}`, () => test(bytes, expected?.[name] as Expected));
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The statement of a file that has one. */
export async function statement(content: string | Uint8Array, choices: ReadingChoices = {}): Promise<StatementReading> {
  const result = await readStatement('file', typeof content === 'string' ? bytesOf(content) : content, choices);
  if (!('lines' in result))
    throw new Error(`no statement: ${result.problems.map(({ message }) => message).join('; ')}`);
  return result;
}

/** The problems of a file, `line field: message`, whether it has a statement or not. */
export async function problems(content: string | Uint8Array, choices: ReadingChoices = {}): Promise<string[]> {
  const result = await readStatement('file', typeof content === 'string' ? bytesOf(content) : content, choices);
  return result.problems.map(({ line, field, message }) => `${line ?? '-'} ${field ?? '-'}: ${message}`);
}

/** True where the file gives no statement at all. */
export async function refused(content: string | Uint8Array): Promise<boolean> {
  return !('lines' in (await readStatement('file', typeof content === 'string' ? bytesOf(content) : content)));
}

export function minor(amount: Atoms, currency: string): number {
  const unit = minorUnit(minorDigitsOf(currency));
  if (amount % unit !== 0n) throw new Error('finer than the minor unit');
  return Number(amount / unit);
}

/** A balance in minor units of the statement's currency. */
export function balance({ currency }: StatementReading, amount: Atoms | null): number | null {
  return amount === null ? null : minor(amount, currency);
}

export function amounts({ lines }: StatementReading): number[] {
  return lines.map(({ amount, currency }) => minor(amount, currency));
}

/** `date amount` of each line. */
export function short(read: StatementReading): string[] {
  return read.lines.map(({ date, amount, currency }) => `${date} ${minor(amount, currency)}`);
}

export function only(read: StatementReading): StatementLine {
  const [line, ...more] = read.lines;
  if (line === undefined || more.length > 0) throw new Error(`${read.lines.length} lines instead of one`);
  return line;
}
