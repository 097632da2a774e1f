/** Opening, saving and exporting: everything that goes in or out of the window. */
import { Download, FileInput, FileText, FolderOpen, HardDrive, Image, Save, SaveAll, Table } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu } from '../ui/Menu.tsx';
import { useActions } from './context.ts';

export function FileMenus(): ReactNode {
  const actions = useActions();
  return (
    <>
      <Menu
        label="Open"
        icon={FolderOpen}
        groups={[
          [
            { label: 'Open scenario…', icon: FileText, keys: 'Ctrl O', onChoose: () => void actions.chooseScenario() },
            { label: 'Open workspace…', icon: HardDrive, onChoose: () => void actions.chooseWorkspace() },
          ],
          [{ label: 'Import files…', icon: FileInput, onChoose: () => void actions.addFiles() }],
          [
            { label: 'Save', icon: Save, keys: 'Ctrl S', onChoose: () => void actions.save() },
            { label: 'Save as…', icon: SaveAll, keys: 'Ctrl Shift S', onChoose: () => void actions.saveAs() },
          ],
        ]}
      />
      <Menu
        label="Export"
        icon={Download}
        groups={[
          [{ label: 'Chart as PNG', icon: Image, keys: 'Ctrl E', onChoose: () => void actions.exportChart() }],
          (['timeline', 'lots', 'invoices', 'usage'] as const).map((table) => ({
            label: `${table.charAt(0).toUpperCase()}${table.slice(1)} as CSV`,
            icon: Table,
            onChoose: () => void actions.exportTable(table),
          })),
        ]}
      />
    </>
  );
}
