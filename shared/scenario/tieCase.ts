/** Figures to tie out, as JSON: a period's sums and the sides of purchases, in whole minor units. */
import type { LocatedProblem } from '../contract/importing.ts';
import type { PeriodFigures, ThreeWay } from '../reconcile/tieOut.ts';
import { NodeReader, WRONG, type Wrong } from './nodeReader.ts';
import type { Path } from './problems.ts';
import { readSource } from './source.ts';
import type { MapNode, SourceNode } from './tree.ts';

export type TieCase =
  | { readonly kind: 'roll_forward'; readonly id: string | null; readonly figures: PeriodFigures }
  | { readonly kind: 'three_way'; readonly sides: ThreeWay };

export type TieCaseReading =
  | { readonly ok: true; readonly cases: readonly TieCase[]; readonly warnings: readonly LocatedProblem[] }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

/** Amounts below 10^15 minor units. */
const MOST = 10n ** 15n - 1n;

const KEYS = [
  ...['id', 'title', 'why', 'expected', 'opening', 'purchases', 'promo', 'adjustments', 'usage', 'expired', 'refunds'],
  ...['stated_closing', 'cash_paid', 'tax', 'fee'],
];

/** Reads `roll_forward` and `three_way` of a file. Never throws: whatever is wrong is listed by position. */
export function readTieCases(source: string, file: string): TieCaseReading {
  const read = readSource(source);
  const reader = new NodeReader();
  const located = (offset: number, message: string, field: string | null): LocatedProblem => ({
    ...{ file, ...read.positionOf(offset), field, message },
  });
  const root = read.root === null ? WRONG : reader.map(read.root, []);
  const cases = root === WRONG ? [] : casesOf(root, reader);
  if (root !== WRONG && !root.entries.has('roll_forward') && !root.entries.has('three_way'))
    reader.wrong(root, [], 'must have roll_forward or three_way, lists of figures');
  const problems = [...read.problems.map((one) => ({ field: null, ...one })), ...reader.problems];
  if (problems.length > 0)
    return { ok: false, problems: problems.map(({ offset, message, field }) => located(offset, message, field)) };
  return {
    ok: true,
    cases,
    warnings: reader.warnings.map(({ offset, message, field }) => located(offset, message, field)),
  };
}

function casesOf(root: MapNode, reader: NodeReader): TieCase[] {
  const each = (key: string, make: (map: MapNode, path: Path) => TieCase | Wrong): TieCase[] => {
    const nodes = reader.at(root, [], key, (node, path) => reader.list(node, path), []);
    if (nodes === WRONG) return [];
    return nodes.flatMap((node, index) => {
      const map = reader.map(node, [key, index]);
      const made = map === WRONG ? WRONG : make(map, [key, index]);
      return made === WRONG ? [] : [made];
    });
  };
  return [
    ...each('roll_forward', (map, path) => rollForwardOf(map, path, reader)),
    ...each('three_way', (map, path) => threeWayOf(map, path, reader)),
  ];
}

function rollForwardOf(map: MapNode, path: Path, reader: NodeReader): TieCase | Wrong {
  reader.warnUnknown(map, KEYS);
  const before = reader.problems.length;
  const whole = (node: SourceNode, at: Path): bigint | Wrong => reader.integer(node, at, -MOST, MOST);
  const given = (key: string): bigint | null => {
    const value = reader.at(map, path, key, whole, null);
    return value === WRONG ? null : value;
  };
  const needed = (key: string): bigint => {
    const value = reader.need(map, path, key, whole, 'a whole number of minor units');
    return value === WRONG ? 0n : value;
  };
  const id = reader.at(map, path, 'id', (node, at) => reader.text(node, at), null);
  const figures: PeriodFigures = {
    opening: needed('opening'),
    purchases: given('purchases') ?? 0n,
    grants: given('promo') ?? 0n,
    adjustments: given('adjustments') ?? 0n,
    usage: given('usage') ?? 0n,
    expired: given('expired') ?? 0n,
    refunds: given('refunds') ?? 0n,
    statedClosing: needed('stated_closing'),
    cashPaid: given('cash_paid'),
    tax: given('tax') ?? 0n,
    fee: given('fee') ?? 0n,
  };
  return id === WRONG || reader.problems.length > before ? WRONG : { kind: 'roll_forward', id, figures };
}

function threeWayOf(map: MapNode, path: Path, reader: NodeReader): TieCase | Wrong {
  const side = (key: string): bigint | null | Wrong =>
    reader.at(map, path, key, (node, at) => reader.integer(node, at, -MOST, MOST), null);
  const ledger = side('ledger');
  const invoice = side('invoice');
  const bank = side('bank');
  if (ledger === WRONG || invoice === WRONG || bank === WRONG) return WRONG;
  return { kind: 'three_way', sides: { ledger, invoice, bank } };
}
