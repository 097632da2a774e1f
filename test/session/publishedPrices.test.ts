/** Usage without costs, priced by the published prices, against the costs that the same vendors state for it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatAtoms } from '../../shared/domain/money.ts';
import { listedRates } from '../../shared/domain/priceList.ts';
import { addUsage } from '../../shared/session/addUsage.ts';
import { context, surroundings } from '../surroundings.ts';

const SAMPLES = path.join(import.meta.dirname, '../../../shared/samples');

async function costOf(name: string): Promise<{ total: string; problems: readonly string[] }> {
  const added = await addUsage(
    [{ name, content: readFileSync(path.join(SAMPLES, name)) }],
    null,
    surroundings,
    context,
  );
  if (!added.ok) return { total: '', problems: added.problems.map(({ message }) => message) };
  const { log } = added.account!.run.input;
  return { total: formatAtoms(log.sums.upTo(log.count)), problems: [] };
}

describe('usage of the samples', () => {
  const absent = existsSync(SAMPLES) ? null : 'the given samples (../shared/samples) are not beside this checkout';
  if (absent !== null) test.skip(`skipped: ${absent}`, () => undefined);
  else
    test.each([['anthropic_usage_report.json', 'anthropic_cost_report.json']])(
      '%s costs what %s says',
      async (usage, costs) => {
        expect(await costOf(usage)).toEqual(await costOf(costs));
      },
    );
});

test('half price is for batch and flex; other marks are not guessed at', () => {
  const price = (sku: string): bigint | undefined => listedRates(sku)?.[0]?.prices['output_tokens'];
  expect(price('gpt-4o-mini-2024-07-18')).toBe(600_000_000_000n);
  expect(price('gpt-4o-mini, batch')).toBe(300_000_000_000n);
  expect(price('claude-sonnet-4-5-20250929')).toBe(15_000_000_000_000n);
  expect(price('gpt-4o-mini, priority')).toBeUndefined();
  expect(price('alto-2')).toBeUndefined();
});
