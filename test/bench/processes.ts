/** Whole processes, timed from outside, in turn. */
import { spawnSync } from 'node:child_process';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Timed {
  readonly seconds: number;
  /** Peak resident memory in bytes, of Node processes. */
  readonly peakBytes: number | null;
}

const REPORT_PEAK = `data:text/javascript,process.on("exit",()=>process.stderr.write("\\npeak-kilobytes "+process.resourceUsage().maxRSS+"\\n"))`;

/** Whether a program is installed. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** @throws where the process fails */
export function timed({ program, args, input, env }: Command): Timed {
  const node = program === process.execPath;
  const started = performance.now();
  const { status, stderr, error } = spawnSync(program, node ? ['--import', REPORT_PEAK, ...args] : [...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
    ...(input === undefined ? {} : { input }),
  });
  const seconds = (performance.now() - started) / 1000;
  if (error !== undefined || status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  const peak = /peak-kilobytes (\d+)/.exec(stderr);
  return { seconds, peakBytes: peak === null ? null : Number(peak[1]) * 1024 };
}

/** Two commands in turn, so that the machine's mood falls on both; the median of each and of the ratio pair by pair. */
export function paired(
  a: Command,
  b: Command,
  rounds: number,
): { a: number; b: number; ratio: number; peakBytes: number } {
  timed(a);
  timed(b);
  const pairs = Array.from({ length: rounds }, () => ({ a: timed(a), b: timed(b) }));
  return {
    a: median(pairs.map((pair) => pair.a.seconds)),
    b: median(pairs.map((pair) => pair.b.seconds)),
    ratio: median(pairs.map((pair) => pair.a.seconds / pair.b.seconds)),
    peakBytes: Math.max(...pairs.map((pair) => pair.a.peakBytes ?? 0)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
