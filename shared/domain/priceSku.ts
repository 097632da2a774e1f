/**
 * SKUs as vendors and exports write them, for finding their prices and for putting the lines of two files together: a
 * model is `Claude Sonnet 4.5`, `claude-sonnet-4-5-20250929` or `anthropic/claude-sonnet-4.5`, a cost's line item has the
 * type of its tokens behind it.
 */

/** A SKU taken apart. */
export interface SkuParts {
  /** The model, or what else is sold, without what stands in front of it. */
  readonly model: string;
  /** The meter that a line item of a cost export is for; null where the SKU says none. */
  readonly meter: string | null;
  /** What else stands behind the model: `batch`, `us`. */
  readonly marks: readonly string[];
}

/** Vendors whose models other vendors resell by `vendor/model` at the vendor's own price. */
const VENDOR = /^(?:openai|anthropic)\//;

const RELEASE_DATE = /-\d{4}-?\d{2}-?\d{2}$/;

/** A name without differences of spelling: case, spaces, a vendor in front, the points of a Claude version. */
export function skuKey(name: string): string {
  const key = name.trim().toLowerCase().replace(VENDOR, '').replaceAll(' ', '-');
  if (!key.startsWith('claude')) return key;
  // of the third generation, and at some resellers still, the version stands before the size of the model
  return key.replace(/[.@]/g, '-').replace(/^claude-(\d(?:-\d)?)-(opus|sonnet|haiku)/, 'claude-$2-$1');
}

/** The key of a name without its release date: `gpt-4o-mini` of `gpt-4o-mini-2024-07-18`. */
export function modelKey(name: string): string {
  return skuKey(name).replace(RELEASE_DATE, '');
}

/** Types of tokens as line items and exports name them, as meters. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['input', 'input_tokens'],
  ['cached input', 'cached_input_tokens'],
  ['cache writes', 'cache_write_tokens'],
  ['output', 'output_tokens'],
  ['uncached_input_tokens', 'input_tokens'],
  ['cache_read_input_tokens', 'cached_input_tokens'],
  ['cache_creation.ephemeral_5m_input_tokens', 'cache_write_tokens'],
  ['cache_creation.ephemeral_1h_input_tokens', 'cache_write_1h_tokens'],
  ['output_tokens', 'output_tokens'],
  ['input_no_cache', 'input_tokens'],
  ['input_cache_read', 'cached_input_tokens'],
  ['input_cache_write_5m', 'cache_write_tokens'],
  ['input_cache_write_1h', 'cache_write_1h_tokens'],
]);

/** Kinds of tokens of a model that has several: `gpt-audio-mini audio, input`. */
const MODALITY = /^(.+) (text|audio|image)$/;

export function readSku(sku: string): SkuParts {
  const [first = '', ...rest] = sku.split(', ');
  // `evals | gpt-4o-mini, input`: the product that used the model pays the model's price
  const name = (first.split(' | ').at(-1) ?? first).trim();
  const type = rest.findIndex((part) => TYPES.has(part.toLowerCase()));
  if (type < 0) return { model: name, meter: null, marks: rest };
  const meter = TYPES.get(rest[type]?.toLowerCase() ?? '') ?? '';
  const [, model = name, modality = 'text'] = MODALITY.exec(name) ?? [];
  const marks = rest.filter((_, index) => index !== type);
  return { model, meter: modality === 'text' ? meter : meter.replace(/_tokens$/, `_${modality}_tokens`), marks };
}

/** Names of what vendors sell; what a name does not say is not guessed. */
const VENDORS: readonly (readonly [vendor: string, names: RegExp])[] = [
  ['Anthropic', /^(?:claude|code execution)/],
  [
    'OpenAI',
    /^(?:gpt|chatgpt|o\d|text-embedding|text-moderation|omni-moderation|moderations|whisper|tts-|sora|dall-e|codex|computer-use|davinci|babbage|web search|file search|code interpreter)/,
  ],
  ['DeepSeek', /^deepseek/],
  ['Google', /^gemini/],
  ['Mistral', /^(?:mistral|codestral|ministral)/],
  ['xAI', /^grok/],
];

/** Who sells a SKU, by its name; null where the name does not say. */
export function vendorOf(sku: string): string | null {
  const name = sku.trim().toLowerCase();
  const resold = /^(?:openai|anthropic|deepseek|google|mistral|mistralai|x-ai)\//.exec(name)?.[0].length ?? 0;
  return VENDORS.find(([, names]) => names.test(name.slice(resold)))?.[0] ?? null;
}

/** Line of what is sold per search, whatever it is called. */
export const WEB_SEARCH = 'web search';

/** What a usage file and a cost file of one vendor call by the same name: the model, or the kind of call. */
export function lineOf(sku: string): string {
  const { model } = readSku(sku);
  return /^web[ _]search/i.test(model) ? WEB_SEARCH : modelKey(model);
}
