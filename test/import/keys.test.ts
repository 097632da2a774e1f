/** What rows are known by: copies that grow, ids of two parts, twins without ids. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyAt } from '../../shared/domain/usage.ts';
import { IdSet } from '../../shared/import/idSet.ts';
import { cost, counts, problems, read, rowsOf } from './helpers.ts';

const HEADER = 'time,id,model,project,input_tokens,output_tokens,cost';
const csv = (...rows: string[]): string => [HEADER, ...rows].join('\n');
const row = (id: string, second: number, output: number, spent: string, project = 'p'): string =>
  `2026-01-01T00:00:${String(second).padStart(2, '0')}Z,${id},m,${project},10,${output},${spent}`;

describe('copies of one id', () => {
  it('a grown copy takes the place of the earlier row', async () => {
    const result = await read(
      csv(row('a', 0, 1, '0.1'), row('b', 1, 5, '0'), row('a', 2, 7, '0.7'), row('a', 2, 7, '0.7')),
    );
    expect(counts(result)).toBe('4/2/1/0/0');
    expect(result.report.rows).toMatchObject({ superseded: 1, complimentary: 1 });
    expect(result.report.repeated).toEqual({ USD: '0.7' });
    expect(problems(result)).toEqual([]);
    expect(rowsOf(result.batch).map(({ id, cost: spent, line, at }) => [id, spent, line, at.slice(17, 19)])).toEqual([
      ['a', '0.7', 4, '02'],
      ['b', '0', 3, '01'],
    ]);
  });

  it.each([
    ['is of another project', row('a', 1, 9, '0.9', 'q')],
    ['is earlier', '2025-12-31T23:59:59Z,a,m,p,10,9,0.9'],
    ['has more of one and less of another', row('a', 1, 9, '0.05')],
    ['has less', row('a', 1, 0, '0.1')],
    ['states no cost any more', row('a', 1, 9, '')],
  ])('one that %s is a problem, and the first row stays', async (_, copy) => {
    const result = await read(csv(row('a', 0, 1, '0.1'), copy));
    expect(counts(result)).toBe('2/1/1/0/0');
    expect(problems(result)).toEqual([expect.stringContaining('id "a" was already read with other values')]);
    expect(rowsOf(result.batch)[0]).toMatchObject({ cost: '0.1', line: 2 });
  });

  it('one of an earlier file is stored, and its id is listed', async () => {
    const knownIds = new IdSet();
    const first = await read(csv(row('a', 0, 1, '0.1'), row('b', 0, 2, '0.2')), { knownIds });
    const second = await read(
      csv(row('b', 0, 2, '0.2'), row('a', 1, 3, '0.3'), row('c', 2, 1, '1'), row('a', 1, 4, '0.4')),
      {
        knownIds,
      },
    );
    expect(counts(second)).toBe('4/2/1/0/0');
    expect([second.grownIds, second.report.rows.superseded]).toEqual([['a'], 2]);
    expect(rowsOf(second.batch).map(({ id, cost: spent }) => [id, spent])).toEqual([
      ['a', '0.4'],
      ['c', '1'],
    ]);
    // a saved account knows the same
    const reopened = IdSet.of([first.batch, second.batch]);
    for (const ids of [knownIds, reopened]) {
      const third = await read(csv(row('a', 1, 4, '0.4'), row('a', 0, 1, '0.1')), { knownIds: ids });
      expect(counts(third)).toBe('2/0/2/0/0');
      expect(problems(third)).toHaveLength(1);
    }
  });

  it('an import that is given up leaves the ids as they were', async () => {
    const knownIds = new IdSet();
    await read(csv(row('a', 0, 1, '0.1')), { knownIds });
    const before = knownIds.size;
    await read(csv(row('a', 0, 2, '0.2'), row('b', 0, 1, '1')), { knownIds });
    knownIds.rollback(before);
    const again = await read(csv(row('a', 0, 1, '0.1'), row('b', 0, 1, '1')), { knownIds });
    expect([counts(again), problems(again)]).toEqual(['2/1/1/0/0', []]);
  });

  it('in any order the most that any copy says is stored, once', async () => {
    const sizes = fc.array(fc.record({ id: fc.integer({ min: 0, max: 4 }), size: fc.nat(6) }), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(30), async (copies, cut) => {
        const lines = copies.map(({ id, size }) => row(`id${id}`, size, size, `0.${size}`));
        const knownIds = new IdSet();
        const one = await read(csv(...lines.slice(0, cut)), { knownIds });
        const two = await read(csv(...lines.slice(cut)), { knownIds });
        const kept = new Map<string, string>();
        for (const reading of [one, two])
          for (const { id, cost: spent } of rowsOf(reading.batch)) kept.set(id ?? '', spent ?? '');
        const most = new Map<string, string>();
        for (const { id, size } of copies) {
          const known = most.get(`id${id}`);
          const spent = size === 0 ? '0' : `0.${size}`;
          if (known === undefined || Number(known) < Number(spent)) most.set(`id${id}`, spent);
        }
        expect(kept).toEqual(most);
        expect(two.grownIds.every((id) => rowsOf(one.batch).some((known) => known.id === id))).toBe(true);
        expect(one.batch.count + two.batch.count - two.grownIds.length).toBe(most.size);
      }),
      { numRuns: 150 },
    );
  });
});

describe('ids of two parts', () => {
  it('a message that was asked for twice is two rows; people see its own id', async () => {
    const text = [
      'time,message_id,request_id,cost',
      ...['m1,r1,1', 'm1,r2,2', 'm1,r1,1', 'm1,r1,3', 'm2,,5', ',r3,6', ',r3,6'].map(
        (rest) => `2026-01-01T00:00:00Z,${rest}`,
      ),
    ].join('\n');
    const result = await read(text);
    expect(counts(result)).toBe('7/4/2/0/0');
    expect(rowsOf(result.batch).map(({ id, cost: spent }) => [id, spent])).toEqual([
      ['m1', '3'],
      ['m1', '2'],
      ['m2', '5'],
      ['r3', '6'],
    ]);
    const { ids } = result.batch;
    expect(ids === null ? '' : keyAt(ids, 1)).toBe('m1\u001fr2');
    const again = await read(text, { knownIds: IdSet.of([result.batch]) });
    expect(again.batch.count).toBe(0);
  });

  it('an event is known by its id and its source', async () => {
    const event = (id: string, source: string, spent: string): string =>
      JSON.stringify({
        specversion: '1.0',
        type: 't',
        id,
        source,
        time: '2026-10-01T00:00:00Z',
        data: { cost: spent },
      });
    const result = await read([event('1', 'a', '1'), event('1', 'b', '2'), event('1', 'a', '1')].join('\n'));
    expect([counts(result), cost(result), result.report.repeated]).toEqual(['3/2/1/0/0', '3', { USD: '1' }]);
    expect(rowsOf(result.batch).map(({ id }) => id)).toEqual(['1', '1']);
  });
});

it('equal rows without ids are as many rows', async () => {
  const same = row('', 0, 1, '0.5');
  const result = await read(csv(same, same, same));
  expect([counts(result), cost(result)]).toEqual(['3/3/0/0/0', '1.5']);
});
