/** The scenarios that ship with the app are tests, too: each opens, says what it shows, and what it expects holds. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { NamedFile } from '../shared/contract/importing.ts';
import { formatProblem } from '../shared/scenario/read.ts';
import { openScenario, type Account, type AccountOutcome } from '../shared/session/account.ts';
import { context, surroundings } from './surroundings.ts';

const FOLDER = path.resolve(import.meta.dirname, '../scenarios');
const SCHEMA = 'scenario.schema.json';
const FIRST_LINE = `# yaml-language-server: $schema=${SCHEMA}`;

const folder = readdirSync(FOLDER);
const names = folder.filter((name) => /\.(yaml|json)$/.test(name) && name !== SCHEMA);
const textOf = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');

/** A usage file beside the scenarios. */
function find(relative: string): Promise<NamedFile | null> {
  const content = folder.includes(relative) ? new Uint8Array(readFileSync(path.join(FOLDER, relative))) : null;
  return Promise.resolve(content && { name: relative, content });
}

function open(name: string): Promise<AccountOutcome> {
  return openScenario({ name, text: textOf(name) }, { find, more: [] }, surroundings, context);
}

async function accountOf(name: string): Promise<Account> {
  const outcome = await open(name);
  if (!outcome.ok) throw new Error(outcome.problems.map(formatProblem).join('\n'));
  return outcome.account;
}

test('there are enough of them, in both languages, and nothing else but what they use', () => {
  expect(names.length).toBeGreaterThanOrEqual(15);
  expect(names.filter((name) => name.endsWith('.json'))).not.toEqual([]);
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*\.(yaml|json)$/);
  const texts = names.map(textOf);
  const others = folder.filter((name) => !names.includes(name) && name !== SCHEMA);
  expect(others.filter((name) => !texts.some((text) => text.includes(name)))).toEqual([]);
});

test('no two have one title', async () => {
  const titles = await Promise.all(names.map(async (name) => (await accountOf(name)).parsed.title));
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

describe.each(names)('%s', (name) => {
  let account: Account;
  beforeAll(async () => {
    account = await accountOf(name);
  });

  test('says what it shows', () => {
    expect(account.parsed.title).toMatch(/\S/);
    // JSON has no comments: its title says it all
    if (!name.endsWith('.yaml')) return;
    const [first, ...rest] = textOf(name).split('\n');
    expect(first).toBe(FIRST_LINE);
    expect(rest.filter((line) => /^# \S/.test(line)).length).toBeGreaterThan(1);
  });

  test('is as it expects', () => {
    expect(account.expectations).not.toEqual([]);
    expect(account.expectations.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('runs to its end', () => {
    const { state, input } = account.run;
    expect(state.now).toBe(input.until);
    for (const { at } of state.timeline) expect(at).toBeLessThanOrEqual(input.until);
  });
});

describe('a scenario of a storm', () => {
  const storms = names.filter((name) => name.startsWith('storm'));

  test('is there', () => {
    expect(storms).not.toEqual([]);
  });

  test.each(storms)('%s: many recharges, and an end to them before its own', async (name) => {
    const { run } = await accountOf(name);
    const charges = run.state.timeline.filter((entry) => entry.type === 'purchase' && entry.kind === 'auto_recharge');
    expect(charges.length).toBeGreaterThanOrEqual(10);
    expect(charges.at(-1)?.at).toBeLessThan(run.input.until);
  });
});

test('a file that is not there keeps a scenario from opening', async () => {
  const outcome = await openScenario(
    { name: 'f', text: textOf('usage-file.yaml') },
    { find: () => Promise.resolve(null), more: [] },
    surroundings,
    context,
  );
  expect(outcome.ok).toBe(false);
});
