/** The lines of a source that are open for reading: which file and line, and what it says there. */
import type { SourceText } from '../../../shared/contract/importing.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  /** Lines before and after it. */
  readonly around: number;
}

export interface SourceSlice {
  readonly source: SourcePlace | null;
  /** What the file says there; null until it has answered. */
  readonly sourceText: SourceText | null;
  /** Why it could not be shown. */
  readonly sourceFailure: string | null;
  sourceOpen(file: string, line: number): void;
  /** More lines around the same one. */
  sourceMore(): void;
  sourceClose(): void;
}

const FIRST_LINES = 25;
const MOST_LINES = 1000;

export function createSourceSlice(
  set: SetSlice<SourceSlice>,
  get: GetSlice<SourceSlice>,
  deps: SliceDeps,
): SourceSlice {
  const asking = latestOnly({
    ask: (place: SourcePlace) => deps.engine.sourceAt(place).result,
    // Another line may have been asked for while this one was read.
    take: (sourceText, place) => {
      if (get().source === place) set({ sourceText, sourceFailure: null });
    },
    failed: (error) => set({ sourceFailure: error instanceof Error ? error.message : String(error) }),
  });
  const show = (source: SourcePlace): void => {
    const sameFile = get().source?.file === source.file;
    set({ source, sourceFailure: null, ...(sameFile ? {} : { sourceText: null }) });
    asking.ask(source);
  };
  return {
    source: null,
    sourceText: null,
    sourceFailure: null,
    sourceOpen: (file, line) => show({ file, line, around: FIRST_LINES }),
    sourceMore: () => {
      const { source } = get();
      if (source !== null) show({ ...source, around: Math.min(MOST_LINES, source.around * 4) });
    },
    sourceClose: () => {
      asking.forget();
      set({ source: null, sourceText: null, sourceFailure: null });
    },
  };
}

/** Whether asking for more can bring any: not where the file begins and ends within what is shown. */
export function hasMore({ line, around }: SourcePlace, { lines }: SourceText): boolean {
  const [first, last] = [lines[0]?.line ?? 1, lines.at(-1)?.line ?? 0];
  return around < MOST_LINES && (first > 1 || last >= line + around);
}
