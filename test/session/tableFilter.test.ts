/** Filtering the account's tables: the rows that say all words, over the whole table, whatever the words are. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { eventsCalled } from '../../renderer/features/timeline/describe.ts';
import { filterWords } from '../../renderer/features/tableFilter/words.ts';
import { ENGLISH } from '../../renderer/ui/displayLocale.ts';
import { amountText } from '../../renderer/ui/amountText.ts';
import { weekdayText } from '../../renderer/ui/format.ts';
import type { TableName } from '../../shared/contract/engine.ts';
import type { RowOf } from '../../shared/contract/tableFilter.ts';
import { zoneOf, type Zone } from '../../shared/domain/time.ts';
import type { Account } from '../../shared/session/account.ts';
import { atOnce } from '../../shared/session/inPieces.ts';
import { filterSteps, rowsAt } from '../../shared/session/tableFilter.ts';
import { usagePage } from '../../shared/session/tables.ts';
import { accountOf } from './accountOf.ts';

const DEMO = readFileSync(path.join(import.meta.dirname, '../../scenarios/quickstart.yaml'), 'utf8');
const LOG = `id,timestamp,project,api_key_id,model,cost
Evt-A1,2026-02-03T10:00:00Z,Atlas,key-7,zeta-large,12.345
evt-b2,2026-02-04T11:30:00Z,Borealis,key-8,zeta-small,0.000001
`;

let account: Account;
let zone: Zone;

beforeAll(async () => {
  account = await accountOf(DEMO, { 'Extra.csv': LOG });
  zone = zoneOf(account.run.input.zone.name) ?? account.run.input.zone;
});

const find = (table: TableName, search: string): readonly number[] => [
  ...atOnce(filterSteps(account, { table, words: filterWords(search, eventsCalled), days: ENGLISH })),
];
const rows = <T extends TableName>(table: T, search: string): readonly RowOf[T][] =>
  rowsAt(account, table, find(table, search)) as readonly RowOf[T][];

describe('the timeline is found by what its rows show', () => {
  test('a name that the screen gives an event, and not by its name inside', () => {
    const recharges = rows('timeline', 'auto-recharge paid');
    expect(recharges.length).toBeGreaterThan(0);
    for (const { type, kind } of recharges) expect([type, kind]).toEqual(['purchase', 'auto_recharge']);
    expect(rows('timeline', 'recharge_skipped')).toEqual([]);
  });

  test('a day as it stands there, beside a name', () => {
    const [first] = rows('timeline', 'cut off');
    if (first === undefined) throw new Error('the demo has a cut-off');
    const found = rows('timeline', `CUT off ${weekdayText(first.at, zone, true)}`);
    expect(found.map(({ index }) => index)).toContain(first.index);
    expect(find('timeline', 'cut off 31 Feb')).toEqual([]);
  });

  test('a figure as it is shown: grouped, with its sign, or in fewer digits than it has', () => {
    const { minorDigits: digits } = account.run.input;
    for (const row of rows('timeline', '').filter(({ amount }) => amount !== null)) {
      const shown = amountText(row.amount ?? '', { digits, sign: 'movement' });
      expect(find('timeline', shown.replace('+', ''))).toContain(row.index);
      expect(find('timeline', amountText(row.balance, { digits }))).toContain(row.index);
    }
  });
});

test('lots by id, kind, day and figure; invoices by month, model and figure', () => {
  const [lot] = rows('lots', 'grant');
  expect(lot?.kind).toBe('grant');
  expect(find('lots', `${lot?.id} never`).length + find('lots', `${lot?.id} 202`).length).toBeGreaterThan(0);
  const [invoice] = rows('invoices', 'march 2026');
  expect(invoice?.period).toBe('2026-03');
  expect(find('invoices', `2026-03 ${invoice?.figures['amount_due']}`)).toEqual([invoice?.index]);
});

describe('usage', () => {
  test.each([
    ['zeta', 2],
    ['ZETA-small', 1],
    ['evt-a1', 1],
    ['EVT-', 2],
    ['atlas', 1],
    ['key-8 borealis', 1],
    ['extra.csv', 2],
    ['extra.csv:3', 1],
    ['zeta 12.345', 1],
    ['zeta 12.34', 1],
    ['0.000001 zeta', 1],
    ['zeta 3 feb', 1],
    ['february 4 ZETA 2026', 1],
    ['zeta 2026-02-03', 1],
    ['zeta tue', 1],
    ['zeta 11:30', 1],
    ['zeta accepted', 2],
    ['zeta refused', 0],
    ['zeta atlas borealis', 0],
  ])('%s: %i rows', (search, count) => {
    expect(find('usage', search)).toHaveLength(count);
  });

  test('is what looking at every row would find', () => {
    const all = usagePage(account, { offset: 0, limit: 5_000 }).rows;
    const skus = [...new Set(all.map(({ sku }) => sku))];
    const digits = account.run.input.minorDigits;
    fc.assert(
      fc.property(fc.constantFrom(...skus), fc.nat({ max: all.length - 1 }), (sku, at) => {
        const balance = amountText(all[at]!.balance, { digits }).replaceAll(',', '');
        const expected = all.filter(
          (row) => row.sku.includes(sku) && amountText(row.balance, { digits }).replaceAll(',', '').includes(balance),
        );
        const found = new Set(find('usage', `${sku} ${amountText(all[at]!.balance, { digits })}`));
        for (const { index } of expected) expect(found.has(index)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

test('no words are all rows', () => {
  expect(find('usage', '  ')).toHaveLength(account.run.state.row);
});
