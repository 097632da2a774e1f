/** A run to hand on: its scenario as text with the usage it names, and the workspace, in one zip. */
import type { ExportedRun } from '../contract/kept.ts';
import type { CallContext } from '../contract/rpc.ts';
import { textBytes, ZipArchive } from '../export/zipArchive.ts';
import { bytesOf } from '../import/sourceText.ts';
import type { SqlJsStatic } from '../storage/sqlite.ts';
import type { StoredSource } from '../storage/source.ts';
import { inPieces } from './inPieces.ts';
import type { Surroundings } from './surroundings.ts';
import { savingSteps, type SavedWork } from './workspaceFile.ts';

/** Between two looks whether it is still wanted. */
const PIECE = 1 << 20;

/** @param name of the workspace in the archive, without its ending */
export async function exportedRun(
  SQL: SqlJsStatic,
  saved: SavedWork,
  name: string,
  surroundings: Surroundings,
  context: CallContext,
): Promise<ExportedRun> {
  const { account } = saved;
  const { inflate, yieldToHost } = surroundings;
  const zip = new ZipArchive();
  const missing: string[] = [];
  const workspace = await inPieces(savingSteps(SQL, saved), surroundings, context);
  const add = async (path: string, bytes: Uint8Array): Promise<void> => {
    const write = zip.open(path);
    for (let at = 0; at < bytes.length; at += PIECE) {
      write(bytes.subarray(at, at + PIECE));
      context.progress({ what: `bytes of ${path}`, done: Math.min(bytes.length, at + PIECE), total: bytes.length });
      await yieldToHost();
      context.throwIfCancelled();
    }
    write(new Uint8Array(0), true);
  };

  await add(scenarioFile(account.scenario.name), textBytes(account.scenario.text));
  for (const path of filesNamed(saved)) {
    const text = keptText(account.sources, path);
    if (text === null || !isBeside(path)) missing.push(path);
    else await add(path, await bytesOf(text, inflate));
  }
  await add(`${name}.drawdown`, workspace);
  return { bytes: zip.end(), missing };
}

function filesNamed({ account }: SavedWork): readonly string[] {
  const named = account.parsed.usage.flatMap((source) => (source.kind === 'file' ? [source.file] : []));
  return [...new Set(named)];
}

/** The file's text where it is the file itself: of a packed file or a spreadsheet only what was in it is kept. */
function keptText(sources: readonly StoredSource[], path: string): StoredSource['text'] {
  const bare = path.slice(path.lastIndexOf('/') + 1);
  const source = sources.find(({ ofScenario, report }) => ofScenario && (report.file === path || report.file === bare));
  return source !== undefined && source.textSha256 === source.report.sha256 ? source.text : null;
}

/** A path that stays in the archive's own folder. */
function isBeside(path: string): boolean {
  return !/^\/|^[a-z]:|\\|(?:^|\/)\.\.(?:\/|$)/i.test(path);
}

function scenarioFile(name: string): string {
  const bare = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  return /\.(?:ya?ml|json)$/i.test(bare) ? bare : `${bare === '' ? 'scenario' : bare}.yaml`;
}
