/** Reads statements in tests, and shows their lines with amounts in minor units, as the expected results have them. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';
import { minorDigitsOf, minorUnit, type Atoms } from '../../../shared/domain/money.ts';
import type { Statement, StatementLine } from '../../../shared/import/statements/line.ts';
import { readStatement } from '../../../shared/import/statements/readStatement.ts';
import type { StatementOptions } from '../../../shared/import/statements/source.ts';

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
export function withSample(name: string, what: string, test: (bytes: Uint8Array, expected: Expected) => void): void {
  const bytes = shared(`samples/${name}`);
  const expected = sharedJson('samples/expected.json') as Record<string, Expected> | null;
  if (bytes === null) it.skip(`${name}: ${what} (the shared samples are not beside the repository)`, () => undefined);
  else it(`${name}: ${what}`, () => test(bytes, expected?.[name] as Expected));
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The statement of a file that has one. */
export function statement(content: string | Uint8Array, options: StatementOptions = {}): Statement {
  const result = readStatement('file', typeof content === 'string' ? bytesOf(content) : content, options);
  if (!('lines' in result))
    throw new Error(`no statement: ${result.problems.map(({ message }) => message).join('; ')}`);
  return result;
}

/** The problems of a file, `line field: message`, whether it has a statement or not. */
export function problems(content: string | Uint8Array, options: StatementOptions = {}): string[] {
  const result = readStatement('file', typeof content === 'string' ? bytesOf(content) : content, options);
  return result.problems.map(({ line, field, message }) => `${line ?? '-'} ${field ?? '-'}: ${message}`);
}

/** True where the file gives no statement at all. */
export function refused(content: string | Uint8Array): boolean {
  return !('lines' in readStatement('file', typeof content === 'string' ? bytesOf(content) : content));
}

export function minor(amount: Atoms, currency: string): number {
  const unit = minorUnit(minorDigitsOf(currency));
  if (amount % unit !== 0n) throw new Error('finer than the minor unit');
  return Number(amount / unit);
}

/** A balance in minor units of the statement's currency. */
export function balance({ currency }: Statement, amount: Atoms | null): number | null {
  return amount === null ? null : minor(amount, currency);
}

export function amounts({ lines }: Statement): number[] {
  return lines.map(({ amount, currency }) => minor(amount, currency));
}

/** `date amount` of each line. */
export function short(read: Statement): string[] {
  return read.lines.map(({ date, amount, currency }) => `${date} ${minor(amount, currency)}`);
}

export function only(read: Statement): StatementLine {
  const [line, ...more] = read.lines;
  if (line === undefined || more.length > 0) throw new Error(`${read.lines.length} lines instead of one`);
  return line;
}
