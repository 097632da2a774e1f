/** Damage as files suffer it, by one of many hands: each takes bytes and draws, and gives other bytes. */
import type { Random } from '../../shared/scenario/random.ts';

type Mutator = (bytes: Uint8Array, random: Random) => Uint8Array;

const latin = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** A whole number below `bound`. */
function below(random: Random, bound: number): number {
  return bound <= 0 ? 0 : random.uint32() % bound;
}

function pick<T>(random: Random, list: readonly T[]): T | undefined {
  return list[below(random, list.length)];
}

function spliced(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array {
  const end = Math.min(bytes.length, at + removed);
  const out = new Uint8Array(bytes.length - (end - at) + added.length);
  out.set(bytes.subarray(0, at));
  out.set(added, at);
  out.set(bytes.subarray(end), at + added.length);
  return out;
}

/** Texts that readers stumble over. */
const AWKWARD: readonly string[] = [
  '',
  '0',
  '-',
  '1e999',
  '-1e-999',
  '0E-6176',
  '99999999999999999999999999999999',
  '1.234,56',
  '1,234',
  '(250.00)',
  'NaN',
  'Infinity',
  'null',
  '9007199254740993',
  '12345678901234567.89',
  '9'.repeat(400),
  `0.${'0'.repeat(40)}1`,
  '\u00a01\u00a0000,5',
  '0.0000000000000000000000000001',
  '4/1/25',
  '2026-02-30',
  '2026-13-01T25:61:61Z',
  '2026-03-29 02:30:00',
  '=1+1',
  '\u0000',
  '"',
  '""""',
  '\r',
  '\n\n\n',
  ';;;;;',
  ',,,,,',
  '\t\t',
  '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>',
  '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
  '&c;',
  '&#xFFFFFFFF;',
  '<![CDATA[',
  '[[[[[[[[[[[[[[[[',
  '{"a":{"a":{"a":',
  '\\u0000',
  ':61:2610030103DR250,NTRF',
  '%PDF-1.7',
  'PK\u0003\u0004',
];

const truncated: Mutator = (bytes, random) => bytes.slice(0, below(random, bytes.length + 1));

const flipped: Mutator = (bytes, random) => {
  const out = bytes.slice();
  for (let times = 1 + below(random, 4); times > 0 && out.length > 0; times--) {
    const at = below(random, out.length);
    out[at] = (out[at] ?? 0) ^ (1 << below(random, 8));
  }
  return out;
};

const overwritten: Mutator = (bytes, random) => {
  const out = bytes.slice();
  const at = below(random, out.length);
  out.set(
    Uint8Array.from({ length: Math.min(1 + below(random, 8), out.length - at) }, () => random.uint32() & 255),
    at,
  );
  return out;
};

const awkward: Mutator = (bytes, random) =>
  spliced(bytes, below(random, bytes.length + 1), below(random, 12), latin(pick(random, AWKWARD) ?? ''));

/** One number of the text becomes another awkward one: the damage that tempts a reader most. */
const numberChanged: Mutator = (bytes, random) => {
  const numbers = [...textOf(bytes).matchAll(/-?\d+(?:[.,]\d+)*/g)];
  const number = pick(random, numbers);
  if (number === undefined) return bytes;
  return spliced(bytes, number.index, number[0].length, latin(pick(random, AWKWARD) ?? ''));
};

const lineMoved: Mutator = (bytes, random) => {
  const lines = textOf(bytes).split('\n');
  const [line = ''] = lines.splice(below(random, lines.length), below(random, 2));
  lines.splice(below(random, lines.length + 1), 0, ...Array.from({ length: below(random, 3) }, () => line));
  return latin(lines.join('\n'));
};

const lineEnds: Mutator = (bytes, random) =>
  latin(textOf(bytes).replace(/\r?\n/g, () => pick(random, ['\n', '\r\n', '\r', '\n\n', '']) ?? '\n'));

const delimiterChanged: Mutator = (bytes, random) => {
  const [from, to] = [pick(random, [',', ';', '\t']) ?? ',', pick(random, [',', ';', '\t', '|', '.']) ?? ','];
  return latin(textOf(bytes).replaceAll(from, to));
};

/** Read as what it is not: UTF-16 with a mark or without, Latin-1 of UTF-8, a mark in front. */
const encoded: Mutator = (bytes, random) => {
  const wide = (little: boolean): Uint8Array => {
    const out = new Uint8Array(2 * bytes.length);
    for (const [index, byte] of bytes.entries()) out[2 * index + (little ? 0 : 1)] = byte;
    return out;
  };
  const kinds: readonly (() => Uint8Array)[] = [
    () => spliced(wide(true), 0, 0, latin('\u00ff\u00fe')),
    () => spliced(wide(false), 0, 0, latin('\u00fe\u00ff')),
    () => wide(true),
    () => spliced(bytes, 0, 0, latin('\u00ef\u00bb\u00bf')),
    () => latin(textOf(bytes).replace(/[a-z]/g, (letter) => (below(random, 20) === 0 ? '\u00e9' : letter))),
  ];
  return (pick(random, kinds) ?? ((): Uint8Array => bytes))();
};

const nested: Mutator = (bytes, random) => {
  const [opened, closed] = pick(random, [
    ['[', ']'],
    ['{"a":', '}'],
    ['<a>', '</a>'],
  ]) ?? ['[', ']'];
  const depth = 1 << below(random, 14);
  return latin(opened.repeat(depth) + textOf(bytes) + closed.repeat(below(random, 2) * depth));
};

/** Entities that grow tenfold each, and a value made of the last. */
const entities: Mutator = (bytes, random) => {
  const text = textOf(bytes);
  const names = Array.from({ length: 2 + below(random, 12) }, (_, index) => `e${index}`);
  const declared = names.map(
    (name, index) => `<!ENTITY ${name} "${index === 0 ? '7' : `&${names[index - 1] ?? ''};`.repeat(10)}">`,
  );
  const root = text.search(/<\w/);
  if (root < 0) return bytes;
  const doctype = `<!DOCTYPE Document [${declared.join('')}]>\n`;
  const body = text.slice(root).replace(/>[\d.]+</, `>&${names.at(-1) ?? ''};<`);
  return latin(text.slice(0, root) + doctype + body);
};

const repeated: Mutator = (bytes, random) => {
  const from = below(random, bytes.length);
  const piece = bytes.slice(from, from + below(random, 200));
  return spliced(bytes, below(random, bytes.length), 0, latin(textOf(piece).repeat(1 + below(random, 20))));
};

const MUTATORS: readonly (readonly [name: string, mutate: Mutator])[] = Object.entries({
  truncated,
  flipped,
  overwritten,
  awkward,
  numberChanged,
  lineMoved,
  lineEnds,
  delimiterChanged,
  encoded,
  nested,
  entities,
  repeated,
});

export interface Mutated {
  readonly bytes: Uint8Array;
  /** What was done, for the report of a failure. */
  readonly damage: readonly string[];
}

/** One to three kinds of damage, fixed by the draws. */
export function mutated(bytes: Uint8Array, random: Random): Mutated {
  const damage: string[] = [];
  let out = bytes;
  for (let times = 1 + below(random, 3); times > 0; times--) {
    const [name, mutate] = pick(random, MUTATORS) ?? ['truncated', truncated];
    damage.push(name);
    out = mutate(out, random);
  }
  return { bytes: out, damage };
}
