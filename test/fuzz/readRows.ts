/** Reads any bytes through the door that the app uses, and shows what was stored row by row, to be compared. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ReadingChoices } from '../../shared/contract/importing.ts';
import { ATOMS_PER_UNIT, type Atoms } from '../../shared/domain/money.ts';
import { decimalAt, idAt, type NameColumn } from '../../shared/domain/usage.ts';
import type { FileReading } from '../../shared/session/reading.ts';
import { Staging, takerOf } from '../../shared/session/staging.ts';
import type { Surroundings } from '../../shared/session/surroundings.ts';
import { context, surroundings } from '../surroundings.ts';

/** Without turns of the event loop, which would be most of the time that a small file takes. */
const quick: Surroundings = {
  ...surroundings,
  yieldToHost: () => Promise.resolve(),
  deflate: (bytes) => Promise.resolve(deflateRawSync(bytes, { level: 1 })),
  inflate: (bytes) => Promise.resolve(inflateRawSync(bytes)),
  createHash: (algorithm) => createHash(algorithm),
};

export async function readingsOf(
  name: string,
  bytes: Uint8Array,
  choices: ReadingChoices = {},
): Promise<readonly FileReading[]> {
  const staging = new Staging(quick);
  const taker = takerOf(null);
  await staging.add([{ name, content: bytes }], {}, choices, taker, context);
  await staging.previews(taker, context);
  return staging.settle(staging.ids, taker, context);
}

export interface StoredRow {
  /** Of the file; 0 where a source has no lines. */
  readonly line: number;
  /** What the row says it costs, in its own sign; null where it states no cost. */
  readonly cost: Atoms | null;
  /** Quantities by meter. */
  readonly meters: Readonly<Record<string, Atoms>>;
  /** Everything else that is kept of it. */
  readonly rest: unknown;
}

export function storedRows({ source }: FileReading): StoredRow[] {
  const { batch, adjustments, statement } = source;
  const rows: StoredRow[] = [];
  const named = (column: NameColumn | null, row: number): string => column?.names[column.codes[row] ?? 0] ?? '';
  for (let row = 0; row < batch.count; row++) {
    const meters = [...batch.meters].map(([name, column]) => [name, decimalAt(column, row)] as const);
    rows.push({
      line: batch.line?.[row] ?? 0,
      cost: decimalAt(batch.cost, row),
      meters: Object.fromEntries(meters.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
      rest: [
        ...[batch.at[row], batch.until?.[row] ?? 0, named(batch.sku, row), named(batch.project, row)],
        ...[named(batch.key, row), batch.ids === null ? '' : idAt(batch.ids, row)],
      ],
    });
  }
  for (const { amount, line, ...rest } of adjustments) rows.push({ line: line ?? 0, cost: -amount, meters: {}, rest });
  for (const { amount, line, balance: _proven, raw, ...rest } of statement?.lines ?? [])
    rows.push({ line, cost: amount, meters: {}, rest: { ...rest, raw: raw.trim() } });
  return rows;
}

export function sameRow(one: StoredRow | undefined, other: StoredRow | undefined): boolean {
  return isDeepStrictEqual(one, other);
}

/** A plain numeral's value; null where the text is none. Written for the tests, apart from every reader. */
export function plainAtoms(text: string): Atoms | null {
  const match = /^(-?)(\d+)(?:\.(\d{1,12})0*)?$/.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const atoms = BigInt(whole) * ATOMS_PER_UNIT + BigInt(fraction.padEnd(12, '0'));
  return sign === '' ? atoms : -atoms;
}
