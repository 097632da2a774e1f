/** The journal as it is shown: its filter, the entries at hand, the entry that is open, the trial balance. */
import type { JournalPage, JournalRow, JournalUsageRow, TrialBalanceView } from '../../../shared/contract/journal.ts';
import type { JournalAccount } from '../../../shared/domain/journal.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import { NO_PAGES, PAGE_ROWS, createPager, withPage, type Pager, type Pages } from '../../ui/pages.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import { WHOLE_JOURNAL, filterOf, type JournalChoice } from './journalFilter.ts';
import { neededFor, placeOfLine, type OpenedEntry } from './journalLines.ts';

/** What belongs to the entries on screen; the choice may already be another, whose answer is under way. */
export interface JournalShown extends Pick<JournalPage, 'sums' | 'opening' | 'closing'> {
  readonly choice: JournalChoice;
}

export interface JournalSlice {
  /** The account has changed since the journal was read. */
  readonly journalStale: boolean;
  readonly journalBusy: boolean;
  readonly journalChoice: JournalChoice;
  readonly journalShown: JournalShown | null;
  /** Of the whole journal: how many entries, and which accounts have any. */
  readonly journalWhole: { readonly total: number; readonly accounts: readonly JournalAccount[] } | null;
  readonly journal: Pages<JournalRow>;
  readonly journalOpened: OpenedEntry | null;
  readonly journalUsage: Pages<JournalUsageRow>;
  /** A line of the table: an entry, or a usage row of the one that is open. */
  readonly journalSelected: number | null;
  readonly trialBalance: TrialBalanceView | null;
  /** Null: the end of the journal. */
  readonly trialAt: Instant | null;
  /** Another account, or the same after a change; what is shown stays until the new answer is there. */
  journalForget(sameAccount: boolean): void;
  journalLoad(): void;
  journalChoose(change: Partial<JournalChoice>): void;
  journalNeed(first: number, last: number): void;
  journalSelect(line: number | null): void;
  /** Opens an entry of usage rows, or closes it. */
  journalToggle(line: number): Promise<void>;
  trialAsOf(at: Instant | null): void;
}

export function createJournalSlice(
  set: SetSlice<JournalSlice>,
  get: GetSlice<JournalSlice>,
  { engine, failed }: SliceDeps,
): JournalSlice {
  const { entries, usage } = pagersOf(set, get, { engine, failed });
  const close = (): void => {
    set({ journalOpened: null });
    usage.reset(0);
  };
  const filtering = latestOnly({
    ask: (choice: JournalChoice) => engine.journal({ filter: filterOf(choice), offset: 0, limit: PAGE_ROWS }).result,
    take: (page, choice) => {
      close();
      entries.reset(page.total);
      const { sums, opening, closing } = page;
      set(({ journal, journalChoice }) => ({
        journal: withPage(journal, page),
        journalShown: { choice, sums, opening, closing },
        journalSelected: null,
        journalBusy: journalChoice !== choice,
      }));
    },
    failed: (error) => {
      set({ journalBusy: false });
      failed(error);
    },
  });
  const balancing = latestOnly({
    ask: (at: Instant | null) => engine.trialBalance(at === null ? {} : { at }).result,
    take: (trialBalance) => set({ trialBalance }),
    failed,
  });
  const measuring = latestOnly({
    ask: (filter: Record<string, never>) => engine.journal({ filter, offset: 0, limit: 0 }).result,
    take: ({ total, sums }) => set({ journalWhole: { total, accounts: sums.accounts.map(({ account }) => account) } }),
    failed,
  });
  const nothing = {
    journalChoice: WHOLE_JOURNAL,
    journalShown: null,
    journalWhole: null,
    journalSelected: null,
    trialBalance: null,
    trialAt: null,
  };
  return {
    ...nothing,
    journalStale: true,
    journalBusy: false,
    journal: NO_PAGES,
    journalOpened: null,
    journalUsage: NO_PAGES,
    journalForget: (sameAccount) => {
      for (const asking of [filtering, balancing, measuring]) asking.forget();
      set({ journalStale: true, journalBusy: false });
      if (sameAccount) return;
      close();
      entries.reset(0);
      set(nothing);
    },
    journalLoad: () => {
      const { journalChoice, trialAt } = get();
      set({ journalStale: false, journalBusy: true });
      measuring.ask({});
      filtering.ask(journalChoice);
      balancing.ask(trialAt);
    },
    journalChoose: (change) => {
      const journalChoice = { ...get().journalChoice, ...change };
      set({ journalChoice, journalBusy: true });
      filtering.ask(journalChoice);
    },
    journalNeed: (first, last) => {
      const needed = neededFor(first, last, get().journalOpened);
      if (needed.entries !== null) entries.need(...needed.entries);
      if (needed.usage !== null) usage.need(...needed.usage);
    },
    journalSelect: (journalSelected) => set({ journalSelected }),
    journalToggle: async (line) => {
      const { of, place } = placeOfLine(line, get().journalOpened);
      if (of === 'usage') return;
      const entry = await entries.row(place);
      if (entry?.opens !== true) return;
      if (get().journalOpened?.index === entry.index) {
        close();
        set({ journalSelected: place });
        return;
      }
      const shown = get().journalShown;
      const page = await engine
        .journalUsage({ index: entry.index, offset: 0, limit: PAGE_ROWS })
        .result.catch((error: unknown) => {
          failed(error);
          return null;
        });
      // The filter or the account may have changed while the rows were read.
      if (page === null || get().journalShown !== shown) return;
      usage.reset(page.total);
      set(({ journalUsage }) => ({
        journalUsage: withPage(journalUsage, page),
        journalOpened: { position: place, index: entry.index, total: page.total },
        journalSelected: place,
      }));
    },
    trialAsOf: (trialAt) => {
      set({ trialAt });
      balancing.ask(trialAt);
    },
  };
}

function pagersOf(
  set: SetSlice<JournalSlice>,
  get: GetSlice<JournalSlice>,
  { engine, failed }: SliceDeps,
): { readonly entries: Pager<JournalRow>; readonly usage: Pager<JournalUsageRow> } {
  const entries = createPager<JournalRow>({
    // scrolling reads on in what is shown, not in what is asked for next
    fetch: (request) =>
      engine.journal({ ...request, filter: filterOf(get().journalShown?.choice ?? WHOLE_JOURNAL) }).result,
    read: () => get().journal,
    write: (journal) => set({ journal }),
    failed,
  });
  const usage = createPager<JournalUsageRow>({
    fetch: (request) => engine.journalUsage({ ...request, index: get().journalOpened?.index ?? 0 }).result,
    read: () => get().journalUsage,
    write: (journalUsage) => set({ journalUsage }),
    failed,
  });
  return { entries, usage };
}
