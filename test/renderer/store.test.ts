/** The store over a fake worker: what a user's act changes, without React. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createActions, type Actions } from '../../renderer/app/actions.ts';
import { createSaving } from '../../renderer/app/documentSaving.ts';
import { createAppStore, type AppStore } from '../../renderer/app/store.ts';
import { boundsOf, firstWindow } from '../../renderer/features/account/chartWindows.ts';
import { classify } from '../../renderer/features/importing/classify.ts';
import type { EngineClient } from '../../renderer/ui/slice.ts';
import { makeAccount } from './fakeAccount.ts';
import { fakeClient, fakeEngine } from './fakeEngine.ts';
import { fakeHost, type FakeHost } from './fakeHost.ts';
import { until } from './soon.ts';

const ACCOUNT = makeAccount(4000);
const DEMO = { name: 'demo.yaml', text: 'demo' };

let engine: EngineClient;
let store: AppStore;
let actions: Actions;
let host: FakeHost;

beforeEach(() => {
  host = fakeHost();
  engine = fakeClient(fakeEngine(ACCOUNT));
  store = createAppStore({ engine, theme: 'system', profiles: [] });
  actions = createActions({
    store,
    engine,
    host,
    chooseFiles: () => Promise.resolve([]),
    chartSvg: ({ detail }) => new TextEncoder().encode(detail),
    chartPng: ({ title }) => Promise.resolve(new TextEncoder().encode(title)),
    copyText: () => true,
    applyTheme: () => undefined,
    demo: DEMO,
    saving: createSaving({ store, engine, host, timeOfDay: () => '09:02' }),
    keepAutosave: () => undefined,
    now: () => 0,
    saveProfiles: () => undefined,
  });
  store.getState().chartResize(1200);
});

const state = () => store.getState();
describe('opening', () => {
  test('the demo shows its story: the cut-off is selected in the table and on the chart', async () => {
    await actions.openDemo();
    await until(() => state().chartSeries !== null && state().chartSelection?.spot != null);
    expect(state().documentOrigin).toBe('demo');
    const selected = state().timelineSelected ?? -1;
    expect(ACCOUNT.rows[selected]?.type).toBe('cutoff');
    const { chartSelection, chartWindow } = state();
    expect(chartSelection?.spot?.what).toBe('Access cut off, 2 h 00 min at or below the floor');
    expect(chartSelection !== null && chartWindow.from < chartSelection.at && chartSelection.at < chartWindow.to).toBe(
      true,
    );
  });

  test('problems keep the old account and say where they are', async () => {
    await actions.openScenario({ ...DEMO, files: [] }, 'demo');
    const opened = await actions.openScenario({ name: 'x.yaml', text: 'broken', files: [] }, 'scenario');
    expect(opened).toBe(false);
    expect(state().view?.title).toBe('Brightwater Analytics');
    expect(state().documentOrigin).toBe('demo');
    expect(state().outcome).toMatchObject({ kind: 'problems', title: 'x.yaml: 3 problems' });
    expect(state().updating).toBe(false);
  });

  test('one at a time: what is asked meanwhile is not opened', async () => {
    const first = actions.openScenario({ ...DEMO, files: [] }, 'demo');
    expect(await actions.openScenario({ name: 'b.yaml', text: '', files: [] }, 'scenario')).toBe(false);
    expect(await first).toBe(true);
    expect(state().documentOrigin).toBe('demo');
  });
});

describe('saving and exporting', () => {
  test('the first save asks where, the next goes to the same place', async () => {
    await actions.openScenario({ name: 'team.yaml', text: '', files: [] }, 'scenario');
    await actions.save();
    await actions.save();
    expect(host.saves).toEqual([
      { ref: null, suggestedName: 'team.drawdown', overwrite: false },
      { ref: 'ref of mine.drawdown', suggestedName: 'mine.drawdown', overwrite: false },
    ]);
    expect(state()).toMatchObject({ documentSavedAt: '09:02', documentUnsaved: false, documentName: 'mine.drawdown' });
    await actions.saveAs();
    expect(host.saves[2]?.ref).toBeNull();
  });

  test('a workspace that was opened is saved in place', async () => {
    await actions.chooseWorkspace();
    await actions.save();
    expect(host.saves).toEqual([{ ref: 'ref of mine.drawdown', suggestedName: 'mine.drawdown', overwrite: false }]);
  });

  test('exports take their names from the title', async () => {
    await actions.openScenario({ ...DEMO, files: [] }, 'demo');
    await actions.exportChart();
    await actions.exportTable('lots');
    expect(host.exported.map(({ name }) => name)).toEqual([
      'Brightwater-Analytics.png',
      'Brightwater-Analytics-lots.csv',
    ]);
  });
});

describe('the chart', () => {
  beforeEach(async () => {
    await actions.openScenario({ ...DEMO, files: [] }, 'scenario');
    await until(() => state().chartSeries !== null && state().chartExtent !== null);
  });

  test('rescales its value axis only when the hand rests', async () => {
    const before = state().chartExtent;
    const { chartBounds } = state();
    const window = { from: chartBounds.from, to: chartBounds.from + 20 * 86_400_000 };
    state().chartShow(window, 'moving');
    await until(() => (state().chartSeries?.window.to ?? 0) < chartBounds.to / 2 + chartBounds.from / 2);
    expect(state().chartExtent).toBe(before);
    state().chartShow(window, 'resting');
    expect(state().chartExtent).not.toBe(before);
  });

  test('snaps to a real point under the pointer, and forgets it when the pointer leaves', async () => {
    const at = ACCOUNT.changes[500]?.at ?? 0;
    state().chartHoverAt(at + 1);
    await until(() => state().chartHover !== null);
    expect(state().chartHover?.at).toBe(at);
    state().chartPin();
    state().chartHoverAt(null);
    expect(state().chartHover?.at).toBe(at);
    state().chartPin();
    expect(state().chartHover).toBeNull();
  });

  test('walks its events and says them', async () => {
    await actions.stepEvent(1);
    await actions.stepEvent(1);
    expect(state().timelineSelected).toBe(1);
    expect(state().spoken).toContain('Purchase paid');
    expect(state().spoken).toContain('6 Oct 2025');
    await actions.stepEvent(-100);
    expect(state().timelineSelected).toBe(0);
    await actions.selectRecord(null);
    expect(state()).toMatchObject({ timelineSelected: null, chartSelection: null });
  });

  test('a selected invoice is a place on the chart', async () => {
    await actions.selectInvoice(0);
    expect(state().chartSelection?.at).toBe(ACCOUNT.invoices[0]?.to);
  });

  test('a legend entry is a switch', () => {
    state().chartToggle('expiry');
    expect([...state().chartHidden]).toEqual(['expiry']);
    state().chartToggle('expiry');
    expect(state().chartHidden.size).toBe(0);
  });
});

describe('the first window', () => {
  const DAY = 86_400_000;
  const nothing = { marks: [], spans: [], overruns: [], months: [] };

  test('is a short history whole, of a long one the last months', () => {
    const short = boundsOf({ from: 0, to: 60 * DAY });
    // one event alone is in the middle of an hour
    expect(boundsOf({ from: DAY, to: DAY })).toEqual({ from: DAY - DAY / 48, to: DAY + DAY / 48 });
    expect(firstWindow(short, 60 * DAY, nothing)).toEqual(short);
    const { from } = firstWindow(boundsOf({ from: 0, to: 400 * DAY }), 400 * DAY, nothing);
    expect(from).toBe(309 * DAY);
  });

  test('reaches back for trouble that is not far', () => {
    const trouble = { ...nothing, overruns: [{ from: 290 * DAY, to: 291 * DAY, lowest: '-1' }] };
    expect(firstWindow(boundsOf({ from: 0, to: 400 * DAY }), 400 * DAY, trouble).from).toBe(276 * DAY);
  });
});

describe('dropped files', () => {
  const file = (name: string, content = '') => new File([content], name);

  test.each([
    ['a workspace by its first bytes', [file('x.bin', 'SQLite format 3\u0000...')], 'workspace'],
    ['a scenario by its name', [file('a.yml')], 'scenario'],
    ['a scenario in JSON by its own word', [file('a.json', '{"drawdown": 1}')], 'scenario'],
    ['a usage export in JSON', [file('costs.json', '{"object": "page"}')], 'data'],
    ['anything else', [file('a.csv'), file('b.ndjson')], 'data'],
    ['two scenarios', [file('a.yaml'), file('b.yaml')], 'unclear'],
    ['a workspace among others', [file('x', 'SQLite format 3\u0000'), file('a.csv')], 'unclear'],
  ])('%s', async (_what, files, kind) => {
    expect((await classify(files)).kind).toBe(kind);
  });

  test('a scenario takes its siblings with it', async () => {
    const dropped = await classify([file('usage.csv'), file('a.yaml')]);
    expect(dropped.kind === 'scenario' && dropped.siblings.map(({ name }) => name)).toEqual(['usage.csv']);
  });
});
