/**
 * Token counts as OpenAI's exports and APIs write them, and the SKUs of rows at other than the ordinary price.
 *
 * `input_tokens` are all input, cached ones too; `input_uncached_tokens` are what is left of them. Text, audio and image
 * tokens have prices of their own, so they are taken apart where the columns add up, in either way that is seen: the
 * total includes audio and images, or it is the text alone.
 */
import { ABSENT } from '../domain/usage.ts';
import type { Cells } from './cells.ts';
import type { OpenContext } from './importer.ts';
import { NameTable } from './names.ts';
import { NONE, type Fault } from './rowPlan.ts';

/** Cell of a column or member; `NONE` where there is none. */
export type CellOf = (name: string) => number;

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

export const ALL_INPUT = 'input_tokens';

/** Counts in the order in which `settleTokens` gets them: all input, written to the cache, then each kind's total and parts. */
export const TOKEN_COUNTS = [
  ALL_INPUT,
  'input_cache_write_tokens',
  ...KINDS.flatMap(({ total, parts }) => [total, ...parts]),
];
const FIRST_KIND = 2;
const COUNTS_OF_KIND = 4;

export const TOKEN_COUNT_METERS = [...KINDS.flatMap(({ meters }) => [...meters]), 'cache_write_tokens'];
const METERS_OF_KIND = 3;

/** Kinds by index. */
const UNCACHED = 0;
const CACHED = 1;

/** Service tiers at the ordinary price. */
const ORDINARY_TIERS: ReadonlySet<string> = new Set(['', 'default', 'auto', 'standard']);

/** Meters of one row; `counts` are in the order of `TOKEN_COUNTS`, `ABSENT` where there is none. */
export function settleTokens(cellOf: CellOf, counts: Float64Array, meters: Float64Array): Fault | null {
  const input = counts[0] ?? ABSENT;
  const written = Math.max(0, counts[1] ?? 0);
  const cached = Math.max(0, counts[FIRST_KIND + CACHED * COUNTS_OF_KIND] ?? 0);
  const stated = counts[FIRST_KIND] ?? ABSENT;
  const uncached = stated !== ABSENT || input === ABSENT ? stated : input - cached - written;
  if (input !== ABSENT && (uncached < 0 || input !== uncached + cached + written)) {
    return unequal(cellOf, ALL_INPUT, input, Math.max(0, uncached) + cached + written);
  }
  for (const [kind, { total: name }] of KINDS.entries()) {
    const first = FIRST_KIND + kind * COUNTS_OF_KIND;
    const total = kind === UNCACHED ? uncached : (counts[first] ?? ABSENT);
    const text = (counts[first + 1] ?? ABSENT) === ABSENT ? total : (counts[first + 1] ?? 0);
    const audio = Math.max(0, counts[first + 2] ?? 0);
    const image = Math.max(0, counts[first + 3] ?? 0);
    if (total !== ABSENT && total !== text && total !== text + audio + image) {
      return unequal(cellOf, name, total, text + audio + image);
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

function unequal(cellOf: CellOf, name: string, stated: number, sum: number): Fault {
  return { cell: cellOf(name), message: `${name} is ${stated}, but its parts add up to ${sum}` };
}

/**
 * Batch and tier rows have prices of their own, so they are SKUs of their own: `gpt-5-mini, batch`. A price list that
 * lacks them is told so, instead of being charged at the wrong price.
 */
export function specialSku(cellOf: CellOf, context: OpenContext): (cells: Cells) => string | null {
  let noted = false;
  const [model = NONE, batch = NONE, tier = NONE] = ['model', 'batch', 'service_tier'].map(cellOf);
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
