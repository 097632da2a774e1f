/**
 * The host of one window, on files. The page never names a path: it gets a random reference for a document that the user
 * chose, and gives it back to save in place. Electron is not here; what needs it comes in as functions.
 */
import path from 'node:path';
import { HostError, type HostApi, type HostDocument, type PaperSize } from '../shared/contract/host.ts';
import { writeAtomically } from './files.ts';
import { EXPORT_KINDS, MAX_BYTES } from './guards.ts';
import type { Owner } from './locks.ts';
import { OpenDocuments, type SharedDocuments } from './openDocuments.ts';

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
  /** What all windows share. */
  readonly shared: SharedDocuments;
  readonly owner: Owner;
  /** Told when closing would, or would no longer, lose work. */
  readonly onUnsaved: (unsaved: boolean) => void;
  /** Resolves when the window is to close after its work was saved. */
  readonly closeAsked: () => Promise<void>;
  readonly onCloseAnswer: (close: boolean) => void;
  readonly openWindow: () => void;
  readonly reveal: (file: string) => void;
  /** What the window shows in print, as a PDF. */
  readonly printPdf: (paper: PaperSize) => Promise<Uint8Array>;
}

const PDF: FileKind = { name: 'PDF document', extensions: ['pdf'] };
/** `%PDF`: as every PDF begins. */
const PDF_BEGINS = [0x25, 0x50, 0x44, 0x46];
const WORKSPACE: FileKind = { name: 'Drawdown workspace', extensions: ['drawdown'] };

export function createHost(options: HostOptions): HostApi {
  const { dialogs, version, launchPath, shared, owner } = options;
  const { recents, recovery } = shared;
  const documents = new OpenDocuments(shared, owner);
  let launch = launchPath;

  return {
    describe: () => Promise.resolve({ shell: 'electron', version, canSaveInPlace: true, canReveal: true }),
    openDocument: async () => {
      const file = await dialogs.chooseOpen(WORKSPACE);
      return file === null ? null : documents.open(file);
    },
    launchDocument: async () => {
      const file = launch;
      launch = null;
      return file === null ? null : documents.open(file);
    },
    reloadDocument: ({ ref }) => documents.reload(ref),
    saveDocument: async ({ ref, suggestedName, bytes, overwrite }) => {
      if (ref !== null) return documents.save(ref, bytes, overwrite);
      const file = await dialogs.chooseSave({ suggestedName, kind: WORKSPACE });
      return file === null ? null : documents.saveAs(file, bytes);
    },
    closeDocument: ({ ref }) => documents.close(ref),
    revealDocument: ({ ref }) => {
      options.reveal(documents.fileOf(ref));
      return Promise.resolve();
    },
    recentDocuments: () => recents.list(),
    openRecent: ({ id }) => openRecent(id, shared, documents),
    saveRecoveryBase: (request) => recovery.saveBase(owner, request),
    saveRecovery: (request) => recovery.save(owner, request),
    recoveries: () => recovery.list(owner),
    readRecovery: ({ id }) => recovery.read(owner, id, MAX_BYTES),
    dropRecovery: ({ id, keepBase }) => recovery.drop(owner, id, { keepBase }),
    exportFile: async ({ suggestedName, mimeType, bytes }) => {
      const kind = EXPORT_KINDS.get(mimeType);
      if (kind === undefined) throw new HostError(`Exports of type ${mimeType} cannot be saved.`);
      const file = await dialogs.chooseSave({ suggestedName, kind });
      if (file === null) return null;
      await writeAtomically(file, bytes);
      return { name: path.basename(file) };
    },
    savePdf: async ({ suggestedName, paper }) => {
      const file = await dialogs.chooseSave({ suggestedName, kind: PDF });
      if (file === null) return null;
      const printed = await options.printPdf(paper);
      // what stands in the file now is worth more than something that no program opens
      if (!isPdf(printed)) throw new HostError('The page could not be printed as a PDF; no file was written.');
      await writeAtomically(file, printed);
      return { name: path.basename(file) };
    },
    setUnsaved: ({ unsaved }) => {
      options.onUnsaved(unsaved);
      return Promise.resolve();
    },
    openWindow: () => {
      options.openWindow();
      return Promise.resolve();
    },
    closeAsked: options.closeAsked,
    answerClose: ({ close }) => {
      options.onCloseAnswer(close);
      return Promise.resolve();
    },
  };
}

function isPdf(bytes: Uint8Array): boolean {
  return PDF_BEGINS.every((byte, index) => bytes[index] === byte);
}

async function openRecent(id: string, { recents }: SharedDocuments, documents: OpenDocuments): Promise<HostDocument> {
  const file = await recents.fileOf(id);
  if (file === null) throw new HostError('That document is not in the list any more.');
  try {
    return await documents.open(file);
  } catch (error) {
    await recents.forget(id);
    throw error;
  }
}
