/** An SQL text as its words, by SQLite's own rules: enough to tell what a statement is and where a fault in it lies. */

export interface SqlWord {
  /** `bad`: what SQLite cannot read, such as a quote without an end. */
  readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'parameter' | 'sign' | 'bad';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const NAME = /[A-Za-z_\u0080-\ufefe\uff00-\uffff][\w$\u0080-\ufefe\uff00-\uffff]*/y;
// SQLite skips byte order marks too
const SKIPPED = /(?:[ \t\n\f\r\ufeff]+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y;
const BLOB = /[xX]'[^']*'/y;
const NUMBER = /(?:0[xX][\da-fA-F]+|(?:\d+(?:_\d+)*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y;
const STRING = /'(?:[^']|'')*'/y;
const QUOTED = /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/y;
const PARAMETER = /\?\d*|[:@$#][\w$\u0080-\uffff]+/y;
const SIGN = /->>?|<[=>]?|>=?|==?|!=|\|\|?|<<|>>|[-+*/%&~(),.;]/y;

const RULES: readonly (readonly [SqlWord['kind'], RegExp])[] = [
  ['string', BLOB],
  ['name', NAME],
  ['number', NUMBER],
  ['string', STRING],
  ['quoted', QUOTED],
  ['parameter', PARAMETER],
  ['sign', SIGN],
];

export function wordsOfSql(sql: string): SqlWord[] {
  const words: SqlWord[] = [];
  let place = 0;
  while (place < sql.length) {
    const skipped = matchAt(SKIPPED, sql, place);
    if (skipped > 0) place += skipped;
    else {
      const [kind, length] = wordAt(sql, place);
      words.push({ kind, text: sql.slice(place, place + length), start: place, end: place + length });
      place += length;
    }
  }
  return words;
}

function wordAt(sql: string, place: number): readonly [SqlWord['kind'], number] {
  for (const [kind, rule] of RULES) {
    const length = matchAt(rule, sql, place);
    if (length > 0) return [kind, length];
  }
  // an open quote takes all that follows
  return ['bad', /['"`[]/.test(sql[place] ?? '') ? sql.length - place : 1];
}

function matchAt(rule: RegExp, text: string, place: number): number {
  rule.lastIndex = place;
  return rule.exec(text)?.[0].length ?? 0;
}

/** A name without its quotes, in lower case; null for what is none. */
export function nameOf({ kind, text }: SqlWord): string | null {
  if (kind === 'name') return text.toLowerCase();
  if (kind !== 'quoted') return null;
  const quote = text.at(-1) ?? '';
  return text
    .slice(1, -1)
    .replaceAll(quote + quote, quote)
    .toLowerCase();
}
