/** What the main thread of a page was busy with, by the browser's own trace. */
import type { Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that the thread itself ran. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Tasks of the page's main thread while something is done, longest first, in milliseconds of its own time. */
export async function mainTasks(page: Page, act: () => Promise<unknown>): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const includedCategories = ['toplevel', '__metadata'];
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  await act();
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
  const mains = events
    .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .map(threadOf);
  const times = new Map(mains.map((thread) => [thread, [] as number[]]));
  for (const event of events)
    if (event.ph === 'X' && event.name.endsWith('RunTask')) times.get(threadOf(event))?.push((event.tdur ?? 0) / 1000);
  // of the pages that share the browser, the one that was busy
  const sum = (all: readonly number[]): number => all.reduce((total, time) => total + time, 0);
  const [busiest = []] = [...times.values()].sort((a, b) => sum(b) - sum(a));
  return busiest.sort((a, b) => b - a);
}
