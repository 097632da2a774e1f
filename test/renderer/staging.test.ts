/** The way in, over a fake worker: files are read and shown, answered for, taken, and taken back. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createActions, type Actions } from '../../renderer/app/actions.ts';
import { createSaving } from '../../renderer/app/documentSaving.ts';
import { createAppStore, type AppStore } from '../../renderer/app/store.ts';
import type { SavedProfile } from '../../renderer/features/data/slice.ts';
import { hasChoices, stateOf } from '../../renderer/features/importing/fileState.ts';
import type { NamedFile, StoredFile } from '../../shared/contract/importing.ts';
import { makeAccount } from './fakeAccount.ts';
import { fakeClient, fakeEngine } from './fakeEngine.ts';
import { fakeHost } from './fakeHost.ts';
import { until } from './soon.ts';

const ACCOUNT = makeAccount(2000);
const named = (...names: string[]): NamedFile[] => names.map((name) => ({ name, content: new Uint8Array() }));

let store: AppStore;
let actions: Actions;
let kept: readonly SavedProfile[];
let clock: number;

const refuse = (): Promise<never> => Promise.reject(new Error('not in this test'));
beforeEach(async () => {
  kept = [];
  clock = 0;
  const engine = fakeClient(fakeEngine(ACCOUNT));
  const host = fakeHost();
  store = createAppStore({ engine, theme: 'system', profiles: [] });
  actions = createActions({
    store,
    engine,
    host,
    chooseFiles: () => Promise.resolve([]),
    chartPng: refuse,
    chartSvg: () => new Uint8Array(),
    copyText: () => true,
    applyTheme: () => undefined,
    saveProfiles: (profiles) => {
      kept = profiles;
    },
    now: () => (clock += 400),
    demo: { name: 'demo.yaml', text: '' },
    saving: createSaving({ store, engine, host, timeOfDay: () => '09:02' }),
    keepAutosave: () => undefined,
  });
  await actions.openScenario({ name: 'demo.yaml', text: '', files: [] }, 'demo');
});

const state = () => store.getState();
const stagedNamed = (name: string) => state().staged.find(({ report }) => report.file === name);
function staged(name: string) {
  const found = stagedNamed(name);
  if (found === undefined) throw new Error(`${name} is not staged`);
  return found;
}

describe('reading', () => {
  test('files are shown on the import page and nothing is stored', async () => {
    await actions.stageFiles(named('bank.csv', 'usage.ndjson.gz'));
    expect(state()).toMatchObject({ place: 'data', dataTab: 'import', documentUnsaved: false, stagedChosen: 1 });
    expect(state().staged.map(({ report }) => report.file)).toEqual(['bank.csv', 'usage.ndjson.gz']);
    expect(state().view?.imports).toEqual([]);
  });

  test('says how long it will take, once it has taken long enough to tell', async () => {
    const running = actions.stageFiles(named('slow.csv'));
    await until(() => state().activity?.leftMs != null);
    const { activity } = state();
    expect(activity?.leftMs).toBeGreaterThan(0);
    activity?.cancel();
    expect(await running).toBe(false);
    expect(state()).toMatchObject({ staged: [], activity: null, outcome: null });
  });

  test('what is dropped meanwhile is read afterwards, and is what is shown', async () => {
    const first = actions.stageFiles(named('bank.csv'));
    const second = actions.stageFiles(named('mt940.sta'));
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(state().staged).toHaveLength(2);
    expect(state().stagedChosen).toBe(staged('mt940.sta').id);
  });

  test('pasted text is a file of its own, each time', async () => {
    await actions.stageText('time,cost\n');
    await actions.stageText('time,cost\n');
    expect(state().staged.map(({ report }) => report.file)).toEqual(['pasted.txt', 'pasted 2.txt']);
  });

  test('leaving one out and discarding all', async () => {
    await actions.stageFiles(named('bank.csv', 'mt940.sta'));
    await actions.leaveOut(staged('bank.csv').id);
    expect(stagedNamed('bank.csv')).toBeUndefined();
    expect(state().stagedChosen).toBe(staged('mt940.sta').id);
    await actions.discardStaged();
    expect(state()).toMatchObject({ staged: [], stagedChosen: null });
  });
});

describe('files that wait', () => {
  test('are read again, once, when the account has changed', async () => {
    await actions.stageFiles(named('bank.csv'));
    expect(state().stagedStale).toBe(false);
    expect(await actions.settleStaged()).toBe(false);
    await actions.openScenario({ name: 'other.yaml', text: '', files: [] }, 'scenario');
    expect(state()).toMatchObject({ stagedStale: true, pricesStale: true, priceCheckStale: true });
    expect(await actions.settleStaged()).toBe(true);
    expect(state().stagedStale).toBe(false);
    expect(staged('bank.csv').report.rows.stored).toBe(6);
  });
});

describe('answering', () => {
  test('an answered question keeps its place, so that it can be changed', async () => {
    await actions.stageFiles(named('questions.csv'));
    const { id } = staged('questions.csv');
    await actions.restage(staged('questions.csv').id, () => ({ dateOrder: 'dmy' }));
    expect(staged('questions.csv').questions.map(({ choice }) => choice)).toEqual(['zone']);
    expect(
      state()
        .stagedAsked.get(id)
        ?.map(({ choice }) => choice),
    ).toEqual(['dateOrder', 'zone']);
  });

  test('two answers in a row both count, also the one given while the file is read again', async () => {
    await actions.stageFiles(named('questions.csv'));
    const { id } = staged('questions.csv');
    const first = actions.restage(id, (choices) => ({ ...choices, dateOrder: 'dmy' }));
    const second = actions.restage(id, (choices) => ({ ...choices, zone: 'UTC' }));
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(staged('questions.csv').choices).toEqual({ dateOrder: 'dmy', zone: 'UTC' });
    expect(staged('questions.csv').questions).toEqual([]);
  });

  test('another format asks its own questions', async () => {
    await actions.stageFiles(named('questions.csv'));
    const { id } = staged('questions.csv');
    await actions.restage(staged('questions.csv').id, () => ({ dateOrder: 'dmy' }));
    await actions.restage(staged('questions.csv').id, () => ({ format: 'openai-cost', zone: 'UTC' }));
    expect(
      state()
        .stagedAsked.get(id)
        ?.map(({ choice }) => choice),
    ).toEqual(['dateOrder']);
  });

  test('a mend makes the file tie', async () => {
    await actions.stageFiles(named('mt940.sta'));
    expect(stateOf(staged('mt940.sta')).text).toBe('stops tying at line 15');
    const [mend] = staged('mt940.sta').mends;
    await actions.restage(staged('mt940.sta').id, () => mend?.choices ?? {});
    expect(stateOf(staged('mt940.sta'))).toMatchObject({ kind: 'ties', tone: 'credit' });
  });
});

describe('importing', () => {
  test('takes what is ready, lets the rest go, and shows the account with its report', async () => {
    await actions.stageFiles(named('bank.csv', 'mt940.sta', 'unreadable.bin', 'questions.csv'));
    expect(await actions.takeStaged()).toBe(true);
    const { outcome } = state();
    expect(outcome?.kind === 'imported' && outcome.reports.map(({ file }) => file)).toEqual(['bank.csv']);
    expect(state()).toMatchObject({ place: 'account', staged: [], documentUnsaved: true, documentOrigin: 'usage' });
  });

  test('a file that does not tie is taken where the user says so', async () => {
    await actions.stageFiles(named('mt940.sta'));
    expect(await actions.takeStaged()).toBe(false);
    expect(state().staged).toHaveLength(1);
    state().stagedInclude(staged('mt940.sta').id, true);
    expect(await actions.takeStaged()).toBe(true);
  });

  test('when it fails, the files stay staged and the page says why', async () => {
    await actions.stageFiles(named('broken.csv'));
    expect(await actions.takeStaged()).toBe(false);
    expect(state()).toMatchObject({ place: 'data', outcome: { kind: 'problems', title: 'broken.csv: 1 problem' } });
    expect(state().staged).toHaveLength(1);
  });

  test('the same file again has nothing to store', async () => {
    await actions.stageFiles(named('bank.csv'));
    await actions.takeStaged();
    await actions.stageFiles(named('bank.csv'));
    expect(stateOf(staged('bank.csv')).kind).toBe('nothing-new');
    expect(await actions.takeStaged()).toBe(false);
  });

  test('two groupings of one period are not both taken', async () => {
    await actions.stageFiles(named('costs-by-item.csv', 'costs-by-project.csv'));
    expect(await actions.takeStaged()).toBe(false);
    await actions.leaveOut(staged('costs-by-project.csv').id);
    expect(await actions.takeStaged()).toBe(true);
  });

  test('undo takes back exactly what the import brought', async () => {
    await actions.stageFiles(named('bank.csv', 'log.csv'));
    await actions.takeStaged();
    const report = state().view?.imports.find(({ file }) => file === 'log.csv');
    if (report === undefined) throw new Error('log.csv was not imported');
    expect(await actions.undoReport(report)).toBe(true);
    expect(state().outcome).toMatchObject({ kind: 'undone', report: { file: 'log.csv' } });
    await actions.loadFiles();
    expect(state().storedFiles?.map((file) => file.report.file)).toEqual(['usage-2026.ndjson', 'bank.csv']);
    expect(await actions.undoReport(report)).toBe(false);
    expect(state().outcome).toMatchObject({ kind: 'failed', title: 'log.csv was not taken back' });
  });
});

describe('profiles', () => {
  test('answers are kept for the next file with the same header, which then asks nothing', async () => {
    await actions.stageFiles(named('questions.csv'));
    await actions.restage(staged('questions.csv').id, () => ({ dateOrder: 'dmy', zone: 'Europe/Berlin' }));
    await actions.takeStaged();
    expect(kept).toMatchObject([
      { file: 'questions.csv', choices: { format: 'generic-csv', dateOrder: 'dmy', zone: 'Europe/Berlin' } },
    ]);
    await actions.stageFiles(named('questions-november.csv'));
    expect(staged('questions-november.csv')).toMatchObject({ fromProfile: true, questions: [], ready: true });
    actions.deleteProfile(kept[0]?.fingerprint ?? '');
    expect(kept).toEqual([]);
  });

  test('a file that was read without any answer is remembered only where the user says so', async () => {
    await actions.stageFiles(named('bank.csv'));
    await actions.takeStaged();
    expect(kept).toEqual([]);
    await actions.stageFiles(named('bank-november.csv'));
    state().stagedSetRemember(staged('bank-november.csv').id, true);
    await actions.takeStaged();
    expect(kept.map(({ format }) => format)).toEqual(['bank-csv']);
  });

  test('unticked, answers are not kept', async () => {
    await actions.stageFiles(named('questions.csv'));
    await actions.restage(staged('questions.csv').id, () => ({ dateOrder: 'dmy', zone: 'UTC' }));
    state().stagedSetRemember(staged('questions.csv').id, false);
    await actions.takeStaged();
    expect(kept).toEqual([]);
  });
});

describe('stored files', () => {
  test('buckets are placed anew', async () => {
    await actions.stageFiles(named('costs.csv'));
    await actions.takeStaged();
    await actions.loadFiles();
    const file = state().storedFiles?.find(({ report }) => report.file === 'costs.csv');
    if (file === undefined) throw new Error('costs.csv is not stored');
    expect(file.placement).toBe('spread');
    await actions.placeFile(file, 'end');
    await actions.loadFiles();
    expect(state().storedFiles?.find(({ id }) => id === file.id)?.placement).toBe('end');
  });

  test('usage with costs is evidence from the start or from now on, and no profile says so of the next file', async () => {
    await actions.stageFiles(named('plain.csv', 'other.csv'));
    expect(hasChoices({ role: 'compare' })).toBe(false);
    await actions.restage(staged('plain.csv').id, () => ({ role: 'compare' }));
    expect(stateOf(staged('plain.csv'))).toMatchObject({ kind: 'ready', text: 'only compared' });
    await actions.takeStaged();
    expect(kept).toEqual([]);
    await actions.loadFiles();
    const stored = (name: string): StoredFile | undefined =>
      state().storedFiles?.find(({ report }) => report.file === name);
    expect([stored('plain.csv')?.compared, stored('other.csv')?.compared]).toEqual([true, undefined]);
    store.setState({ documentUnsaved: false });
    await actions.compareOnly(stored('other.csv')!);
    await actions.loadFiles();
    expect(stored('other.csv')?.compared).toBe(true);
    expect(state().spoken).toBe('other.csv is only compared');
    expect(state().documentUnsaved).toBe(true);
    await actions.countUsage(stored('other.csv')!);
    await actions.loadFiles();
    expect(stored('other.csv')?.compared).toBe(false);
    expect(state().spoken).toBe('other.csv counts');
  });

  test('a source opens at its line, shows more, and says why it cannot be shown', async () => {
    actions.openSource('usage.ndjson', 100);
    await until(() => state().sourceText !== null);
    const first = state().sourceText?.lines.length ?? 0;
    expect(state().sourceText?.lines.some(({ line }) => line === 100)).toBe(true);
    state().sourceMore();
    await until(() => (state().sourceText?.lines.length ?? 0) > first);
    actions.openSource('gone.csv', 1);
    await until(() => state().sourceFailure !== null);
    expect(state()).toMatchObject({ sourceText: null, sourceFailure: 'gone.csv is not part of this account.' });
    state().sourceClose();
    expect(state()).toMatchObject({ source: null, sourceText: null, sourceFailure: null });
  });
});
