/** Commands of what is on screen: places and their tabs, the chart, what-if, traces, the window itself. */
import {
  ArrowLeft,
  ArrowRight,
  FlaskConical,
  Keyboard,
  ListFilter,
  ListTree,
  Monitor,
  Moon,
  Pin,
  RotateCcw,
  Search,
  Settings,
  Sun,
  X,
  ZoomIn,
  ZoomOut,
  Maximize2,
  FileText,
} from 'lucide-react';
import { changeCount } from '../../features/whatIf/draft.ts';
import { pinWaits } from '../../features/whatIf/columns.ts';
import { zoomAt } from '../../ui/chart/timeWindow.ts';
import type { Actions } from '../actions.ts';
import { DATA_TABS } from '../dataTabs.ts';
import { PLACES } from '../places.ts';
import type { AppState, AppStore } from '../store.ts';
import type { Theme } from '../theme.ts';
import type { Command } from './command.ts';
import { noAccount } from './fileCommands.ts';

export function viewCommands(store: AppStore, actions: Actions): readonly Command[] {
  return [
    ...placeCommands(store),
    ...chartCommands(store, actions),
    ...whatIfCommands(store),
    ...traceCommands(actions),
    ...windowCommands(store, actions),
  ];
}

function placeCommands(store: AppStore): readonly Command[] {
  const iconOf = (id: string) => PLACES.find((place) => place.id === id)?.icon ?? Search;
  return [
    ...PLACES.map(({ id, label, icon, key }): Command => ({
      ...{ id: `go:${id}`, title: label, group: 'Places', icon, keys: [key], words: 'go to place' },
      run: () => store.setState({ place: id }),
    })),
    {
      ...{ id: 'tryOther', title: 'Try other values', group: 'Places', icon: iconOf('whatIf'), keys: ['W'] },
      ...{ words: 'what-if limits', waits: noAccount },
      run: () => store.setState({ place: 'whatIf' }),
    },
    ...DATA_TABS.map(({ value, label }): Command => ({
      ...{ id: `data:${value}`, title: `Data, ${label.toLowerCase()}`, group: 'Places', icon: iconOf('data') },
      run: () => store.setState({ place: 'data', dataTab: value }),
    })),
    {
      ...{ id: 'go:sql', title: 'SQL console', group: 'Places', icon: iconOf('journal'), words: 'query journal' },
      run: () => store.setState({ place: 'journal', journalTab: 'sql' }),
    },
    {
      ...{ id: 'go:trial', title: 'Trial balance', group: 'Places', icon: iconOf('journal'), waits: noAccount },
      run: () => store.setState({ place: 'journal', journalTab: 'journal', trialShown: true }),
    },
  ];
}

function chartCommands(store: AppStore, actions: Actions): readonly Command[] {
  const zoomed = (factor: number | null): void => {
    const state = store.getState();
    const isLab = state.place === 'whatIf';
    const [shown, bounds] = isLab
      ? [state.whatIfChart.window, state.whatIfChart.bounds]
      : [state.chartWindow, state.chartBounds];
    const middle = (shown.from + shown.to) / 2;
    const chosen = isLab ? undefined : state.chartSelection?.at;
    const at = chosen !== undefined && chosen >= shown.from && chosen <= shown.to ? chosen : middle;
    const next = factor === null ? bounds : zoomAt(shown, at, factor, bounds);
    if (isLab) state.whatIfShow(next, 'resting');
    else state.chartShow(next, 'resting');
  };
  return [
    {
      ...{ id: 'zoomIn', title: 'Zoom in', group: 'Chart', icon: ZoomIn, keys: ['+', '='], waits: noAccount },
      run: () => zoomed(0.6),
    },
    {
      ...{ id: 'zoomOut', title: 'Zoom out', group: 'Chart', icon: ZoomOut, keys: ['-'], waits: noAccount },
      run: () => zoomed(1 / 0.6),
    },
    {
      ...{ id: 'zoomAll', title: 'Whole history', group: 'Chart', icon: Maximize2, keys: ['0'], words: 'zoom all' },
      waits: noAccount,
      run: () => zoomed(null),
    },
    {
      ...{ id: 'nextEvent', title: 'Next event', group: 'Chart', icon: ArrowRight, waits: noAccount },
      run: () => void actions.stepEvent(1),
    },
    {
      ...{ id: 'eventBefore', title: 'Event before', group: 'Chart', icon: ArrowLeft, waits: noAccount },
      run: () => void actions.stepEvent(-1),
    },
  ];
}

function whatIfCommands(store: AppStore): readonly Command[] {
  const state = store.getState;
  const unchanged = (now: AppState): string | null =>
    changeCount(now.whatIf.draft) === 0 ? 'nothing is changed' : null;
  return [
    {
      ...{ id: 'pin', title: 'Pin what is tried', group: 'What-if', icon: Pin, keys: ['P'], places: ['whatIf'] },
      words: 'variant',
      waits: (now) => pinWaits(now.whatIf),
      run: () => void state().whatIfPin(),
    },
    {
      ...{ id: 'resetValues', title: 'Reset all values to the saved run', group: 'What-if', icon: RotateCcw },
      waits: unchanged,
      run: () => state().whatIfReset(null),
    },
    {
      ...{ id: 'applyValues', title: 'Run the account under what is tried', group: 'What-if', icon: FlaskConical },
      ...{ words: 'apply', waits: unchanged },
      run: () => void state().whatIfApply(null),
    },
  ];
}

function traceCommands(actions: Actions): readonly Command[] {
  return [
    {
      ...{
        id: 'trace',
        title: 'Trace what is selected',
        group: 'Trace',
        icon: ListTree,
        keys: ['T'],
        waits: noAccount,
      },
      words: 'figure row point made of',
      run: () => traceFocused(actions),
    },
    {
      ...{ id: 'traceBack', title: 'Back to the figure before', group: 'Trace', icon: ArrowLeft },
      waits: ({ place, traceTrail }) => (place === 'trace' && traceTrail.length > 0 ? null : 'no figure is traced'),
      run: () => actions.traceBack(),
    },
    {
      ...{ id: 'scenarioText', title: 'Save the scenario’s text', group: 'Export', icon: FileText, waits: noAccount },
      run: () => void actions.exportScenario(),
    },
  ];
}

function windowCommands(store: AppStore, actions: Actions): readonly Command[] {
  const theme = (value: Theme, title: string, icon: typeof Sun): Command => ({
    ...{ id: `theme:${value}`, title, group: 'Window', icon, words: 'colours appearance' },
    run: () => actions.setTheme(value),
  });
  return [
    {
      ...{ id: 'palette', title: 'Go to anything', group: 'Window', icon: Search, keys: ['Ctrl K'] },
      ...{ whileTyping: true, keysOnly: true },
      run: () => store.getState().paletteOpen(),
    },
    {
      ...{ id: 'filter', title: 'Filter what is listed here', group: 'Window', icon: ListFilter, keys: ['/'] },
      words: 'find search',
      waits: () => (filterField() === null ? 'nothing here has a filter' : null),
      run: () => {
        const field = filterField();
        field?.focus();
        field?.select();
      },
    },
    theme('light', 'Light theme', Sun),
    theme('dark', 'Dark theme', Moon),
    theme('system', 'Theme as the system has it', Monitor),
    {
      ...{ id: 'settings', title: 'Settings', group: 'Window', icon: Settings, keys: ['Ctrl ,'], whileTyping: true },
      words: 'preferences text size density language locale motion name',
      run: () => store.setState({ settingsShown: true }),
    },
    {
      ...{ id: 'help', title: 'All keys', group: 'Window', icon: Keyboard, keys: ['?'], words: 'shortcuts help' },
      run: () => store.setState({ keysShown: true }),
    },
    {
      ...{ id: 'escape', title: 'Close, go back, deselect', group: 'Window', icon: X, keys: ['Esc'], keysOnly: true },
      run: () => escape(store, actions),
    },
  ];
}

/** The field by which the list on screen is narrowed. */
function filterField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('main [data-filter]');
}

function escape(store: AppStore, actions: Actions): void {
  const state = store.getState();
  if (state.source !== null) state.sourceClose();
  else if (state.place === 'trace' && state.traceTrail.length > 0) actions.traceBack();
  else if (state.place === 'account' && state.chartPinned) state.chartPin();
  else if (state.place === 'account' && state.chartSelection !== null) void actions.selectRecord(null);
  else if (state.activity === null) state.dismissOutcome();
}

/** A figure with the focus opens itself; else what is selected does. */
function traceFocused(actions: Actions): void {
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && focused.dataset['figure'] !== undefined) focused.click();
  else if (focused instanceof HTMLElement && focused.dataset['chart'] !== undefined) actions.traceHere('focus');
  else actions.traceHere(document.querySelector('[data-chart]:hover') === null ? null : 'pointer');
}
