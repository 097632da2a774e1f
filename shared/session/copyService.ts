/** Serves copies of unsaved work: a base, and what changed since. */
import type { CopyApi } from '../contract/copies.ts';
import type { Opened } from '../contract/engine.ts';
import { Transfer } from '../contract/rpc.ts';
import { weightOf } from '../storage/changes.ts';
import type { StoredSource } from '../storage/source.ts';
import type { SqlJsStatic } from '../storage/sqlite.ts';
import { WorkspaceError } from '../storage/workspace.ts';
import { inPieces } from './inPieces.ts';
import type { OpenDocument } from './openDocument.ts';
import type { Surroundings } from './surroundings.ts';
import { changesSteps, openingCopySteps, savingSteps } from './workspaceFile.ts';

/** Changes are written again and again: what is more than this is better a base, which is written once. */
const MOST_ROWS = 50_000;
const MOST_BYTES = 4 << 20;
/** So long, and no longer, a base gives way to what somebody does meanwhile. */
const GIVES_WAY_MS = 15_000;

interface Base {
  readonly id: string;
  readonly sources: readonly StoredSource[];
}

type Served = { [K in keyof CopyApi]: (...args: Parameters<CopyApi[K]>) => Promise<unknown> };

export function copyService(
  open: OpenDocument,
  loadSql: () => Promise<SqlJsStatic>,
  surroundings: Surroundings,
): Served {
  /** By document; one that is gone takes its base along. */
  const bases = new WeakMap<object, Base>();

  return {
    copyBase: async ({ base }, context) => {
      const { identity } = open;
      const saved = open.saved();
      const { now, yieldToHands } = surroundings;
      const until = now() + GIVES_WAY_MS;
      const yieldToHost = (): Promise<void> => yieldToHands(until - now());
      await yieldToHost();
      const bytes = await inPieces(savingSteps(await loadSql(), saved), { now, yieldToHost }, context);
      bases.set(identity, { id: base, sources: saved.account.sources });
      return new Transfer(bytes, [bytes.buffer]);
    },
    copyChanges: async ({ base: id }, context) => {
      const base = bases.get(open.identity);
      if (base?.id !== id) return null;
      const saved = open.saved();
      const { rows, bytes: texts } = weightOf(saved.account.sources, base.sources);
      if (rows > MOST_ROWS || texts > MOST_BYTES) return null;
      const bytes = await inPieces(changesSteps(await loadSql(), saved, base.sources), surroundings, context);
      return new Transfer(bytes, [bytes.buffer]);
    },
    openCopy: ({ name, base, whole, changes }, context) =>
      located(name, async () => {
        const steps = openingCopySteps(await loadSql(), { whole, changes }, surroundings);
        const { outcome, base: sources } = await inPieces(steps, surroundings, context);
        const opened = open.take(outcome, false);
        if (opened.ok) bases.set(open.identity, { id: base, sources });
        return opened;
      }),
  };
}

/** A file that cannot be read is a problem to show. */
export async function located(name: string, opening: () => Promise<Opened>): Promise<Opened> {
  try {
    return await opening();
  } catch (error) {
    if (!(error instanceof WorkspaceError)) throw error;
    return { ok: false, problems: [{ file: name, line: null, column: null, field: null, message: error.message }] };
  }
}
