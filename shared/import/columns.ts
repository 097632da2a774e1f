/**
 * What column names mean, in one table. Names are compared without case and separators (`Input Tokens`, `inputTokens`
 * and `input_tokens` are one). Where several columns of a file mean the same, the first in the table's order is read.
 *
 * Token counts. Meters of a row exclude one another (scenario format): `input_tokens` are the uncached ones. Logs differ
 * in whether their input count includes the cached tokens, so the names decide, in this order, unless the caller does:
 *
 * 1. an `uncached` column is the input, whatever else there is;
 * 2. `prompt_tokens` and its kin include the cached ones (OpenAI's habit);
 * 3. next to `input_tokens`, the names of OpenAI's exports and APIs (`cached_tokens`, `input_cached_tokens`, ...) count
 *    a part of it, and are taken off;
 * 4. next to `input_tokens`, the scenario format's own `cached_input_tokens` and Anthropic's `cache_read_input_tokens`
 *    count apart from it, and nothing is taken off.
 *
 * A row that names a message and a request is known by both: one message may be asked for twice. Else by its id, its
 * request, or its message, whichever it has first.
 */

/** What a column can be to a row of usage. */
export type Role =
  | 'time'
  | 'until'
  | 'cost'
  | 'currency'
  | 'sku'
  | 'project'
  | 'key'
  | 'id'
  | 'message'
  | 'request'
  | 'input'
  | 'prompt'
  | 'uncached'
  | 'cached_within'
  | 'cached_apart'
  | 'write_within'
  | 'write_apart'
  | 'output'
  | 'audio_input'
  | 'audio_output';

export const COLUMNS: Readonly<Record<Role, readonly string[]>> = {
  time: [
    'timestamp',
    'time',
    'ts',
    'datetime',
    'date_time',
    'at',
    'event_time',
    'request_time',
    'created_at',
    'created',
    'start_time',
    'started_at',
    'starting_at',
    'bucket_start',
    'bucket_start_time',
    'period_start',
    'window_start',
    'interval_start',
    'usage_start_time',
    'start_at',
    'starts_at',
    'start',
    'date',
    'day',
  ],
  // beside a start, and as `bucketEnds.ts` says
  until: [
    'end_time',
    'ended_at',
    'ending_at',
    'bucket_end',
    'bucket_end_time',
    'period_end',
    'window_end',
    'interval_end',
    'usage_end_time',
    'end_at',
    'ends_at',
    'end',
    'until',
  ],
  cost: ['cost', 'cost_usd', 'total_cost', 'cost_total', 'amount_value', 'amount', 'spend', 'charge', 'usd', 'price'],
  currency: ['currency', 'amount_currency', 'cost_currency', 'currency_code'],
  sku: ['sku', 'model', 'model_name', 'model_id', 'line_item', 'product', 'item'],
  project: ['project', 'project_id', 'project_name', 'workspace', 'workspace_id', 'team', 'team_id'],
  key: ['api_key_id', 'key_id', 'api_key', 'api_key_name', 'key'],
  id: ['id', 'event_id', 'uuid'],
  message: ['message_id', 'generation_id', 'response_id', 'completion_id'],
  request: ['request_id'],
  input: ['input_tokens', 'tokens_input'],
  prompt: ['prompt_tokens', 'tokens_prompt', 'input_tokens_total', 'total_input_tokens'],
  uncached: ['input_uncached_tokens', 'uncached_input_tokens', 'input_tokens_uncached', 'input_tokens_no_cache'],
  cached_within: [
    'cached_tokens',
    'input_cached_tokens',
    'tokens_cached',
    'input_tokens_cached',
    'cached_prompt_tokens',
    'prompt_cached_tokens',
  ],
  cached_apart: ['cached_input_tokens', 'cache_read_input_tokens', 'cache_read_tokens', 'input_tokens_cache_read'],
  write_within: ['input_cache_write_tokens'],
  write_apart: [
    'cache_write_tokens',
    'cache_creation_input_tokens',
    'cache_creation_tokens',
    'cache_write_input_tokens',
  ],
  output: ['output_tokens', 'completion_tokens', 'tokens_completion', 'tokens_output'],
  audio_input: ['input_audio_tokens', 'audio_input_tokens'],
  audio_output: ['output_audio_tokens', 'audio_output_tokens'],
};

export const ROLES = Object.keys(COLUMNS) as readonly Role[];

/** A column name without case and separators. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{Letter}\p{Number}]+/gu, '');
}

/** Role and place in its list, by plain name. */
const MEANINGS: ReadonlyMap<string, { readonly role: Role; readonly rank: number }> = new Map(
  ROLES.flatMap((role) => COLUMNS[role].map((name, rank) => [plainName(name), { role, rank }] as const)),
);

/** What a column of this name is, and how it ranks among names that mean the same (0 is first). */
export function meaningOf(name: string): { readonly role: Role; readonly rank: number } | null {
  return MEANINGS.get(plainName(name)) ?? null;
}

/** Column of each role in a header row. */
export type Assignment = ReadonlyMap<Role, number>;

/** The user's say in what columns mean: header by role, '' for none (`ReadingChoices.columns`). */
export type ChosenColumns = Readonly<Record<string, string>>;

/** Columns by their names, and by what the user says instead. */
export function assign(header: readonly string[], chosen: ChosenColumns = {}): Assignment {
  const byName = assignByName(header);
  const assigned = new Map<Role, number>();
  for (const role of ROLES) {
    const name = chosen[role];
    const column = name === undefined ? (byName.get(role) ?? -1) : name === '' ? -1 : header.indexOf(name);
    // a column that was given another meaning loses the one of its name
    const taken = name === undefined && ROLES.some((other) => chosen[other] === header[column]);
    if (column >= 0 && !taken) assigned.set(role, column);
  }
  return assigned;
}

function assignByName(header: readonly string[]): Assignment {
  const found = new Map<Role, { readonly column: number; readonly rank: number }>();
  header.forEach((name, column) => {
    const meaning = meaningOf(name);
    if (meaning === null) return;
    const best = found.get(meaning.role);
    if (best === undefined || meaning.rank < best.rank) found.set(meaning.role, { column, rank: meaning.rank });
  });
  return new Map([...found].map(([role, { column }]) => [role, column]));
}

/** What the user is told that a column can be. */
export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  time: 'Time',
  until: 'End of the time covered',
  cost: 'Cost',
  currency: 'Currency',
  sku: 'SKU or model',
  project: 'Project',
  key: 'API key',
  id: 'Id of the row',
  message: 'Id of the message',
  request: 'Id of the request',
  input: 'Input tokens',
  prompt: 'Prompt tokens, cached ones included',
  uncached: 'Input tokens, without cached ones',
  cached_within: 'Cached tokens, part of the input',
  cached_apart: 'Cached tokens, apart from the input',
  write_within: 'Cache writes, part of the input',
  write_apart: 'Cache writes, apart from the input',
  output: 'Output tokens',
  audio_input: 'Audio input tokens',
  audio_output: 'Audio output tokens',
};

/** Any of these makes a row worth something without a cost. */
export const TOKEN_ROLES = [
  'input',
  'prompt',
  'uncached',
  'cached_within',
  'cached_apart',
  'write_within',
  'write_apart',
  'output',
  'audio_input',
  'audio_output',
] as const satisfies readonly Role[];

/** What the columns lack to be usage, and which names would do; null where nothing is missing. */
export function missing(has: (role: Role) => boolean): string | null {
  const lacks: string[] = [];
  if (!has('time')) lacks.push(`a time (a column named ${namesOf('time', 6)})`);
  if (!has('cost') && !TOKEN_ROLES.some(has)) {
    lacks.push(`a cost (${namesOf('cost', 5)}) or token counts (input_tokens, prompt_tokens, output_tokens, …)`);
  }
  return lacks.length === 0 ? null : lacks.join(' and ');
}

function namesOf(role: Role, count: number): string {
  return COLUMNS[role].slice(0, count).join(', ') + ', …';
}
