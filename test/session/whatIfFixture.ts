/** What-if over real scenarios, without a channel between: answers are unwrapped. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { Transfer } from '../../shared/contract/rpc.ts';
import type { WhatIfApi, WhatIfControl } from '../../shared/contract/whatIf.ts';
import { openScenario, replayAccount, type Account } from '../../shared/session/account.ts';
import { ScenarioUsage } from '../../shared/session/scenarioUsage.ts';
import { whatIfService } from '../../shared/session/whatIfService.ts';
import { controlTexts } from '../domain/controlArbitraries.ts';
import { context, surroundings } from '../surroundings.ts';

const FOLDER = path.join(import.meta.dirname, '../../scenarios');

/** Every scenario that ships with the app, by file name. */
export const SCENARIOS: readonly string[] = readdirSync(FOLDER).filter(
  (name) => /\.(yaml|json)$/.test(name) && name !== 'scenario.schema.json',
);

export async function account(text: string, name = 'case.yaml'): Promise<Account> {
  const find = (file: string): Promise<{ name: string; content: Uint8Array }> =>
    Promise.resolve({ name: file, content: readFileSync(path.join(FOLDER, file)) });
  const opened = await openScenario({ name, text }, { find, more: [] }, surroundings, context);
  if (!opened.ok) throw new Error(opened.problems.map(({ message }) => message).join('\n'));
  return opened.account;
}

export function shipped(name: string): Promise<Account> {
  return account(readFileSync(path.join(FOLDER, name), 'utf8'), name);
}

/** A scenario's account with the rows of a usage file that the user imported. */
export async function imported(text: string, csv: string): Promise<Account> {
  const of = await account(text);
  const usage = new ScenarioUsage(of.parsed, surroundings, context);
  await usage.addFile({ name: 'usage.csv', content: new TextEncoder().encode(csv) }, 'auto');
  const sources = usage.sources.map((source) => ({ ...source, ofScenario: false }));
  return withText({ ...of, sources }, text);
}

/** The account of another text with the same usage. */
export function withText(of: Account, text: string): Account {
  const outcome = replayAccount({ name: of.scenario.name, text }, of.sources, surroundings, of.priceList);
  if (!outcome.ok) throw new Error(`${outcome.problems.map(({ message }) => message).join('\n')}\n${text}`);
  return outcome.account;
}

/** The service with its answers out of their wrapping. */
export type Asked = {
  [K in keyof WhatIfApi]: (request: Parameters<WhatIfApi[K]>[0]) => ReturnType<WhatIfApi[K]>;
};

export function whatIf(opened: () => Account): Asked {
  const served = whatIfService(opened, surroundings) as unknown as Record<
    string,
    (request: unknown, context: unknown) => Promise<unknown>
  >;
  return new Proxy({} as Asked, {
    get: (_, method) => async (request: unknown) => {
      const answer = await served[String(method)]?.(request, context);
      return answer instanceof Transfer ? (answer as Transfer<unknown>).value : answer;
    },
  });
}

/** A few changed values, by the controls that an account has. */
export function changes(
  controls: readonly WhatIfControl[],
): fc.Arbitrary<{ set: Record<string, string>; hold: string[] }> {
  const one = fc
    .constantFrom(...controls)
    .chain(({ path: at, form }) => controlTexts(form).map((text) => [at, text] as const));
  return fc
    .record({ set: fc.array(one, { maxLength: 5 }), hold: fc.subarray(controls.map((control) => control.path)) })
    .map(({ set, hold }) => ({ set: Object.fromEntries(set), hold: hold.slice(0, 3) }));
}
