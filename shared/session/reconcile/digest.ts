/** Hashes of what a seal stands for: texts, and the rows of a file as they were read, whatever columns hold them. */
import { createSHA256 } from 'hash-wasm';
import type { Statement } from '../../domain/statement.ts';
import type { DecimalColumn, NameColumn, UsageBatch } from '../../domain/usage.ts';
import { ABSENT } from '../../domain/usage.ts';
import { formatAtoms } from '../../domain/money.ts';
import { canonicalJson } from '../../reconcile/log/canonical.ts';
import type { TextHash } from '../../reconcile/log/chain.ts';
import type { StoredSource } from '../../storage/source.ts';

export interface Hashing {
  readonly text: TextHash;
  /** Of everything that was read from a file. */
  readonly rows: (source: StoredSource) => string;
}

type Hasher = Awaited<ReturnType<typeof createSHA256>>;

let loaded: Promise<Hashing> | null = null;

export function hashing(): Promise<Hashing> {
  return (loaded ??= createSHA256().then((hasher) => {
    const known = new WeakMap<StoredSource, string>();
    return {
      text: (text) => hasher.init().update(text).digest('hex'),
      rows: (source) => {
        const before = known.get(source);
        if (before !== undefined) return before;
        const digest = digestOf(source, hasher);
        known.set(source, digest);
        return digest;
      },
    };
  }));
}

function digestOf({ batch, adjustments, statement, grownIds, restated }: StoredSource, hasher: Hasher): string {
  hasher.init();
  const exact = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? formatAtoms(value) : value);
  const stated = statement === null ? null : statedIn(statement);
  const known = JSON.stringify({ adjustments, stated, grownIds, restated, count: batch.count }, exact);
  hasher.update(canonicalJson(JSON.parse(known)));
  addBatch(batch, hasher);
  return hasher.digest('hex');
}

/** What is stored of a statement: a reading holds more than that. */
function statedIn({ account, currency, opening, closing, lines, balances, grants }: Statement): object {
  return { account, currency, opening, closing, lines, balances, grants };
}

function addBatch(batch: UsageBatch, hasher: Hasher): void {
  const { count } = batch;
  if (count === 0) return;
  const numbers = (values: Float64Array | Uint32Array): void => {
    hasher.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  };
  const decimals = ({ whole, pico }: DecimalColumn): void => {
    numbers(whole);
    // null says that all are whole numbers
    numbers(pico ?? new Float64Array(count));
  };
  numbers(batch.at);
  numbers(batch.until ?? new Float64Array(count));
  names(batch.sku, count, hasher);
  decimals(batch.cost);
  const meters = [...batch.meters].filter(([, { whole }]) => whole.some((value) => value !== ABSENT));
  for (const [meter, column] of meters.sort(([a], [b]) => (a < b ? -1 : 1))) {
    hasher.update(meter);
    decimals(column);
  }
  for (const column of [batch.project, batch.key]) if (column !== null) names(column, count, hasher);
  if (batch.ids !== null && batch.ids.bytes.length > 0) {
    hasher.update(batch.ids.bytes);
    numbers(batch.ids.ends);
  }
  if (batch.line !== null) numbers(batch.line);
}

/** Names in the order in which rows have them: how they are numbered says nothing. A column of none says nothing either. */
function names({ codes, names: texts }: NameColumn, count: number, hasher: Hasher): void {
  const order = new Map<number, number>();
  const numbered = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const code = codes[row] ?? 0;
    let place = order.get(code);
    if (place === undefined) order.set(code, (place = order.size));
    numbered[row] = place;
  }
  const found = [...order.keys()].map((code) => texts[code] ?? '');
  if (found.length === 1 && found[0] === '') return;
  hasher.update(JSON.stringify(found));
  hasher.update(new Uint8Array(numbered.buffer));
}
