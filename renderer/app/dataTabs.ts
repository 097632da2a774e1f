/** The tabs of the data place, an entry each. */
import type { ComponentType } from 'react';
import { plural } from '../ui/format.ts';
import { FilesPart } from './FilesPart.tsx';
import { ImportPart } from './ImportPart.tsx';
import { ProfilesPart } from './ProfilesPart.tsx';

export type DataTab = 'files' | 'import' | 'profiles';

/** What each tab counts; null where there is nothing to count. */
export type DataCounts = Readonly<Record<DataTab, number | null>>;

interface TabOfData {
  readonly value: DataTab;
  readonly label: string;
  /** Beside the title. */
  readonly facts: (counts: DataCounts) => string;
  readonly component: ComponentType;
}

export const DATA_TABS: readonly [TabOfData, ...TabOfData[]] = [
  {
    value: 'files',
    label: 'Files',
    facts: ({ files }) => `${plural(files ?? 0, 'file')} in this account`,
    component: FilesPart,
  },
  {
    value: 'import',
    label: 'Import',
    facts: ({ import: staged }) =>
      staged === null ? 'nothing here yet' : `${plural(staged, 'file')}, nothing kept yet`,
    component: ImportPart,
  },
  {
    value: 'profiles',
    label: 'Profiles',
    facts: () => 'how files with a known header are read',
    component: ProfilesPart,
  },
];
