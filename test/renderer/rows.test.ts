import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createPager,
  missingPages,
  rowAt,
  rowsBetween,
  withPage,
  PAGE_ROWS,
  type Pages,
} from '../../renderer/ui/pages.ts';
import { latestOnly } from '../../renderer/ui/latestOnly.ts';
import { rowByKey } from '../../renderer/ui/rowKeys.ts';
import { MOST_COPIED, rowsToCopy, tabbed, tsv } from '../../renderer/ui/tableText.ts';
import { scrollTopFor, virtualRows } from '../../renderer/ui/virtualRows.ts';

const numbers = (offset: number): number[] => Array.from({ length: PAGE_ROWS }, (_, index) => offset + index);

describe('pages', () => {
  test('only what is missing is asked for', () => {
    const empty: Pages<number> = { total: 1000, byNumber: new Map() };
    expect(missingPages(empty, 150, 420)).toEqual([0, 1, 2]);
    const some = withPage(empty, { total: 1000, offset: 200, rows: numbers(200) });
    expect(missingPages(some, 150, 420)).toEqual([0, 2]);
    expect(rowAt(some, 250)).toBe(250);
    expect(rowAt(some, 150)).toBeUndefined();
    expect(rowsBetween(some, 198, 201)).toEqual([200, 201]);
    expect(missingPages({ total: 0, byNumber: new Map() }, 0, 30)).toEqual([]);
  });

  test('a million rows never pile up', () => {
    let pages: Pages<number> = { total: 1_000_000, byNumber: new Map() };
    for (let offset = 0; offset < 1_000_000; offset += PAGE_ROWS * 7) {
      pages = withPage(pages, { total: 1_000_000, offset, rows: numbers(offset) });
      expect(rowAt(pages, offset)).toBe(offset);
    }
    expect(pages.byNumber.size).toBeLessThanOrEqual(40);
  });

  test('answers about an older table are dropped', async () => {
    let pages: Pages<number> = { total: 0, byNumber: new Map() };
    const answers: (() => void)[] = [];
    const pager = createPager<number>({
      fetch: ({ offset }) =>
        new Promise((resolve) => {
          answers.push(() => resolve({ total: 1000, offset, rows: numbers(offset) }));
        }),
      read: () => pages,
      write: (next) => {
        pages = next;
      },
      failed: () => undefined,
    });
    pager.reset(1000);
    pager.need(0, 10);
    pager.need(0, 10);
    expect(answers).toHaveLength(1);
    pager.reset(500);
    answers[0]?.();
    await Promise.resolve();
    expect(pages).toEqual({ total: 500, byNumber: new Map() });
    const row = pager.row(3);
    answers[1]?.();
    expect(await row).toBe(3);
  });
});

test('of questions that pile up only the newest is asked, and forgetting drops answers', async () => {
  const asked: number[] = [];
  const taken: number[] = [];
  const answers: (() => void)[] = [];
  const latest = latestOnly<number, number>({
    ask: (question) => {
      asked.push(question);
      return new Promise((resolve) => {
        answers.push(() => resolve(question));
      });
    },
    take: (answer) => {
      taken.push(answer);
    },
    failed: () => undefined,
  });
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
  };
  [1, 2, 3, 4].forEach((question) => latest.ask(question));
  expect(asked).toEqual([1]);
  answers[0]?.();
  await settled();
  expect(asked).toEqual([1, 4]);
  latest.forget();
  answers[1]?.();
  await settled();
  expect(taken).toEqual([1]);
  latest.ask(5);
  answers[2]?.();
  await settled();
  expect(taken).toEqual([1, 5]);
});

describe('virtual rows', () => {
  const HEIGHT = 28;

  test('cover the viewport at any scroll position, and every row can be reached', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (total, share) => {
          const viewport = { height: 300, scrollTop: 0 };
          const { height } = virtualRows(total, HEIGHT, viewport);
          viewport.scrollTop = share * Math.max(0, height - viewport.height);
          const { first, end, offset } = virtualRows(total, HEIGHT, viewport);
          expect(first >= 0 && end <= total).toBe(true);
          expect(offset).toBeLessThanOrEqual(viewport.scrollTop + 1e-6);
          const bottom = offset + (end - first) * HEIGHT;
          expect(bottom).toBeGreaterThanOrEqual(
            Math.min(viewport.scrollTop + viewport.height, offset + total * HEIGHT) - 1e-3,
          );
        },
      ),
    );
  });

  test('a row that is asked for is in view afterwards, also among millions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), fc.nat(), (total, seed) => {
        const index = seed % total;
        const viewport = { height: 280, scrollTop: 0 };
        const scrollTop = scrollTopFor(index, total, HEIGHT, viewport);
        const { first, end } = virtualRows(total, HEIGHT, { ...viewport, scrollTop });
        expect(first <= index && index < end).toBe(true);
      }),
    );
  });

  test('a row in view does not scroll', () => {
    expect(scrollTopFor(12, 1000, HEIGHT, { scrollTop: 200, height: 280 })).toBe(200);
  });
});

test('copied rows carry their headers, one line each', () => {
  const columns = [
    { key: 'a', header: 'Day', width: '1fr', cell: () => null, text: (row: string) => row },
    { key: 'b', header: 'What', width: '1fr', cell: () => null, text: () => 'two\tparts\nand lines' },
  ];
  expect(tsv(columns, ['25 Sep', '26 Sep'])).toBe(
    'Day\tWhat\n25 Sep\ttwo parts and lines\n26 Sep\ttwo parts and lines',
  );
});

test('a copied cell is never a formula where it is pasted, and a number stays one', () => {
  const cells = ['=HYPERLINK(1)', '-1+2', '@x', '+1', '-12.5', '−3.00', 'a=b'];
  expect(tabbed([cells])).toBe("'=HYPERLINK(1)\t'-1+2\t'@x\t'+1\t-12.5\t−3.00\ta=b");
});

describe('keys of a table', () => {
  const press = (key: string, at: number | null, total = 1_000_000): number | null =>
    rowByKey({ key, ctrlKey: false, metaKey: false, altKey: false }, { at, total, page: 20 });

  test.each([
    ['End', null, 999_999],
    ['Home', null, 0],
    ['ArrowDown', null, 0],
    ['PageDown', null, 0],
    ['ArrowUp', null, 999_999],
    ['PageUp', null, 999_999],
    ['End', 3, 999_999],
    ['Home', 999_999, 0],
    ['ArrowDown', 999_999, 999_999],
    ['ArrowUp', 0, 0],
    ['PageDown', 10, 30],
    ['PageUp', 10, 0],
    ['x', 10, null],
  ] as const)('%s from row %s leads to %s', (key, at, to) => {
    expect(press(key, at)).toBe(to);
  });

  test('no key leads out of the table, and none anywhere in an empty one', () => {
    const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End');
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 50 }), fc.nat(), (key, total, place) => {
        const row = press(key, place % (total + 1) === total ? null : place % (total + 1), total);
        expect(row).toBeGreaterThanOrEqual(0);
        expect(row).toBeLessThan(total);
        expect(press(key, null, 0)).toBeNull();
      }),
    );
  });

  test('with Ctrl it is the window that they belong to', () => {
    expect(
      rowByKey({ key: 'End', ctrlKey: true, metaKey: false, altKey: false }, { at: 0, total: 9, page: 2 }),
    ).toBeNull();
  });
});

describe('rows to copy', () => {
  const row = (index: number): number | undefined => (index < 10_000 ? index : undefined);

  test('are those of the selection', () => {
    expect(rowsToCopy(row, [7, 8])).toEqual({ rows: [7, 8] });
    expect(rowsToCopy(row, [-1, -2])).toBeNull();
  });

  test('are all of them, or it is said why not', () => {
    const said = (first: number, last: number): string => JSON.stringify(rowsToCopy(row, [first, last]));
    expect(said(9_998, 10_001)).toContain('still being read');
    expect(said(0, 999_999)).toContain('"refused":"1,000,000 rows are selected; up to 5,000');
    // what is at hand anyway is copied, however much
    expect(rowsToCopy(row, [0, 2 * MOST_COPIED - 1])).toHaveProperty('rows');
  });
});
