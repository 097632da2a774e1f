/** What-if as the worker answers it: controls dragged over an open account, one answer after the other. */
import { openAsBlob } from 'node:fs';
import { Transfer } from '../../shared/contract/rpc.ts';
import type { WhatIfTried } from '../../shared/contract/whatIf.ts';
import { openScenario, type Account } from '../../shared/session/account.ts';
import { whatIfService } from '../../shared/session/whatIfService.ts';
import { context, surroundings as still } from '../surroundings.ts';
import { median } from './processes.ts';
import { BENCH_SCENARIO } from './usageFile.ts';

const surroundings = { ...still, now: () => performance.now() };
/** Columns of a wide screen. */
const COLUMNS = 1600;
const STRIP_COLUMNS = 400;
/** The first steps are the compiler's. */
const WARM = 20;

/** An account with the rows of a usage file. */
export async function accountOf(file: string, scenario = BENCH_SCENARIO): Promise<Account> {
  const more = [{ name: 'usage.csv', content: await openAsBlob(file) }];
  const find = (): Promise<null> => Promise.resolve(null);
  const opened = await openScenario({ name: 'bench.yaml', text: scenario }, { find, more }, surroundings, context);
  if (!opened.ok) throw new Error(opened.problems[0]?.message);
  return opened.account;
}

export interface StepTimes {
  readonly median: number;
  readonly worst: number;
  /** Of these, the replay alone and pricing alone. */
  readonly replay: number;
  readonly pricing: number;
}

/**
 * Milliseconds from a changed value to its answer: series of the whole time, figures with their
 * deltas, counts, marks, and the difference to the saved run.
 * @param textOf what the control is set to at each step
 */
export async function dragMillis(
  account: Account,
  path: string,
  textOf: (step: number) => string,
  steps = 120,
): Promise<StepTimes> {
  const service = whatIfService(() => account, surroundings);
  const { opened: from, until: to } = account.run.input;
  const samples: { all: number; tried: WhatIfTried }[] = [];
  for (let step = 0; step < steps; step++) {
    const started = performance.now();
    const asked = { set: { [path]: textOf(step) }, from, to, columns: COLUMNS, strip: STRIP_COLUMNS };
    const answer = await service.tryPolicy(asked, context);
    const all = performance.now() - started;
    if (!(answer instanceof Transfer)) throw new Error(`${path} cannot be set to ${textOf(step)}`);
    samples.push({ all, tried: (answer as Transfer<WhatIfTried>).value });
  }
  const warm = samples.slice(Math.min(WARM, steps - 1));
  return {
    median: median(warm.map(({ all }) => all)),
    worst: Math.max(...warm.map(({ all }) => all)),
    replay: median(warm.map(({ tried }) => tried.replayMs)),
    pricing: median(warm.map(({ tried }) => tried.pricingMs)),
  };
}
