/** What an account does with files: takes those that were read, takes one back, places its buckets, opens its text. */
import type { ImportReport, Profiles, SourceText, StoredFile } from '../contract/importing.ts';
import type { CallContext } from '../contract/rpc.ts';
import type { Placement } from '../domain/usage.ts';
import { cellsAt } from '../import/sourceCells.ts';
import { linesAround } from '../import/sourceText.ts';
import type { StoredSource } from '../storage/source.ts';
import { replayAccount, type Account, type AccountOutcome } from './account.ts';
import { scenarioFor } from './droppedUsage.ts';
import { pricesOf } from './prices.ts';
import type { FileReading } from './reading.ts';
import { withoutItsCount } from './rereading.ts';
import type { Surroundings } from './surroundings.ts';

export interface Taken {
  /** Null where the files brought nothing new. */
  readonly outcome: AccountOutcome | null;
  readonly reports: readonly ImportReport[];
}

/**
 * Stores what was read and replays: all of it, or nothing. Without an account the files make one.
 * @param priceList text of the user's own price list, where it is another than the account's
 */
export function takeReadings(
  before: Account | null,
  readings: readonly FileReading[],
  surroundings: Surroundings,
  priceList: string | null = before?.priceList ?? null,
): Taken {
  const reports = readings.map(({ source }) => source.report);
  const sources = readings.flatMap(({ source }) => (bringsSomething(source) ? [source] : []));
  if (sources.length === 0) return { outcome: null, reports };
  const scenario = before?.scenario ?? scenarioFor(sources, pricesOf(priceList));
  const outcome = replayAccount(scenario, [...(before?.sources ?? []), ...sources], surroundings, priceList);
  return { outcome, reports };
}

/** An empty statement or export is kept too: that nothing happened is something that it says. */
export function bringsSomething({ report }: StoredSource): boolean {
  const { stored, adjustments, read, rejected } = report.rows;
  return !report.repeatedFile && report.kind !== 'unknown' && (stored + adjustments > 0 || read === rejected);
}

/** The account without what one of its files brought; what later files left out as repeats of it counts in these. */
export async function withoutFile(
  account: Account,
  id: number,
  surroundings: Surroundings,
  context: CallContext,
): Promise<AccountOutcome> {
  const sources = await withoutItsCount(account, id, null, surroundings, context);
  return replayAccount(account.scenario, sources, surroundings, account.priceList);
}

export function withPlacement(
  account: Account,
  id: number,
  placement: Placement,
  surroundings: Surroundings,
): AccountOutcome {
  const sources = account.sources.map((source, index) => (index === id ? { ...source, placement } : source));
  return replayAccount(account.scenario, sources, surroundings, account.priceList);
}

export function filesOf({ sources }: Account): StoredFile[] {
  return sources.map(({ report, placement, importedAt, ofScenario, choices }, id) => ({
    ...{ id, report, placement, importedAt, ofScenario },
    ...(choices.role === 'compare' ? { compared: true } : {}),
  }));
}

/** How files were read, by their header: the next one with the same is read so too. What a file is for is its own. */
export function profilesOf(sources: readonly StoredSource[]): Profiles {
  return Object.fromEntries(
    sources.flatMap(({ fingerprint, choices: { role: _role, ...choices } }) =>
      fingerprint === null || Object.keys(choices).length === 0 ? [] : [[fingerprint, choices]],
    ),
  );
}

/** Lines of a stored file. @throws where there is no such file or its text was not kept. */
export async function sourceTextOf(
  { sources }: Account,
  request: { readonly file: string; readonly line: number; readonly around: number },
  { inflate }: Surroundings,
): Promise<SourceText> {
  const { file, line, around } = request;
  const source = sources.find(({ report }) => report.file === file);
  if (source === undefined) throw new Error(`${file} is no file of this account`);
  const { text, report } = source;
  if (text === null || report.encoding === null) {
    const lines = (source.statement?.lines ?? []).filter((known) => Math.abs(known.line - line) <= around);
    return { file, lines: lines.map((known) => ({ line: known.line, text: known.raw })), cells: [] };
  }
  const lines = await linesAround(text, report.encoding, line, around, inflate);
  const asked = lines.find((known) => known.line === line)?.text ?? '';
  const [first] = await linesAround(text, report.encoding, 1, 0, inflate);
  return { file, lines, cells: source.fingerprint === null ? [] : cellsAt(first?.text ?? '', asked) };
}
