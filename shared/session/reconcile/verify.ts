/**
 * Checks a saved document: the chain of its log, each sealed month against a replay of what it was sealed with, and the
 * results that it holds against a replay of now. What does not hold is told with its place.
 */
import type { CallContext } from '../../contract/rpc.ts';
import { canonicalJson } from '../../reconcile/log/canonical.ts';
import { chainFaults, headOf } from '../../reconcile/log/chain.ts';
import { folded } from '../../reconcile/log/fold.ts';
import { otherResults } from '../../storage/runTables.ts';
import type { SqlJsStatic } from '../../storage/sqlite.ts';
import { replayAccount, type Account } from '../account.ts';
import type { Surroundings } from '../surroundings.ts';
import { saveAccount, type SavedWork } from '../workspaceFile.ts';
import { adoptedIn } from './adopted.ts';
import { hashing, type Hashing } from './digest.ts';
import { Reconciler } from './reconciler.ts';
import { accountAsSealed, ENGINE_VERSION, resultHash, sealedSources } from './seal.ts';
import type { Seal } from '../../reconcile/log/acts.ts';
import { monthInWords } from './words.ts';

export interface Fault {
  readonly of: 'log' | 'seal' | 'results';
  /** Entry of the log. */
  readonly seq: number | null;
  readonly period: string | null;
  /** File or table that it is in. */
  readonly where: string | null;
  readonly says: string;
}

export interface Verified {
  readonly entries: number;
  readonly seals: number;
  readonly faults: readonly Fault[];
}

interface Checked {
  readonly work: SavedWork;
  readonly hashes: Hashing;
  readonly surroundings: Surroundings;
  readonly context: CallContext;
}

/** @param bytes what the work was opened from */
export async function verified(
  SQL: SqlJsStatic,
  work: SavedWork,
  bytes: Uint8Array,
  surroundings: Surroundings,
  context: CallContext,
): Promise<Verified> {
  const hashes = await hashing();
  const checked = { work, hashes, surroundings, context };
  const faults: Fault[] = chainFaults(work.log, hashes.text).map(({ seq, says }) => ({
    ...{ of: 'log', seq, period: null, where: null },
    says: `${says.slice(0, 1).toUpperCase()}${says.slice(1)}`,
  }));
  const sealed = [...folded(work.log.records).periods].flatMap(([period, course]) =>
    course.sealed === null ? [] : [{ period, ...course.sealed }],
  );
  for (const { period, seq, seal } of sealed) faults.push(...(await sealFaults(checked, period, seq, seal)));
  for (const { table, row } of otherResults(SQL, bytes, saveAccount(SQL, work)))
    faults.push({
      ...{ of: 'results', seq: null, period: null, where: table },
      says: `A replay gives another row ${row} of ${table} than the file holds`,
    });
  return { entries: work.log.records.length, seals: sealed.length, faults };
}

async function sealFaults(checked: Checked, period: string, seq: number, seal: Seal): Promise<Fault[]> {
  const { work, hashes, surroundings } = checked;
  const month = monthInWords(period);
  const fault = (where: string | null, says: string): Fault => ({ of: 'seal', seq, period, where, says });
  const faults: Fault[] = [];
  if (hashes.text(seal.scenario.text) !== seal.scenario.sha256)
    faults.push(fault(seal.scenario.name, `The scenario in the seal of ${month} is not the one that was sealed`));
  const before = folded(work.log.records.filter((entry) => entry.seq < seq));
  if (canonicalJson(seal.adopted ?? []) !== canonicalJson(adoptedIn(before, period)))
    faults.push(fault(null, `What the seal of ${month} names as adopted is not what was adopted before it`));
  const { account, missing } = accountAsSealed(work.account, seal, hashes, surroundings);
  for (const { name, changed } of missing)
    faults.push(
      fault(
        name,
        changed
          ? `Rows of ${name} are not those that ${month} was sealed with`
          : `${name}, with which ${month} was sealed, is not there`,
      ),
    );
  if (account === null) return faults;
  if ((await resultOf(checked, account, period, seq)) !== seal.result)
    faults.push(
      fault(
        null,
        seal.engine === ENGINE_VERSION
          ? `A replay of ${month} gives another result than was sealed`
          : `${month} was sealed by ${seal.engine}; this is ${ENGINE_VERSION}, and gives another result`,
      ),
    );
  else if (work.account.scenario.text !== seal.scenario.text && !(await isSameNow(checked, seal, period, seq)))
    faults.push(
      fault(work.account.scenario.name, `The scenario was changed: with it ${month} would not be what was sealed`),
    );
  return faults;
}

async function resultOf(
  { work, hashes, surroundings, context }: Checked,
  account: Account,
  period: string,
  seq: number,
): Promise<string | null> {
  const records = work.log.records.filter((entry) => entry.seq < seq);
  const made = await Reconciler.of(account, { records, head: headOf(records) }, surroundings, context);
  if (!made.basis.months.includes(period)) return null;
  return resultHash(await made.whole(period, context), hashes);
}

/** Whether the scenario of now, over what was sealed, still gives what was sealed. */
async function isSameNow(checked: Checked, seal: Seal, period: string, seq: number): Promise<boolean> {
  const { work, hashes, surroundings } = checked;
  const { sources } = sealedSources(work.account, seal, hashes);
  const outcome = replayAccount(work.account.scenario, sources, surroundings, seal.priceList.text);
  return outcome.ok && (await resultOf(checked, outcome.account, period, seq)) === seal.result;
}
