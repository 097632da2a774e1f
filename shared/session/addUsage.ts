/** Usage files added to an account, or beginning one. */
import type { ImportReport, LocatedProblem, NamedFile } from '../contract/engine.ts';
import type { CallContext } from '../contract/rpc.ts';
import { replayAccount, SourceImporter, type Account, type Surroundings } from './account.ts';
import { BLANK_SCENARIO, scenarioFor } from './droppedUsage.ts';

export type AddedUsage =
  | {
      readonly ok: true;
      /** Null where the files brought nothing new. */
      readonly account: Account | null;
      readonly reports: readonly ImportReport[];
    }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

/**
 * Reads files under the account's known ids and files, keeps their good rows and replays; without an account the files
 * make one. A file of which nothing can be used keeps all of them out.
 */
export async function addUsage(
  files: readonly NamedFile[],
  before: Account | null,
  surroundings: Surroundings,
  context: CallContext,
): Promise<AddedUsage> {
  const importer = new SourceImporter(before?.parsed ?? BLANK_SCENARIO, before?.sources ?? [], surroundings, context);
  const reports: ImportReport[] = [];
  for (const file of files) reports.push((await importer.addFile(file, 'auto')).report);
  const useless = reports.filter(
    ({ rows, problemCount, repeatedFile }) => rows.stored + rows.adjustments === 0 && problemCount > 0 && !repeatedFile,
  );
  if (useless.length > 0) return { ok: false, problems: useless.flatMap(({ problems }) => problems) };
  const sources = importer.sources.filter(({ batch, adjustments }) => batch.count > 0 || adjustments.length > 0);
  if (sources.length === 0) return { ok: true, account: null, reports };
  const scenario = before?.scenario ?? scenarioFor(sources);
  const replayed = replayAccount(scenario, [...(before?.sources ?? []), ...sources], surroundings);
  return replayed.ok ? { ok: true, account: replayed.account, reports } : replayed;
}
