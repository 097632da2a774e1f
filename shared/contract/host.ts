/**
 * What the page asks of its shell. Electron's preload and the plain page's twin (`renderer/platform/browser.ts`) both
 * implement all of it; where they differ in ability, `describe()` says so and the page asks instead of guessing.
 *
 * Answers are clonable data. Usage files are not here: the page gets them as `File` objects from a drop or a file input,
 * in both shells, and streams them to the worker without a copy.
 */

export interface HostInfo {
  readonly shell: 'electron' | 'page';
  readonly version: string;
  /** A document that was opened can be written back to where it came from. */
  readonly canSaveInPlace: boolean;
  /** A document can be shown in the system's own window of its folder. */
  readonly canReveal: boolean;
}

/** A workspace file as the shell knows it. */
export interface HostDocument {
  /** Opaque handle for saving in place; `null` where the shell cannot. */
  readonly ref: string | null;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Who else has it open, in words; `null` where nobody is known to. */
  readonly heldBy: string | null;
}

export interface SavedDocument {
  readonly kind: 'saved';
  readonly ref: string | null;
  readonly name: string;
}

/** Nothing was written, because it would have overwritten what is not ours to overwrite unasked. */
export interface SaveConflict {
  readonly kind: 'conflict';
  /** `changed` by another program, `gone` from its place, or `held` open elsewhere. */
  readonly reason: 'changed' | 'gone' | 'held';
  /** For saving all the same, with `overwrite`. */
  readonly ref: string;
  readonly name: string;
  /** When it was changed, in milliseconds since 1970; `null` where that is not known. */
  readonly at: number | null;
  /** Who holds it, in words; `null` unless it is held. */
  readonly heldBy: string | null;
}

export interface RecentDocument {
  readonly id: string;
  readonly name: string;
  /** Name of the folder that it is in, for telling two of one name apart; empty where the shell does not know. */
  readonly folder: string;
  readonly openedAt: number;
}

/** A copy of unsaved work that a window left behind when it ended without being asked. */
export interface Recovery {
  readonly id: string;
  readonly name: string;
  readonly savedAt: number;
  /** Id of the workspace of an earlier moment that the copy is told against. */
  readonly base: string;
}

/** The content of a copy. */
export interface RecoveredWork {
  /** The base. */
  readonly whole: Uint8Array;
  /** What is not in it. */
  readonly changes: Uint8Array;
}

export type PaperSize = 'A4' | 'Letter';

export interface HostApi {
  describe(): Promise<HostInfo>;
  /** Asks the user for a workspace file; `null` when the user closed the dialog. */
  openDocument(): Promise<HostDocument | null>;
  /** The workspace file that the app was started with, once. */
  launchDocument(): Promise<HostDocument | null>;
  /** Reads a document again as it is now. What is on disk is known then, and may be overwritten. */
  reloadDocument(request: { ref: string }): Promise<HostDocument>;
  /**
   * Writes a workspace whole or not at all: to `ref`, or where the user says when it is `null`. `null` when the user closed
   * the dialog. A file that is not as this window last read or wrote it is left as it is unless `overwrite` says otherwise.
   */
  saveDocument(request: {
    ref: string | null;
    suggestedName: string;
    bytes: Uint8Array;
    overwrite: boolean;
  }): Promise<SavedDocument | SaveConflict | null>;
  /** The document is no longer open here; others may write it. */
  closeDocument(request: { ref: string }): Promise<void>;
  revealDocument(request: { ref: string }): Promise<void>;
  /** Documents that were opened or saved here, the last one first. */
  recentDocuments(): Promise<readonly RecentDocument[]>;
  /** `null` when the user did not allow it. One that is not there any more is forgotten. */
  openRecent(request: { id: string }): Promise<HostDocument | null>;
  /**
   * Keeps a base for the copies of `id`; both ids are made up by the page. A base by itself is no copy and is not offered;
   * the one that the kept copy is told against stays with it.
   */
  saveRecoveryBase(request: { id: string; base: string; bytes: Uint8Array }): Promise<void>;
  /** Keeps a copy of unsaved work: what changed since that base. The copy before it is replaced, and its base if another. */
  saveRecovery(request: { id: string; name: string; base: string; bytes: Uint8Array }): Promise<void>;
  /** Copies that no open window looks after, the last one first. From now on this window does. */
  recoveries(): Promise<readonly Recovery[]>;
  readRecovery(request: { id: string }): Promise<RecoveredWork>;
  /** @param keepBase for the copies that come next */
  dropRecovery(request: { id: string; keepBase: boolean }): Promise<void>;
  /** Hands an export (PNG, CSV, scenario) to the user; `null` when the user closed the dialog. */
  exportFile(request: { suggestedName: string; mimeType: string; bytes: Uint8Array }): Promise<{ name: string } | null>;
  /**
   * Hands what the window shows in print to the user as a PDF; `null` when the user closed the dialog. A shell that cannot
   * write one opens the system's printing instead, which can and does not tell what came of it: `null` too.
   */
  savePdf(request: { suggestedName: string; paper: PaperSize }): Promise<{ name: string } | null>;
  /** Tells the shell whether closing would lose work, so that it can ask first. */
  setUnsaved(request: { unsaved: boolean }): Promise<void>;
  /** Another window, with no document. */
  openWindow(): Promise<void>;
  /** Resolves when the user closes the window and wants its work saved first; asked again after each answer. */
  closeAsked(): Promise<void>;
  /** The answer to that: the window closes, or stays because the work was not saved. */
  answerClose(request: { close: boolean }): Promise<void>;
}

/** Every method by name: the preload exposes and main registers by looping over this list, so a method exists once. */
export const HOST_METHODS = [
  'describe',
  'openDocument',
  'launchDocument',
  'reloadDocument',
  'saveDocument',
  'closeDocument',
  'revealDocument',
  'recentDocuments',
  'openRecent',
  'saveRecoveryBase',
  'saveRecovery',
  'recoveries',
  'readRecovery',
  'dropRecovery',
  'exportFile',
  'savePdf',
  'setUnsaved',
  'openWindow',
  'closeAsked',
  'answerClose',
] as const satisfies readonly (keyof HostApi)[];

type MissingMethod = Exclude<keyof HostApi, (typeof HOST_METHODS)[number]>;
/** Fails to compile while a method of `HostApi` is missing from the list. */
export type HostMethodsAreComplete = [MissingMethod] extends [never] ? true : MissingMethod;
export const hostMethodsAreComplete: HostMethodsAreComplete = true;

/** Failure of a host call that a user can act on: what happened and what was kept. */
export class HostError extends Error {
  override readonly name = 'HostError';
}
