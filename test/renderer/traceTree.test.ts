/** The tree of a derivation: rows, columns that add up, texts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountColumns, columnsWidth, figureParts } from '../../renderer/features/trace/figures.ts';
import { childrenOf, firstOpen, movedRow, ROOT_ID, treeRows } from '../../renderer/features/trace/tree.ts';
import { csvText, indentedText } from '../../renderer/features/trace/treeText.ts';
import type { TraceNode } from '../../shared/contract/trace.ts';
import { zoneOf, type Zone } from '../../shared/domain/time.ts';

const UTC = zoneOf('UTC') as Zone;
const money = { currency: 'USD', digits: 2 };

function node(label: string, more: Partial<TraceNode> = {}): TraceNode {
  const children = more.children ?? [];
  return {
    ...{ key: label, label, amount: '1', unit: 'USD', sign: '+', kind: 'sum' },
    childCount: children.length,
    children,
    ...more,
  };
}

const rule = node('Delay', {
  sign: '=',
  kind: 'rule',
  amount: null,
  rule: { name: 'cutoff.delay', value: 'PT2H', from: { kind: 'scenario', line: 20 } },
});
const tree = node('Balance', {
  sign: '=',
  amount: '-86.7122753',
  at: Date.UTC(2026, 2, 9),
  children: [
    node('Lots', { amount: '0' }),
    node('Debt', { sign: '-', amount: '86.7122753', childCount: 3, children: null, note: 'not covered' }),
    rule,
  ],
});

describe('rows', () => {
  test('children stand below an open parent, and what is missing is said', () => {
    const debt = tree.children?.[1];
    if (debt === undefined) throw new Error('no debt');
    const loaded = new Map([[debt.key, [node('first', { amount: '80' })]]]);
    const rows = treeRows(tree, new Set([ROOT_ID, '0/1']), loaded);
    expect(rows.map(({ id, kind, depth }) => [id, kind, depth])).toEqual([
      ['0', 'node', 0],
      ['0/0', 'node', 1],
      ['0/1', 'node', 1],
      ['0/1/0', 'node', 2],
      ['0/1/more', 'more', 2],
      ['0/2', 'node', 1],
    ]);
    expect(rows[4]).toMatchObject({ shown: 1, total: 3 });
    expect(rows[1]).toMatchObject({ expanded: null, position: 1, siblings: 3 });
    expect(movedRow(rows, '0/1/0', 'ArrowDown', 10)).toBe('0/1/more');
    expect(movedRow(rows, '0/1/0', 'PageUp', 10)).toBe('0');
    expect(movedRow(rows, '0', 'x', 10)).toBeNull();
  });

  test('a short tree opens itself, and asks for what says why', () => {
    const why = node('Why', { sign: '=', kind: 'fact', amount: null, childCount: 6, children: null });
    const rows = node('Rows', { childCount: 298, children: null });
    const { open, ask } = firstOpen(node('Debt', { children: [node('Sum', { children: [rows, why] })] }));
    expect([...open]).toEqual(['0', '0/0', '0/0/1']);
    expect(ask).toEqual([why]);
  });

  test('children that were loaded count only where they are more', () => {
    const own = node('a', { children: [node('x'), node('y')] });
    expect(childrenOf(own, new Map([['a', [node('x')]]]))).toHaveLength(2);
    expect(childrenOf({ ...own, children: null }, new Map())).toBeNull();
  });
});

describe('columns', () => {
  test('money of a column has the same digits; the root stands at the right', () => {
    const rows = treeRows(tree, new Set([ROOT_ID]), new Map());
    const [root, first] = amountColumns(rows, money);
    expect(root).toMatchObject({ digits: 7, offset: 0 });
    expect(first?.offset).toBeGreaterThan(root?.width ?? 0);
    expect(figureParts(node('Lots', { amount: '0' }), money, 7)).toMatchObject({ figure: '0.', faint: '0000000' });
    expect(figureParts(node('n', { amount: '381677', unit: 'tokens' }), money, 7)).toMatchObject({ figure: '381,677' });
  });

  test('a deep tree keeps to its room, and its order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 60, max: 200 }),
        (amounts, room) => {
          const chain = amounts.reduceRight<TraceNode | null>(
            (child, amount) => node('n', { amount: `${amount}.5`, children: child === null ? [] : [child] }),
            null,
          );
          if (chain === null) return;
          const open = new Set(amounts.map((_, depth) => `0${'/0'.repeat(depth)}`));
          const columns = amountColumns(treeRows(chain, open, new Map()), money, room);
          expect(columns).toHaveLength(amounts.length);
          expect(columnsWidth(columns)).toBeLessThanOrEqual(Math.max(room, 80));
          columns.slice(1).forEach(({ offset }, index) => expect(offset).toBeGreaterThan(columns[index]?.offset ?? 0));
        },
      ),
    );
  });
});

describe('texts', () => {
  const rows = treeRows(tree, new Set([ROOT_ID]), new Map());

  test('indented, with the rule and where it is from', () => {
    expect(indentedText(rows, { title: 'Brightwater', zone: UTC, money })).toBe(
      [
        'Brightwater, 9 Mar 2026 00:00:00 UTC',
        'Balance −86.7122753 USD',
        '  + Lots 0.00 USD',
        '  − Debt 86.7122753 USD, not covered',
        '  Delay, cutoff.delay 2 h 00 min (scenario:20)',
      ].join('\n'),
    );
  });

  test('as CSV, exact, and no formula', () => {
    const evil = node('=cmd()', { amount: '-1.5', source: { file: 'a,b.csv', line: 7 } });
    const lines = csvText(treeRows(evil, new Set(), new Map()), UTC).split('\r\n');
    expect(lines[0]).toBe('level,sign,label,amount,unit,at,rule,value,from,source,note');
    expect(lines[1]).toBe(`0,plus,'=cmd(),-1.5,USD,,,,,"a,b.csv:7",`);
  });
});
