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
  context.longest = 0;
  const month = await processorSeconds(() => engine.reconcile({ period }, context));
  const shown = await engine.reconcile({ period }, context);
  const open = shown.groups.find(({ cells }) => cells.bank.length === 0 && cells.document.length > 0);
  if (open === undefined) throw new Error(`${shown.groups.length} groups and none of them open`);
  const act: ReconAct = { kind: 'ignore', items: open.cells.document.map(({ id }) => id), reason: 'Paid elsewhere' };
  const acted = await processorSeconds(async () => {
    const answer = await engine.reconAct({ period, actor: 'A. Example', act }, context);
    if (!answer.ok) throw new Error(answer.message);
  });
  const periods = await processorSeconds(() => engine.reconPeriods({}, context));
  return { month, act: acted, periods, longestPiece: context.longest };
}

function watched(): CallContext & { longest: number } {
  let last = performance.now();
  const known = {
    longest: 0,
    progress: () => {
      const now = performance.now();
      known.longest = Math.max(known.longest, now - last);
      last = now;
    },
    throwIfCancelled: () => undefined,
  };
  return known;
}

async function processorSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
