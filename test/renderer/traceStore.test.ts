/** The trail of traced figures in the store: opening, paging, going back, a changed account, a figure that is gone. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createAppStore, type AppStore } from '../../renderer/app/store.ts';
import { createSelecting } from '../../renderer/app/selecting.ts';
import { showView } from '../../renderer/app/longWork.ts';
import { createTraceActions, type TraceActions } from '../../renderer/app/traceActions.ts';
import { childrenOf, nodeAt, ROOT_ID } from '../../renderer/features/trace/tree.ts';
import type { Step, SteppedState, StepRequest, TraceNode, TraceTarget } from '../../shared/contract/trace.ts';
import { makeAccount } from './fakeAccount.ts';
import { fakeClient, fakeEngine } from './fakeEngine.ts';
import { soon } from './soon.ts';

const ACCOUNT = makeAccount(500);
const ROWS = 2_500;

let store: AppStore;
let actions: TraceActions;
let asked: TraceTarget[];
let pages: { key: string; offset: number; limit: number }[];
let steps: StepRequest[];
let gone: boolean;
/** The answer takes its time, with progress. */
let slow: boolean;

function row(index: number): TraceNode {
  return {
    ...{ key: `row${index}`, label: `Usage ${index}`, amount: '1', unit: 'USD', sign: '+', kind: 'row' },
    row: { table: 'usage', index },
    ...{ childCount: 0, children: [] },
  };
}

function rootOf(of: TraceTarget): TraceNode {
  const rows: TraceNode = {
    ...{ key: 'rows', label: 'Rows', amount: String(ROWS), unit: 'USD', sign: '+', kind: 'sum' },
    ...{ childCount: ROWS, children: null },
  };
  return {
    ...{ key: of.kind, label: of.kind, amount: String(ROWS), unit: 'USD', sign: '=', kind: 'sum' },
    ...{ at: 5_000, childCount: 1, children: [rows] },
  };
}

beforeEach(() => {
  [asked, pages, steps, gone, slow] = [[], [], [], false, false];
  const engine = fakeClient({
    ...fakeEngine(ACCOUNT),
    trace: async ({ of }, context) => {
      asked.push(of);
      while (slow) {
        context.progress({ what: 'usage rows', done: 10, total: 500 });
        await new Promise((resolve) => setTimeout(resolve, 1));
        context.throwIfCancelled();
      }
      return gone ? Promise.reject(new Error('There is no such figure.')) : Promise.resolve(rootOf(of));
    },
    traceChildren: (request) => {
      pages.push(request);
      const { offset, limit } = request;
      const rows = Array.from({ length: Math.min(limit, ROWS - offset) }, (_, index) => row(offset + index));
      return Promise.resolve({ total: ROWS, rows });
    },
    stepAt: (request): Promise<Step | null> => {
      steps.push(request);
      return Promise.resolve(null);
    },
  });
  store = createAppStore({ engine, theme: 'system', profiles: [] });
  actions = createTraceActions(store, createSelecting(store));
  showView(store, ACCOUNT.view, false);
});

const state = () => store.getState();
const settled = (): Promise<void> => soon(() => expect(state().traceAwaited).toBe(false));
const names = (): (string | undefined)[] => state().traceTrail.map(({ root }) => root?.label);

describe('the trail', () => {
  test('a figure from the account begins it, one of the tree goes deeper, back returns', async () => {
    actions.traceFigure({ kind: 'balance' });
    expect(state().place).toBe('trace');
    await settled();
    actions.traceFigure({ kind: 'debt' });
    expect(names()).toEqual(['balance']);
    await settled();
    expect(names()).toEqual(['balance', 'debt']);
    actions.traceFigure({ kind: 'debt' });
    await settled();
    expect(names()).toEqual(['balance', 'debt']);
    actions.traceBack();
    expect(names()).toEqual(['balance']);
    actions.traceBack();
    expect(state().place).toBe('account');
    actions.traceFigure({ kind: 'lots' });
    await settled();
    expect(names()).toEqual(['lots']);
  });

  test('as of moves a figure that has an instant, and asks for the balance otherwise', async () => {
    actions.traceFigure({ kind: 'debt', at: 1 });
    await settled();
    actions.traceAsOf(2);
    await settled();
    expect(state().traceTrail.map(({ target }) => target)).toEqual([{ kind: 'debt', at: 2 }]);
    actions.traceFigure({ kind: 'invoice', invoice: 0 });
    await settled();
    actions.traceAsOf(3);
    await settled();
    expect(state().traceTrail.at(-1)?.target).toEqual({ kind: 'balance', at: 3 });
    expect(state().traceTrail).toHaveLength(3);
  });

  test('T: the selected row of the table, the point of the chart, the row of the tree', async () => {
    store.setState({ tab: 'lots', lotsSelected: 2 });
    actions.traceHere(null);
    await settled();
    store.setState({
      place: 'account',
      chartHover: { at: 77, balance: '1', y: 1, what: '', source: null, record: null },
    });
    // the pointer rests on a row of a table, which points at the chart too
    actions.traceHere(null);
    await settled();
    store.setState({ place: 'account' });
    actions.traceHere('pointer');
    await settled();
    expect(asked).toEqual([
      { kind: 'lot', lot: 2 },
      { kind: 'lot', lot: 2 },
      { kind: 'balance', at: 77 },
    ]);
    const [rows] = state().traceTrail.at(-1)?.root?.children ?? [];
    if (rows === undefined) throw new Error('no rows');
    state().traceToggle('0/0', rows, true);
    await soon(() => expect(childrenOf(rows, state().traceChildren)).not.toBeNull());
    state().traceSelect('0/0/7');
    actions.traceHere(null);
    await settled();
    expect(asked.at(-1)).toEqual({ kind: 'usage', row: 7, of: 'cost' });
  });
});

test('children come by the page, none twice, and are found by their path', async () => {
  actions.traceFigure({ kind: 'balance' });
  await settled();
  const root = state().traceTrail[0]?.root;
  const rows = root?.children?.[0];
  if (root === undefined || root === null || rows === undefined) throw new Error('no rows');
  const known = (): number => childrenOf(rows, state().traceChildren)?.length ?? 0;
  state().traceToggle('0/0', rows, true);
  await soon(() => expect(known()).toBe(60));
  state().traceMore(rows);
  state().traceMore(rows);
  await soon(() => expect(known()).toBe(1060));
  state().traceMore(rows);
  await soon(() => expect(known()).toBe(2060));
  state().traceMore(rows);
  await soon(() => expect(known()).toBe(ROWS));
  expect(pages.map(({ offset }) => offset)).toEqual([0, 60, 1060, 2060]);
  expect(nodeAt(root, '0/0/2499', state().traceChildren)?.label).toBe('Usage 2499');
  expect(nodeAt(root, '0/0/9999', state().traceChildren)).toBeNull();
});

test('an answer that takes its time shows how far it is; given up, what was there stays', async () => {
  actions.traceFigure({ kind: 'balance' });
  await settled();
  slow = true;
  actions.traceFigure({ kind: 'debt' });
  await soon(() => expect(state().traceProgress).toMatchObject({ done: 10, total: 500 }));
  expect(state().traceAwaited).toBe(true);
  state().traceCancel();
  await settled();
  expect(state().traceProgress).toBeNull();
  expect(names()).toEqual(['balance']);
});

describe('a change of the account', () => {
  test('marks the trees as old; asked for again, a figure that is gone says so and the trail stays', async () => {
    actions.traceFigure({ kind: 'balance' });
    await settled();
    actions.traceFigure({ kind: 'lot', lot: 4 });
    await settled();
    showView(store, ACCOUNT.view, true);
    expect(state().traceTrail.map(({ stale }) => stale)).toEqual([true, true]);
    gone = true;
    state().traceRenew();
    await settled();
    expect(state().traceTrail.at(-1)).toMatchObject({ root: null, failure: 'There is no such figure.', stale: false });
    gone = false;
    actions.traceBack();
    await settled();
    expect(state().traceTrail).toMatchObject([{ root: { label: 'balance' }, stale: false, selected: ROOT_ID }]);
  });

  test('another account forgets them, and answers about the old one', async () => {
    actions.traceFigure({ kind: 'balance' });
    await settled();
    actions.traceFigure({ kind: 'debt' });
    showView(store, ACCOUNT.view, false);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(state().traceTrail).toEqual([]);
    expect(state().traceAwaited).toBe(false);
  });
});

test('stepping asks from where it stands, and not beyond the ends', async () => {
  state().stepBy(1, false);
  expect(steps).toEqual([]);
  const place = { steps: 1, row: 4 };
  const made = { kind: 'due', label: 'Access cut off', at: 9, rows: null, source: null, invoice: null } as const;
  const step = { place, number: 1, total: 2, hasPrevious: false, hasNext: true };
  store.setState({ step: { ...step, event: { ...made, records: { from: 0, to: 1 } }, before: HELD, after: HELD } });
  state().stepBy(-1, false);
  expect(steps).toEqual([]);
  state().stepBy(1, true);
  await soon(() => expect(steps).toEqual([{ from: place, by: 1, rows: true }]));
});

const HELD: SteppedState = {
  ...{ balance: '0', credits: '0', debt: '0', access: 'open', accessReason: null },
  ...{ cutoffAt: null, restoreAt: null, limitStopAt: null, plan: 'prepaid', tier: null },
  ...{ lots: [], lotsOpen: 0, pending: [], pendingTotal: '0', monthAccepted: '0', paid: '0' },
  recharge: {
    ...{ enabled: false, pausedFor: null, inFlight: 0, cooledAt: null, waitUntil: null, declines: 0 },
    monthRecharged: '0',
  },
};
