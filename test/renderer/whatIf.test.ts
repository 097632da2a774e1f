/** The What-if place without React, over the real worker's service: what is tried, kept, undone, and what it is called. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAppStore, type AppStore } from '../../renderer/app/store.ts';
import {
  changeCount,
  draftName,
  fitted,
  NO_DRAFT,
  sameDraft,
  withValue,
} from '../../renderer/features/whatIf/draft.ts';
import { pinWaits, runColumns } from '../../renderer/features/whatIf/columns.ts';
import { deltaText, fieldText } from '../../renderer/features/whatIf/controlWords.ts';
import { figureDelta, figureText, saysSomething } from '../../renderer/features/whatIf/figureText.ts';
import { groupsOf } from '../../renderer/features/whatIf/groups.ts';
import { NO_HISTORY, redone, stepped, undone } from '../../renderer/features/whatIf/history.ts';
import { newTier, tierRows, tierTextOf } from '../../renderer/features/whatIf/tierRows.ts';
import type { EngineClient } from '../../renderer/ui/slice.ts';
import { client, serve, type Port } from '../../shared/contract/rpc.ts';
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { WhatIfControl, WhatIfFigure } from '../../shared/contract/whatIf.ts';
import { readControl } from '../../shared/domain/controlText.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { surroundings } from '../surroundings.ts';
import { soon, until } from './soon.ts';

const TEXT = readFileSync(path.resolve(import.meta.dirname, '../../scenarios/quickstart.yaml'), 'utf8');
const LIMIT = 'auto_recharge.monthly_limit';
const DELAY = 'cutoff.delay';

let close = (): void => undefined;

/** The real service over a channel in this thread. */
function realEngine(): EngineClient {
  const { port1, port2 } = new MessageChannel();
  const noSql = (): Promise<never> => Promise.reject(new Error('not here'));
  serve(port2 as unknown as Port, engineService(noSql, surroundings));
  port1.start();
  port2.start();
  close = () => port1.close();
  return client<EngineApi>(port1 as unknown as Port);
}

let engine: EngineClient;
let store: AppStore;
const state = () => store.getState();
const model = () => state().whatIf;
const settled = (): Promise<void> =>
  until(() => model().tried !== null && sameDraft(model().tried?.draft ?? NO_DRAFT, model().draft));
const figure = (name: string) => model().tried?.figures.find((one) => one.name === name);

beforeEach(async () => {
  engine = realEngine();
  store = createAppStore({ engine, theme: 'system', profiles: [] });
  const opened = await engine.openScenario({ name: 'quickstart.yaml', text: TEXT, files: [], demo: true }).result;
  if (!opened.ok) throw new Error(opened.problems[0]?.message);
  state().showAccount(opened.view, false);
  state().whatIfResize(900);
  await state().whatIfOpen(opened.view, 1, { from: 0, to: 0 });
  await settled();
});

afterEach(() => close());

describe('a value that is tried', () => {
  test('answers with figures, the chart of both runs and their difference', async () => {
    state().whatIfTry(LIMIT, '2500', 'resting');
    await settled();
    expect(figure('overrun')).toMatchObject({ value: '0', same: false });
    const { drawing, extent } = state().whatIfChart;
    expect(drawing?.series.points.at.length).toBeGreaterThan(100);
    expect(drawing?.baseline.points).not.toEqual(drawing?.series.points);
    expect(Number(drawing?.difference.highest?.value)).toBeGreaterThan(0);
    // the axis reaches both runs: the saved one's debt too
    expect(extent?.low).toBeLessThan(-86);
  });

  test('stands beside the figures of the saved run, also where no variant is kept', async () => {
    state().whatIfTry(LIMIT, '2500', 'moving');
    await settled();
    await until(() => model().table !== null);
    expect(model().table?.baseline.find(({ name }) => name === 'overrun')?.value).toBe('86.7122753');
  });

  test('is no step of undo while a hand moves it, and one when it rests', async () => {
    for (const text of ['1100.00', '1500.00', '2500.00']) state().whatIfTry(LIMIT, text, 'moving');
    expect(model().history.past).toHaveLength(0);
    state().whatIfTry(LIMIT, '2500.00', 'resting');
    expect(model().history.past).toHaveLength(1);
    await settled();
    expect(state().whatIfUndo()).toBe(true);
    await settled();
    expect(figure('overrun')?.same).toBe(true);
    expect(state().whatIfRedo()).toBe(true);
    expect(model().draft.set).toEqual({ [LIMIT]: '2500.00' });
    expect(state().whatIfRedo()).toBe(false);
  });

  test('that is the saved one is no change', async () => {
    state().whatIfTry(DELAY, '90 min', 'resting');
    expect(model().draft.set).toEqual({ [DELAY]: '1 h 30 min' });
    state().whatIfTry(DELAY, '120 min', 'resting');
    expect(changeCount(model().draft)).toBe(0);
    await settled();
    expect(model().tried?.figures.every(({ same }) => same)).toBe(true);
  });

  test('that cannot be run leaves the last good run, and says why', async () => {
    state().whatIfTry(LIMIT, '2500', 'resting');
    await settled();
    const before = model().tried;
    state().whatIfTry('auto_recharge.threshold', 'not set', 'resting');
    await until(() => model().problems.length > 0);
    expect(model().tried).toBe(before);
    expect(model().problems[0]?.path).toBe('auto_recharge.threshold');
    expect(pinWaits(model())).toContain('cannot be run');
    state().whatIfReset('auto_recharge.threshold');
    await settled();
    await until(() => model().problems.length === 0);
  });
});

describe('variants', () => {
  const pin = async (values: Record<string, string>): Promise<void> => {
    state().whatIfReset(null);
    for (const [of, text] of Object.entries(values)) state().whatIfTry(of, text, 'resting');
    await settled();
    await state().whatIfPin();
  };

  test('are kept with their figures, up to six, each once', async () => {
    await pin({ [LIMIT]: '2500' });
    await pin({ [DELAY]: '15 min' });
    await state().whatIfPin();
    await until(() => model().table?.variants.length === 2);
    expect(model().history.now.variants.map(({ name }) => name)).toEqual(['Monthly limit 2,500.00', 'Delay 15 min']);
    const columns = runColumns(model());
    expect(columns.map(({ letter, isTried }) => [letter, isTried])).toEqual([
      ['A', false],
      ['B', true],
    ]);
    expect(columns[0]?.figures.find(({ name }) => name === 'overrun')?.value).toBe('0');
    expect(pinWaits(model())).toBe('Pinned as B');
    for (const minutes of [20, 25, 30, 35, 40]) await pin({ [DELAY]: `${minutes} min` });
    expect(model().history.now.variants).toHaveLength(6);
    expect(pinWaits(model())).toContain('6 of 6');
    // what is tried stands beside them, with the next letter
    expect(runColumns(model())[0]).toMatchObject({ id: null, letter: 'G', isTried: true });
  });

  test('are tried again, renamed, moved, removed, and all of it undone', async () => {
    await pin({ [LIMIT]: '2500' });
    await pin({ [DELAY]: '15 min' });
    const [a, b] = model().history.now.variants;
    if (a === undefined || b === undefined) throw new Error('two were pinned');
    state().whatIfSelect(a.id);
    await settled();
    expect(model().draft.set).toEqual({ [LIMIT]: '2500.00' });
    state().whatIfRename(b.id, ' Sooner ');
    state().whatIfMove(b.id, -1);
    await until(() => model().table?.variants[0]?.name === 'Sooner');
    state().whatIfRemove(a.id);
    await until(() => model().table?.variants.length === 1);
    while (state().whatIfUndo());
    await until(() => model().table?.variants.length === 0);
    expect(model().draft).toEqual(NO_DRAFT);
    while (state().whatIfRedo());
    await until(() => model().table?.variants.length === 1 && model().table?.variants[0]?.name === 'Sooner');
  });

  test('are drawn over the chart while the pointer is on them, beside those that stay there', async () => {
    await pin({ [LIMIT]: '2500' });
    await pin({ [DELAY]: '15 min' });
    const [a, b] = model().history.now.variants;
    if (a === undefined || b === undefined) throw new Error('two were pinned');
    state().whatIfReset(null);
    await settled();
    const drawn = (): readonly string[] => state().whatIfChart.drawing?.overlays.map(({ id }) => id) ?? [];
    state().whatIfOverlay(a.id);
    await until(() => drawn().join() === a.id);
    const { extent } = state().whatIfChart;
    state().whatIfPoint(b.id);
    await until(() => drawn().join() === [a.id, b.id].join());
    expect(state().whatIfChart.extent).toEqual(extent);
    expect(runColumns(model()).map(({ isPointed }) => isPointed)).toEqual([false, true]);
    state().whatIfPoint(null);
    await until(() => drawn().join() === a.id);
    state().whatIfPoint(b.id);
    state().whatIfRemove(b.id);
    await until(() => model().pointed === null && drawn().join() === a.id);
  });

  test('can be the baseline', async () => {
    await pin({ [DELAY]: '15 min' });
    const id = model().history.now.variants[0]?.id ?? '';
    state().whatIfCompareWith(id);
    state().whatIfReset(null);
    await until(() => model().tried?.against === id && changeCount(model().tried?.draft ?? NO_DRAFT) === 0);
    // the saved run closes later than the baseline and so accepts more overrun
    expect(figure('overrun')?.delta?.startsWith('-')).toBe(false);
    expect(figure('overrun')?.same).toBe(false);
    state().whatIfRemove(id);
    expect(await soon(() => (model().against === 'saved' ? 'saved' : Promise.reject(new Error())))).toBe('saved');
  });
});

test('what is tried is written as a scenario, and applied to the account', async () => {
  state().whatIfTry(DELAY, '15 min', 'resting');
  await settled();
  const saved = await state().whatIfSaved(null);
  expect(saved?.text).toContain('delay: PT15M');
  expect(saved?.text).toContain('# a batch job that nobody had announced');
  expect(await state().whatIfApply(null)).toBe(true);
  const { view } = state();
  if (view === null) throw new Error('an account is open');
  expect(state().documentUnsaved).toBe(true);
  expect(view.undo).toBe('Policy of What-if');
  await state().whatIfOpen(view, 1, { from: 0, to: 0 });
  await settled();
  // it is the saved value now
  expect(changeCount(model().draft)).toBe(0);
  expect(model().controls.find(({ path: of }) => of === DELAY)?.saved).toBe('15 min');
});

describe('words', () => {
  const control = (of: string): WhatIfControl => {
    const found = model().controls.find(({ path: one }) => one === of);
    if (found === undefined) throw new Error(`no control ${of}`);
    return found;
  };

  test('of every control read back as what they show', () => {
    for (const one of model().controls) {
      const shown = fieldText(one, one.saved);
      expect(readControl(one.form, shown, 'USD'), `${one.path}: ${shown}`).toEqual(
        readControl(one.form, one.saved, 'USD'),
      );
    }
  });

  test('of a change', () => {
    expect(deltaText(control(LIMIT), '2500.00', 'USD')).toBe('+1,500.00');
    expect(deltaText(control(LIMIT), 'no limit', 'USD')).toBe('was 1,000.00');
    expect(deltaText(control(DELAY), '15 min', 'USD')).toBe('−1 h 45 min');
    expect(deltaText(control('auto_recharge.trigger'), 'at_or_below', 'USD')).toBe('was below');
  });

  test('of several changes name two and count the others', () => {
    let draft = NO_DRAFT;
    expect(draftName(draft, model().controls)).toBe('As saved');
    draft = withValue(draft, control(LIMIT), '2500', 'USD');
    draft = withValue(draft, control(DELAY), '15 min', 'USD');
    expect(draftName(draft, model().controls)).toBe('Monthly limit 2,500.00, delay 15 min');
    draft = withValue(draft, control('cutoff.floor'), '-5', 'USD');
    expect(draftName(draft, model().controls)).toBe('Monthly limit 2,500.00 and 2 more');
    expect(fitted(draft, [control(DELAY)], 'USD').set).toEqual({ [DELAY]: '15 min' });
  });

  test('of figures', () => {
    const of = (kind: WhatIfFigure['kind'], value: string, delta: string | null, same = false): WhatIfFigure => ({
      ...{ name: 'x', label: 'X', kind, value, delta, same },
    });
    expect(figureText(of('duration', '69420000', null), 2)).toBe('19:17');
    expect(figureDelta(of('duration', '0', '-69420000'), 2)).toBe('−19:17');
    expect(figureDelta(of('amount', '1', '0.001'), 2)).toBe('+0.001');
    expect(figureDelta(of('amount', '1', '-86.7122753'), 2)).toBe('−86.71');
    expect(figureDelta(of('count', '3', '0', true), 2)).toBe('=');
    expect(saysSomething('x', [[of('amount', '0.00', '0', true)]])).toBe(false);
    expect(saysSomething('x', [[of('amount', '0.00', '-1', false)]])).toBe(true);
  });

  test('find controls, and the switch of a group stands in its heading', () => {
    const [first] = groupsOf(model().controls, { filter: '', only: null });
    expect(first?.head?.path).toBe('auto_recharge.enabled');
    const found = groupsOf(model().controls, { filter: 'time acc clos', only: null });
    expect(found.flatMap(({ controls }) => controls.map(({ path: of }) => of))).toContain(DELAY);
    expect(groupsOf(model().controls, { filter: '', only: new Set([DELAY]) })).toHaveLength(1);
  });

  test('the table of tiers goes there and back', () => {
    const tiers = control('tiers');
    const rows = tierRows(tiers.saved, 2);
    expect(rows[1]).toMatchObject({ name: 'Tier 2', paid: '1,000.00', days: '7', monthly_limit: 'no limit' });
    const back = tierTextOf(rows, 'USD');
    expect(back.ok && readControl(tiers.form, back.text, 'USD')).toEqual(readControl(tiers.form, tiers.saved, 'USD'));
    const more = [...rows, newTier(rows)];
    expect(tierTextOf(more, 'USD').ok).toBe(true);
    expect(tierTextOf([...more, newTier(rows)], 'USD')).toMatchObject({
      problem: { row: 5, field: 'name' },
    });
    expect(tierTextOf([{ ...newTier([]), paid: 'x' }], 'USD')).toMatchObject({ problem: { row: 0, field: 'paid' } });
  });
});

test('history: undo and redo walk the same steps, whatever is done between', () => {
  const step = (text: string) => ({ draft: { set: { [LIMIT]: text }, hold: [] }, variants: [] });
  fc.assert(
    fc.property(fc.array(fc.nat(5)), (values) => {
      let history = NO_HISTORY;
      for (const value of values) history = stepped(history, step(String(value)));
      const end = history;
      let steps = 0;
      for (let back = undone(history); back !== null; back = undone(history)) {
        history = back;
        steps += 1;
      }
      expect(history.now).toEqual(NO_HISTORY.now);
      for (let left = steps; left > 0; left -= 1) history = redone(history) ?? history;
      expect(history).toEqual(end);
    }),
  );
});
