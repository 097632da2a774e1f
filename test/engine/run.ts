/** Scenario text to its run and its result, by the doors that the app and the command line use. */
import type { Scenario } from '../../shared/domain/scenario.ts';
import { prepare, type ReplayInput } from '../../shared/engine/input.ts';
import { replay, type Replay } from '../../shared/engine/replay.ts';
import { resultOf } from '../../shared/engine/resultJson.ts';
import { readScenario } from '../../shared/scenario/read.ts';

export function scenarioOf(text: string): Scenario {
  const read = readScenario(text, 'scenario');
  if (!read.ok)
    throw new Error(read.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`).join('\n'));
  return read.scenario;
}

export function inputOf(text: string): ReplayInput {
  const { input, problems } = prepare(scenarioOf(text));
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return input;
}

/** The result as a reader of the JSON sees it; usage rows in the timeline unless told. */
export function jsonOf(run: Replay, usageRows = true): Record<string, unknown> {
  const { title: _, ...result } = JSON.parse(JSON.stringify(resultOf(run, { usageRows }))) as Record<string, unknown>;
  return result;
}

export function resultOfText(text: string, usageRows = true): Record<string, unknown> {
  return jsonOf(replay(inputOf(text)), usageRows);
}
