/** What keys and buttons of the Reconcile place do: each works on what is selected there, whichever tab shows it. */
import type { ExplainTarget } from '../../shared/contract/explain.ts';
import type { OpenLine } from '../../shared/contract/reconLists.ts';
import type { ReconAct, ReconciledMonth, ReconGroup, ReconItem } from '../../shared/contract/reconcile.ts';
import { chosenOf, differenceOf } from '../features/matching/openLines.ts';
import type { Subject } from '../features/reconcile/state.ts';
import { isZero } from '../ui/amountText.ts';
import { plural } from '../ui/format.ts';
import { SIDES, itemName, openLink } from '../ui/recon/reconWords.ts';
import type { AppStore } from './store.ts';

export interface ReconcileActions {
  /** Matches what is chosen in the workbench; a suggestion that is selected is taken. */
  match(): Promise<void>;
  unmatch(): Promise<void>;
  /** Asks why; what is ignored already is heeded again. */
  ignore(): Promise<void>;
  explain(): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  split(): Promise<void>;
  rule(): Promise<void>;
  /** The group before or after the one that is selected. */
  step(by: -1 | 1): Promise<void>;
}

export function createReconcileActions(store: AppStore): ReconcileActions {
  const state = store.getState;
  const say = (spoken: string): void => store.setState({ spoken });
  const act = async (what: ReconAct, said: string): Promise<boolean> => {
    const done = await state().reconDo(what);
    if (done) say(said);
    return done;
  };

  const matchLines = async (lines: readonly OpenLine[]): Promise<void> => {
    const chosen = new Map(lines.map((line) => [line.id, line]));
    const [bank, other] = [chosenOf(chosen, 'bank'), chosenOf(chosen, 'other')];
    const difference = differenceOf(bank, other);
    const items = lines.flatMap((line) => line.items.map(({ id }) => id));
    const both = bank.count > 0 && other.count > 0;
    if (both && difference !== null && !isZero(difference)) {
      state().reconAsk({ kind: 'match', items, difference });
      return;
    }
    const taken = await suggestedAs(store, lines);
    const what: ReconAct = taken === null ? { kind: 'match', items } : { kind: 'accept', groups: [taken] };
    if (await act(what, `Matched ${plural(items.length, 'item')}`)) state().matchingChoose([]);
  };

  const matchInWorkbench = async (): Promise<void> => {
    const focused = await state().matchingLine();
    const chosen = [...state().matching.chosen.values()];
    if (chosen.length > 1) {
      await matchLines(chosen);
      return;
    }
    const line = chosen[0] ?? focused;
    const found = line === undefined ? [] : await state().matchingSuggestions(line);
    const only = found.length === 1 ? found[0] : undefined;
    if (line === undefined || only === undefined) {
      say(found.length > 1 ? `${found.length} would do: choose one` : 'Choose what belongs together');
      return;
    }
    const lines = [line, ...only.lines];
    state().matchingChoose(lines);
    await matchLines(lines);
  };

  return {
    match: async () => {
      const { recon } = state();
      if (recon.shown === null) return;
      if (recon.tab === 'match') {
        await matchInWorkbench();
        return;
      }
      const group = await selectedGroup(store);
      if (group === null) return;
      if (openLink(group) !== undefined) await act({ kind: 'accept', groups: [group.id] }, 'Accepted');
      else await toWorkbench(store, group);
    },
    unmatch: async () => {
      const group = await selectedGroup(store);
      if (group === null) return;
      if (group.links.length === 0) say('It is not matched');
      else await act({ kind: 'unmatch', group: group.id }, 'Unmatched');
    },
    ignore: async () => {
      const isOfLines = state().recon.tab === 'match';
      const group = isOfLines ? null : await selectedGroup(store);
      if (group?.section === 'ignored') {
        await act({ kind: 'heed', items: itemsOf(group).map(({ id }) => id) }, 'Heeded again');
        return;
      }
      const those = isOfLines ? (await chosenLines(store)).flatMap((line) => line.items) : itemsOf(group);
      if (those.length > 0) state().reconAsk({ kind: 'ignore', items: those.map(({ id }) => id), what: whatOf(those) });
    },
    explain: async () => {
      const { recon } = state();
      const group = recon.tab === 'match' ? await selectedGroup(store) : null;
      if (group !== null) await state().reconSelect({ kind: 'group', id: group.id });
      else if (recon.subject === null && recon.step !== null)
        await state().reconSelect({ kind: 'step', id: recon.step });
      const { subject, shown } = state().recon;
      if (subject === null || shown === null) return;
      const again = recon.inspectorShown && recon.inspectorTab === 'explain';
      state().reconInspect('explain');
      void state().explainStart(targetOf(subject, shown), again);
    },
    undo: async () => {
      const { undo } = state().recon.shown ?? { undo: null };
      if (undo === null) say('Nothing to undo here');
      else await act({ kind: 'take_back' }, `Undone: ${undo}`);
    },
    redo: async () => {
      const { redo } = state().recon.shown ?? { redo: null };
      if (redo === null) say('Nothing to redo here');
      else await act({ kind: 'take_up' }, `Redone: ${redo}`);
    },
    split: async () => {
      const item = (await chosenLines(store))[0]?.items[0];
      if (item !== undefined) state().reconAsk({ kind: 'split', item });
    },
    rule: async () => {
      const { period } = state().recon;
      const item = (await chosenLines(store))[0]?.items[0] ?? itemsOf(await selectedGroup(store))[0];
      if (item === undefined || period === null) return;
      state().matchingRuleFrom(period, item.id);
      state().reconAsk({ kind: 'rule', item: item.id });
    },
    step: async (by) => {
      const { subject } = state().recon;
      if (subject?.kind !== 'group') return;
      await state().groupsFind(subject.id);
      const next = await state().groupsMove({ by: 'group', count: by });
      if (next !== null) await state().reconSelect({ kind: 'group', id: next });
    },
  };
}

export function targetOf({ kind, id }: Subject, { period: { period } }: ReconciledMonth): ExplainTarget {
  switch (kind) {
    case 'group':
      return { kind, period, group: id };
    case 'usage':
      return { kind, period, line: id };
    case 'balance':
      return { kind, period, point: id };
    case 'step':
      return { kind, period, step: id };
  }
}

function itemsOf(group: ReconGroup | null): readonly ReconItem[] {
  return group === null ? [] : SIDES.flatMap((side) => group.cells[side]);
}

/** The group that keys act on: of the workbench's line with the focus, else the selected row. */
async function selectedGroup(store: AppStore): Promise<ReconGroup | null> {
  const { groupsMoved, matchingLine, reconGroup } = store.getState();
  await groupsMoved();
  const { tab, subject } = store.getState().recon;
  const id = tab === 'match' ? (await matchingLine())?.group : subject?.kind === 'group' ? subject.id : undefined;
  return id === undefined ? null : reconGroup(id);
}

/** What is chosen in the workbench, else the line with the focus. */
async function chosenLines(store: AppStore): Promise<readonly OpenLine[]> {
  if (store.getState().recon.tab !== 'match') return [];
  const focused = await store.getState().matchingLine();
  const { chosen } = store.getState().matching;
  if (chosen.size > 0) return [...chosen.values()];
  return focused === undefined ? [] : [focused];
}

/** The suggestion that these lines are exactly. */
async function suggestedAs(store: AppStore, lines: readonly OpenLine[]): Promise<string | null> {
  const [id, ...others] = new Set(lines.map(({ group }) => group));
  if (id === undefined || others.length > 0) return null;
  const group = await store.getState().reconGroup(id);
  const wanted = new Set(lines.flatMap(({ items }) => items.map((item) => item.id)));
  const own = itemsOf(group);
  const isIt = group !== null && openLink(group) !== undefined && own.length === wanted.size;
  return isIt && own.every((item) => wanted.has(item.id)) ? id : null;
}

function whatOf(items: readonly ReconItem[]): string {
  const [first] = items;
  return items.length === 1 && first !== undefined ? itemName(first) : plural(items.length, 'item');
}

/** The pane is known before it is there to take the focus. */
async function toWorkbench(store: AppStore, group: ReconGroup): Promise<void> {
  const { reconTab, matchingFocus } = store.getState();
  const [bank] = group.cells.bank;
  const other = group.cells.document[0] ?? group.cells.simulated[0];
  if (bank !== undefined) await matchingFocus('bank', bank.id);
  else if (other !== undefined) await matchingFocus('other', other.id);
  reconTab('match');
}
