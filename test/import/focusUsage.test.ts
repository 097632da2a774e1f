/** Usage out of FOCUS files. */
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../shared/domain/time.ts';
import { headOf } from '../../shared/import/head.ts';
import { focusUsage } from '../../shared/import/focusUsage.ts';
import { usageOf } from './focusReading.ts';
import { bytesOf, withSample } from './helpers.ts';

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
