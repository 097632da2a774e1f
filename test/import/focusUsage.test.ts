/** Usage out of FOCUS files. */
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../shared/domain/time.ts';
import { headOf } from '../../shared/import/head.ts';
import { UsageBuilder } from '../../shared/import/usageBuilder.ts';
import { focusUsage } from '../../shared/import/focusUsage.ts';
import { IdSet } from '../../shared/import/idSet.ts';
import { ProblemList } from '../../shared/import/problems.ts';
import { bytesOf, rowsOf, withSample, type PlainRow } from './helpers.ts';

function usageOf(bytes: Uint8Array): { rows: PlainRow[]; notes: string; problems: string[]; until: number[] } {
  const head = headOf('focus.csv', bytes, true);
  const rows = new UsageBuilder(8);
  const ids = new IdSet();
  const problems = new ProblemList('focus.csv');
  const notes: string[] = [];
  const reader = focusUsage.open(
    { rows, ids, counts: { read: 0, duplicate: 0, rejected: 0 } } as Parameters<typeof focusUsage.open>[0],
    {
      ...{ head, zone: null, currency: null, cachedTokens: 'auto', problems },
      note: (sentence: string) => notes.push(sentence),
    } as unknown as Parameters<typeof focusUsage.open>[1],
  );
  reader.chunk(bytes);
  reader.end();
  const batch = rows.finish('focus.csv', ids);
  return {
    rows: rowsOf(batch),
    notes: notes.join(' '),
    problems: problems.listed.map(({ message }) => message),
    until: [...(batch.until ?? [])],
  };
}

describe('usage of FOCUS', () => {
  withSample('focus_1_2.csv', 'usage at its effective cost, by meter', async (bytes) => {
    const read = await Promise.resolve(usageOf(bytes));
    expect(read.problems).toEqual([]);
    expect(read.rows.map(({ sku, cost, meters }) => [sku, cost, meters])).toEqual([
      ['Halcyon API', '37.42', {}],
      ['alto-2', '2.03', { input_tokens: '812000' }],
      ['alto-2', '0.964', { output_tokens: '96400' }],
      ['alto-2-mini', '13.725', { input_tokens: '91500000' }],
      ['alto-2', '38.075', { input_tokens: '15230000' }],
      ['alto-2', '22.4', { output_tokens: '2240000' }],
    ]);
    expect(read.rows[1]).toMatchObject({ at: '2026-10-03T00:00:00.000Z', project: 'proj-atlas' });
    expect(read.until[1]).toBe(parseInstant('2026-10-04T00:00:00Z'));
    expect(read.notes).toContain('Rows of other categories: 8.');
  });

  it('is surer of nothing than of being a choice', () => {
    const text = 'BilledCost,EffectiveCost,ChargeCategory,ChargePeriodStart\n0,1,Usage,2026-10-03T00:00:00Z\n';
    expect(focusUsage.detect(headOf('x', bytesOf(text), true))?.confidence).toBe(0.4);
    expect(focusUsage.detect(headOf('x', bytesOf('a,b\n1,2\n'), true))).toBeNull();
  });

  it('a quantity that cannot be read keeps its row out', () => {
    const header = 'EffectiveCost,BilledCost,ChargeCategory,ChargePeriodStart,ConsumedQuantity,SkuMeter';
    const read = usageOf(
      bytesOf(`${header}\n1,0,Usage,2026-10-03T00:00:00Z,many,Input Tokens\n1,0,Usage,2026-10-03T00:00:00Z,7,Images`),
    );
    expect(read.problems).toEqual([expect.stringContaining('quantity "many" cannot be read')]);
    expect(read.rows.map(({ meters }) => meters)).toEqual([{ images: '7' }]);
  });
});
