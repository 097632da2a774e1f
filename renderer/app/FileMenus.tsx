/** Opening, saving and exporting: everything that goes in or out of the window. */
import { Clock, Download, FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecentDocument } from '../../shared/contract/host.ts';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { useActions, useAppState } from './context.ts';
import { useMenuItems } from './useMenuItems.ts';

const EXPORTS = [
  ['exportChart', 'chart:svg'],
  ['csv:timeline', 'csv:lots', 'csv:invoices', 'csv:usage'],
  ['xlsx:timeline', 'xlsx:lots', 'xlsx:invoices', 'xlsx:usage'],
  ['report'],
  ['archive', 'run:focus', 'run:hledger', 'run:beancount'],
] as const;

export function FileMenus(): ReactNode {
  const { openRecent } = useActions();
  const recents = useAppState((state) => state.recentDocuments);
  const canReveal = useAppState((state) => state.canReveal && state.documentRef !== null);
  const item = useMenuItems();
  return (
    <>
      <Menu
        label="Open"
        icon={FolderOpen}
        groups={[
          ['newAccount', 'newWindow'].map(item),
          ['openScenario', 'openWorkspace'].map(item),
          ...recentGroup(recents, (id) => void openRecent(id)),
          ['addFiles'].map(item),
          ['save', 'saveAs', ...(canReveal ? ['reveal'] : []), 'autosave'].map(item),
        ]}
      />
      <Menu label="Export" icon={Download} groups={EXPORTS.map((group) => group.map(item))} />
    </>
  );
}

/** The last ones, each with its folder where two have one name. */
function recentGroup(recents: readonly RecentDocument[], open: (id: string) => void): readonly MenuItem[][] {
  if (recents.length === 0) return [];
  const seen = new Set<string>();
  return [
    recents.slice(0, 6).flatMap((recent) => {
      const label = recentName(recent, recents);
      if (seen.has(label)) return [];
      seen.add(label);
      return [{ label, icon: Clock, onChoose: () => open(recent.id) }];
    }),
  ];
}

export function recentName({ name, folder }: RecentDocument, recents: readonly RecentDocument[]): string {
  const isAlone = recents.filter((other) => other.name === name).length === 1;
  return isAlone || folder === '' ? name : `${name}, in ${folder}`;
}
