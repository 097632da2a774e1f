/**
 * Words looked for in usage rows, of which there may be millions: no text is made of a row. What few rows differ in (SKU,
 * file, project, key, status, day) is looked at once each; times, lines, ids and figures only for words that may be one.
 */
import type { FilterWord } from '../contract/tableFilter.ts';
import { startOfDay } from '../domain/time.ts';
import { idAt, type IdColumn, type NameColumn, type UsageBatch } from '../domain/usage.ts';
import { usageRow } from '../engine/usageRows.ts';
import type { Account } from './account.ts';
import { dayWords, figureWords, timeWords, type Writing } from './rowWords.ts';

const STATUS_WORDS: Readonly<Record<string, string>> = {
  accepted: 'accepted',
  no_plan: 'refused, no plan no_plan',
  insufficient_quota: 'refused, insufficient quota insufficient_quota',
  monthly_limit: 'refused, monthly limit monthly_limit',
};

type Names = readonly boolean[] | null;

/** What a word is in one file. */
interface InBatch {
  readonly source: boolean;
  readonly project: Names;
  readonly key: Names;
}

/** A test of rows, to be asked in their order. */
export type RowTest = (row: number) => boolean;

export function usageTest(account: Account, words: readonly FilterWord[], writing: Writing): RowTest {
  const tests = words.map(({ text }) => wordTest(account, text, writing));
  return (row) => tests.every((has) => has(row));
}

function wordTest({ run }: Account, word: string, writing: Writing): RowTest {
  const { log } = run.input;
  const { spans } = run.state;
  const { zone, digits } = writing;
  const says = (text: string): boolean => text.toLowerCase().includes(word);
  const skus = log.skus.map(says);
  const statuses = new Map(Object.entries(STATUS_WORDS).map(([status, text]) => [status, says(text)]));
  const batches = new Map<UsageBatch, InBatch>();
  const inBatch = (batch: UsageBatch): InBatch => {
    const known = batches.get(batch);
    if (known !== undefined) return known;
    const names = (column: NameColumn | null): Names => column?.names.map(says) ?? null;
    const made = { source: says(batch.source), project: names(batch.project), key: names(batch.key) };
    batches.set(batch, made);
    return made;
  };
  const [isTime, isFigure, isPlace] = [/^[\d:.]*:[\d:.]*$/, /^-?[\d.]*\d[\d.]*$/, /:\d*$/].map((form) =>
    form.test(word),
  );
  const bytes = /^[!-~]+$/.test(word) ? Uint8Array.from(word, (letter) => letter.charCodeAt(0)) : null;
  let day = { until: -Infinity, has: false };
  let span = 0;

  return (row) => {
    if (skus[log.sku[row]!] === true) return true;
    while (spans[span] !== undefined && spans[span]!.to <= row) span += 1;
    const within = spans[span];
    if (within === undefined) return false;
    if (statuses.get(within.status) === true) return true;
    const at = log.at[row]!;
    if (at >= day.until) day = { until: startOfDay(at, zone, 1), has: says(dayWords(at, writing)) };
    if (day.has || (isTime === true && timeWords(at, zone).includes(word))) return true;
    const { batch, index } = log.origin(row);
    const { source, project, key } = inBatch(batch);
    if (source || named(project, batch.project, index) || named(key, batch.key, index)) return true;
    const line = batch.line?.[index];
    if (line !== undefined && isPlace === true && says(`${batch.source}:${line}`)) return true;
    if (batch.ids !== null && (bytes === null ? says(idAt(batch.ids, index)) : idHas(batch.ids, index, bytes)))
      return true;
    if (isFigure !== true) return false;
    if (line !== undefined && String(line).includes(word)) return true;
    const { record, balanceAfter } = usageRow(log, within, row);
    return (
      figureWords(record.cost, digits).includes(word) ||
      figureWords(balanceAfter, digits).includes(word) ||
      (record.type === 'usage' && record.overrun !== 0n && figureWords(record.overrun, digits).includes(word))
    );
  };
}

function named(names: Names, column: NameColumn | null, index: number): boolean {
  return names !== null && column !== null && names[column.codes[index]!] === true;
}

/** Whether a row's id has these bytes somewhere, in either case of ASCII letters. */
function idHas({ bytes, ends }: IdColumn, index: number, wanted: Uint8Array): boolean {
  const last = ends[index]! - wanted.length;
  for (let from = index === 0 ? 0 : ends[index - 1]!; from <= last; from += 1) {
    let same = 0;
    while (same < wanted.length && lowerByte(bytes[from + same]!) === wanted[same]) same += 1;
    if (same === wanted.length) return true;
  }
  return false;
}

function lowerByte(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
}
