/** Usage that counts and is only to be compared, and the other way round. */
import type { CallContext } from '../contract/rpc.ts';
import type { LogRecord } from '../domain/reconLog.ts';
import { folded } from '../reconcile/log/fold.ts';
import type { StoredSource } from '../storage/source.ts';
import { replayAccount, type Account, type AccountOutcome } from './account.ts';
import { isCompared } from './counted.ts';
import { ReadingSequence } from './reading.ts';
import { hashing } from './reconcile/digest.ts';
import { readAgain, refuseTwice, withoutItsCount } from './rereading.ts';
import { inputOf } from './reconcile/seal.ts';
import { monthInWords } from './reconcile/words.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The account with a file's usage in it. What was only compared was read by itself, so its text is read again behind all
 * others, as if it were imported now: rows that other files have do not count twice.
 * @throws where it counts already, its text was not kept, another file counts the same usage in other rows, or a month is
 *   sealed with rows that would be left out
 */
export async function asCounted(
  account: Account,
  id: number,
  log: readonly LogRecord[],
  surroundings: Surroundings,
  context: CallContext,
): Promise<AccountOutcome> {
  const source = account.sources[id];
  if (source === undefined || !isCompared(source)) throw new Error('this file counts already');
  const others = account.sources.toSpliced(id, 1);
  const { role: _role, ...choices } = source.choices;
  const sequence = new ReadingSequence(others, surroundings);
  const again = { sequence, currency: account.run.input.currency, surroundings };
  const counted = await readAgain(source, choices, again, context);
  refuseTwice(counted, others);
  await keepSeals(source, counted, log, 'and other files have some of them');
  return replayAccount(account.scenario, [...others, counted], surroundings, account.priceList);
}

/**
 * The account with one of its files as evidence that the replay is compared with. Rows that later files left out as
 * repeats of it count in these.
 * @throws as `withoutItsCount`, and where a month is sealed with a file that would have more rows
 */
export async function asEvidence(
  account: Account,
  id: number,
  log: readonly LogRecord[],
  surroundings: Surroundings,
  context: CallContext,
): Promise<AccountOutcome> {
  const source = account.sources[id];
  if (source === undefined || isCompared(source)) throw new Error('this file is only compared already');
  const evidence: StoredSource = { ...source, choices: { ...source.choices, role: 'compare' } };
  const sources = await withoutItsCount(account, id, evidence, surroundings, context);
  for (const [index, later] of account.sources.entries()) {
    const now = sources[index];
    if (index !== id && now !== undefined && now !== later)
      await keepSeals(later, now, log, `as they are while ${source.report.file} counts`);
  }
  return replayAccount(account.scenario, sources, surroundings, account.priceList);
}

/** A sealed month is proven by the rows of its files: with fewer or more of them it could not be any more. */
async function keepSeals(
  before: StoredSource,
  after: StoredSource,
  log: readonly LogRecord[],
  why: string,
): Promise<void> {
  const hashes = await hashing();
  const { name, sha256, rows } = inputOf(before, hashes);
  if (inputOf(after, hashes).rows === rows) return;
  const months = [...folded(log).periods].filter(([, { sealed }]) =>
    sealed?.seal.inputs.some((input) => input.name === name && input.sha256 === sha256 && input.rows === rows),
  );
  const [month] = months[0] ?? [];
  if (month === undefined) return;
  throw new Error(`${monthInWords(month)} is sealed with all rows of ${name}, ${why}; reopen it first`);
}
