/**
 * The first of DeepSeek's two exports, `amount`: a day's quantity of one type, for a key and model, with its price. The
 * cost is price times quantity, exactly. It has no currency. Days are those of UTC+8.
 */
import { BUCKETS } from './bucketEnds.ts';
import { ATOMS_PER_UNIT, divideRounded, parseAmount } from '../domain/money.ts';
import { DAY_MS, zoneOf } from '../domain/time.ts';
import { ABSENT } from '../domain/usage.ts';
import type { Cells } from './cells.ts';
import { TableReader } from './delimited.ts';
import type { Detection, Head, Importer, OpenContext } from './importer.ts';
import { partsOf } from './numbers.ts';
import { ExportColumns } from './openaiCost.ts';
import { quoted } from './problems.ts';
import type { Fault, RowPlan, UsageTarget } from './rowPlan.ts';
import { detectTable, tablePlan } from './tablePlan.ts';

/** The exports' days. */
export const DEEPSEEK_ZONE = 'Asia/Shanghai';

const COLUMNS = ['start_time_iso', 'type', 'price', 'amount'];

const REQUESTS = 'request_count';

/** Meters of types that have names of their own here. */
const METERS: ReadonlyMap<string, string> = new Map([
  ['input_cache_miss_tokens', 'input_tokens'],
  ['input_cache_hit_tokens', 'cached_input_tokens'],
  [REQUESTS, 'requests'],
]);

function plan(header: readonly string[], target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = new ExportColumns(header);
  if (!columns.require(context, COLUMNS)) return null;
  context.note(BUCKETS);
  context.note('Costs are price times amount; the file states no currency.');
  context.note('The cost export of the same days has the same usage: import one of the two.');
  return {
    ...tablePlan(columns),
    zone: zoneOf(DEEPSEEK_ZONE),
    time: columns.of('start_time_iso'),
    until: columns.of('end_time_iso'),
    bucketMs: DAY_MS,
    sku: columns.of('model'),
    key: columns.of('api_key_name'),
    further: (cells, row) => store(target, columns, cells, row),
  };
}

/** Stores a row's quantity and cost. */
function store({ rows, counts }: UsageTarget, columns: ExportColumns, cells: Cells, row: number): Fault | null {
  for (const meter of rows.meters) meter.whole[row] = ABSENT;
  const [type, price, amount] = [cells.text(columns.of('type')), columns.of('price'), columns.of('amount')];
  const quantity = parseAmount(cells.text(amount));
  const parts = typeof quantity === 'string' || quantity < 0n ? null : partsOf(quantity);
  if (typeof quantity === 'string' || parts === null) {
    const message = `amount ${quoted(cells.text(amount))} cannot be read; expected a number such as 1200`;
    return { cell: amount, message };
  }
  const meter = rows.meter(METERS.get(type) ?? (type || 'quantity'));
  meter.whole[row] = parts.whole;
  if (parts.pico !== 0 || meter.pico !== null) (meter.pico ??= rows.wholeNumbers())[row] = parts.pico;
  // requests are counted, not sold; another row without a price is left to the price list
  const text = cells.text(price) || (type === REQUESTS ? '0' : '');
  if (text === '') return null;
  const each = parseAmount(text);
  const product = typeof each === 'string' || each < 0n ? null : each * quantity;
  const cost = product === null ? null : partsOf(divideRounded(product, ATOMS_PER_UNIT, 'half_even'));
  if (product !== null && product % ATOMS_PER_UNIT !== 0n) counts.rounded++;
  if (cost === null) {
    const message = `price ${quoted(text)} cannot be read; expected a number such as 0.000002`;
    return { cell: price, message };
  }
  rows.costWhole[row] = cost.whole;
  (rows.costPico ??= rows.wholeNumbers())[row] = cost.pico;
  return null;
}

export const deepseekAmount: Importer<UsageTarget> = {
  format: 'deepseek-amount',
  detect: (head: Head): Detection | null => detectTable(head, "DeepSeek's amount export", COLUMNS),
  open: (target, context) => new TableReader(target, context, plan),
};
