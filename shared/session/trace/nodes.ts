/**
 * Nodes of a derivation before they are sent: made on demand, each from its key alone, so that nothing is kept between two
 * questions. A key is a maker's name and whole numbers, and after each `/` the place of a part in the node before it.
 */
import type { TraceNode, TraceRule, TraceSign, TraceSource, TraceTarget } from '../../contract/trace.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import type { Tracing } from './tracing.ts';

/** A node as its maker gives it; amounts are atoms, counts too (one is 10^12 of them). */
export interface Made {
  readonly label: string;
  readonly amount: Atoms | null;
  readonly kind: TraceNode['kind'];
  /** The account's currency unless said. */
  readonly unit?: string | null;
  readonly rule?: TraceRule;
  readonly at?: Instant;
  readonly source?: TraceSource;
  readonly row?: NonNullable<TraceNode['row']>;
  readonly note?: string;
  readonly opens?: TraceTarget;
  readonly parts?: Parts;
}

/** A child: a node made in place, or another that has a key of its own. */
export type Part = { readonly sign: TraceSign } & (Made | { readonly key: string });

/** Children in order; a long list makes them as they are asked for. */
export interface Parts {
  readonly total: number;
  part(index: number): Part;
}

/** Makes a node of whole numbers from its key; it refuses what names nothing by `noFigure`. */
export type Maker = (tracing: Tracing, args: readonly number[]) => Made;

export function listed(parts: readonly (Part | null)[]): Parts {
  const present = parts.filter((part) => part !== null);
  return { total: present.length, part: (index) => present[index]! };
}

export function keyOf(maker: string, ...args: readonly number[]): string {
  return [maker, ...args].join(':');
}

/** A key that names nothing of the open account, such as one of an account that was open before. */
export function noFigure(): Error {
  return new Error('the open account has no such figure; trace it again');
}

/** Most children of one answer. */
const MAX_PAGE = 1_000;
/** Children that come unasked, of a figure and of each of these. */
const LOADED = [60, 12];

export function madeOf(tracing: Tracing, key: string, makers: ReadonlyMap<string, Maker>): Made {
  const [head = '', ...places] = key.split('/');
  const [name = '', ...args] = head.split(':');
  const maker = makers.get(name);
  const numbers = args.map(wholeNumber);
  if (maker === undefined) throw noFigure();
  let made = maker(tracing, numbers);
  for (const place of places) {
    const index = wholeNumber(place);
    if (made.parts === undefined || index >= made.parts.total) throw noFigure();
    const part = made.parts.part(index);
    made = 'key' in part ? madeOf(tracing, part.key, makers) : part;
  }
  return made;
}

function wholeNumber(text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw noFigure();
  return Number(text);
}

/** The node of a key with its first levels. */
export function nodeOf(
  tracing: Tracing,
  key: string,
  makers: ReadonlyMap<string, Maker>,
  { sign = '=', loaded = LOADED }: { readonly sign?: TraceSign; readonly loaded?: readonly number[] } = {},
): TraceNode {
  const { amount, unit, parts, ...made } = madeOf(tracing, key, makers);
  const total = parts?.total ?? 0;
  const [count, ...below] = loaded;
  return {
    ...made,
    key,
    sign,
    amount: amount === null ? null : formatAtoms(amount),
    unit: amount === null ? null : unit === undefined ? tracing.input.currency : unit,
    childCount: total,
    children:
      total === 0
        ? []
        : count === undefined
          ? null
          : childrenOf(tracing, { key, parts, makers, loaded: below }, 0, count),
  };
}

/** A page of a node's children, none of them opened further. */
export function childPage(
  tracing: Tracing,
  key: string,
  makers: ReadonlyMap<string, Maker>,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly total: number; readonly rows: readonly TraceNode[] } {
  const { parts } = madeOf(tracing, key, makers);
  const from = Number.isFinite(offset) ? Math.max(0, Math.floor(offset)) : 0;
  const count = Math.min(Number.isFinite(limit) ? Math.max(0, Math.floor(limit)) : 0, MAX_PAGE);
  return { total: parts?.total ?? 0, rows: childrenOf(tracing, { key, parts, makers, loaded: [] }, from, count) };
}

interface Parent {
  readonly key: string;
  readonly parts: Parts | undefined;
  readonly makers: ReadonlyMap<string, Maker>;
  readonly loaded: readonly number[];
}

function childrenOf(
  tracing: Tracing,
  { key, parts, makers, loaded }: Parent,
  from: number,
  count: number,
): TraceNode[] {
  const to = Math.min(from + count, parts?.total ?? 0);
  const rows: TraceNode[] = [];
  for (let index = from; parts !== undefined && index < to; index++) {
    const part = parts.part(index);
    const partKey = 'key' in part ? part.key : `${key}/${index}`;
    rows.push(nodeOf(tracing, partKey, makers, { sign: part.sign, loaded }));
  }
  return rows;
}
