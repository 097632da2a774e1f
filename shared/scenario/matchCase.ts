/**
 * Cases of matching as JSON: settings, ledger and statement with whole amounts in the minor unit of their currency. A file
 * holds one case, or many under `cases`.
 */
import type { LocatedProblem } from '../contract/importing.ts';
import { minorDigitsOf, minorUnit, type Atoms } from '../domain/money.ts';
import type { Money } from '../domain/statement.ts';
import type { ItemStatus, MatchItem, MatchSettings, Side } from '../reconcile/match/types.ts';
import { readMatchSettings } from './matchSettings.ts';
import { NodeReader, WRONG, type NodeProblem, type Wrong } from './nodeReader.ts';
import type { Path } from './problems.ts';
import { readSource } from './source.ts';
import type { MapNode, SourceNode } from './tree.ts';

export interface MatchCase {
  /** Null where it states none. */
  readonly id: string | null;
  readonly ledger: readonly MatchItem[];
  readonly statement: readonly MatchItem[];
  readonly settings: MatchSettings;
}

export type MatchCaseReading =
  | {
      readonly ok: true;
      readonly cases: readonly MatchCase[];
      /** The file has a list of cases. */
      readonly many: boolean;
      readonly warnings: readonly LocatedProblem[];
    }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

/** Largest file, in bytes: some 500,000 items a side. */
const MAX_BYTES = 200_000_000;
/** Problems that are told of one file. */
const MOST_PROBLEMS = 100;
/** Amounts below 10^15 minor units: what JSON readers agree on, and enough for any bank. */
const MOST = 10n ** 15n - 1n;

/** Statuses of documents and bank lines; any other word counts as booked. */
const STATUSES: ReadonlyMap<string, ItemStatus> = new Map([
  ['pending', 'pending'],
  ['pdng', 'pending'],
  ['info', 'pending'],
  ['authorized', 'pending'],
  ['authorised', 'pending'],
  ['processing', 'pending'],
  ['void', 'void'],
  ['voided', 'void'],
  ['draft', 'void'],
  ['uncollectible', 'void'],
  ['declined', 'void'],
  ['failed', 'void'],
  ['canceled', 'void'],
  ['cancelled', 'void'],
  ['out_of_scope', 'out_of_scope'],
] as const);

/** Reads cases. Never throws: whatever is wrong is listed by position, and nothing is guessed. */
export function readMatchCases(source: string, file: string): MatchCaseReading {
  const read = readSource(source, MAX_BYTES);
  const reader = new NodeReader();
  const located = (problems: readonly NodeProblem[]): LocatedProblem[] =>
    problems
      .toSorted((one, other) => one.offset - other.offset)
      .slice(0, MOST_PROBLEMS)
      .map(({ offset, field, message }) => ({ file, ...read.positionOf(offset), field, message }));
  if (read.root === null || read.problems.length > 0)
    return { ok: false, problems: located(read.problems.map((problem) => ({ field: null, ...problem }))) };
  const root = reader.map(read.root, []);
  const many = root !== WRONG && root.entries.has('cases');
  const cases = root === WRONG ? [] : many ? casesOf(root, reader) : [caseOf(root, [], reader)];
  if (reader.problems.length > 0) return { ok: false, problems: located(reader.problems) };
  return {
    ok: true,
    cases: cases.flatMap((one) => (typeof one === 'symbol' ? [] : [one])),
    many,
    warnings: located(reader.warnings),
  };
}

function casesOf(root: MapNode, reader: NodeReader): (MatchCase | Wrong)[] {
  const nodes = reader.need(root, [], 'cases', (node, path) => reader.list(node, path), 'a list of cases');
  if (nodes === WRONG) return [];
  return nodes.map((node, index) => {
    const path = ['cases', index];
    const map = reader.map(node, path);
    return map === WRONG ? WRONG : caseOf(map, path, reader);
  });
}

function caseOf(map: MapNode, path: Path, reader: NodeReader): MatchCase | Wrong {
  const items = (side: Side): MatchItem[] | Wrong =>
    reader.need(map, path, side, (node, at) => itemsOf(node, at, side, reader), 'a list of items');
  const ledger = items('ledger');
  const statement = items('statement');
  const currency = ledger === WRONG ? undefined : ledger[0]?.currency;
  const minor = minorUnit(minorDigitsOf(currency ?? (statement === WRONG ? '' : (statement[0]?.currency ?? ''))));
  const settings = reader.need(
    map,
    path,
    'settings',
    (node, at) => readMatchSettings(node, at, { ledger: currency ?? null, minor }, reader),
    'a map with the period',
  );
  const id = reader.at(map, path, 'id', (node, at) => reader.text(node, at), null);
  if (ledger === WRONG || statement === WRONG || settings === WRONG || id === WRONG) return WRONG;
  return { id, ledger, statement, settings };
}

function itemsOf(node: SourceNode, path: Path, side: Side, reader: NodeReader): MatchItem[] | Wrong {
  const nodes = reader.list(node, path);
  if (nodes === WRONG) return WRONG;
  const ids = new Set<string>();
  const faults = { wrong: false };
  const items = nodes.flatMap((each, index) => {
    const at = [...path, index];
    const map = reader.map(each, at);
    const item = map === WRONG ? WRONG : itemOf(map, at, side, reader);
    if (item === WRONG) {
      faults.wrong = true;
      return [];
    }
    if (ids.has(item.id))
      faults.wrong = reader.wrong(each, [...at, 'id'], `${JSON.stringify(item.id)} is there twice`) === WRONG;
    ids.add(item.id);
    return [item];
  });
  return faults.wrong ? WRONG : items;
}

function itemOf(map: MapNode, path: Path, side: Side, reader: NodeReader): MatchItem | Wrong {
  const text = (node: SourceNode, at: Path): string | Wrong => reader.text(node, at);
  const id = reader.need(map, path, 'id', text, 'a text');
  const date = reader.need(map, path, 'date', (node, at) => reader.date(node, at), 'a date such as 2026-10-31');
  const money = moneyOf(map, path, reader);
  const unit = money === WRONG ? 1n : minorUnit(minorDigitsOf(money.currency));
  const reference = reader.at(map, path, 'ref', text, null);
  const description = reader.at(map, path, 'description', text, null);
  const importId = reader.at(map, path, 'fitid', text, null);
  const word = reader.at(map, path, 'status', text, 'booked');
  const tax = reader.at(map, path, 'tax', (node, at) => reader.integer(node, at, -MOST, MOST), null);
  const original = reader.at(
    map,
    path,
    'orig',
    (node, at) => {
      const inner = reader.map(node, at);
      return inner === WRONG ? WRONG : moneyOf(inner, at, reader);
    },
    null,
  );
  if (id === WRONG || date === WRONG || money === WRONG || tax === WRONG || original === WRONG) return WRONG;
  if (reference === WRONG || description === WRONG || importId === WRONG || word === WRONG) return WRONG;
  return {
    id,
    date,
    ...money,
    reference,
    description,
    tax: tax === null ? null : tax * unit,
    original: side === 'statement' ? original : null,
    source: null,
    importId,
    status: STATUSES.get(word.toLowerCase()) ?? 'booked',
  };
}

function moneyOf(map: MapNode, path: Path, reader: NodeReader): Money | Wrong {
  const amount = reader.need(
    map,
    path,
    'amount',
    (node, at) => reader.integer(node, at, -MOST, MOST),
    'a whole number of minor units such as 25000',
  );
  const currency = reader.need(
    map,
    path,
    'currency',
    (node, at) => reader.currency(node, at),
    'a currency code such as USD',
  );
  if (amount === WRONG || currency === WRONG) return WRONG;
  return { amount: amount * minorUnit(minorDigitsOf(currency)), currency };
}

/** An amount in minor units of its currency, as cases write it. */
export function minorAmount(amount: Atoms, currency: string): bigint {
  return amount / minorUnit(minorDigitsOf(currency));
}
