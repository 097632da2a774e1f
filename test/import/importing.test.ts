/** What holds for every format: repeated rows and files, cancelling, progress, pieces. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cancelled, type CallContext } from '../../shared/contract/rpc.ts';
import { IdSet, NEW_ID } from '../../shared/import/idSet.ts';
import { importUsage, textFileOf } from '../../shared/import/importUsage.ts';
import { bytesOf, cost, counts, problems, quietContext, read, rowsOf } from './helpers.ts';

const HEADER = 'time,id,model,cost\n';
const csv = (...lines: string[]): string => HEADER + lines.map((line) => `2026-01-01T00:00:00Z,${line}\n`).join('');

/** A log of some megabytes: several slices. */
const LONG = csv(...Array.from({ length: 120_000 }, (_, i) => `request-${i},model-${i % 7},0.00${i % 10}`));

describe('repeated rows', () => {
  it('the first row of an id stays; one that is no grown copy of it is pointed out', async () => {
    const result = await read(csv('a,m,1', 'b,m,2', 'a,m,1', ',m,4', ',m,4', 'a,m,0.50', 'b,x,3', 'a,m,1.0'));
    expect([counts(result), cost(result)]).toEqual(['8/4/4/0/0', '11']);
    expect(result.report.repeated).toEqual({ USD: '5.5' });
    expect(problems(result)).toEqual([
      '7:22 id: id "a" was already read with other values; kept the first',
      '8:22 id: id "b" was already read with other values; kept the first',
    ]);
    expect(rowsOf(result.batch).map(({ id }) => id)).toEqual(['a', 'b', '', '']);
  });

  it('ids are known across files and formats', async () => {
    const knownIds = new IdSet();
    await read(csv('a,m,1', 'b,m,2'), { knownIds });
    expect(knownIds.size).toBe(2);
    const lines = ['a', 'b', 'c'].map((id) =>
      JSON.stringify({ id, ts: '2026-01-01T01:00:00+01:00', model: 'm', cost: id === 'b' ? '1' : '1.0' }),
    );
    const second = await read(lines.join('\n'), { knownIds }, 'second.ndjson');
    expect(counts(second)).toBe('3/1/2/0/0');
    expect(problems(second)).toEqual([expect.stringContaining('id "b" was already read with other values')]);
  });

  it('the ids of stored batches are known again, with their content', async () => {
    const text = csv('a,m,1', 'b,m,0.25', ',m,1') + '2026-01-01T00:00:00Z,c,,7\n';
    const { batch } = await read(text);
    const knownIds = IdSet.of([batch]);
    const again = await read(text + '2026-01-01T00:00:00Z,c,n,7\n', { knownIds });
    expect(counts(again)).toBe('5/1/4/0/0');
    expect(problems(again)).toEqual([expect.stringMatching(/^6:22 id: id "c"/)]);
  });

  it('a rejected row does not take its id; an adjustment does', async () => {
    const result = await read(csv('a,m,free', 'a,m,1', 'b,m,-2', 'b,m,-2', 'c,m,3', 'd,m,4'));
    expect(counts(result)).toBe('6/3/1/1/1');
    // the adjustment's id lies between those of rows, and is not among the batch's
    expect(rowsOf(result.batch).map(({ id }) => id)).toEqual(['a', 'c', 'd']);
  });
});

describe('id set', () => {
  const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer);

  it.each([
    ['in any order', (i: number) => `${'x'.repeat(i % 9)}${i}`],
    ['in order', (i: number) => `req_${String(i).padStart(8, '0')}`],
    ['in order of length', (i: number) => String(i)],
    ['in reverse order', (i: number) => `req_${String(90_000 - i)}`],
    ['partly in order', (i: number) => (i < 9_000 ? `b${String(i).padStart(7, '0')}` : `a${i}${'é'.repeat(i % 3)}`)],
  ])('tells ids %s apart by every byte, through growth and rollback', (_, idOf) => {
    const ids = new IdSet();
    const all = Array.from({ length: 20_000 }, (__, i) => bytesOf(idOf(i)));
    const claim = (id: Uint8Array): number => ids.claim(id, view(id), 0, id.length, 1);
    expect(all.every((id) => claim(id) === NEW_ID)).toBe(true);
    expect(all.map(claim)).toEqual(all.map((_, i) => i));
    ids.rollback(5_000);
    expect(ids.size).toBe(5_000);
    expect(all.slice(0, 5_000).map(claim)).toEqual(all.slice(0, 5_000).map((_, i) => i));
    expect(all.slice(5_000).every((id) => claim(id) === NEW_ID)).toBe(true);
    expect(claim(bytesOf(''))).toBe(NEW_ID);
    ids.rollback(0);
    expect(ids.size).toBe(0);
    expect(claim(all[3]!)).toBe(NEW_ID);
  });
});

describe('files', () => {
  it('has the sha-256 of the bytes, and knows a file again', async () => {
    const bytes = bytesOf('\uFEFF' + csv('a,m,1', 'x,m,bad'));
    const first = await read(bytes);
    expect(first.report.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect((await read(bytes, { createHash })).report.sha256).toBe(first.report.sha256);
    expect(first.report.repeatedFile).toBe(false);
    const knownIds = new IdSet();
    const again = await read(bytes, { knownTexts: new Set([first.report.sha256]), knownIds }, 'copy.csv');
    expect(again.report).toMatchObject({
      repeatedFile: true,
      from: null,
      to: null,
      totals: {},
      repeated: { USD: '1' },
    });
    expect(counts(again)).toBe('2/0/1/1/0');
    expect([again.batch.count, again.adjustments, knownIds.size]).toEqual([0, [], 0]);
  });

  it('reads a Blob as it reads bytes', async () => {
    const bytes = bytesOf(LONG);
    const fromBytes = await importUsage(textFileOf({ name: 'x.csv', content: bytes }), {}, quietContext());
    const fromBlob = await importUsage(
      textFileOf({ name: 'x.csv', content: new Blob([bytes.slice()]) }),
      {},
      quietContext(),
    );
    expect(fromBlob.report).toEqual(fromBytes.report);
    expect(Buffer.compare(Buffer.from(fromBlob.batch.at.buffer), Buffer.from(fromBytes.batch.at.buffer))).toBe(0);
    expect(Buffer.compare(fromBlob.batch.ids?.bytes ?? bytes, fromBytes.batch.ids?.bytes ?? bytes)).toBe(0);
    expect(counts(fromBlob)).toBe('120000/120000/0/0/0');
    expect(cost(fromBlob)).toBe('540');
  });

  it('never writes to the bytes it was given', async () => {
    const bytes = bytesOf(csv('"a ""quoted"" id",m,1'));
    const before = bytes.slice();
    const result = await read(bytes);
    expect(rowsOf(result.batch)[0]).toMatchObject({ id: 'a "quoted" id' });
    expect(bytes).toEqual(before);
  });

  it('progress never goes back and ends at the file’s size', async () => {
    const context = quietContext();
    await importUsage(textFileOf({ name: 'long.csv', content: bytesOf(LONG) }), {}, context);
    const done = context.told.map((progress) => progress.done);
    expect(done.length).toBeGreaterThan(2);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(context.told[0]).toEqual({ what: 'Reading long.csv', done: 0, total: LONG.length, unit: 'bytes' });
    expect(context.told.at(-1)).toMatchObject({ done: LONG.length, total: LONG.length });
  });

  it('a cancel that arrives on the way keeps nothing', async () => {
    const knownIds = new IdSet();
    await read(csv('known,m,1'), { knownIds });
    let yields = 0;
    const yieldToHost = (): Promise<void> => {
      yields++;
      return Promise.resolve();
    };
    const context: CallContext = {
      progress: () => undefined,
      throwIfCancelled: () => {
        if (yields > 2) throw new Cancelled('cancelled');
      },
    };
    const content = bytesOf(LONG);
    await expect(importUsage(textFileOf({ name: 'x', content }), { knownIds, yieldToHost }, context)).rejects.toThrow(
      Cancelled,
    );
    expect(yields).toBe(3);
    expect(knownIds.size).toBe(1);
    const after = await importUsage(textFileOf({ name: 'x', content }), { knownIds }, quietContext());
    expect(counts(after)).toBe('120000/120000/0/0/0');
  });

  it('a file that grows its columns beyond the estimate is whole', async () => {
    const wide = Array.from({ length: 900 }, (_, i) => `wide-${i}-${'w'.repeat(100)},m,1`);
    const narrow = Array.from({ length: 50_000 }, (_, i) => `${i},m,0.5`);
    const result = await read(csv(...wide, ...narrow, 'last,m,1'));
    expect([counts(result), cost(result)]).toEqual(['50901/50901/0/0/0', '25901']);
    expect(rowsOf(result.batch).at(-1)).toMatchObject({ id: 'last', line: 50_902 });
  });
});

describe('foreign bytes', () => {
  const pieces = fc.constantFrom(
    ...[
      'time',
      'cost',
      'id',
      'model',
      'input_tokens',
      'cached_tokens',
      'currency',
      '2026-01-01T00:00:00Z',
      '1790640000',
      '0.5',
    ],
    ...[
      '-1',
      '1e-13',
      'x',
      'é',
      '\xff',
      '\0',
      ',',
      ',',
      ';',
      '\n',
      '\n',
      '\r\n',
      '"',
      '{',
      '}',
      ':',
      '"time":',
      '"cost":',
      '\\u00',
      ' ',
    ],
    ...[
      'start_time,end_time,start_time_iso,end_time_iso',
      ',amount_value,amount_currency,quantity',
      ',num_model_requests,model,output_tokens',
    ],
  );
  const content = fc.oneof(
    fc
      .array(pieces, { maxLength: 60 })
      .map((parts) => Uint8Array.from(parts.join(''), (letter) => letter.charCodeAt(0))),
    fc.array(pieces, { maxLength: 30 }).map((parts) => bytesOf('time,id,cost\n' + parts.join(''))),
    fc.array(pieces, { maxLength: 30 }).map((parts) => bytesOf('{"time":1790640000,"cost":1}\n' + parts.join(''))),
    fc.uint8Array({ maxLength: 200 }),
  );

  it('never throw, and every row that was read is accounted for', async () => {
    const formats = fc.constantFrom('auto', 'csv', 'ndjson', 'openai-cost', 'openai-usage');
    await fc.assert(
      fc.asyncProperty(content, formats, async (bytes, format) => {
        const { report, batch, adjustments } = await read(bytes, { format });
        const { rows } = report;
        expect(rows.stored + rows.duplicate + rows.rejected + rows.adjustments + rows.superseded).toBe(rows.read);
        expect([batch.count, adjustments.length]).toEqual([rows.stored, rows.adjustments]);
        // a question's rows are one problem
        expect(report.problemCount > 0 || rows.rejected === 0).toBe(true);
        expect(rowsOf(batch).every(({ cost, meters }) => cost !== null || Object.keys(meters).length > 0)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
