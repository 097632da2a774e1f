/** The account's files as the data page lists them, and the profiles that new ones are read by. */
import type { ReadingChoices, StoredFile } from '../../../shared/contract/importing.ts';
import type { SetSlice } from '../../ui/slice.ts';

/** How a file was read, kept for the next one with the same header. */
export interface SavedProfile {
  readonly fingerprint: string;
  /** The file that it was first said about. */
  readonly file: string;
  /** Name of the format that it was read as. */
  readonly format: string;
  readonly choices: ReadingChoices;
}

export interface DataSlice {
  /** Null until they were asked for. */
  readonly storedFiles: readonly StoredFile[] | null;
  /** The list on screen is of before the last change. */
  readonly storedStale: boolean;
  readonly storedChosen: number | null;
  readonly profiles: readonly SavedProfile[];
  storedShow(files: readonly StoredFile[]): void;
  storedForget(): void;
  storedChoose(id: number | null): void;
  profilesShow(profiles: readonly SavedProfile[]): void;
}

export function createDataSlice(set: SetSlice<DataSlice>, profiles: readonly SavedProfile[]): DataSlice {
  return {
    storedFiles: null,
    storedStale: true,
    storedChosen: null,
    profiles,
    storedShow: (storedFiles) =>
      set(({ storedChosen }) => ({
        storedFiles,
        storedStale: false,
        storedChosen: storedFiles.some(({ id }) => id === storedChosen) ? storedChosen : (storedFiles[0]?.id ?? null),
      })),
    storedForget: () => set({ storedStale: true }),
    storedChoose: (storedChosen) => set({ storedChosen }),
    profilesShow: (shown) => set({ profiles: shown }),
  };
}
