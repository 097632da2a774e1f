/** A copy of unsaved work: base and changes together are the workspace that was there, whatever was changed in between. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../shared/contract/engine.ts';
import { client, serve } from '../../shared/contract/rpc.ts';
import { engineService } from '../../shared/session/engineService.ts';
import type { Surroundings } from '../../shared/session/surroundings.ts';
import { portPair } from '../renderer/fakeEngine.ts';
import { context, loadSql, surroundings } from '../surroundings.ts';

const SCENARIO = `drawdown: 1
account: {opened: 2025-11-01T00:00:00Z}
usage:
  - generate: {from: 2025-11-01T05:00:00Z, to: 2025-11-02T00:00:00Z, seed: 3, rate: 20/h, cost: 0.01, sku: {a: 1, b: 3}}
events:
  - {at: 2025-11-01T00:00:00Z, type: purchase, amount: 20, id: first}
`;
const BASE = 'b'.repeat(32);
const BUCKETS = 'start_time,end_time,cost\n2025-11-01T00:00:00Z,2025-11-02T00:00:00Z,3.10\n';

let engine: EngineApi;

/** A worker of its own, asked as the page asks it. */
function worker(lent: Surroundings = surroundings): EngineApi {
  const [page, port] = portPair();
  serve(port, engineService(loadSql, lent));
  const calls = client<EngineApi>(page);
  return new Proxy({} as EngineApi, {
    // what is awaited is asked for its `then`
    get: (_target, method) =>
      method === 'then' ? undefined : (request: never) => calls[method as keyof EngineApi](request).result,
  });
}

async function opened(): Promise<EngineApi> {
  const made = worker();
  const answer = await made.openScenario({ name: 'small.yaml', text: SCENARIO, files: [] }, context);
  if (!answer.ok) throw new Error(answer.problems[0]?.message);
  return made;
}

async function take(into: EngineApi, name: string, text: string): Promise<void> {
  const files = [{ name, content: new TextEncoder().encode(text) }];
  const staged = await into.stageFiles({ files, profiles: {} }, context);
  const answer = await into.takeStaged({ ids: staged.map(({ id }) => id) }, context);
  if (!answer.ok) throw new Error(answer.problems[0]?.message);
}

const rows = (count: number): string =>
  `timestamp,id,model,cost\n${Array.from({ length: count }, (_, i) => `2025-11-03T00:00:00Z,row-${i},m,0.01\n`).join('')}`;

/** Opens the copy as the next start would. @returns the account it is then, to be compared as the file it would make */
async function recovered(of: EngineApi, whole: Uint8Array, base = BASE): Promise<EngineApi> {
  const changes = await of.copyChanges({ base }, context);
  if (changes === null) throw new Error('a new base is due');
  const next = worker();
  const answer = await next.openCopy({ name: 'copy', base, whole, changes }, context);
  if (!answer.ok) throw new Error(answer.problems[0]?.message);
  return next;
}

/** Of two accounts the files are the same, byte for byte, once each was in one. */
async function same(one: EngineApi, other: EngineApi): Promise<void> {
  const [expected, found] = [await throughFile(one), await throughFile(other)];
  expect(Buffer.compare(Buffer.from(expected), Buffer.from(found))).toBe(0);
}

async function throughFile(of: EngineApi): Promise<Uint8Array> {
  const next = worker();
  const bytes = await of.saveWorkspace({}, context);
  expect(await next.openWorkspace({ name: 'saved', bytes }, context)).toMatchObject({ ok: true });
  return next.saveWorkspace({}, context);
}

/** Everything that a person changes; each on whatever was there before. */
const CHANGES: Readonly<Record<string, (on: EngineApi, step: number) => Promise<unknown>>> = {
  scenario: async (on, step) => {
    const open = await on.scenarioText({}, context);
    return on.applyScenario({ name: open?.name ?? '', text: `${open?.text}\n# ${step}\n`, files: [] }, context);
  },
  query: (on, step) =>
    on.setQueries({ what: 'Query', queries: [{ name: `q${step}`, note: '', sql: 'SELECT 1' }] }, context),
  import: (on, step) => take(on, `log-${step}.csv`, rows(3 + step).replaceAll('row-', `${step}-`)),
  statement: (on, step) =>
    take(
      on,
      `bank-${step}.csv`,
      `Date,Description,Amount,Balance\n2025-11-0${1 + step},TOP UP,-5.00,${100 - step}.00\n`,
    ),
  placed: async (on) => {
    const [file] = (await on.files({}, context)).filter(({ placement }) => placement !== null);
    return file === undefined ? null : on.place({ id: file.id, placement: 'end' }, context);
  },
  taken: async (on) => {
    const last = (await on.files({}, context)).findLast(({ ofScenario }) => !ofScenario);
    return last === undefined ? null : on.undoImport({ id: last.id }, context);
  },
  undone: async (on) => on.undoChange({}, context).catch(() => null),
  redone: async (on) => on.redoChange({}, context).catch(() => null),
};

beforeEach(async () => {
  engine = await opened();
});

test('a base gives way to what is asked meanwhile, for fifteen seconds in all', async () => {
  let clock = 0;
  const patience: number[] = [];
  const busy: Surroundings = {
    ...surroundings,
    now: () => (clock += 5),
    yieldToHands: (mostMs) => {
      patience.push(mostMs);
      clock += Math.max(0, Math.min(mostMs, 6_000));
      return Promise.resolve();
    },
  };
  const asked = worker(busy);
  await asked.openScenario({ name: 'small.yaml', text: SCENARIO, files: [] }, context);
  await take(asked, 'rows.csv', rows(20_000));
  expect((await asked.copyBase({ base: BASE }, context)).length).toBeGreaterThan(100_000);
  expect(patience[0]).toBeGreaterThan(14_900);
  expect(patience.length).toBeGreaterThan(4);
  // the bound is of the whole, not of each step
  expect(patience.at(-1)).toBeLessThan(0);
  expect(patience.filter((ms) => ms > 0).length).toBeLessThan(5);
});

describe('a copy', () => {
  test('of any changes is the account that was there', async () => {
    const kinds = fc.constantFrom(...Object.keys(CHANGES));
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { maxLength: 4 }), fc.array(kinds, { maxLength: 5 }), async (before, after) => {
        const work = await opened();
        await take(work, 'buckets.csv', BUCKETS);
        for (const [step, kind] of before.entries()) await CHANGES[kind]!(work, step);
        const whole = await work.copyBase({ base: BASE }, context);
        for (const [step, kind] of after.entries()) await CHANGES[kind]!(work, step + 4);
        await same(work, await recovered(work, whole));
      }),
      { numRuns: 8 },
    );
  });

  test('without a change is the base itself', async () => {
    const whole = await engine.copyBase({ base: BASE }, context);
    await same(engine, await recovered(engine, whole));
  });

  test('goes on from a recovered one: its base is known, and what was recovered is in the next', async () => {
    await take(engine, 'log.csv', rows(5));
    const whole = await engine.copyBase({ base: BASE }, context);
    await take(engine, 'more.csv', rows(5).replaceAll('row-', 'more-'));
    const second = await recovered(engine, whole);
    await CHANGES['scenario']!(second, 1);
    await same(second, await recovered(second, whole));
  });

  test('holds no row of the base, also where a file of it was placed anew', async () => {
    await take(engine, 'log.csv', rows(40_000));
    const whole = await engine.copyBase({ base: BASE }, context);
    const empty = (await engine.copyChanges({ base: BASE }, context))?.length ?? 0;
    expect(whole.length).toBeGreaterThan(empty + 1_000_000);
    const [file] = (await engine.files({}, context)).filter(({ report }) => report.file === 'log.csv');
    await engine.compareOnly({ id: file?.id ?? 0 }, context);
    expect((await engine.copyChanges({ base: BASE }, context))?.length).toBe(empty);
    await same(engine, await recovered(engine, whole));
  });
});

describe('a new base is due', () => {
  test('where many rows have come since', async () => {
    await engine.copyBase({ base: BASE }, context);
    await take(engine, 'log.csv', rows(50_001));
    expect(await engine.copyChanges({ base: BASE }, context)).toBeNull();
    await engine.copyBase({ base: 'c'.repeat(32) }, context);
    expect(await engine.copyChanges({ base: 'c'.repeat(32) }, context)).not.toBeNull();
  });

  test('where another document was opened, also while the base was written', async () => {
    await engine.copyBase({ base: BASE }, context);
    const written = engine.copyBase({ base: 'c'.repeat(32) }, context);
    await engine.openScenario({ name: 'small.yaml', text: SCENARIO, files: [] }, context);
    await written;
    for (const base of [BASE, 'c'.repeat(32)]) expect(await engine.copyChanges({ base }, context)).toBeNull();
  });
});

test('changes beside a base that they were not told against are refused, and what was open stays', async () => {
  await take(engine, 'log.csv', rows(5));
  await engine.copyBase({ base: BASE }, context);
  const changes = await engine.copyChanges({ base: BASE }, context);
  if (changes === null) throw new Error('a new base is due');
  const other = worker();
  const blank = 'drawdown: 1\naccount: {opened: 2025-01-01T00:00:00Z}\n';
  expect(await other.openScenario({ name: 'blank.yaml', text: blank, files: [] }, context)).toMatchObject({ ok: true });
  const whole = await other.copyBase({ base: BASE }, context);
  expect(await other.openCopy({ name: 'copy', base: BASE, whole, changes }, context)).toMatchObject({
    ok: false,
    problems: [{ file: 'copy', message: expect.stringContaining('does not belong to its base') as string }],
  });
  expect((await other.scenarioText({}, context))?.text).toBe(blank);
});
