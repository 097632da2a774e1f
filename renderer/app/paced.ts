/** Work that follows changes: a while after the last one, or where they never stop so long after the first; one at a time. */

export interface Pace {
  readonly afterLastMs: number;
  readonly afterFirstMs: number;
}

export interface Paced {
  /** Something was changed. */
  changed(): void;
}

/** Something else is under way: it is looked again soon. */
const BUSY_MS = 500;

export function paced(deps: {
  readonly pace: Pace;
  /** There is something to do, and it may be done. */
  readonly isWanted: () => boolean;
  readonly isBusy: () => boolean;
  /** The least time from the end of one run to the next. */
  readonly restMs: () => number;
  readonly now: () => number;
  readonly run: () => Promise<void>;
}): Paced {
  const { pace, isWanted, isBusy, restMs, now } = deps;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince: number | null = null;
  let lastRun = -Infinity;
  let isRunning = false;

  const plan = (): void => {
    clearTimeout(timer);
    if (!isWanted()) waitingSince = null;
    if (isRunning || !isWanted()) return;
    waitingSince ??= now();
    const latest = waitingSince + pace.afterFirstMs - now();
    const rest = lastRun + restMs() - now();
    timer = setTimeout(fire, Math.max(0, Math.min(pace.afterLastMs, latest), rest));
  };

  const fire = (): void => {
    if (isBusy()) timer = setTimeout(fire, BUSY_MS);
    else void run();
  };

  const run = async (): Promise<void> => {
    isRunning = true;
    waitingSince = null;
    await deps.run();
    isRunning = false;
    lastRun = now();
    plan();
  };

  return {
    changed: () => {
      // what comes while it runs waits from now on
      if (isRunning) waitingSince ??= now();
      plan();
    },
  };
}
