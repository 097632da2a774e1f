/** Usage that was only compared, and is to count after all. */
import type { CallContext } from '../contract/rpc.ts';
import type { LogRecord } from '../domain/reconLog.ts';
import { doubleCountOf } from '../import/doubleCount.ts';
import { bytesOf } from '../import/sourceText.ts';
import { folded } from '../reconcile/log/fold.ts';
import type { StoredSource } from '../storage/source.ts';
import { replayAccount, type Account, type AccountOutcome } from './account.ts';
import { isCompared } from './counted.ts';
import { ReadingSequence } from './reading.ts';
import { hashing } from './reconcile/digest.ts';
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
  const { report, text, choices, placement, importedAt } = source;
  const { file } = report;
  if (text === null) throw new Error(`the text of ${file} was not kept; undo its import and import it again`);
  const bytes = await bytesOf(text, surroundings.inflate);
  const others = account.sources.toSpliced(id, 1);
  const { role: _role, ...known } = choices;
  const { source: read } = await new ReadingSequence(others, surroundings).read(
    { name: file, size: bytes.length, how: null, stream: () => pieces(bytes) },
    {
      choices: known,
      profiles: {},
      currency: account.run.input.currency,
      sha256: report.sha256,
      keepText: true,
    },
    context,
  );
  const counted = { ...read, placement, importedAt };
  refuseTwice(counted, others);
  await keepSeals(source, counted, log);
  return replayAccount(account.scenario, [...others, counted], surroundings, account.priceList);
}

/** Small pieces, between which others are heard. */
const PIECE = 1 << 18;

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield await Promise.resolve(bytes.subarray(at, at + PIECE));
}

/** As an import refuses it: rows that differ and state the same usage would count twice. */
function refuseTwice({ batch }: StoredSource, others: readonly StoredSource[]): void {
  const counting = others.filter((other) => !isCompared(other));
  const found = doubleCountOf(
    batch,
    counting.map((other) => ({ name: other.report.file, batch: other.batch })),
  );
  if (found !== null)
    throw new Error(`${counting[found.index]?.report.file ?? ''} counts the same usage: ${found.says}`);
}

/** A sealed month is proven by all rows of its files; without some of them it could not be any more. */
async function keepSeals(before: StoredSource, after: StoredSource, log: readonly LogRecord[]): Promise<void> {
  const hashes = await hashing();
  const { name, sha256, rows } = inputOf(before, hashes);
  if (inputOf(after, hashes).rows === rows) return;
  const months = [...folded(log).periods].filter(([, { sealed }]) =>
    sealed?.seal.inputs.some((input) => input.name === name && input.sha256 === sha256 && input.rows === rows),
  );
  const [month] = months[0] ?? [];
  if (month === undefined) return;
  throw new Error(
    `${monthInWords(month)} is sealed with all rows of ${name}, and other files have some of them; reopen it first`,
  );
}
