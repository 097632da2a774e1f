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
}

/** A workspace file as the shell knows it. */
export interface HostDocument {
  /** Opaque handle for saving in place; `null` where the shell cannot. */
  readonly ref: string | null;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface SavedDocument {
  readonly ref: string | null;
  readonly name: string;
}

export interface HostApi {
  describe(): Promise<HostInfo>;
  /** Asks the user for a workspace file; `null` when the user closed the dialog. */
  openDocument(): Promise<HostDocument | null>;
  /** The workspace file that the app was started with, once. */
  launchDocument(): Promise<HostDocument | null>;
  /** Writes a workspace atomically: to `ref`, or where the user says when it is `null`. `null` when the user closed the dialog. */
  saveDocument(request: {
    ref: string | null;
    suggestedName: string;
    bytes: Uint8Array;
  }): Promise<SavedDocument | null>;
  /** Hands an export (PNG, CSV, scenario) to the user; `null` when the user closed the dialog. */
  exportFile(request: { suggestedName: string; mimeType: string; bytes: Uint8Array }): Promise<{ name: string } | null>;
  /** Tells the shell whether closing would lose work, so that it can ask first. */
  setUnsaved(request: { unsaved: boolean }): Promise<void>;
}

/** Every method by name: the preload exposes and main registers by looping over this list, so a method exists once. */
export const HOST_METHODS = [
  'describe',
  'openDocument',
  'launchDocument',
  'saveDocument',
  'exportFile',
  'setUnsaved',
] as const satisfies readonly (keyof HostApi)[];

type MissingMethod = Exclude<keyof HostApi, (typeof HOST_METHODS)[number]>;
/** Fails to compile while a method of `HostApi` is missing from the list. */
export type HostMethodsAreComplete = [MissingMethod] extends [never] ? true : MissingMethod;
export const hostMethodsAreComplete: HostMethodsAreComplete = true;

/** Failure of a host call that a user can act on: what happened and what was kept. */
export class HostError extends Error {
  override readonly name = 'HostError';
}
