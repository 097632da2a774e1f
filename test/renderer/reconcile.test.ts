/** The Reconcile place: months, acts with their names, groups as lines, the workbench, explanations, over a made month. */
import { describe, expect, test } from 'vitest';
import { createReconcileActions } from '../../renderer/app/reconcileActions.ts';
import { STANDARD_SETTINGS } from '../../renderer/app/settings.ts';
import { createAppStore, type AppStore } from '../../renderer/app/store.ts';
import { groupsText } from '../../renderer/features/groups/groupLines.ts';
import { groupsBetween, type Move } from '../../renderer/features/groups/slice.ts';
import { leftOf, readAmount } from '../../renderer/features/matching/amountField.ts';
import { chosenOf, differenceOf } from '../../renderer/features/matching/openLines.ts';
import {
  NO_OWN,
  changesTo,
  ownOf,
  settingsOf,
  sourceText,
  textOf,
} from '../../renderer/features/matching/settingsText.ts';
import { nextStep } from '../../renderer/features/reconcile/closing.ts';
import { monthToOpen } from '../../renderer/features/reconcile/state.ts';
import { verdictLook } from '../../renderer/features/reconcile/verdict.ts';
import type { OpenLine, Pane } from '../../shared/contract/reconLists.ts';
import type { ReconciledMonth, ReconPeriod } from '../../shared/contract/reconcile.ts';
import { makeAccount } from './fakeAccount.ts';
import { fakeClient, fakeEngine } from './fakeEngine.ts';
import { SETTINGS, fakeReconcile, listOf, openOf, type FakeReconcile } from './fakeReconcile.ts';
import { manyGroups, september } from './fakeSeptember.ts';
import { until } from './soon.ts';

const ACCOUNT = makeAccount();

async function opened(
  actor = 'A. Example',
): Promise<{ store: AppStore; fake: FakeReconcile; shown: () => ReconciledMonth }> {
  const fake = fakeReconcile();
  const engine = fakeClient({ ...fakeEngine(ACCOUNT), ...fake });
  const store = createAppStore({ engine, theme: 'light', profiles: [], settings: { ...STANDARD_SETTINGS, actor } });
  await store.getState().reconLoad();
  const shown = (): ReconciledMonth => {
    const { recon } = store.getState();
    if (recon.shown === null) throw new Error('no month is shown');
    return recon.shown;
  };
  return { store, fake, shown };
}

describe('months', () => {
  test('the place opens on the latest month with something to decide, and steps to its neighbours', async () => {
    const { store, shown } = await opened();
    expect(shown().period.period).toBe('2026-09');
    store.getState().reconStepMonth(1);
    await until(() => shown().period.period === '2026-10');
    // there is none after it
    store.getState().reconStepMonth(1);
    expect(store.getState().recon.period).toBe('2026-10');
    store.getState().reconStepMonth(-1);
    await until(() => shown().period.period === '2026-09');
  });

  test('without anything to decide it is the latest month that is not sealed', () => {
    const month = (period: string, part: Partial<ReconPeriod> = {}): ReconPeriod => ({
      ...{ period, from: '2026-01-01', to: '2026-02-01', state: 'open', prepared: null, reviewed: null, sealed: null },
      ...{ since: [], toDecide: 0, verdict: 'reconciled' },
      ...part,
    });
    const sealed = { state: 'sealed' } as const;
    expect(monthToOpen([])).toBeNull();
    expect(monthToOpen([month('2026-08'), month('2026-09'), month('2026-10', sealed)])).toBe('2026-09');
    expect(monthToOpen([month('2026-08', sealed), month('2026-09', sealed)])).toBe('2026-09');
    expect(monthToOpen([month('2026-08', { toDecide: 2 }), month('2026-09')])).toBe('2026-08');
  });

  test('an account that has changed is read again, another one forgets what was looked at', async () => {
    const { store } = await opened();
    await store.getState().reconSelect({ kind: 'group', id: 'g35' });
    store.getState().reconForget(true);
    expect(store.getState().recon).toMatchObject({ stale: true, subject: { id: 'g35' } });
    expect(store.getState().recon.shown).not.toBeNull();
    store.getState().reconForget(false);
    expect(store.getState().recon).toMatchObject({ stale: true, subject: null, shown: null, periods: null });
  });
});

describe('acts', () => {
  test('each carries a name; the first waits until somebody says theirs', async () => {
    const { store, fake } = await opened('');
    expect(await store.getState().reconDo({ kind: 'accept', groups: ['g35'] })).toBe(false);
    expect(fake.acts).toEqual([]);
    store.setState({ actor: 'R. Olsen' });
    expect(await store.getState().reconSigned('R. Olsen')).toBe(true);
    expect(fake.acts).toEqual([{ actor: 'R. Olsen', act: { kind: 'accept', groups: ['g35'] } }]);
    // nobody: it is not done, and does not wait any longer
    store.setState({ actor: '' });
    await store.getState().reconDo({ kind: 'prepare' });
    expect(await store.getState().reconSigned(null)).toBe(false);
    expect(store.getState().recon.unsigned).toBeNull();
    expect(fake.acts).toHaveLength(1);
  });

  test('after a decision the next difference is looked at, and the document has something to save', async () => {
    const { store, shown } = await opened();
    const state = store.getState;
    await state().reconSelect({ kind: 'group', id: 'g38' });
    await state().reconDo({ kind: 'accept', groups: ['g38'] });
    expect(shown().period.toDecide).toBe(2);
    expect(state().recon.subject).toEqual({ kind: 'group', id: 'alone' });
    expect(state().documentUnsaved).toBe(true);
  });

  test('a sealed month refuses, and says why; undo takes back', async () => {
    const { store, shown } = await opened();
    const state = store.getState;
    const actions = createReconcileActions(store);
    await state().reconDo({ kind: 'accept', groups: ['g38', 'alone', 'g35'] });
    expect(nextStep(shown().period)).toMatchObject({ act: 'prepare', waits: null });
    for (const kind of ['prepare', 'review', 'seal'] as const) await state().reconDo({ kind });
    expect(nextStep(shown().period)).toBeNull();
    expect(await state().reconDo({ kind: 'unmatch', group: 'g31' })).toBe(false);
    expect(state().recon.refused).toContain('sealed');
    await state().reconDo({ kind: 'reopen', reason: 'late document' });
    expect(state().recon.refused).toBeNull();
    await actions.undo();
    expect(shown().period.state).toBe('sealed');
  });

  test('what waits is counted on the button', () => {
    const period = { state: 'open', toDecide: 3, period: '2026-09' } as ReconPeriod;
    expect(nextStep(period)).toMatchObject({ label: 'Mark prepared, 3 to decide' });
    expect(nextStep({ ...period, state: 'reviewed' })).toMatchObject({ label: 'Seal September' });
  });

  test('a residual is never shown as agreement', async () => {
    const { shown } = await opened();
    const steps = shown().bridge.steps.map((step) =>
      step.id === 'rest-1' ? { ...step, amount: '-0.01' } : step.id === 'rest-0' ? { ...step, amount: '0.01' } : step,
    );
    const look = verdictLook({ ...shown(), verdict: 'reconciled', bridge: { ...shown().bridge, steps } });
    expect(look).toMatchObject({ tone: 'expiry', text: 'Incomplete, +0.01 and −0.01 unexplained' });
    expect(verdictLook({ ...shown(), verdict: 'incomplete' })).toMatchObject({ tone: 'expiry' });
  });
});

const ALL = { step: null, search: '' };
const linesOf = (filter = ALL) => listOf({ groups: september() }).page({ filter, offset: 0, limit: 100 });

describe('groups as lines', () => {
  test('a section has a title, a group as many lines as its fullest side', () => {
    const { rows, total } = linesOf();
    expect(rows.filter(({ kind }) => kind === 'section')).toEqual([
      { kind: 'section', section: 'to_decide', count: 3 },
      { kind: 'section', section: 'matched', count: 6 },
      { kind: 'section', section: 'ignored', count: 2 },
    ]);
    expect([rows.length, total]).toEqual([3 + 11 + 2, 3 + 11 + 2]);
    const list = listOf({ groups: september() });
    for (const [line, row] of rows.entries())
      if (row.kind === 'group') expect(list.lineOf(ALL, row.group.id)).toBe(line - row.at);
  });

  test('whatever page is asked for, its lines are those of the whole', () => {
    const list = listOf({ groups: september() });
    const { rows, total } = linesOf();
    for (let offset = 0; offset <= total; offset += 1)
      for (const limit of [1, 2, 5])
        expect(list.page({ filter: ALL, offset, limit }).rows).toEqual(rows.slice(offset, offset + limit));
  });

  test('a step of the bridge, or words, list their groups alone', () => {
    const idsOf = (step: string | null, search: string): string[] =>
      linesOf({ step, search } as typeof ALL).rows.flatMap((row) =>
        row.kind === 'group' && row.at === 0 ? [row.group.id] : [],
      );
    expect(idsOf('nodoc', '')).toEqual(['alone']);
    expect(idsOf('none', '')).toEqual([]);
    expect(idsOf(null, 'hlcn2k7q-0035')).toEqual(['g35']);
    expect(idsOf('nodoc', 'hlcn2k7q-0035')).toEqual([]);
  });

  test('the selection moves by group, by line and to the ends; keys in a row each count', async () => {
    const { store } = await opened();
    const groupsMove = (move: Move, extend = false): Promise<string | null> =>
      store.getState().groupsMove(move, extend);
    const ids = linesOf().rows.flatMap((row) => (row.kind === 'group' && row.at === 0 ? [row.group.id] : []));
    expect(await groupsMove({ to: 'first' })).toBe(ids[0]);
    const three = [1, 2, 3].map(() => groupsMove({ by: 'group', count: 1 }));
    expect(await Promise.all(three)).toEqual(ids.slice(1, 4));
    expect(await groupsMove({ by: 'group', count: -1 })).toBe(ids[2]);
    expect(await groupsMove({ to: 'last' })).toBe(ids.at(-1));
    expect(await groupsMove({ by: 'group', count: 1 })).toBe(ids.at(-1));
    expect(await groupsMove({ by: 'line', count: -100 })).toBe(ids[0]);
    expect(store.getState().groups.at).toEqual({ group: ids[0], line: 1 });
    // from where the first of them came to
    await Promise.all([groupsMove({ to: 'first' }), groupsMove({ by: 'group', count: 1 }, true)]);
    expect(store.getState().groups).toMatchObject({ at: { group: ids[1] }, anchor: 1 });
    await groupsMove({ by: 'group', count: 1 });
    expect(store.getState().groups.anchor).toBeNull();
    await groupsMove({ to: 'first' });
    expect(groupsBetween(store.getState().groups, 0, 3).map(({ group }) => group.id)).toEqual(ids.slice(0, 3));
  });

  test('an act right behind a move is on the group that the move comes to', async () => {
    const { store, fake } = await opened();
    const state = store.getState;
    void state()
      .groupsMove({ group: 'g35', line: 7 })
      .then((id) => state().reconSelect(id === null ? null : { kind: 'group', id }));
    await createReconcileActions(store).unmatch();
    expect(fake.acts.at(-1)?.act).toEqual({ kind: 'unmatch', group: 'g35' });
  });

  test('they are copied with headers, exact, a line for each of theirs', () => {
    const text = groupsText(
      september().filter(({ id }) => id === 'g34' || id === 'alone'),
      'USD',
    );
    const rows = text.split('\n').map((row) => row.split('\t'));
    expect(rows).toHaveLength(1 + 1 + 3);
    expect(rows[0]).toContain('Difference USD');
    for (const row of rows) expect(row).toHaveLength(rows[0]!.length);
    expect(rows[1]).toContain('nothing simulated');
    expect(rows[4]).toContain('-272.19');
  });
});

describe('the workbench', () => {
  const open = openOf({ groups: september() });
  const inPane = (pane: Pane, search = ''): readonly OpenLine[] =>
    open.page({ pane, search, offset: 0, limit: 100 }).rows;

  test('a document and its sure purchase are one line; sums are exact', () => {
    expect(inPane('bank').map(({ id }) => id)).toEqual(['b35', 'b90']);
    // the pair of another period is no sure one: both stand for themselves
    expect(inPane('other').map(({ id }) => id)).toEqual(['d35', 'd38', 's38']);
    const chosen = new Map([inPane('bank')[0]!, inPane('other')[0]!].map((line) => [line.id, line]));
    expect(differenceOf(chosenOf(chosen, 'bank'), chosenOf(chosen, 'other'))).toBe('0.01');
    expect(inPane('other', 'hlcn 272.19').map(({ id }) => id)).toEqual(['d35', 'd38']);
  });

  test('suggestions are those of the matching, then lines of the same amount', () => {
    const [first] = open.suggestionsFor('b35');
    expect(first?.lines.map(({ id }) => id)).toEqual(['d35']);
    expect(first?.reasons).toContain('1 day apart');
    expect(open.suggestionsFor('b90')).toEqual([]);
  });

  test('an exact suggestion is accepted with M; what does not add up asks why', async () => {
    const { store, fake } = await opened();
    const state = store.getState;
    const actions = createReconcileActions(store);
    state().reconTab('match');
    await state().matchingShow('2026-09');
    await state().matchingFocus('bank', 'b35');
    await actions.match();
    expect(state().recon.asking).toMatchObject({ kind: 'match', difference: '0.01' });
    expect(fake.acts).toEqual([]);
    state().reconAsk(null);
    state().matchingChoose(inPane('other').filter(({ id }) => id !== 'd35'));
    await actions.match();
    expect(fake.acts.at(-1)?.act).toEqual({ kind: 'accept', groups: ['g38'] });
    expect(state().matching.chosen.size).toBe(0);
  });

  test('what is chosen is ignored, with a reason; the focus is then on what took its place', async () => {
    const { store } = await opened();
    const state = store.getState;
    state().reconTab('match');
    await state().matchingShow('2026-09');
    await state().matchingMove('bank', { place: 0 });
    await state().matchingToggleFocused();
    await createReconcileActions(store).ignore();
    expect(state().recon.asking).toMatchObject({ kind: 'ignore', items: ['b35'] });
    await state().reconDo({ kind: 'ignore', items: ['b35'], reason: 'Other product' });
    await state().matchingShow('2026-09');
    expect(state().matching.focus.bank).toEqual({ id: 'b90', place: 0 });
    expect(state().matching.chosen.size).toBe(0);
  });

  test('keys in a row each count', async () => {
    const { store } = await opened();
    const state = store.getState;
    state().reconTab('match');
    await state().matchingShow('2026-09');
    const keys = [{ by: 0 }, { by: 1 }, { by: 1 }].map((to) => state().matchingMove('other', to));
    const toggled = state().matchingToggleFocused();
    await Promise.all([...keys, toggled]);
    expect([...state().matching.chosen.keys()]).toEqual(['s38']);
    expect(state().matching.focus.other).toEqual({ id: 's38', place: 2 });
  });

  test('many groups are lines and open lines in a moment', () => {
    const groups = manyGroups(20_000);
    const started = performance.now();
    expect(listOf({ groups }).page({ filter: ALL, offset: 10_000, limit: 200 }).rows).toHaveLength(200);
    expect(openOf({ groups }).page({ pane: 'bank', search: '', offset: 0, limit: 1 }).total).toBe(2_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('fields', () => {
  test('amounts are read as they are typed, exactly', () => {
    expect(readAmount(' 1,250.50 ')).toBe('1250.5');
    expect(readAmount('−250.00')).toBe('-250');
    for (const text of ['', 'ten', '1,25', '12.5.1', '1e3', '0.0000000000001'])
      expect(readAmount(text), text).toBeNull();
    expect(leftOf('272.19', ['250', '22.19'])).toBe('0');
    expect(leftOf('0.3', ['0.1'])).toBe('0.2');
    expect(leftOf('1', ['x'])).toBeNull();
  });

  test('settings go through their fields unchanged', () => {
    const { rules, groups, ...rest } = SETTINGS;
    expect(settingsOf(textOf(SETTINGS), SETTINGS)).toEqual({ ...rest, rules, groups });
    expect(textOf({ ...SETTINGS, feeBps: 200, toleranceBps: 5 })).toMatchObject({ feeBps: '2', toleranceBps: '0.05' });
    for (const part of [{ after: '1.5' }, { tolerance: '-1' }, { feeBps: 'x' }, { groupSize: '1' }])
      expect(settingsOf({ ...textOf(SETTINGS), ...part }, SETTINGS), JSON.stringify(part)).toBeTypeOf('string');
    expect(settingsOf({ ...textOf(SETTINGS), feeBps: '' }, SETTINGS)).toMatchObject({ feeBps: null });
    expect(changesTo({ ...SETTINGS, after: 9 }, SETTINGS)).toEqual({ after: 9 });
  });

  test('what a source has of its own goes through its fields unchanged; an empty field follows the account', () => {
    const sets = [{ after: 8 }, { tolerance: '0.5', feeBps: null, groups: false }, { toleranceBps: 5, groupSize: 6 }];
    for (const set of sets) expect(ownOf(sourceText({ source: 'bank/4111', name: '4111', set }))).toEqual(set);
    expect(ownOf(NO_OWN)).toBeNull();
    expect(ownOf({ ...NO_OWN, after: '1.5' })).toBe('Days after: a whole number of days');
  });

  test('settings are weighed before they are saved; a newer change gives up the older', async () => {
    const { store } = await opened();
    const state = store.getState;
    state().matchingSettings();
    await until(() => state().matching.sources !== null);
    state().matchingEffect('2026-09', { after: 7 });
    state().matchingEffect('2026-09', { after: 9 });
    await until(() => state().matching.effect !== null);
    expect(state().matching.effect).toMatchObject({ changed: 1, toDecide: { now: 3, then: 2 } });
    state().matchingEffect('2026-09', null);
    expect(state().matching.effect).toBeNull();
  });
});

describe('explanations', () => {
  test('come piece by piece until all was tried; asked once for each difference', async () => {
    const { store } = await opened();
    const state = store.getState;
    const counts: number[] = [];
    store.subscribe(({ explained }) => {
      const count = explained?.explanations.length;
      if (count !== undefined && counts.at(-1) !== count) counts.push(count);
    });
    const target = { kind: 'group', period: '2026-09', group: 'g38' } as const;
    await state().explainStart(target);
    expect(counts).toEqual([0, 2, 4]);
    expect(state()).toMatchObject({ explaining: false, explained: { next: null } });
    const { explained } = state();
    await state().explainStart(target);
    expect(state().explained).toBe(explained);
  });

  test('stopping keeps what was found; a decision forgets it', async () => {
    const { store } = await opened();
    const state = store.getState;
    const asked = state().explainStart({ kind: 'group', period: '2026-09', group: 'g38' });
    await until(() => state().explained !== null);
    state().explainCancel();
    await asked;
    expect(state()).toMatchObject({ explaining: false, explained: { next: 1 } });
    await state().reconDo({ kind: 'note', subject: 'g38', text: 'asked' });
    expect(state().explained).toBeNull();
  });
});
