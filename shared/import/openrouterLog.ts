/**
 * OpenRouter's log of generations: one request a row. `created_at` is UTC without saying so. `cost_total` is what left the
 * credits, with searches, files and the cache's saving in it; what was paid to a provider with a key of one's own (BYOK)
 * is no part of it. Cancelled generations are rows at their cost, which may be nothing.
 */
import { formatAtoms, type Atoms } from '../domain/money.ts';
import { ABSENT } from '../domain/usage.ts';
import type { Cells } from './cells.ts';
import { TableReader } from './delimited.ts';
import type { Detection, Head, Importer, OpenContext } from './importer.ts';
import { parseRounded } from './numbers.ts';
import { ExportColumns } from './openaiCost.ts';
import type { RowPlan, UsageTarget } from './rowPlan.ts';
import { detectTable, tablePlan } from './tablePlan.ts';

const COUNTS = ['tokens_prompt', 'tokens_cached', 'tokens_completion'];

/** Sums what was paid outside the credits, for the report. */
export class OwnKeys {
  #rows = 0;
  #sum: Atoms = 0n;

  add(cells: Cells, cell: number): void {
    const read = parseRounded(cells.text(cell));
    if (typeof read === 'string' || read.atoms === 0n) return;
    this.#rows++;
    this.#sum += read.atoms;
  }

  note(context: OpenContext): void {
    if (this.#rows === 0) return;
    const rows = this.#rows === 1 ? '1 row' : `${this.#rows} rows`;
    context.note(`${rows} with keys of your own (BYOK): ${formatAtoms(this.#sum)} outside the credits, not counted.`);
  }
}

function plan(header: readonly string[], _target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = new ExportColumns(header);
  if (!columns.require(context, ['created_at', 'cost_total'])) return null;
  const [prompt = '', cached = ''] = COUNTS;
  const present = COUNTS.filter((name) => columns.has(name));
  const all = new Float64Array(COUNTS.length).fill(ABSENT);
  const ownKeys = new OwnKeys();
  let cancelled = 0;
  context.note('Cached tokens were taken off the prompt tokens.');
  return {
    ...tablePlan(columns),
    time: columns.of('created_at'),
    cost: columns.of('cost_total'),
    sku: columns.of('model_permaslug'),
    project: columns.of('app_name'),
    key: columns.of('api_key_name'),
    id: columns.of('generation_id'),
    counts: present.map((name) => columns.of(name)),
    meters: ['input_tokens', 'cached_input_tokens', 'output_tokens'],
    settle: (counts, meters) => {
      for (const [i, name] of present.entries()) all[COUNTS.indexOf(name)] = counts[i] ?? ABSENT;
      const [input = ABSENT, part = ABSENT, output = ABSENT] = all;
      const within = Math.max(0, part);
      if (within > Math.max(0, input)) {
        return {
          cell: columns.of(cached),
          message: `${cached} is ${within}, more than ${prompt}, which includes them`,
        };
      }
      meters[0] = input === ABSENT ? ABSENT : input - within;
      meters[1] = within === 0 ? ABSENT : within;
      meters[2] = output;
      return null;
    },
    stored: (cells) => {
      ownKeys.add(cells, columns.of('byok_usage_inference'));
      if (cells.text(columns.of('cancelled')).toLowerCase() === 'true') cancelled++;
    },
    end: () => {
      ownKeys.note(context);
      if (cancelled > 0) context.note(`Generations that were cancelled, kept at their cost: ${cancelled}.`);
    },
  };
}

export const openrouterLog: Importer<UsageTarget> = {
  format: 'openrouter-log',
  detect: (head: Head): Detection | null =>
    detectTable(head, "OpenRouter's log of generations", ['generation_id', 'created_at', 'cost_total']),
  open: (target, context) => new TableReader(target, context, plan),
};
