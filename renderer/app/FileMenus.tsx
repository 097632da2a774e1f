/** Opening, saving and exporting: everything that goes in or out of the window. */
import {
  Download,
  FileInput,
  FileOutput,
  FileText,
  FolderOpen,
  HardDrive,
  Image,
  Save,
  SaveAll,
  Sheet,
  Table,
  AppWindow,
  Clock,
  FilePlus,
  FolderSearch,
  ToggleLeft,
  ToggleRight,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecentDocument } from '../../shared/contract/host.ts';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { useActions, useAppState, useAppStore } from './context.ts';

export function FileMenus(): ReactNode {
  const store = useAppStore();
  const actions = useActions();
  const recents = useAppState((state) => state.recentDocuments);
  const autosave = useAppState((state) => state.autosave);
  const canReveal = useAppState((state) => state.canReveal && state.documentRef !== null);
  return (
    <>
      <Menu
        label="Open"
        icon={FolderOpen}
        groups={[
          [
            {
              label: 'New account…',
              icon: FilePlus,
              onChoose: () => store.setState({ newAccountShown: true }),
            },
            { label: 'New window', icon: AppWindow, onChoose: () => void actions.newWindow() },
          ],
          [
            { label: 'Open scenario…', icon: FileText, keys: 'Ctrl O', onChoose: () => void actions.chooseScenario() },
            { label: 'Open workspace…', icon: HardDrive, onChoose: () => void actions.chooseWorkspace() },
          ],
          ...recentGroup(recents, (id) => void actions.openRecent(id)),
          [{ label: 'Import files…', icon: FileInput, onChoose: () => void actions.addFiles() }],
          [
            { label: 'Save', icon: Save, keys: 'Ctrl S', onChoose: () => void actions.save() },
            { label: 'Save as…', icon: SaveAll, keys: 'Ctrl Shift S', onChoose: () => void actions.saveAs() },
            ...(canReveal
              ? [{ label: 'Show in its folder', icon: FolderSearch, onChoose: () => void actions.reveal() }]
              : []),
            {
              label: autosave ? 'Turn autosave off' : 'Turn autosave on',
              icon: autosave ? ToggleRight : ToggleLeft,
              onChoose: () => actions.setAutosave(!autosave),
            },
          ],
        ]}
      />
      <Menu
        label="Export"
        icon={Download}
        groups={[
          [
            { label: 'Chart as PNG', icon: Image, keys: 'Ctrl E', onChoose: () => void actions.exportChart() },
            { label: 'Chart as SVG', icon: Image, onChoose: () => void actions.exportChart('svg') },
          ],
          TABLES.map(([table, name]) => ({
            label: `${name} as CSV`,
            icon: Table,
            onChoose: () => void actions.exportTable(table),
          })),
          TABLES.map(([table, name]) => ({
            label: `${name} as XLSX`,
            icon: Sheet,
            onChoose: () => void actions.exportSpreadsheet(table),
          })),
          RUN_FORMS.map(([form, label]) => ({ label, icon: FileOutput, onChoose: () => void actions.exportRun(form) })),
        ]}
      />
    </>
  );
}

const TABLES = [
  ['timeline', 'Timeline'],
  ['lots', 'Lots'],
  ['invoices', 'Invoices'],
  ['usage', 'Usage'],
] as const;

const RUN_FORMS = [
  ['focus', 'Run as FOCUS 1.2'],
  ['hledger', 'Journal for hledger'],
  ['beancount', 'Journal for beancount'],
] as const;

/** The last ones, each with its folder where two have one name. */
function recentGroup(recents: readonly RecentDocument[], open: (id: string) => void): readonly MenuItem[][] {
  if (recents.length === 0) return [];
  const label = ({ name, folder }: RecentDocument): string => {
    const isAlone = recents.filter((other) => other.name === name).length === 1;
    return isAlone || folder === '' ? name : `${name}, in ${folder}`;
  };
  const seen = new Set<string>();
  return [
    recents.slice(0, 6).flatMap((recent) => {
      if (seen.has(label(recent))) return [];
      seen.add(label(recent));
      return [{ label: label(recent), icon: Clock, onChoose: () => open(recent.id) }];
    }),
  ];
}
