/** What the scenario tests share. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { formatProblem, readScenario } from '../../shared/scenario/read.ts';
import type { Scenario } from '../../shared/domain/scenario.ts';

const vectors = fileURLToPath(new URL('../../../shared/vectors/ledger/', import.meta.url));
const format = fileURLToPath(new URL('../../../shared/spec/scenario-format.md', import.meta.url));

/** The ledger vectors' scenarios as text, by file name; null where the folder is not there. */
export function ledgerVectors(): { name: string; text: string }[] | null {
  if (!existsSync(vectors)) return null;
  const names = readdirSync(vectors).filter((name) => name.endsWith('.json'));
  return names.map((name) => {
    const vector = JSON.parse(readFileSync(vectors + name, 'utf8')) as { scenario: unknown };
    return { name, text: JSON.stringify(vector.scenario, null, 1) };
  });
}

/** The sample scenario of the format's description; null where that is not there. */
export function formatSample(): string | null {
  if (!existsSync(format)) return null;
  return /```yaml\n([\s\S]*?)```/.exec(readFileSync(format, 'utf8'))?.[1] ?? null;
}

/** Every problem of a text as `f:LINE:COLUMN: message`; none where it reads. */
export function problemsOf(text: string): string[] {
  const result = readScenario(text, 'f');
  return result.ok ? [] : result.problems.map(formatProblem);
}

/** The scenario of a text that must read. */
export function scenarioOf(text: string): Scenario {
  const result = readScenario(text, 'f');
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.scenario;
}

/** Two lines before what a test is about, so that it begins on line 3. */
export const HEAD = 'drawdown: 1\naccount: {opened: 2025-01-01T00:00:00Z}\n';

/** A bad text, and exactly what is said of it. */
export type Case = readonly [what: string, text: string, ...problems: string[]];

/** One test a case: its problems are these, and no others. */
export function table(cases: readonly Case[]): void {
  test.each(cases.map(([what, text, ...problems]) => ({ what, text, problems })))('$what', ({ text, problems }) => {
    expect(problemsOf(text)).toEqual(problems);
  });
}

/** How a number that is none is spoken of. */
export const DECIMAL = 'must be a decimal number such as 12.50, without separators or a currency sign';
