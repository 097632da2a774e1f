/** What keys and buttons of the Reconcile place do: each works on what is selected there, whichever tab shows it. */
import type { ExplainTarget } from '../../shared/contract/explain.ts';
import type { ReconAct, ReconGroup, Reconciliation, ReconItem } from '../../shared/contract/reconcile.ts';
import { chosenOf, differenceOf, openLines, type OpenLine, type OpenLines } from '../features/matching/openLines.ts';
import { suggestionsFor } from '../features/matching/suggestions.ts';
import { focusedLine } from '../features/matching/Workbench.tsx';
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
  ignore(): void;
  explain(): void;
  undo(): Promise<void>;
  redo(): Promise<void>;
  split(): void;
  rule(): void;
  /** The group before or after the one that is selected. */
  step(by: -1 | 1): void;
}

export function createReconcileActions(store: AppStore): ReconcileActions {
  const state = store.getState;
  const say = (spoken: string): void => store.setState({ spoken });
  const act = async (what: ReconAct, said: string): Promise<boolean> => {
    const done = await state().reconDo(what);
    if (done) say(said);
    return done;
  };

  const matchLines = async (lines: readonly OpenLine[], open: OpenLines): Promise<void> => {
    const { shown } = state().recon;
    if (shown === null) return;
    const chosen = new Set(lines.map(({ id }) => id));
    const [bank, other] = [chosenOf(open.bank, chosen), chosenOf(open.other, chosen)];
    const difference = differenceOf(bank, other);
    const items = lines.flatMap((line) => line.items.map(({ id }) => id));
    const both = bank.count > 0 && other.count > 0;
    if (both && difference !== null && !isZero(difference)) {
      state().reconAsk({ kind: 'match', items, difference });
      return;
    }
    const taken = suggestedAs(shown, items);
    const what: ReconAct = taken === null ? { kind: 'match', items } : { kind: 'accept', groups: [taken] };
    const places = placesOf(store, open);
    if (await act(what, `Matched ${plural(items.length, 'item')}`)) refocus(store, places);
  };

  const matchInWorkbench = async (shown: Reconciliation): Promise<void> => {
    const open = openLines(shown.groups, shown.currency);
    const { matching } = state();
    const chosen = [...open.bank, ...open.other].filter(({ id }) => matching.chosen.has(id));
    if (chosen.length > 1) {
      await matchLines(chosen, open);
      return;
    }
    const focused = chosen[0] ?? focusedLine(open, matching);
    const found = suggestionsFor(focused, open, new Map(shown.groups.map((group) => [group.id, group])));
    const only = found.length === 1 ? found[0] : undefined;
    if (focused === undefined || only === undefined) {
      say(found.length > 1 ? `${found.length} would do: choose one` : 'Choose what belongs together');
      return;
    }
    const lines = [focused, ...only.lines];
    state().matchingChoose(lines.map(({ id }) => id));
    await matchLines(lines, open);
  };

  return {
    match: async () => {
      const { recon } = state();
      if (recon.shown === null) return;
      if (recon.tab === 'match') {
        await matchInWorkbench(recon.shown);
        return;
      }
      const group = selectedGroup(store);
      if (group === undefined) return;
      if (openLink(group) !== undefined) await act({ kind: 'accept', groups: [group.id] }, 'Accepted');
      else toWorkbench(store, group);
    },
    unmatch: async () => {
      const group = selectedGroup(store);
      if (group === undefined) return;
      if (group.links.length === 0) say('It is not matched');
      else await act({ kind: 'unmatch', group: group.id }, 'Unmatched');
    },
    ignore: () => {
      const { recon, matching } = state();
      const group = selectedGroup(store);
      if (recon.tab !== 'match' && group?.section === 'ignored') {
        void act({ kind: 'heed', items: itemsOf(group).map(({ id }) => id) }, 'Heeded again');
        return;
      }
      const lines = recon.tab === 'match' ? chosenLines(store) : [];
      const items = lines.length > 0 || matching.chosen.size > 0 ? lines.flatMap((line) => line.items) : [];
      const those = recon.tab === 'match' ? items : group === undefined ? [] : itemsOf(group);
      if (those.length === 0) return;
      state().reconAsk({ kind: 'ignore', items: those.map(({ id }) => id), what: whatOf(those) });
    },
    explain: () => {
      const { recon } = state();
      const group = recon.tab === 'match' ? selectedGroup(store) : undefined;
      if (group !== undefined) state().reconSelect({ kind: 'group', id: group.id });
      else if (recon.subject === null && recon.step !== null) state().reconSelect({ kind: 'step', id: recon.step });
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
    split: () => {
      const item = chosenLines(store)[0]?.items[0];
      if (item !== undefined) state().reconAsk({ kind: 'split', item: item.id });
    },
    rule: () => {
      const { period } = state().recon;
      const item = chosenLines(store)[0]?.items[0] ?? itemsOf(selectedGroup(store))[0];
      if (item === undefined || period === null) return;
      state().matchingRuleFrom(period, item.id);
      state().reconAsk({ kind: 'rule', item: item.id });
    },
    step: (by) => {
      const { shown, step, subject } = state().recon;
      if (shown === null || subject?.kind !== 'group') return;
      const listed = shown.groups.filter(({ steps }) => step === null || steps.includes(step));
      const next = listed[listed.findIndex(({ id }) => id === subject.id) + by];
      if (next !== undefined) state().reconSelect({ kind: 'group', id: next.id });
    },
  };
}

export function targetOf({ kind, id }: Subject, { period: { period } }: Reconciliation): ExplainTarget {
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

export function itemsOf(group: ReconGroup | undefined): readonly ReconItem[] {
  return group === undefined ? [] : SIDES.flatMap((side) => group.cells[side]);
}

/** The group that keys act on: of the workbench's line with the focus, else the selected row. */
export function selectedGroup(store: AppStore): ReconGroup | undefined {
  const { recon, matching } = store.getState();
  const { shown, tab, subject } = recon;
  if (shown === null) return undefined;
  const id =
    tab === 'match'
      ? focusedLine(openLines(shown.groups, shown.currency), matching)?.group
      : subject?.kind === 'group'
        ? subject.id
        : undefined;
  return shown.groups.find((group) => group.id === id);
}

/** What is chosen in the workbench, else the line with the focus. */
function chosenLines(store: AppStore): readonly OpenLine[] {
  const { recon, matching } = store.getState();
  if (recon.shown === null || recon.tab !== 'match') return [];
  const open = openLines(recon.shown.groups, recon.shown.currency);
  const chosen = [...open.bank, ...open.other].filter(({ id }) => matching.chosen.has(id));
  const focused = focusedLine(open, matching);
  return chosen.length > 0 ? chosen : focused === undefined ? [] : [focused];
}

/** The suggestion that these items are exactly. */
function suggestedAs({ groups }: Reconciliation, items: readonly string[]): string | null {
  const wanted = new Set(items);
  const found = groups.find((group) => {
    const own = itemsOf(group);
    return openLink(group) !== undefined && own.length === wanted.size && own.every(({ id }) => wanted.has(id));
  });
  return found?.id ?? null;
}

function whatOf(items: readonly ReconItem[]): string {
  const [first] = items;
  return items.length === 1 && first !== undefined ? itemName(first) : plural(items.length, 'item');
}

function toWorkbench(store: AppStore, group: ReconGroup): void {
  const { reconTab, matchingFocus } = store.getState();
  reconTab('match');
  const [bank] = group.cells.bank;
  const other = group.cells.document[0] ?? group.cells.simulated[0];
  if (bank !== undefined) matchingFocus('bank', bank.id);
  else if (other !== undefined) matchingFocus('other', other.id);
}

type Places = Readonly<Record<'bank' | 'other', number>>;

function placesOf(store: AppStore, open: OpenLines): Places {
  const { focus } = store.getState().matching;
  const at = (pane: 'bank' | 'other'): number => open[pane].findIndex(({ id }) => id === focus[pane]);
  return { bank: at('bank'), other: at('other') };
}

/** What was chosen is matched and gone: the focus is on what took its place. */
function refocus(store: AppStore, places: Places): void {
  const { recon, matchingChoose, matchingFocus, matching } = store.getState();
  matchingChoose([]);
  if (recon.shown === null) return;
  const open = openLines(recon.shown.groups, recon.shown.currency);
  for (const pane of ['bank', 'other'] as const) {
    const lines = open[pane];
    const line = lines[Math.min(lines.length - 1, Math.max(0, places[pane]))];
    matchingFocus(pane, line?.id ?? null);
  }
  matchingFocus(matching.pane, store.getState().matching.focus[matching.pane]);
}
