/** The tabs of the data place, an entry each. */
import type { ComponentType } from 'react';
import { plural } from '../ui/format.ts';
import { FilesPart } from './FilesPart.tsx';
import { ImportPart } from './ImportPart.tsx';
import { PriceCheckPart } from './PriceCheckPart.tsx';
import { PricesPart } from './PricesPart.tsx';
import { ProfilesPart } from './ProfilesPart.tsx';

export type DataTab = 'files' | 'import' | 'prices' | 'check' | 'profiles';

/** What each tab counts; null where there is nothing to count. */
export type DataCounts = Readonly<Record<DataTab, number | null>>;

interface TabOfData {
  readonly value: DataTab;
  readonly label: string;
  /** Beside the title. */
  readonly facts: (counts: DataCounts) => string;
  readonly component: ComponentType;
  /** Whether files and rows are added here. */
  readonly addsFiles: boolean;
}

export const DATA_TABS: readonly [TabOfData, ...TabOfData[]] = [
  {
    value: 'files',
    label: 'Files',
    facts: ({ files }) => (files === null ? '' : `${plural(files, 'file')} in this account`),
    component: FilesPart,
    addsFiles: true,
  },
  {
    value: 'import',
    label: 'Import',
    facts: ({ import: staged }) =>
      staged === null ? 'nothing here yet' : `${plural(staged, 'file')}, nothing kept yet`,
    component: ImportPart,
    addsFiles: true,
  },
  {
    value: 'prices',
    label: 'Prices',
    facts: () => 'what usage is priced by that states no cost',
    component: PricesPart,
    addsFiles: false,
  },
  {
    value: 'check',
    label: 'Price check',
    facts: () => 'costs that files state, against the price list',
    component: PriceCheckPart,
    addsFiles: true,
  },
  {
    value: 'profiles',
    label: 'Profiles',
    facts: () => 'how files with a known header are read',
    component: ProfilesPart,
    addsFiles: false,
  },
];
