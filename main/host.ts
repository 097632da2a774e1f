/**
 * The host of one window, on files. The page never names a path: it gets a random reference for a document that the user
 * chose, and gives it back to save in place. Electron is not here; dialogs come in as functions.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { HostError, type HostApi, type HostDocument } from '../shared/contract/host.ts';
import { readWhole, writeAtomically } from './files.ts';
import { EXPORT_KINDS, MAX_BYTES } from './guards.ts';

export interface FileKind {
  readonly name: string;
  readonly extensions: readonly string[];
}

/** Asks the user for a path; `null` when the user closed the dialog. */
export interface HostDialogs {
  chooseOpen(kind: FileKind): Promise<string | null>;
  chooseSave(request: { readonly suggestedName: string; readonly kind: FileKind }): Promise<string | null>;
}

export interface HostOptions {
  readonly dialogs: HostDialogs;
  readonly version: string;
  /** The workspace that this window was opened for. */
  readonly launchPath: string | null;
  /** Told when closing would, or would no longer, lose work. */
  readonly onUnsaved: (unsaved: boolean) => void;
}

const WORKSPACE: FileKind = { name: 'Drawdown workspace', extensions: ['drawdown'] };

export function createHost({ dialogs, version, launchPath, onUnsaved }: HostOptions): HostApi {
  const paths = new Map<string, string>();
  let launch = launchPath;

  function refTo(file: string): string {
    const ref = randomBytes(16).toString('hex');
    paths.set(ref, file);
    return ref;
  }

  async function read(file: string): Promise<HostDocument> {
    const bytes = await readWhole(file, MAX_BYTES);
    return { ref: refTo(file), name: path.basename(file), bytes };
  }

  async function pathToSave(ref: string | null, suggestedName: string): Promise<string | null> {
    if (ref === null) return dialogs.chooseSave({ suggestedName, kind: WORKSPACE });
    const file = paths.get(ref);
    if (file === undefined) throw new HostError('That document is not open in this window. Use “Save as” instead.');
    return file;
  }

  return {
    describe: () => Promise.resolve({ shell: 'electron', version, canSaveInPlace: true }),
    openDocument: async () => {
      const file = await dialogs.chooseOpen(WORKSPACE);
      return file === null ? null : read(file);
    },
    launchDocument: async () => {
      const file = launch;
      launch = null;
      return file === null ? null : read(file);
    },
    saveDocument: async ({ ref, suggestedName, bytes }) => {
      const file = await pathToSave(ref, suggestedName);
      if (file === null) return null;
      await writeAtomically(file, bytes);
      return { ref: ref ?? refTo(file), name: path.basename(file) };
    },
    exportFile: async ({ suggestedName, mimeType, bytes }) => {
      const kind = EXPORT_KINDS.get(mimeType);
      if (kind === undefined) throw new HostError(`Exports of type ${mimeType} cannot be saved.`);
      const file = await dialogs.chooseSave({ suggestedName, kind });
      if (file === null) return null;
      await writeAtomically(file, bytes);
      return { name: path.basename(file) };
    },
    setUnsaved: ({ unsaved }) => {
      onUnsaved(unsaved);
      return Promise.resolve();
    },
  };
}
