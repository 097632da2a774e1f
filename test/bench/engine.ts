/** What-if and sweeps: the engine alone, in this process, on the rows of a file. */
import { openAsBlob } from 'node:fs';
import { ATOMS_PER_UNIT } from '../../shared/domain/money.ts';
import { mergePolicy } from '../../shared/domain/policy.ts';
import { parseDuration } from '../../shared/domain/time.ts';
import { prepare, withPolicy, type ReplayInput } from '../../shared/engine/input.ts';
import { replay } from '../../shared/engine/replay.ts';
import { importUsage, textFileOf } from '../../shared/import/importUsage.ts';
import { readScenario } from '../../shared/scenario/read.ts';
import { median } from './processes.ts';
import { BENCH_SCENARIO } from './usageFile.ts';

const NO_CONTEXT = { progress: () => undefined, throwIfCancelled: () => undefined };

export async function preparedInput(file: string): Promise<ReplayInput> {
  const read = readScenario(BENCH_SCENARIO, 'bench.yaml');
  if (!read.ok) throw new Error(read.problems[0]?.message);
  const { batch } = await importUsage(
    textFileOf({ name: 'usage.csv', content: await openAsBlob(file) }),
    {},
    NO_CONTEXT,
  );
  return prepare(read.scenario, [batch]).input;
}

/** Median seconds of a replay with one policy value changed, as a slider's steps are: one after the other. */
export function whatIfSeconds(input: ReplayInput): { seconds: number; boundaries: number } {
  const samples: number[] = [];
  let boundaries = 0;
  for (let step = 0; step < 120; step++) {
    const policy = mergePolicy(input.policy, { cutoff: { delay: parseDuration(`PT${step + 1}M`)! } });
    const started = performance.now();
    const { state } = replay(withPolicy(input, policy));
    samples.push((performance.now() - started) / 1000);
    boundaries = state.timeline.length;
  }
  // the first steps are the compiler's
  return { seconds: median(samples.slice(20)), boundaries };
}

/** Seconds for 1,000 different policies. */
export function sweepSeconds(input: ReplayInput): number {
  const started = performance.now();
  for (let i = 0; i < 1000; i++) {
    const threshold = BigInt(5 + (i % 50)) * ATOMS_PER_UNIT;
    const amount = BigInt(80 + 5 * Math.floor(i / 50)) * ATOMS_PER_UNIT;
    replay(withPolicy(input, mergePolicy(input.policy, { auto_recharge: { threshold, amount } })));
  }
  return (performance.now() - started) / 1000;
}
