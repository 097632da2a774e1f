/**
 * The usage in a FOCUS file: rows of the category Usage with what they used up, whether it was prepaid or billed. The
 * same file is first of all a statement of what is billed (`statements/focus.ts`), so this is read only when chosen.
 */
import { ABSENT } from '../domain/usage.ts';
import type { Cells } from './cells.ts';
import { TableReader } from './delimited.ts';
import type { Detection, Head, Importer, OpenContext } from './importer.ts';
import { parseRounded, partsOf } from './numbers.ts';
import { ExportColumns } from './openaiCost.ts';
import { quoted } from './problems.ts';
import { NONE, type Fault, type RowPlan, type UsageTarget } from './rowPlan.ts';
import { tablePlan } from './tablePlan.ts';

const NEEDED = ['ChargeCategory', 'ChargePeriodStart', 'EffectiveCost'];

/** Ways of writing that there is no value. */
const NO_VALUE = /^(?:null|none|nan|n\/a|-)?$/i;

/** Meters that have names of their own here, by their words in the singular. */
const METERS: ReadonlyMap<string, string> = new Map([
  ['token', 'tokens'],
  ['input_token', 'input_tokens'],
  ['uncached_input_token', 'input_tokens'],
  ['prompt_token', 'input_tokens'],
  ['output_token', 'output_tokens'],
  ['completion_token', 'output_tokens'],
  ['cached_input_token', 'cached_input_tokens'],
  ['cache_read_token', 'cached_input_tokens'],
  ['cache_read_input_token', 'cached_input_tokens'],
  ['cache_write_token', 'cache_write_tokens'],
  ['cache_write_input_token', 'cache_write_tokens'],
  ['cache_creation_input_token', 'cache_write_tokens'],
  ['input_audio_token', 'input_audio_tokens'],
  ['audio_input_token', 'input_audio_tokens'],
  ['output_audio_token', 'output_audio_tokens'],
  ['audio_output_token', 'output_audio_tokens'],
  ['request', 'requests'],
]);

function plan(header: readonly string[], target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = new ExportColumns(header);
  if (!columns.require(context, NEEDED)) return null;
  context.note('Only rows of the category Usage are read, at their effective cost; purchases and taxes are no usage.');
  const [category, sku] = [columns.of('ChargeCategory'), columns.of('SkuId')];
  let others = 0;
  return {
    ...tablePlan(columns),
    time: columns.of('ChargePeriodStart'),
    ...(columns.has('ChargePeriodEnd') ? { until: columns.of('ChargePeriodEnd') } : {}),
    cost: columns.of('EffectiveCost'),
    currency: columns.of('BillingCurrency'),
    project: columns.of('SubAccountId'),
    isEmpty: (cells) => {
      const isUsage = cells.text(category).toLowerCase() === 'usage';
      const isBlank = cells.count === 1 && cells.isBlank(0);
      if (!isUsage && !isBlank) others++;
      return !isUsage;
    },
    skuOf: (cells) => {
      const named = NO_VALUE.test(cells.text(sku)) ? cells.text(columns.of('ServiceName')) : cells.text(sku);
      return named === '' ? null : named;
    },
    further: (cells, row) => storeMeter(target, columns, cells, row),
    end: () => {
      if (others > 0) context.note(`Rows of other categories: ${others}.`);
    },
  };
}

/** Stores a row's quantity under its meter. */
function storeMeter({ rows }: UsageTarget, columns: ExportColumns, cells: Cells, row: number): Fault | null {
  for (const meter of rows.meters) meter.whole[row] = ABSENT;
  const quantity = columns.of('ConsumedQuantity');
  const text = quantity === NONE ? '' : cells.text(quantity);
  if (NO_VALUE.test(text)) return null;
  const read = parseRounded(text);
  // a correction takes its quantity back with its cost, and becomes an adjustment, which has none
  if (typeof read !== 'string' && read.atoms < 0n) return null;
  const parts = typeof read === 'string' ? null : partsOf(read.atoms);
  if (parts === null) {
    return { cell: quantity, message: `quantity ${quoted(text)} cannot be read; expected a number such as 812000` };
  }
  const [named, unit] = [cells.text(columns.of('SkuMeter')), cells.text(columns.of('ConsumedUnit'))];
  const meter = rows.meter(meterOf(NO_VALUE.test(named) ? unit : named));
  meter.whole[row] = parts.whole;
  if (parts.pico !== 0 || meter.pico !== null) (meter.pico ??= rows.wholeNumbers())[row] = parts.pico;
  return null;
}

/** `Input Tokens` and `input token` are the meter input_tokens; a name that is not known stays, in its words. */
function meterOf(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '_')
    .replace(/^_|_$/g, '');
  return METERS.get(words.replace(/s$/, '')) ?? (words === '' ? 'quantity' : words);
}

export const focusUsage: Importer<UsageTarget> = {
  format: 'focus-usage',

  detect({ table }: Head): Detection | null {
    if (table === null || !new ExportColumns(table.header).has('BilledCost', ...NEEDED)) return null;
    return { confidence: 0.4, why: `A FOCUS file, by its columns, ${NEEDED.join(', ')} among them.` };
  },

  open: (target, context) => new TableReader(target, context, plan),
};
