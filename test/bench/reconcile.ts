/** Reconciling through the worker's door: documents, bank lines and purchases by the hundred thousand, and an act on them. */
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { CallContext } from '../../shared/contract/rpc.ts';
import type { ReconAct } from '../../shared/contract/reconcile.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { manyItems, monthName } from '../session/reconcile/many.ts';
import { loadSql, surroundings as still } from '../surroundings.ts';

const surroundings = { ...still, now: () => performance.now() };

export interface ReconcileTimes {
  /** Seconds of processor time. */
  readonly month: number;
  readonly act: number;
  readonly note: number;
  readonly periods: number;
  /** The longest time between two reports while it worked, in milliseconds of the clock. */
  readonly longestPiece: number;
}

/** @param months over how many months of a year the items are spread */
export async function reconcileTimes(count: number, months: number): Promise<ReconcileTimes> {
  const engine: EngineApi = engineService(loadSql, surroundings);
  const { scenario, files } = manyItems(count, months);
  const context = watched();
  const opened = await engine.openScenario({ name: 'bench.yaml', text: scenario, files: [] }, context);
  if (!opened.ok) throw new Error(opened.problems[0]?.message);
  const staged = await engine.stageFiles({ files, profiles: {} }, context);
  const taken = await engine.takeStaged({ ids: staged.map(({ id }) => id) }, context);
  if (!taken.ok) throw new Error(taken.problems[0]?.message);
  const period = monthName(months - 1);
  const month = await processorSeconds(() => context.watching(() => engine.reconcile({ period }, context)));
  const open = await engine.reconOpen({ period, pane: 'other', search: '', offset: 0, limit: 1 }, context);
  const [line] = open.rows;
  if (line === undefined) throw new Error('nothing is open');
  const act: ReconAct = { kind: 'ignore', items: line.items.map(({ id }) => id), reason: 'Paid elsewhere' };
  const acted = await processorSeconds(async () => {
    const answer = await context.watching(() => engine.reconAct({ period, actor: 'A. Example', act }, context));
    if (!answer.ok) throw new Error(answer.message);
  });
  const note: ReconAct = { kind: 'note', subject: line.group, text: 'Seen' };
  const noted = await processorSeconds(() => engine.reconAct({ period, actor: 'A. Example', act: note }, context));
  const periods = await processorSeconds(() => engine.reconPeriods({}, context));
  return { month, act: acted, note: noted, periods, longestPiece: context.longest };
}

interface Watched extends CallContext {
  readonly longest: number;
  /** Only what lies between its begin, its reports and its end counts. */
  watching<T>(work: () => Promise<T>): Promise<T>;
}

function watched(): Watched {
  let [last, longest] = [0, 0];
  let isWatched = false;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  return {
    get longest() {
      return longest;
    },
    progress: () => {
      if (isWatched) look();
    },
    throwIfCancelled: () => undefined,
    watching: async (work) => {
      last = performance.now();
      isWatched = true;
      const done = await work();
      look();
      isWatched = false;
      return done;
    },
  };
}

async function processorSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
