/**
 * The activity export of OpenAI's dashboard for completions: 24 columns, token counts as floats (`10.0`), buckets down to
 * one minute. Several rows of one bucket, one per key or model, are different rows. Costs come from the price list.
 *
 * `input_tokens` are all input, cached ones too; `input_uncached_tokens` are what is left of them. Text, audio and image
 * tokens have prices of their own, so they are taken apart where the columns add up, in either way that is seen: the
 * total includes audio and images, or it is the text alone.
 */
import { ABSENT } from '../domain/usage.ts';
import type { Cells } from './cells.ts';
import { TableReader } from './delimited.ts';
import type { Detection, Head, Importer, OpenContext } from './importer.ts';
import { NameTable } from './names.ts';
import { ExportColumns, PLACED_AT_START, exportPlan } from './openaiCost.ts';
import { NONE, type Fault, type RowPlan, type UsageTarget } from './rowPlan.ts';

/** A kind of tokens: all of them, then by modality, in columns and in meters. */
interface Kind {
  readonly total: string;
  readonly parts: readonly [text: string, audio: string, image: string];
  readonly meters: readonly [text: string, audio: string, image: string];
}

const KINDS: readonly Kind[] = [
  {
    total: 'input_uncached_tokens',
    parts: ['input_text_tokens', 'input_audio_tokens', 'input_image_tokens'],
    meters: ['input_tokens', 'input_audio_tokens', 'input_image_tokens'],
  },
  {
    total: 'input_cached_tokens',
    parts: ['input_cached_text_tokens', 'input_cached_audio_tokens', 'input_cached_image_tokens'],
    meters: ['cached_input_tokens', 'cached_input_audio_tokens', 'cached_input_image_tokens'],
  },
  {
    total: 'output_tokens',
    parts: ['output_text_tokens', 'output_audio_tokens', 'output_image_tokens'],
    meters: ['output_tokens', 'output_audio_tokens', 'output_image_tokens'],
  },
];

const ALL_INPUT = 'input_tokens';

/** Counts in the order in which `settle` gets them: all input, written to the cache, then each kind's total and parts. */
const COUNTS = [ALL_INPUT, 'input_cache_write_tokens', ...KINDS.flatMap(({ total, parts }) => [total, ...parts])];
const FIRST_KIND = 2;
const COUNTS_OF_KIND = 4;

const METERS = [...KINDS.flatMap(({ meters }) => [...meters]), 'cache_write_tokens'];
const METERS_OF_KIND = 3;

/** Kinds by index. */
const UNCACHED = 0;
const CACHED = 1;

/** Service tiers at the ordinary price. */
const ORDINARY_TIERS: ReadonlySet<string> = new Set(['', 'default', 'auto', 'standard']);

function plan(header: readonly string[], _target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = new ExportColumns(header);
  if (!columns.require(context, ['start_time', 'model', 'output_tokens'])) return null;
  if (!columns.has('input_uncached_tokens') && !columns.require(context, [ALL_INPUT])) return null;
  context.note(PLACED_AT_START);
  context.note('Cached tokens were taken off the input tokens.');
  const present = COUNTS.filter((name) => columns.has(name));
  const all = new Float64Array(COUNTS.length).fill(ABSENT);
  const places = present.map((name) => COUNTS.indexOf(name));
  return {
    ...exportPlan(columns),
    sku: columns.of('model'),
    counts: present.map((name) => columns.of(name)),
    meters: METERS,
    settle: (counts, meters) => {
      for (let i = 0; i < places.length; i++) all[places[i] ?? 0] = counts[i] ?? ABSENT;
      return settle(columns, all, meters);
    },
    skuOf: specialSku(columns, context),
  };
}

/** Meters of one row; `counts` are in the order of `COUNTS`, `ABSENT` where there is none. */
function settle(columns: ExportColumns, counts: Float64Array, meters: Float64Array): Fault | null {
  const input = counts[0] ?? ABSENT;
  const written = Math.max(0, counts[1] ?? 0);
  const cached = Math.max(0, counts[FIRST_KIND + CACHED * COUNTS_OF_KIND] ?? 0);
  const stated = counts[FIRST_KIND] ?? ABSENT;
  const uncached = stated !== ABSENT || input === ABSENT ? stated : input - cached - written;
  if (input !== ABSENT && (uncached < 0 || input !== uncached + cached + written)) {
    return unequal(columns, ALL_INPUT, input, Math.max(0, uncached) + cached + written);
  }
  for (const [kind, { total: name }] of KINDS.entries()) {
    const first = FIRST_KIND + kind * COUNTS_OF_KIND;
    const total = kind === UNCACHED ? uncached : (counts[first] ?? ABSENT);
    const text = (counts[first + 1] ?? ABSENT) === ABSENT ? total : (counts[first + 1] ?? 0);
    const audio = Math.max(0, counts[first + 2] ?? 0);
    const image = Math.max(0, counts[first + 3] ?? 0);
    if (total !== ABSENT && total !== text && total !== text + audio + image) {
      return unequal(columns, name, total, text + audio + image);
    }
    // zeros beside uncached input and output are left out: a price list needs no price for what was not used
    const at = kind * METERS_OF_KIND;
    meters[at] = kind === CACHED && text === 0 ? ABSENT : text;
    meters[at + 1] = audio === 0 ? ABSENT : audio;
    meters[at + 2] = image === 0 ? ABSENT : image;
  }
  meters[KINDS.length * METERS_OF_KIND] = written === 0 ? ABSENT : written;
  return null;
}

function unequal(columns: ExportColumns, name: string, stated: number, sum: number): Fault {
  return { cell: columns.of(name), message: `${name} is ${stated}, but its parts add up to ${sum}` };
}

/**
 * Batch and tier rows have prices of their own, so they are SKUs of their own: `gpt-5-mini, batch`. A price list that
 * lacks them is told so, instead of being charged at the wrong price.
 */
function specialSku(columns: ExportColumns, context: OpenContext): (cells: Cells) => string | null {
  let noted = false;
  const [model = NONE, batch = NONE, tier = NONE] = ['model', 'batch', 'service_tier'].map((name) => columns.of(name));
  const words = new NameTable('');
  const wordOf = (cells: Cells, cell: number): number =>
    cell === NONE ? 0 : words.codeOf(cells.bytes, cells.view, cells.starts[cell] ?? 0, cells.ends[cell] ?? 0);
  return (cells) => {
    const served = words.names[wordOf(cells, tier)] ?? '';
    const marks = words.names[wordOf(cells, batch)]?.toLowerCase() === 'true' ? ['batch'] : [];
    if (!ORDINARY_TIERS.has(served)) marks.push(served);
    if (marks.length === 0) return null;
    if (!noted) context.note('Rows of a batch or of another service tier have it in their SKU.');
    noted = true;
    return [cells.text(model), ...marks].join(', ');
  };
}

export const openaiUsage: Importer<UsageTarget> = {
  format: 'openai-usage',

  detect({ table }: Head): Detection | null {
    if (table === null) return null;
    const columns = new ExportColumns(table.header);
    if (!columns.has('start_time', 'num_model_requests', 'model', ALL_INPUT, 'output_tokens')) return null;
    const why = `The OpenAI dashboard's activity export, by its ${table.header.length} columns, num_model_requests among them.`;
    return { confidence: 0.95, why };
  },

  open: (target, context) => new TableReader(target, context, plan),
};
