/** Long reconciling: told as it goes, given up where it is cancelled, and after an act the same as made anew. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import type { ReconAct } from '../../../shared/contract/reconcile.ts';
import { Cancelled, Transfer, type CallContext } from '../../../shared/contract/rpc.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { sheetsOf } from '../../export/readBack.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { manyItems } from './many.ts';
import { CREDIT_NOTE, OCTOBER, done, groupOf, opened, reopened, seed, take } from './story.ts';

const STAGES = ['documents', 'bank lines', 'items', 'matches', 'groups'];
const FEBRUARY = '2026-02';

/** Gives up at the first report of a stage. */
function cancelledIn(stage: string): CallContext {
  let isThere = false;
  return {
    progress: ({ what }) => {
      isThere ||= what === stage;
    },
    throwIfCancelled: () => {
      if (isThere) throw new Cancelled('cancelled');
    },
  };
}

describe('some thousand items', () => {
  let engine: EngineApi;

  beforeEach(async () => {
    let [ms, step] = [0, 0];
    engine = engineService(loadSql, { ...surroundings, now: () => (ms += step) });
    const { scenario, files } = manyItems(600, 2);
    await opened(engine.openScenario({ name: 'many.yaml', text: scenario, files: [] }, context));
    await take(engine, ...files);
    // from now on every look at the clock finds that a piece's time is over
    step = 25;
  });

  const february = (of: CallContext) => engine.reconciliation({ period: FEBRUARY }, of);

  test('every stage is told', async () => {
    const seen = new Set<string>();
    await february({ ...context, progress: ({ what }) => seen.add(what) });
    expect([...seen]).toEqual(expect.arrayContaining(STAGES));
  });

  test.each(STAGES)('cancelled in %s it ends there; asked again it is the whole', async (stage) => {
    await expect(february(cancelledIn(stage))).rejects.toThrow(Cancelled);
    const shown = await february(context);
    expect(shown.bridge.pillars.map(({ note }) => note)).toEqual(['300 paid', '300 documents', '294 lines, 6 ignored']);
    expect(shown.groups.filter(({ section }) => section === 'matched').length).toBeGreaterThan(200);
  });

  test('who waits for the same is not cancelled with another', async () => {
    const [first, second] = await Promise.allSettled([february(cancelledIn('bank lines')), february(context)]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });
});

test('after each act the month is what it is when made anew', async () => {
  const engine: EngineApi = engineService(loadSql, surroundings);
  await take(engine, seed('stripe_invoices.csv'), seed('bank.ofx'));
  const shown = await engine.reconciliation({ period: OCTOBER }, context);
  const first = groupOf(shown, 'HLCN2K7Q0011');
  const [document] = first.cells.document;
  if (document === undefined) throw new Error('there is no such document');
  const items = Object.values(first.cells).flatMap((cell) => cell.map(({ id }) => id));
  const acts: ReconAct[] = [
    CREDIT_NOTE,
    { kind: 'unmatch', group: first.id },
    { kind: 'match', items },
    { kind: 'take_back' },
    { kind: 'take_back' },
    { kind: 'split', item: document.id, parts: ['100', '400'] },
    { kind: 'note', subject: first.id, text: 'In two parts' },
    { kind: 'take_back' },
    { kind: 'take_back' },
    { kind: 'ignore', items: [document.id], reason: 'Paid elsewhere' },
    { kind: 'heed', items: [document.id] },
    { kind: 'settings', settings: { after: 0 } },
    { kind: 'take_back' },
  ];
  for (const act of acts) {
    const now = await done(engine, act);
    const anew = await (await reopened(engine)).reconciliation({ period: OCTOBER }, context);
    expect(now).toEqual(anew);
  }
});

test('the report of a long month: told as it goes, cut for paper with what was left out, whole in its files', async () => {
  let ms = 0;
  const engine: EngineApi = engineService(loadSql, { ...surroundings, now: () => (ms += 25) });
  const { scenario, files } = manyItems(700, 1);
  await opened(engine.openScenario({ name: 'many.yaml', text: scenario, files: [] }, context));
  await take(engine, ...files);
  const request = { period: '2026-01', view: 'buyer', by: 'lot' } as const;
  const whole = await engine.reportDocument(request, context);
  const { groups, bridge } = whole.reconciliation;
  const seen = new Set<string>();
  const printed = await engine.reportPrinted(request, { ...context, progress: ({ what }) => seen.add(what) });
  expect(seen).toContain('groups');
  expect(printed.whole).toMatchObject({ groups: groups.length, rollForward: 700 });
  expect([groups.length > 700, printed.reconciliation.groups, printed.rollForward.rows.length]).toEqual([
    true,
    groups.slice(0, 500),
    500,
  ]);
  expect(printed.breaks).toEqual(groups.filter((group) => group.break !== null).slice(0, 500));
  expect([printed.reconciliation.bridge, printed.rollForward.total]).toEqual([bridge, whole.rollForward.total]);
  await expect(engine.reportXlsx(request, cancelledIn('rows'))).rejects.toThrow(Cancelled);
  const answer: unknown = await engine.reportXlsx(request, context);
  if (!(answer instanceof Transfer) || !(answer.value instanceof Uint8Array)) throw new Error('no bytes were made');
  const matches = (await sheetsOf(answer.value)).find(({ name }) => name === 'Matches');
  const items = groups.flatMap(({ cells }) => Object.values(cells).flat());
  expect(matches?.rows.length).toBe(items.length + 1);
});
