/**
 * Amounts in files that are no tables: one that cannot be read brings no row and a problem, and one whose digit changes moves
 * the sum by just as much, breaks the statement's tie, or is told of. `RUNS` and `SEED` as in the damaged files.
 */
import { expect, test } from 'vitest';
import { Random } from '../../shared/scenario/random.ts';
import type { FileReading } from '../../shared/session/reading.ts';
import { answerTo } from './check.ts';
import { plainAtoms, storedRows } from './readRows.ts';
import { seed, type Seed } from './seeds.ts';
import { drawn } from './tables.ts';

const RUNS = Math.ceil(Number(process.env['RUNS'] ?? 1_000) / 8);
const FIRST = Number(process.env['SEED'] ?? 1);

/** Where the amounts of a file stand that are read, one of them a group; in cents, where the format has them so. */
const AMOUNTS: readonly (readonly [name: string, amounts: RegExp, inCents?: true])[] = [
  ['mt940.sta', /^:61:\d{10}R?[DC]R?(\d+,\d*)/gm],
  ['mt940_dutch.sta', /^:61:\d{6}(?:\d{4})?R?[DC]R?(\d+,\d*)/gm],
  ['camt053_v02.xml', /<Ntry><Amt Ccy="EUR">([\d.]+)</g],
  ['bank.ofx', /<TRNAMT>(-?[\d.]+)/g],
  ['unclosed_utf8.ofx', /<TRNAMT>(-?[\d.]+)/g],
  ['costs.json', /"cost": ([\d.]+),\s*"(?:model|input)/g],
  ['costs.ndjson', /^\{[^{]*?"cost":([\d.]+)[,}]/gm],
  ['litellm_spend_logs.jsonl', /^\{.*?"spend": ([\d.]+),/gm],
  ['openai_costs.json', /"value": ([\d.]+)[,\s}]/g],
  ['openai_costs_page2.json', /"value": ([\d.]+)[,\s}]/g],
  ['openai_costs_live_variant.json', /"value": "([\d.]+)"/g],
  ['anthropic_cost_report.json', /"amount": "([\d.]+)"/g, true],
  ['stripe_invoice.json', /^ {2}"(?:amount_due|total)": (\d+),/gm, true],
  ['stripe_invoice_older.json', /^ {2}"(?:amount_due|total)": (\d+),/gm, true],
];

const UNREADABLE: readonly string[] = [
  'abc',
  '1.2.3',
  '--5',
  '1e',
  'NaN',
  '12a',
  '.',
  '1..5',
  '9'.repeat(60),
  '?',
  '0x1F',
  '+',
];

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

interface Amount {
  readonly text: string;
  with(text: string): Uint8Array;
}

function amountsOf({ bytes }: Seed, pattern: RegExp): readonly Amount[] {
  const text = latin(bytes);
  return [...text.matchAll(pattern)].map(({ 0: whole, 1: amount = '', index }) => {
    const from = index + whole.lastIndexOf(amount);
    const written = (other: string): string => text.slice(0, from) + other + text.slice(from + amount.length);
    return { text: amount, with: (other) => Uint8Array.from(Buffer.from(written(other), 'latin1')) };
  });
}

async function read(file: Seed, bytes: Uint8Array): Promise<FileReading> {
  const { readings, faults } = await answerTo(file, bytes);
  const [reading] = readings;
  if (faults.length > 0 || reading === undefined) throw new Error(faults.join('; '));
  return reading;
}

const sum = (reading: FileReading): bigint => storedRows(reading).reduce((all, { cost }) => all + (cost ?? 0n), 0n);
const told = ({ source: { report } }: FileReading): number =>
  report.problemCount + (report.tie?.holds === false ? 1 : 0);

function valueOf(text: string, inCents: boolean): bigint | null {
  const value = plainAtoms(text.replace(/,$/, '').replace(',', '.'));
  return value === null || !inCents ? value : value / 100n;
}

/** Costs that no row of the whole file has, or more often than it. */
function newCosts(before: FileReading, after: FileReading): readonly bigint[] {
  const known = storedRows(before).map(({ cost }) => cost ?? 0n);
  return storedRows(after).flatMap(({ cost }) => {
    const index = known.indexOf(cost ?? 0n);
    if (index >= 0) known.splice(index, 1);
    return index >= 0 ? [] : [cost ?? 0n];
  });
}

test(`${RUNS} amounts from seed ${FIRST}`, { timeout: 3_600_000 }, async () => {
  const faults: string[] = [];
  for (let number = FIRST; number < FIRST + RUNS && faults.length < 20; number++) {
    const random = new Random(number);
    const [name, pattern, inCents = false] = drawn(random, AMOUNTS);
    const file = seed(name);
    const amount = drawn(random, amountsOf(file, pattern));
    const before = await read(file, file.bytes);
    const unreadable = drawn(random, UNREADABLE);
    const broken = await read(file, amount.with(unreadable));
    const fail = (fault: string): number => faults.push(`SEED=${number} ${name}: ${amount.text} became ${fault}`);
    if (told(broken) <= told(before)) fail(`${unreadable} and nothing tells of it`);
    const strange = newCosts(before, broken);
    if (strange.length > 0) fail(`${unreadable} and a row costs ${strange.join(', ')}`);

    const place = drawn(random, [...amount.text.matchAll(/\d/g)]);
    const digit = (Number(place[0]) + 1 + (random.uint32() % 9)) % 10;
    const text = amount.text.slice(0, place.index) + String(digit) + amount.text.slice(place.index + 1);
    const changed = await read(file, amount.with(text));
    const [from, to] = [valueOf(amount.text, inCents), valueOf(text, inCents)];
    if (from === null || to === null || from === to || told(changed) > told(before)) continue;
    const moved = sum(changed) - sum(before);
    if (moved !== to - from && moved !== from - to) fail(`${text} and the sum moved by ${moved}, not by ${to - from}`);
  }
  expect(faults).toEqual([]);
});
