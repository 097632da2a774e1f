/**
 * The places of the window, a line each. Keys are the numbers of the places in the order of the design (1 Account, 2
 * What-if, 3 Scenario, 4 Trace, 5 Journal, 6 Reconcile, 7 Data), so that they stay when the others come.
 */
import {
  BookOpen,
  Braces,
  ChartLine,
  Database,
  ListTree,
  Scale,
  SlidersHorizontal,
  type LucideIcon,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { toDecide } from '../features/reconcile/slice.ts';
import { AccountPlace } from './AccountPlace.tsx';
import { DataPlace } from './DataPlace.tsx';
import { JournalPlace } from './JournalPlace.tsx';
import { ReconcilePlace } from './ReconcilePlace.tsx';
import { ScenarioPlace } from './ScenarioPlace.tsx';
import type { AppState } from './store.ts';
import { TracePlace } from './TracePlace.tsx';
import { WhatIfPlace } from './WhatIfPlace.tsx';

export type PlaceId = 'account' | 'whatIf' | 'scenario' | 'trace' | 'journal' | 'reconcile' | 'data';

export interface Place {
  readonly id: PlaceId;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly key: string;
  readonly component: ComponentType;
  /** How many things wait there, and what they are. */
  readonly waiting?: (state: AppState) => { readonly count: number; readonly what: string };
}

export const PLACES: readonly Place[] = [
  { id: 'account', label: 'Account', icon: ChartLine, key: '1', component: AccountPlace },
  { id: 'whatIf', label: 'What-if', icon: SlidersHorizontal, key: '2', component: WhatIfPlace },
  {
    id: 'scenario',
    label: 'Scenario',
    icon: Braces,
    key: '3',
    component: ScenarioPlace,
    waiting: ({ scenarioCheck }) => ({ count: scenarioCheck?.problems.length ?? 0, what: 'to mend in the text' }),
  },
  { id: 'trace', label: 'Trace', icon: ListTree, key: '4', component: TracePlace },
  { id: 'journal', label: 'Journal', icon: BookOpen, key: '5', component: JournalPlace },
  {
    id: 'reconcile',
    label: 'Reconcile',
    icon: Scale,
    key: '6',
    component: ReconcilePlace,
    waiting: (state) => ({ count: toDecide(state), what: 'to decide' }),
  },
  {
    id: 'data',
    label: 'Data',
    icon: Database,
    key: '7',
    component: DataPlace,
    waiting: ({ staged }) => ({ count: staged.length, what: 'to import' }),
  },
];
