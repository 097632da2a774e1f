/**
 * The scalar kinds of the format: how each is read from its source text, what is said where it is wrong, and what the
 * JSON Schema says of it. Messages are predicates; `issues.ts` puts the field's name before them.
 */
import { parseAmount, type Atoms } from '../domain/money.ts';
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  parseDuration,
  parseInstant,
  SECOND_MS,
  zoneOf,
  type Duration,
  type Instant,
} from '../domain/time.ts';
import { found, quote } from './problems.ts';
import { z } from './zod.ts';

const WRONG = Symbol('wrong');
type Wrong = typeof WRONG;
/** JSON Schema keywords. */
type Keywords = Readonly<Record<string, unknown>>;

/** Numerals longer than this are refused unread. */
const MAX_NUMERAL = 200;
/** Longest id, SKU or name; YAML itself has no keys longer than 1024. */
const MAX_NAME = 256;

/**
 * A scalar of the format.
 * @param takes what it takes, as said where it is missing.
 * @param read its value, or what `wrong` returns after it was told a predicate such as `must be positive`.
 */
function scalar<T>(
  takes: string,
  keywords: Keywords,
  read: (input: unknown, wrong: (what: string) => Wrong) => T | Wrong,
) {
  return z
    .unknown()
    .transform((input, context): T => {
      const wrong = (message: string): Wrong => {
        context.issues.push({ code: 'custom', input, message, params: { scalar: true } });
        return WRONG;
      };
      const value = input === undefined ? wrong(`is missing; it takes ${takes}`) : read(input, wrong);
      return value === WRONG ? z.NEVER : value;
    })
    .meta(keywords);
}

/** The source text of a number, or of a text that may hold one. */
function numeralText(input: unknown): string | null {
  const text = typeof input === 'symbol' ? input.description : input;
  return typeof text === 'string' ? text : null;
}

const DIGITS = String.raw`(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$`;
const SIGNED: Keywords = { type: ['number', 'string'], pattern: `^[+-]?${DIGITS}` };
const UNSIGNED: Keywords = { type: ['number', 'string'], pattern: `^\\+?${DIGITS}` };

function readAmount(input: unknown, wrong: (what: string) => Wrong): Atoms | Wrong {
  const text = numeralText(input);
  if (text !== null && text.length <= MAX_NUMERAL) {
    const amount = parseAmount(text);
    if (typeof amount === 'bigint') return amount;
    if (amount === 'too_fine') return wrong(`is finer than 12 digits after the point, found ${text}; round it to 12`);
    if (amount === 'too_large')
      return wrong(`is too large, found ${text}; at most 30 digits may stand before the point`);
  }
  return wrong(`must be a decimal number such as 12.50, without separators or a currency sign; found ${found(input)}`);
}

/** An amount or another exact decimal, in atoms; any sign. */
export const amount = scalar('a decimal number such as -0.50', SIGNED, readAmount).meta({ id: 'amount' });

/** An exact decimal that is zero or more. @param instead what would be right where it is negative. */
export function notNegative(instead = 'it must be 0 or more') {
  return scalar<Atoms>('a decimal number such as 12.50', { ...UNSIGNED, minimum: 0 }, (input, wrong) => {
    const value = readAmount(input, wrong);
    return value !== WRONG && value < 0n
      ? wrong(`must not be negative, found ${numeralText(input) ?? ''}; ${instead}`)
      : value;
  });
}
/** A price, limit, rate or quantity: zero or more. */
export const quantity = notNegative().meta({ id: 'quantity' });

/** An exact decimal above zero. @param instead what would be right where it is not. */
export function positive(instead = 'it must be more than 0') {
  const keywords = { ...UNSIGNED, exclusiveMinimum: 0 };
  return scalar<Atoms>('a decimal number above 0 such as 12.50', keywords, (input, wrong) => {
    const value = readAmount(input, wrong);
    return value !== WRONG && value <= 0n
      ? wrong(`must be positive, found ${numeralText(input) ?? ''}; ${instead}`)
      : value;
  });
}

/** A whole number between two bounds, both included. */
export function integer(minimum: number, maximum: number) {
  const takes = `a whole number from ${minimum} to ${maximum}`;
  const keywords = {
    type: ['integer', 'string'],
    pattern: minimum < 0 ? '^[+-]?\\d+$' : '^\\+?\\d+$',
    minimum,
    maximum,
  };
  return scalar<number>(takes, keywords, (input, wrong) => {
    const text = numeralText(input) ?? '';
    // the bounds lie within the exact integers of a float; plus zero turns -0 into 0
    const value = /^[+-]?\d{1,16}$/.test(text) ? Number(text) + 0 : NaN;
    return value >= minimum && value <= maximum ? value : wrong(`must be ${takes}, found ${found(input)}`);
  });
}

/** A number that is no money, with at most six digits after the point. @param least smallest value, excluded where `above`. */
export function ratio(least: number, above: boolean, maximum: number, example: string) {
  const range = `${above ? `above ${least}` : `from ${least}`} ${above ? 'and at most' : 'to'} ${maximum}`;
  const takes = `a number ${range} with at most 6 digits after the point, such as ${example}`;
  const keywords = {
    type: ['number', 'string'],
    pattern: '^\\d+(\\.\\d{1,6})?$',
    [above ? 'exclusiveMinimum' : 'minimum']: least,
    maximum,
  };
  return scalar<number>(takes, keywords, (input, wrong) => {
    const text = numeralText(input) ?? '';
    const value = /^\d{1,16}(?:\.\d{1,6})?$/.test(text) ? Number(text) : NaN;
    const fits = (above ? value > least : value >= least) && value <= maximum;
    return fits ? value : wrong(`must be ${takes}; found ${found(input)}`);
  });
}

/** The version of the scenario format. */
export const formatVersion = scalar<1>('the format version, 1', { enum: [1, '1'] }, (input, wrong) =>
  numeralText(input) === '1'
    ? 1
    : wrong(`must be 1, the version of the format that this app reads; found ${found(input)}`),
);

const FIRST_INSTANT = parseInstant('0001-01-01T00:00:00Z') as Instant;
const LAST_INSTANT = parseInstant('9999-12-31T23:59:59.999Z') as Instant;
const INSTANT_EXAMPLE = '2025-01-01T00:00:00Z';

/** A time with its zone, as milliseconds since 1970. */
export const instant = scalar<Instant>(
  `a time with a zone such as ${INSTANT_EXAMPLE}`,
  {
    type: 'string',
    pattern: String.raw`^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?([Zz]|[+-]\d{2}(:?\d{2})?)$`,
    examples: [INSTANT_EXAMPLE],
  },
  (input, wrong) => {
    const value = typeof input === 'string' && input.length <= 100 ? parseInstant(input) : 'unreadable';
    if (value === 'unreadable')
      return wrong(`must be a time with a zone such as ${INSTANT_EXAMPLE}, found ${found(input)}`);
    if (typeof value === 'object')
      return wrong(
        `has no zone, found ${String(input)}; add Z or an offset, e.g. ${String(input).trim()}Z or ${String(input).trim()}+01:00`,
      );
    if (value < FIRST_INSTANT || value > LAST_INSTANT)
      return wrong(`must lie in the years 0001 to 9999 (UTC), found ${String(input)}`);
    return value;
  },
).meta({ id: 'instant' });

/** An ISO 8601 duration. */
export const duration = scalar<Duration>(
  'a duration such as PT5M',
  {
    type: 'string',
    pattern: String.raw`^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d{1,3})?S)?)?$`,
    examples: ['PT5M', 'P30D', 'P1Y'],
  },
  (input, wrong) => {
    const bare = numeralText(input);
    if (bare !== null && /^[+-]?\d[\d.]*$/.test(bare))
      return wrong(`is a duration and needs a unit, found ${quote(bare)}; e.g. PT5M for five minutes`);
    const value = typeof input === 'string' && input.length <= 100 ? parseDuration(input) : null;
    return (
      value ??
      wrong(`must be an ISO 8601 duration of at most 100 years such as PT5M, P30D or P1Y, found ${found(input)}`)
    );
  },
).meta({ id: 'duration' });

/** Text of any length, the empty one too. */
export const text = scalar<string>('a text', { type: 'string' }, (input, wrong) => {
  if (typeof input === 'string') return input;
  return wrong(
    typeof input === 'symbol'
      ? `must be a text, found ${found(input)}; put it in quotes`
      : `must be a text, found ${found(input)}`,
  );
});

/** An id, SKU or name: text that is not empty. */
export const name = scalar<string>('a name', { type: 'string', minLength: 1, maxLength: MAX_NAME }, (input, wrong) => {
  if (typeof input === 'symbol') return wrong(`must be a text, found ${found(input)}; put it in quotes`);
  if (typeof input !== 'string') return wrong(`must be a text, found ${found(input)}`);
  const problem = nameProblem(input);
  return problem === null ? input : wrong(problem);
}).meta({ id: 'name' });

/** What is wrong with an id, SKU or name, or null; as a predicate. */
export function nameProblem(input: string): string | null {
  if (input === '') return 'must not be empty';
  return input.length > MAX_NAME ? `has ${input.length} characters; a name has at most ${MAX_NAME}` : null;
}

/** ISO 4217, by form: every three-letter code is taken. */
export const currency = scalar<string>(
  'a currency code such as USD',
  { type: 'string', pattern: '^[A-Z]{3}$', examples: ['USD'] },
  (input, wrong) => {
    if (typeof input === 'string' && /^[A-Z]{3}$/.test(input)) return input;
    const meant =
      typeof input === 'string' && /^[A-Za-z]{3}$/.test(input)
        ? `, e.g. ${input.toUpperCase()}`
        : ' such as USD, EUR or JPY';
    return wrong(`must be a three-letter ISO 4217 code in capitals${meant}; found ${found(input)}`);
  },
);

export const timezone = scalar<string>(
  'an IANA zone such as Europe/Berlin',
  { type: 'string', examples: ['UTC', 'Europe/Berlin'] },
  (input, wrong) => {
    if (typeof input === 'string' && input.length <= 100 && zoneOf(input) !== null) return input;
    return wrong(`must be an IANA time zone such as UTC, Europe/Berlin or America/New_York, found ${found(input)}`);
  },
);

/** The units of a generator's rate, in milliseconds. */
export const RATE_UNITS = { s: SECOND_MS, min: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const;

/** Rows per time: `120/h`. */
export const rate = scalar<{ rows: number; perMs: number }>(
  'rows per time such as 120/h',
  { type: 'string', pattern: String.raw`^\d+(\.\d{1,6})?/(s|min|h|d)$`, examples: ['120/h'] },
  (input, wrong) => {
    const match = typeof input === 'string' ? /^(\d{1,12}(?:\.\d{1,6})?)\/(s|min|h|d)$/.exec(input) : null;
    const rows = Number(match?.[1] ?? 0);
    if (match === null || rows <= 0)
      return wrong(
        `must be a positive number of rows per s, min, h or d such as 120/h, with at most 6 digits after the point; found ${found(input)}`,
      );
    return { rows, perMs: RATE_UNITS[match[2] as keyof typeof RATE_UNITS] };
  },
);

/** A calendar month, `YYYY-MM`. */
export const month = scalar<string>(
  'a month such as 2025-01',
  { type: 'string', pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])$` },
  (input, wrong) => {
    if (typeof input === 'string' && /^\d{4}-(?:0[1-9]|1[0-2])$/.test(input)) return input;
    return wrong(`must be a month such as 2025-01, found ${found(input)}`);
  },
);

/** The name of a usage file's format; which ones there are is the importers' matter. */
export const formatName = scalar<string>(
  'a format name such as auto',
  { type: 'string', pattern: '^[a-z][a-z0-9_-]*$' },
  (input, wrong) => {
    if (typeof input === 'string' && /^[a-z][a-z0-9_-]{0,63}$/.test(input)) return input;
    return wrong(`must be a format's name in small letters such as auto or csv, found ${found(input)}`);
  },
);

/** A relative path that stays inside the scenario file's folder, with `/` between its parts. */
export const relativePath = scalar<string>(
  'a file name such as usage.csv',
  { type: 'string', minLength: 1, maxLength: 1000 },
  (input, wrong) => {
    if (typeof input !== 'string')
      return wrong(`must be a file's relative path such as usage.csv, found ${found(input)}`);
    const problem = pathProblem(input);
    return problem === null
      ? input
      : wrong(
          `${problem}, found ${found(input)}; a usage file is named relative to the scenario's folder and lies in it, e.g. data/usage.csv`,
        );
  },
);

/** What is wrong with a usage file's path, or null; the same on every platform. */
export function pathProblem(path: string): string | null {
  if (path === '' || path.length > 1000) return 'must be a path of 1 to 1000 characters';
  // control characters: NUL ends a name early on some platforms, line breaks hide the rest of it in a message

  if (/[\u0000-\u001f\u007f]/.test(path)) return 'must not hold control characters';
  if (path.includes('\\')) return 'must have / between its parts, no backslash';
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(path)) return 'must be a relative path, no drive and no URL';
  if (path.startsWith('/')) return 'must be a relative path, no absolute one';
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    // Windows drops trailing dots and spaces: `.. ` would be `..`
    if (part !== '..' && /^[. ]+$/.test(part)) return 'must not have a part of dots and spaces only';
    depth += part === '..' ? -1 : 1;
    if (depth < 0) return "must not leave the scenario's folder";
  }
  return depth === 0 || path.endsWith('/') || path.endsWith('/.') || path.endsWith('..')
    ? 'must name a file, no folder'
    : null;
}

const METER = /^[a-z][a-z0-9_]*$/;
export const METER_PATTERN = METER.source;

/** Whether a key of a usage row or of a price list can be a meter. */
export function isMeterName(key: string): boolean {
  return METER.test(key) && key.length <= MAX_NAME;
}
