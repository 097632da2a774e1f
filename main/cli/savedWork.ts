/** A workspace file, opened. */
import { readFile } from 'node:fs/promises';
import { formatProblem } from '../../shared/scenario/read.ts';
import { openSaved, type SavedWork } from '../../shared/session/workspaceFile.ts';
import { WorkspaceError } from '../../shared/storage/workspace.ts';
import { BadInput } from './badInput.ts';
import { loadSql } from './sql.ts';
import { surroundings } from './surroundings.ts';

/** @throws BadInput where it cannot be read or is no workspace */
export async function readSavedWork(file: string): Promise<{ readonly work: SavedWork; readonly bytes: Uint8Array }> {
  try {
    const bytes = await readFile(file);
    const opened = openSaved(await loadSql(), bytes, surroundings);
    if (!opened.ok) throw new BadInput(opened.problems.map(formatProblem));
    return { work: opened, bytes };
  } catch (error) {
    if (error instanceof WorkspaceError) throw new BadInput([`${file}: ${error.message}`]);
    if (error instanceof Error && 'code' in error) throw new BadInput([`${file}: cannot be read: ${error.message}`]);
    throw error;
  }
}
