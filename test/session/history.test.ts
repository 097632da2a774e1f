/** Undo and redo: the bare list of steps against a model, and the worker's documents through its door. */
import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { blankScenario } from '../../renderer/features/document/blankAccount.ts';
import type { AccountView, EngineApi, Opened, Stepped } from '../../shared/contract/engine.ts';
import { client, serve, type Client, type Port } from '../../shared/contract/rpc.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { History } from '../../shared/session/history.ts';
import { loadSql, surroundings } from '../surroundings.ts';

describe('the list of steps', () => {
  test('leads back and forward through the states as they were, fifty at most', () => {
    const act = fc.constantFrom('change', 'undo', 'redo', 'clear');
    fc.assert(
      fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
        const history = new History<number>();
        // The model: all states in order, where we are, and how far back we may go.
        let states = [0];
        let here = 0;
        let first = 0;
        let next = 1;
        for (const what of acts) {
          if (what === 'change') {
            history.changed(`to ${next}`, states[here]!);
            states = [...states.slice(0, here + 1), next++];
            here++;
            first = Math.max(first, here - 50);
          } else if (what === 'clear') {
            history.clear();
            [states, here, first] = [[states[here]!], 0, 0];
          } else {
            const step = what === 'undo' ? -1 : 1;
            const to = history.next(what);
            const there = here + step >= first ? states[here + step] : undefined;
            expect(to).toBe(there ?? null);
            if (to === null) continue;
            history.stepped(what, states[here]!);
            here += step;
          }
          expect(history.steps).toEqual({
            undo: here > first ? `to ${states[here]}` : null,
            redo: here + 1 < states.length ? `to ${states[here + 1]}` : null,
          });
        }
      }),
    );
  });
});

describe('documents', () => {
  const SMALL = `drawdown: 1
title: small
account: {opened: 2025-01-01T00:00:00Z}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
until: 2025-02-02T00:00:00Z
`;
  const OWN = 'currency: USD\nrates: {m: [{from: 2024-01-01T00:00:00Z, per: 1, input_tokens: 1}]}\n';
  let engine: Client<EngineApi>;
  let close: () => void;

  beforeEach(() => {
    const { port1, port2 } = new MessageChannel();
    serve(port1 as unknown as Port, engineService(loadSql, surroundings));
    engine = client<EngineApi>(port2 as unknown as Port);
    port1.start();
    port2.start();
    close = () => {
      port1.close();
    };
  });
  afterEach(() => {
    close();
  });

  async function viewOf<A extends Opened | Stepped>(call: { result: Promise<A> }): Promise<AccountView> {
    const answer = await call.result;
    if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('\n'));
    return answer.view;
  }
  const open = (demo = false): Promise<AccountView> =>
    viewOf(engine.openScenario({ name: 'small.yaml', text: SMALL, files: [], demo }));

  async function importFile(name: string, cost: string): Promise<AccountView> {
    const content = new TextEncoder().encode(`timestamp,id,model,cost\n2025-01-0${cost}T00:00:00Z,${name},m,${cost}`);
    const previews = await engine.stageFiles({ files: [{ name, content }], profiles: {} }).result;
    return viewOf(engine.takeStaged({ ids: previews.map(({ id }) => id) }));
  }

  /** What of a view must come back exactly. */
  const figures = ({ figures: shown, counts, title }: AccountView): unknown => ({ shown, counts, title });

  test('each change is undone and redone exactly, in order, and named', async () => {
    const start = await open();
    expect(start).toMatchObject({ undo: null, redo: null });
    const first = await importFile('bank.csv', '2');
    expect(first).toMatchObject({ undo: 'Import of bank.csv', redo: null });
    expect(first.figures.balance).toBe('8');
    const second = await importFile('more.csv', '3');
    expect(second.figures.balance).toBe('5');
    const without = await viewOf(engine.undoImport({ id: 0 }));
    expect(without).toMatchObject({ undo: 'Taking back of bank.csv' });
    expect(without.figures.balance).toBe('7');

    const back = [];
    for (let step = 0; step < 3; step++) back.push(await viewOf(engine.undoChange({})));
    expect(back.map(figures)).toEqual([second, first, start].map(figures));
    expect(back.map(({ undo, redo }) => [undo, redo])).toEqual([
      ['Import of more.csv', 'Taking back of bank.csv'],
      ['Import of bank.csv', 'Import of more.csv'],
      [null, 'Import of bank.csv'],
    ]);
    await expect(engine.undoChange({}).result).rejects.toThrow('nothing to undo');

    const forward = [];
    for (let step = 0; step < 3; step++) forward.push(await viewOf(engine.redoChange({})));
    expect(forward.map(figures)).toEqual([first, second, without].map(figures));
    expect(forward.at(-1)).toMatchObject({ redo: null });
  });

  test('a placement and a price list are changes too', async () => {
    await open();
    await importFile('bank.csv', '2');
    const placed = await viewOf(engine.place({ id: 0, placement: 'end' }));
    expect(placed.undo).toBe('Placement of bank.csv');
    const answer = await engine.setPriceList({ name: 'own.yaml', text: OWN }).result;
    expect(answer.ok && answer.view?.undo).toBe('Change of the price list');
    await viewOf(engine.undoChange({}));
    expect((await engine.priceList({}).result).own).toBeNull();
    await viewOf(engine.undoChange({}));
    expect((await engine.files({}).result).map(({ placement }) => placement)).not.toContain('end');
  });

  test('another document has no changes yet, and one that does not open leaves them', async () => {
    await open();
    await importFile('bank.csv', '2');
    expect((await engine.openScenario({ name: 'x.yaml', text: 'nonsense: 1', files: [] }).result).ok).toBe(false);
    expect((await viewOf(engine.place({ id: 0, placement: 'end' }))).undo).toBe('Placement of bank.csv');
    expect((await open()).undo).toBeNull();
  });

  test('an import onto the demo begins an account; undone, the demo is there again', async () => {
    const demo = await open(true);
    const own = await importFile('bank.csv', '2');
    expect(own.title).not.toBe(demo.title);
    const back = await engine.undoChange({}).result;
    expect(back.ok && [back.isDemo, back.view.title]).toEqual([true, demo.title]);
    const again = await importFile('more.csv', '3');
    expect(again.counts.usage).toBe(1);
    expect(again.redo).toBeNull();
  });

  test('a failed change is none', async () => {
    await open();
    const before = await importFile('bank.csv', '2');
    expect((await engine.setPriceList({ name: 'own.yaml', text: 'rates: 7' }).result).ok).toBe(false);
    const after = await viewOf(engine.undoChange({}));
    expect(before.undo).toBe(after.redo);
  });

  test('a new account from the few things that it needs opens, and takes its first import', async () => {
    const blank = blankScenario({
      name: 'Own "ledger": #1',
      currency: 'eur',
      timezone: 'Europe/Berlin',
      plan: 'prepaid',
      opened: '2025-01-01',
    });
    const view = await viewOf(engine.openScenario({ name: 'Own', text: blank, files: [] }));
    expect(view).toMatchObject({
      title: 'Own "ledger": #1',
      currency: 'EUR',
      timezone: 'Europe/Berlin',
      plan: 'prepaid',
    });
    expect((await importFile('bank.csv', '2')).counts.usage).toBe(1);
  });
});
