/**
 * Usage as columns. A batch is what one source brought, in its own order; it is never changed after it was read. Costs
 * and quantities are exact decimals held as two integer columns, so that a million rows cost a few bytes each and sums
 * never lose a digit.
 */
import type { Atoms } from './money.ts';
import { ATOMS_PER_UNIT } from './money.ts';

/** Atoms in one unit, as the exact double that columns are computed with. */
export const PICO = 1e12;

/**
 * A column of non-negative exact decimals: row `i` is `whole[i] + pico[i] / 10^12`. Both parts are integers held as
 * doubles: `whole` at most 2^53, `pico` below 10^12. `pico` is null while every value is a whole number.
 */
export interface DecimalColumn {
  readonly whole: Float64Array;
  readonly pico: Float64Array | null;
}

/** Marks a row without a value in a `DecimalColumn`'s `whole`. */
export const ABSENT = -1;

/** One value of a column; null where the row has none. */
export function decimalAt(column: DecimalColumn, row: number): Atoms | null {
  const whole = column.whole[row] ?? ABSENT;
  if (whole === ABSENT) return null;
  return BigInt(whole) * ATOMS_PER_UNIT + BigInt(column.pico?.[row] ?? 0);
}

/** Texts that repeat, kept once: `code` per row into `names`; code 0 is "none" where `names[0]` is empty. */
export interface NameColumn {
  readonly codes: Uint32Array;
  readonly names: readonly string[];
}

/** Row ids, as the UTF-8 bytes of the file: row `i` is `bytes[ends[i - 1] .. ends[i]]`, empty where it has none. */
export interface IdColumn {
  readonly bytes: Uint8Array;
  /** As doubles: a 10-million-row log has more than 2^32 bytes of ids at worst. */
  readonly ends: Float64Array;
}

/** The usage rows of one source, in its order. All columns have `count` rows. */
export interface UsageBatch {
  /** The file's name, or what made the rows. */
  readonly source: string;
  readonly count: number;
  /** Instants, milliseconds; of a row that covers a time (a bucket), its first. */
  readonly at: Float64Array;
  /** End of each row's bucket, exclusive, milliseconds; 0 for a row that is one instant. Null where no row is a bucket. */
  readonly until: Float64Array | null;
  readonly sku: NameColumn;
  /** `ABSENT` rows are priced from their meters. */
  readonly cost: DecimalColumn;
  /** Quantities by meter name, exclusive of one another; `ABSENT` where a row lacks the meter. */
  readonly meters: ReadonlyMap<string, DecimalColumn>;
  readonly project: NameColumn | null;
  readonly key: NameColumn | null;
  readonly ids: IdColumn | null;
  /** Line of each row in its file, from 1; null where the source has no lines. */
  readonly line: Uint32Array | null;
}

/** A batch of nothing: of a file that holds no usage. */
export function noRows(source: string): UsageBatch {
  const none = { whole: new Float64Array(0), pico: null };
  return {
    source,
    count: 0,
    at: new Float64Array(0),
    until: null,
    sku: { codes: new Uint32Array(0), names: [''] },
    cost: none,
    meters: new Map(),
    project: null,
    key: null,
    ids: null,
    line: null,
  };
}

/** Some rows of a batch, in this order, as a batch of their own. */
export function pickedRows(batch: UsageBatch, rows: readonly number[]): UsageBatch {
  const numbers = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row] ?? 0);
  const decimals = ({ whole, pico }: DecimalColumn): DecimalColumn => ({
    whole: numbers(whole),
    pico: pico === null ? null : numbers(pico),
  });
  const names = ({ codes, names: texts }: NameColumn): NameColumn => ({
    codes: Uint32Array.from(rows, (row) => codes[row] ?? 0),
    names: texts,
  });
  return {
    source: batch.source,
    count: rows.length,
    at: numbers(batch.at),
    until: batch.until === null ? null : numbers(batch.until),
    sku: names(batch.sku),
    cost: decimals(batch.cost),
    meters: new Map([...batch.meters].map(([meter, column]) => [meter, decimals(column)])),
    project: batch.project === null ? null : names(batch.project),
    key: batch.key === null ? null : names(batch.key),
    ids: batch.ids === null ? null : pickedIds(batch.ids, rows),
    line: batch.line === null ? null : Uint32Array.from(rows, (row) => batch.line?.[row] ?? 0),
  };
}

function pickedIds({ bytes, ends }: IdColumn, rows: readonly number[]): IdColumn {
  const startOf = (row: number): number => (row === 0 ? 0 : (ends[row - 1] ?? 0));
  const length = rows.reduce((sum, row) => sum + (ends[row] ?? 0) - startOf(row), 0);
  const picked = { bytes: new Uint8Array(length), ends: new Float64Array(rows.length) };
  let at = 0;
  for (const [index, row] of rows.entries()) {
    const id = bytes.subarray(startOf(row), ends[row] ?? 0);
    picked.bytes.set(id, at);
    at += id.length;
    picked.ends[index] = at;
  }
  return picked;
}

/** A bucket's row of an export that was taken before the bucket was over; a later export has it whole. */
export interface RestatedRow {
  /** Sha-256 of the text that brought the row (`StoredSource.textSha256`). */
  readonly source: string;
  /** Of its batch. */
  readonly row: number;
}

/**
 * Where the usage of a bucket `[at, until)` is taken to have happened: at its first instant, at its last millisecond, or
 * spread over it in equal slices, the remainder in the last.
 */
export type Placement = 'start' | 'end' | 'spread';

/** A negative row of a log: a correction, which the account takes as an adjustment (billing model, section 5). */
export interface UsageAdjustment {
  readonly at: number;
  /** Signed movement of the balance: a negative cost is a positive adjustment. */
  readonly amount: Atoms;
  /** The row's own id; null where it has none. */
  readonly id: string | null;
  readonly source: string;
  readonly line: number | null;
}

/**
 * Between the two parts of an id that is known by two: an event's id and its source, a message's and its request's. The
 * first is the one that people know.
 */
export const ID_SEPARATOR = '\u001f';

/** The text of row `row`'s id, its first part where it has two; empty where it has none. */
export function idAt(ids: IdColumn, row: number): string {
  const key = keyAt(ids, row);
  const end = key.indexOf(ID_SEPARATOR);
  return end < 0 ? key : key.slice(0, end);
}

/** What row `row` is known by among all rows: its whole id; empty where it has none. */
export function keyAt(ids: IdColumn, row: number): string {
  const end = ids.ends[row] ?? 0;
  const start = row === 0 ? 0 : (ids.ends[row - 1] ?? 0);
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = ids.bytes[i] ?? 0;
    if (byte > 127) return decodeUtf8(ids.bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** UTF-8 to text without a platform's decoder; malformed bytes become U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i++] ?? 0;
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      continue;
    }
    const more = lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
    let code = more === 0 ? -1 : lead & (0x3f >> more);
    let used = 0;
    while (code >= 0 && used < more) {
      const next = bytes[i + used] ?? 0;
      if ((next & 0xc0) !== 0x80) code = -1;
      else {
        code = (code << 6) | (next & 0x3f);
        used++;
      }
    }
    const tooSmall = (more === 2 && code < 0x800) || (more === 3 && code < 0x10000);
    if (code < 0 || tooSmall || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) || lead >= 0xf5) text += '�';
    else {
      text += String.fromCodePoint(code);
      i += used;
    }
  }
  return text;
}
