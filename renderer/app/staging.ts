/**
 * The way in for usage and statements: files are read and held (staged), read again under the user's choices, and taken in
 * one step. Nothing is stored before that.
 */
import type { AccountView } from '../../shared/contract/engine.ts';
import type { FilePreview, ImportReport, NamedFile, Profiles } from '../../shared/contract/importing.ts';
import type { SavedProfile } from '../features/data/slice.ts';
import type { ChangeChoices } from '../features/importing/answers.ts';
import { isRemembered, isTaken } from '../features/importing/fileState.ts';
import { plural } from '../ui/format.ts';
import type { EngineClient } from '../ui/slice.ts';
import { showView, tookOpened, type Job, type LongWork } from './longWork.ts';
import type { AppStore } from './store.ts';

export interface Staging {
  stageFiles(files: readonly NamedFile[]): Promise<boolean>;
  /** Text of a clipboard becomes a file of its own. */
  stageText(text: string): Promise<boolean>;
  /** Reads a file again. What is changed is the choices as they are when its turn comes: two answers in a row both count. */
  restage(id: number, change: ChangeChoices): Promise<boolean>;
  /** Reads what is staged against the account as it is now. */
  settleStaged(): Promise<boolean>;
  leaveOut(id: number): Promise<boolean>;
  discardStaged(): Promise<boolean>;
  /** Stores what is ready; the rest is let go. */
  takeStaged(): Promise<boolean>;
}

export function createStaging(deps: {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly work: LongWork;
  readonly keepProfiles: (profiles: readonly SavedProfile[]) => void;
}): Staging {
  const { store, engine, work, keepProfiles } = deps;
  const state = store.getState;

  /** Reading that ends in a new list of staged files. */
  const reading = (
    what: string,
    failed: string,
    cancelLabel: string,
    start: Job<readonly FilePreview[]>['start'],
  ): Job<readonly FilePreview[]> => ({
    what,
    failed,
    cancelLabel,
    changesAccount: false,
    start,
    took: (previews) => {
      state().stagedShow(previews);
      const said =
        previews.length === 0 ? 'No files to import' : `${plural(previews.length, 'file')} read, nothing kept yet`;
      store.setState({ spoken: said });
      return { ok: true, outcome: null };
    },
  });

  const showImport = (): void => store.setState({ place: 'data', dataTab: 'import' });

  const staging: Staging = {
    stageFiles: (files) => {
      const [first, second] = files;
      if (first === undefined) return Promise.resolve(false);
      const name = second === undefined ? first.name : plural(files.length, 'file');
      return work.runNext(() => {
        showImport();
        const label = state().staged.length === 0 ? 'Cancel, keep nothing' : 'Cancel, keep the files read before';
        return reading(`Reading ${name}`, `${name} could not be read`, label, (progress) =>
          engine.stageFiles({ files, profiles: profilesOf(state().profiles) }, progress),
        );
      });
    },
    stageText: (text) =>
      staging.stageFiles([{ name: pastedName(state().staged), content: new TextEncoder().encode(text) }]),
    restage: (id, change) =>
      work.runNext(() => {
        const preview = state().staged.find((each) => each.id === id);
        if (preview === undefined) return null;
        const { report } = preview;
        const choices = change(preview.choices);
        if (choices.format !== report.format && choices.format !== undefined) state().stagedForgetAsked(id);
        return reading(
          `Reading ${report.file}`,
          `${report.file} could not be read`,
          'Cancel, keep it as it was read before',
          (progress) => engine.restage({ id, choices }, progress),
        );
      }),
    settleStaged: () =>
      work.runNext(() => {
        const { staged, stagedStale } = state();
        if (!stagedStale || staged.length === 0) return null;
        // cancelled, they are as they were read before, and are not read again by themselves
        store.setState({ stagedStale: false });
        return reading(
          `Reading ${plural(staged.length, 'file')} against the account`,
          'The files could not be read again',
          'Cancel, keep them as they were read before',
          (progress) => engine.staged({}, progress),
        );
      }),
    leaveOut: (id) =>
      work.runNext(() =>
        reading('Leaving a file out', 'The file could not be left out', 'Cancel', (progress) =>
          engine.unstage({ id }, progress),
        ),
      ),
    discardStaged: () =>
      work.runNext(() =>
        reading('Discarding', 'The files could not be discarded', 'Cancel', (progress) =>
          engine.unstage({ id: null }, progress),
        ),
      ),
    takeStaged: () =>
      work.runNext(() => {
        const { staged, stagedIncluded } = state();
        const taken = staged.filter((preview) => isTaken(preview, stagedIncluded));
        const [first, second] = taken;
        if (first === undefined) return null;
        const name = second === undefined ? first.report.file : plural(taken.length, 'file');
        return {
          what: `Importing ${name}`,
          failed: `${name} ${second === undefined ? 'was' : 'were'} not imported`,
          changesAccount: true,
          start: (progress) => engine.takeStaged({ ids: taken.map(({ id }) => id) }, progress),
          took: tookOpened(store, name, (view) => {
            keepProfiles(withProfiles(state().profiles, taken, state().stagedRemember));
            return imported(store, view, taken);
          }),
        };
      }),
  };
  return staging;
}

function imported(
  store: AppStore,
  view: AccountView,
  taken: readonly FilePreview[],
): { kind: 'imported'; reports: readonly ImportReport[]; canUndo: boolean } {
  const { view: before, documentRef, documentOpened } = store.getState();
  const sameAccount = before?.account === view.account;
  // The demo that was saved to a file stays in it: the files began an account of their own.
  if (!sameAccount && documentRef !== null) documentOpened({ name: 'Untitled', origin: 'usage', ref: null });
  store.getState().documentChanged();
  showView(store, view, sameAccount);
  store.getState().stagedShow([]);
  store.setState({ place: 'account', dataTab: 'files' });
  const reports = taken.map(({ report }) => view.imports.find((stored) => sameFile(stored, report)) ?? report);
  return { kind: 'imported', reports, canUndo: true };
}

/** One file by its name and bytes: an archive's members share the bytes, two files may share a name. */
export function sameFile(a: ImportReport, b: ImportReport): boolean {
  return a.file === b.file && a.sha256 === b.sha256;
}

function profilesOf(saved: readonly SavedProfile[]): Profiles {
  return Object.fromEntries(saved.map(({ fingerprint, choices }) => [fingerprint, choices]));
}

/** The profiles with those that the user wants kept, newest first. A format is part of them: it is not guessed again. */
function withProfiles(
  saved: readonly SavedProfile[],
  taken: readonly FilePreview[],
  remember: ReadonlyMap<number, boolean>,
): readonly SavedProfile[] {
  const fresh = new Map<string, SavedProfile>();
  for (const preview of taken) {
    const { fingerprint, report } = preview;
    // the next file with this header is asked about anew: it may be a log of one's own
    const { role: _role, ...choices } = preview.choices;
    if (fingerprint === null || !isRemembered(preview, remember)) continue;
    fresh.set(fingerprint, {
      fingerprint,
      file: report.file,
      format: report.format,
      choices: { format: report.format, ...choices },
    });
  }
  return [...fresh.values(), ...saved.filter(({ fingerprint }) => !fresh.has(fingerprint))];
}

/** `pasted.txt`, and for a second paste a name of its own. */
function pastedName(staged: readonly FilePreview[]): string {
  const names = new Set(staged.map(({ report }) => report.file));
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? 'pasted.txt' : `pasted ${count}.txt`;
    if (!names.has(name)) return name;
  }
}
