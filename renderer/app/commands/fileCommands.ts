/** Commands of documents, imports and exports. */
import {
  AppWindow,
  Archive,
  ClipboardPaste,
  FileInput,
  FileOutput,
  FilePlus,
  FileText,
  FolderOpen,
  FolderSearch,
  HardDrive,
  Image,
  Import,
  Play,
  Printer,
  Redo2,
  Save,
  SaveAll,
  Sheet,
  Table,
  ToggleRight,
  Undo2,
} from 'lucide-react';
import type { TableName } from '../../../shared/contract/engine.ts';
import { plural } from '../../ui/format.ts';
import type { Actions } from '../actions.ts';
import type { AppState, AppStore } from '../store.ts';
import type { Command } from './command.ts';
import { canStep, step, stepTitle } from './undoing.ts';

const TABLES: readonly (readonly [TableName, string])[] = [
  ['timeline', 'Timeline'],
  ['lots', 'Lots'],
  ['invoices', 'Invoices'],
  ['usage', 'Usage'],
];

const RUN_FORMS = [
  ['focus', 'Run as FOCUS 1.2'],
  ['hledger', 'Journal for hledger'],
  ['beancount', 'Journal for beancount'],
] as const;

export const noAccount = ({ view }: AppState): string | null => (view === null ? 'no account is open' : null);

export function fileCommands(store: AppStore, actions: Actions): readonly Command[] {
  return [...documentCommands(store, actions), ...importCommands(store, actions), ...exportCommands(store, actions)];
}

function documentCommands(store: AppStore, actions: Actions): readonly Command[] {
  const state = store.getState;
  return [
    {
      ...{ id: 'newAccount', title: 'New account…', group: 'Files', icon: FilePlus },
      run: () => store.setState({ newAccountShown: true }),
    },
    {
      ...{ id: 'newWindow', title: 'New window', group: 'Files', icon: AppWindow },
      run: () => void actions.newWindow(),
    },
    {
      ...{ id: 'openScenario', title: 'Open scenario…', group: 'Files', icon: FileText, keys: ['Ctrl O'] },
      whileTyping: true,
      run: () => void actions.chooseScenario(),
    },
    {
      ...{ id: 'openWorkspace', title: 'Open workspace…', group: 'Files', icon: HardDrive },
      run: () => void actions.chooseWorkspace(),
    },
    {
      ...{ id: 'openDemo', title: 'Open the demo account', group: 'Files', icon: FolderOpen },
      run: () => void actions.leaveForDemo(),
    },
    {
      ...{ id: 'save', title: 'Save', group: 'Files', icon: Save, keys: ['Ctrl S'], words: 'workspace' },
      ...{ whileTyping: true, waits: noAccount },
      run: () => void actions.save(),
    },
    {
      ...{ id: 'saveAs', title: 'Save as…', group: 'Files', icon: SaveAll, keys: ['Ctrl Shift S'] },
      ...{ words: 'under another name', whileTyping: true, waits: noAccount },
      run: () => void actions.saveAs(),
    },
    {
      ...{ id: 'reveal', title: 'Show in its folder', group: 'Files', icon: FolderSearch },
      waits: ({ canReveal, documentRef }) =>
        !canReveal ? 'only in the desktop app' : documentRef === null ? 'not saved to a file yet' : null,
      run: () => void actions.reveal(),
    },
    {
      ...{ id: 'autosave', title: 'Turn autosave on or off', group: 'Files', icon: ToggleRight },
      says: ({ autosave }) => (autosave ? 'Turn autosave off' : 'Turn autosave on'),
      run: () => actions.setAutosave(!state().autosave),
    },
    {
      ...{ id: 'undo', title: 'Undo', group: 'Files', icon: Undo2, keys: ['Ctrl Z'] },
      says: (now) => stepTitle(now, 'undo'),
      waits: (now) => (canStep(now, 'undo') ? null : 'nothing to undo'),
      run: () => step(store, actions, 'undo'),
    },
    {
      ...{ id: 'redo', title: 'Redo', group: 'Files', icon: Redo2, keys: ['Ctrl Shift Z', 'Ctrl Y'] },
      says: (now) => stepTitle(now, 'redo'),
      waits: (now) => (canStep(now, 'redo') ? null : 'nothing to redo'),
      run: () => step(store, actions, 'redo'),
    },
  ];
}

function importCommands(store: AppStore, actions: Actions): readonly Command[] {
  return [
    {
      ...{ id: 'addFiles', title: 'Import files…', group: 'Import', icon: FileInput },
      words: 'usage statement bank csv add',
      run: () => void actions.addFiles(),
    },
    {
      ...{ id: 'paste', title: 'Paste rows…', group: 'Import', icon: ClipboardPaste },
      run: () => store.setState({ place: 'data', dataTab: 'import', pasteShown: true }),
    },
    {
      ...{ id: 'takeStaged', title: 'Import the files that are ready', group: 'Import', icon: Import },
      ...{ keys: ['Ctrl Enter'], places: ['data'] },
      waits: ({ staged }) => (staged.length === 0 ? 'no files to import' : null),
      run: () => {
        const { place, dataTab } = store.getState();
        if (place === 'data' && dataTab === 'import') void actions.takeStaged();
        else store.setState({ place: 'data', dataTab: 'import' });
      },
    },
  ];
}

/** At the journal those are meant that its filter leaves. */
function withEntries(title: string, { place, journal }: AppState): string {
  return place === 'journal' ? `${title}, these ${plural(journal.total, 'entry', 'entries')}` : title;
}

function exportCommands(store: AppStore, actions: Actions): readonly Command[] {
  const noAnswer = ({ sqlResult }: AppState): string | null => (sqlResult === null ? 'no answer yet' : null);
  return [
    {
      ...{ id: 'exportChart', title: 'Chart as PNG', group: 'Export', icon: Image, keys: ['Ctrl E'] },
      ...{ words: 'export picture image', whileTyping: true },
      waits: (now) => noAccount(now) ?? (now.place === 'account' ? null : 'the chart is at Account'),
      run: () => void actions.exportChart(),
    },
    {
      ...{ id: 'chart:svg', title: 'Chart as SVG', group: 'Export', icon: Image, words: 'export picture image' },
      waits: (now) => noAccount(now) ?? (now.place === 'account' ? null : 'the chart is at Account'),
      run: () => void actions.exportChart('svg'),
    },
    {
      ...{ id: 'archive', title: 'Run as scenario and workspace', group: 'Export', icon: Archive },
      ...{ words: 'export zip', waits: noAccount },
      run: () => void actions.exportArchive(),
    },
    {
      ...{ id: 'report', title: 'Report of the last month…', group: 'Export', icon: Printer, waits: noAccount },
      words: 'print pdf finance reconciliation roll-forward',
      run: () => actions.openReport(),
    },
    ...RUN_FORMS.map(([form, title]): Command => ({
      ...{ id: `run:${form}`, title, group: 'Export', icon: FileOutput, words: 'export', waits: noAccount },
      run: () => void actions.exportRun(form),
    })),
    ...TABLES.map(([table, name]): Command => ({
      ...{ id: `csv:${table}`, title: `${name} as CSV`, group: 'Export', icon: Table, words: 'export table' },
      waits: noAccount,
      run: () => void actions.exportTable(table),
    })),
    ...TABLES.map(([table, name]): Command => ({
      ...{ id: `xlsx:${table}`, title: `${name} as XLSX`, group: 'Export', icon: Sheet },
      ...{ words: 'export table spreadsheet excel', waits: noAccount },
      run: () => void actions.exportSpreadsheet(table),
    })),
    {
      ...{ id: 'csv:journal', title: 'Journal as CSV', group: 'Export', icon: Table, words: 'export table' },
      ...{ says: (now) => withEntries('Journal as CSV', now), waits: noAccount },
      run: () => void actions.exportJournal('csv'),
    },
    {
      ...{ id: 'xlsx:journal', title: 'Journal as XLSX', group: 'Export', icon: Sheet },
      ...{ words: 'export table spreadsheet excel', waits: noAccount },
      says: (now) => withEntries('Journal as XLSX', now),
      run: () => void actions.exportJournal('xlsx'),
    },
    {
      ...{ id: 'csv:answer', title: 'Answer of the query as CSV', group: 'Export', icon: Table, waits: noAnswer },
      run: () => void actions.exportAnswer('csv'),
    },
    {
      ...{ id: 'xlsx:answer', title: 'Answer of the query as XLSX', group: 'Export', icon: Sheet, waits: noAnswer },
      run: () => void actions.exportAnswer('xlsx'),
    },
    {
      ...{ id: 'runQuery', title: 'Run the query', group: 'Journal and SQL', icon: Play },
      waits: (now) => noAccount(now) ?? (now.sqlText.trim() === '' ? 'no query yet' : null),
      run: () => {
        store.setState({ place: 'journal', journalTab: 'sql' });
        void store.getState().sqlRun();
      },
    },
  ];
}
