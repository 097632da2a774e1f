/** Files that were read and not yet taken, and what the user has said about them on the page. */
import type { FilePreview, Question } from '../../../shared/contract/importing.ts';
import type { SetSlice } from '../../ui/slice.ts';

export interface StagingSlice {
  readonly staged: readonly FilePreview[];
  /** They were read against an account, or prices, that have changed since. */
  readonly stagedStale: boolean;
  readonly stagedChosen: number | null;
  /** Files that do not tie and are to be imported all the same. */
  readonly stagedIncluded: ReadonlySet<number>;
  /** Whether a file's choices are kept for the next with its header; files without an entry: where there are choices. */
  readonly stagedRemember: ReadonlyMap<number, boolean>;
  /** Every question that a file has asked, so that an answer can be taken back once its question is settled. */
  readonly stagedAsked: ReadonlyMap<number, readonly Question[]>;
  readonly columnsShown: boolean;
  stagedForget(): void;
  stagedShow(previews: readonly FilePreview[]): void;
  stagedChoose(id: number): void;
  stagedInclude(id: number, include: boolean): void;
  stagedSetRemember(id: number, remember: boolean): void;
  /** The file is read as another format: its questions begin anew. */
  stagedForgetAsked(id: number): void;
  showColumns(shown: boolean): void;
}

export function createStagingSlice(set: SetSlice<StagingSlice>): StagingSlice {
  return {
    staged: [],
    stagedStale: false,
    stagedChosen: null,
    stagedIncluded: new Set(),
    stagedRemember: new Map(),
    stagedAsked: new Map(),
    columnsShown: false,
    stagedForget: () => set({ stagedStale: true }),
    stagedShow: (staged) => set((state) => shownWith(state, staged)),
    stagedChoose: (stagedChosen) => set({ stagedChosen, columnsShown: false }),
    stagedInclude: (id, include) =>
      set(({ stagedIncluded }) => {
        const next = new Set(stagedIncluded);
        if (include) next.add(id);
        else next.delete(id);
        return { stagedIncluded: next };
      }),
    stagedSetRemember: (id, remember) =>
      set(({ stagedRemember }) => ({ stagedRemember: new Map(stagedRemember).set(id, remember) })),
    stagedForgetAsked: (id) =>
      set(({ stagedAsked }) => ({ stagedAsked: new Map([...stagedAsked].filter(([asked]) => asked !== id)) })),
    showColumns: (columnsShown) => set({ columnsShown }),
  };
}

function shownWith(state: StagingSlice, staged: readonly FilePreview[]): Partial<StagingSlice> {
  const ids = new Set(staged.map(({ id }) => id));
  const before = new Set(state.staged.map(({ id }) => id));
  // What was dropped last is what the user wants to see.
  const fresh = staged.find(({ id }) => !before.has(id));
  const chosen = fresh?.id ?? (state.stagedChosen !== null && ids.has(state.stagedChosen) ? state.stagedChosen : null);
  return {
    staged,
    stagedStale: false,
    stagedChosen: chosen ?? staged[0]?.id ?? null,
    stagedIncluded: new Set([...state.stagedIncluded].filter((id) => ids.has(id))),
    stagedRemember: new Map([...state.stagedRemember].filter(([id]) => ids.has(id))),
    stagedAsked: new Map(
      staged.map(({ id, questions }) => [id, withQuestions(state.stagedAsked.get(id) ?? [], questions)]),
    ),
    ...(fresh === undefined && chosen !== null ? {} : { columnsShown: false }),
  };
}

function withQuestions(asked: readonly Question[], now: readonly Question[]): readonly Question[] {
  const isNew = (question: Question): boolean => !asked.some((old) => sameQuestion(old, question));
  // A question that is still open is taken as it is now: its example may be a better one.
  return [...asked.map((old) => now.find((question) => sameQuestion(old, question)) ?? old), ...now.filter(isNew)];
}

export function sameQuestion(a: Question, b: Question): boolean {
  return a.choice === b.choice && a.column === b.column;
}
