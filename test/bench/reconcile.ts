/** Reconciling through the worker's door: documents, bank lines and purchases by the hundred thousand, and an act on them. */
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { CallContext } from '../../shared/contract/rpc.ts';
import type { ReconAct } from '../../shared/contract/reconcile.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { loadSql, surroundings as still } from '../surroundings.ts';

const surroundings = { ...still, now: () => performance.now() };

const PURCHASES = 3000;
/** One document in so many has no line at the bank. */
const UNPAID = 50;

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
  const { scenario, documents, bank } = files(count, months);
  const context = watched();
  const opened = await engine.openScenario({ name: 'bench.yaml', text: scenario, files: [] }, context);
  if (!opened.ok) throw new Error(opened.problems[0]?.message);
  const given = [
    { name: 'invoices.csv', content: new TextEncoder().encode(documents) },
    { name: 'bank.csv', content: new TextEncoder().encode(bank) },
  ];
  const staged = await engine.stageFiles({ files: given, profiles: {} }, context);
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

function monthName(index: number): string {
  return `2026-${String(index + 1).padStart(2, '0')}`;
}

/** Amounts of some thousand sizes, so that many are alike; most documents have their line a day later. */
function files(count: number, months: number): { scenario: string; documents: string; bank: string } {
  const header = 'id,Amount Due,Currency,Date (UTC),Number,Paid,Subtotal,Tax,Total,Amount Paid,Status,Description';
  const documents = [header];
  const bank = ['Date,Description,Amount'];
  const events: string[] = [];
  for (let index = 0; index < count; index++) {
    const month = monthName(index % months);
    const day = 1 + (Math.floor(index / months) % 26);
    const amount = `${20 + ((index * 7919) % 4000)}.${String((index * 31) % 100).padStart(2, '0')}`;
    const on = `${month}-${String(day).padStart(2, '0')}`;
    documents.push(
      `in_${index},${amount},usd,${on} 09:14,BNCH-${String(index).padStart(6, '0')},true,${amount},,${amount},${amount},paid,API credits`,
    );
    const paidOn = `${month}-${String(day + 1).padStart(2, '0')}`;
    const isPaid = index % UNPAID !== 0;
    bank.push(isPaid ? `${paidOn},OPENAI *API CREDITS,-${amount}` : `${paidOn},BAKERY ${index},-3.20`);
    if (index < PURCHASES) events.push(`  - {at: ${on}T09:14:00Z, type: purchase, amount: ${amount}, id: p${index}}`);
  }
  events.sort();
  const scenario = `drawdown: 1\ntitle: bench\naccount: {opened: 2026-01-01T00:00:00Z}\nevents:\n${events.join('\n')}\n`;
  return { scenario, documents: documents.join('\n'), bank: bank.join('\n') };
}
