/**
 * Work of the worker that takes its time: one at a time, with progress, time left and cancel, and an outcome at its end.
 * On failure nothing that was on screen changes, and the outcome says why.
 */
import type { AccountView, Opened } from '../../shared/contract/engine.ts';
import { Cancelled, type PendingCall, type Progress } from '../../shared/contract/rpc.ts';
import type { ImportOutcome } from '../features/importing/slice.ts';
import { plural } from '../ui/format.ts';
import type { AppStore } from './store.ts';

export interface Job<T> {
  /** What is being done, with the file's name. */
  readonly what: string;
  /** Title of the outcome where it fails. */
  readonly failed: string;
  readonly cancelLabel?: string;
  /** The figures on screen are about to change. */
  readonly changesAccount: boolean;
  readonly start: (onProgress: (progress: Progress) => void) => PendingCall<T>;
  /** Shows the answer. */
  readonly took: (answer: T) => { readonly ok: boolean; readonly outcome: ImportOutcome | null };
}

export interface LongWork {
  /** Does it now; false where it failed, was cancelled, or other work is under way. */
  run<T>(job: Job<T>): Promise<boolean>;
  /** Does it when all that was asked before is over. */
  runNext<T>(job: () => Job<T> | null): Promise<boolean>;
}

/** Before this, how long it took says little about how long it will take. */
const FIRST_ESTIMATE_MS = 700;

export function createLongWork(store: AppStore, now: () => number): LongWork {
  const run = async <T>(job: Job<T>): Promise<boolean> => {
    const { activity, activityStarted, activityProgress, activityEnded, setUpdating } = store.getState();
    // One at a time: the worker has one account, and its figures must be the last ones asked for.
    if (activity !== null) return false;
    const started = now();
    const call = job.start((progress) => activityProgress(progress, leftMs(progress, now() - started)));
    activityStarted({
      what: job.what,
      progress: null,
      leftMs: null,
      cancelLabel: job.cancelLabel ?? 'Cancel, keep nothing',
      cancel: () => call.cancel(),
    });
    if (job.changesAccount) setUpdating(true);
    try {
      const { ok, outcome } = job.took(await call.result);
      activityEnded(outcome);
      return ok;
    } catch (error) {
      activityEnded(error instanceof Cancelled ? null : failure(job.failed, error, keptSentence(store)));
      return false;
    } finally {
      if (job.changesAccount) setUpdating(false);
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  const runNext = <T>(job: () => Job<T> | null): Promise<boolean> => {
    const mine = last.then(async () => {
      await untilIdle(store);
      const next = job();
      return next === null ? false : run(next);
    });
    last = mine.catch(() => undefined);
    return mine;
  };
  return { run, runNext };
}

function leftMs({ done, total }: Progress, tookMs: number): number | null {
  if (done <= 0 || total < done || tookMs < FIRST_ESTIMATE_MS) return null;
  return (tookMs * (total - done)) / done;
}

export function untilIdle(store: AppStore): Promise<void> {
  if (store.getState().activity === null) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.subscribe(({ activity }) => {
      if (activity !== null) return;
      stop();
      resolve();
    });
  });
}

export function failure(title: string, error: unknown, kept: string): ImportOutcome {
  return { kind: 'failed', title, detail: error instanceof Error ? error.message : String(error), kept };
}

/** What an attempt that failed left as it was. */
export function keptSentence(store: AppStore): string {
  const { view } = store.getState();
  return view === null ? 'Nothing was kept.' : `${view.title} stays open as it was.`;
}

/** Takes the answer to opening something: shows the view, or lists the problems that kept it from opening. */
export function tookOpened(
  store: AppStore,
  name: string,
  opened: (view: AccountView) => ImportOutcome | null,
): (answer: Opened) => { ok: boolean; outcome: ImportOutcome | null } {
  return (answer) => {
    if (answer.ok) return { ok: true, outcome: opened(answer.view) };
    const title = `${name}: ${plural(answer.problems.length, 'problem')}`;
    return {
      ok: false,
      outcome: { kind: 'problems', title, kept: keptSentence(store), problems: answer.problems },
    };
  };
}

/** Shows a new view in every part of the window. */
export function showView(store: AppStore, view: AccountView, sameAccount: boolean): void {
  const state = store.getState();
  state.showAccount(view, sameAccount);
  state.chartOpen(view, sameAccount);
  state.timelineOpen(view.counts.timeline);
  state.lotsOpen(view.counts.lots);
  state.invoicesOpen(view.counts.invoices);
  state.usageOpen(view.counts.usage);
  state.filtersOpen(sameAccount);
  state.journalForget(sameAccount);
  state.sqlForget(sameAccount);
  state.reconForget(sameAccount);
  state.sqlKeptShow(view.kept.queries);
  state.storedForget();
  state.stagedForget();
  state.pricesForget();
  state.scenarioForget();
  state.sourceClose();
  state.traceAccountChanged(sameAccount);
  state.stepAccountChanged(view, store.getState().chartBounds);
}
