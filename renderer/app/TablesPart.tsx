/** The four tables behind their tabs; selecting a row shows its place on the chart. */
import { Download } from 'lucide-react';
import { useCallback, type ReactNode } from 'react';
import type { AccountView, TableName } from '../../shared/contract/engine.ts';
import type { AccountPoint } from '../../shared/contract/engine.ts';
import type { RowOf } from '../../shared/contract/tableFilter.ts';
import type { Zone } from '../../shared/domain/time.ts';
import { InvoicesTable } from '../features/invoices/InvoicesTable.tsx';
import { LotsTable } from '../features/lots/LotsTable.tsx';
import { placeAmong } from '../features/tableFilter/slice.ts';
import { TableFilter } from '../features/tableFilter/TableFilter.tsx';
import { TimelineTable } from '../features/timeline/TimelineTable.tsx';
import { UsageTable } from '../features/usage/UsageTable.tsx';
import { Button } from '../ui/Button.tsx';
import type { Pages } from '../ui/pages.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { useActions, useAppState, useAppStore } from './context.ts';

export function TablesPart(props: {
  readonly view: AccountView;
  readonly zone: Zone;
  readonly updating: boolean;
}): ReactNode {
  const { view, zone, updating } = props;
  const { counts, minorDigits: digits, currency } = view;
  const store = useAppStore();
  const actions = useActions();
  const tab = useAppState((state) => state.tab);
  const accountNumber = useAppState((state) => state.accountNumber);
  const shown = { zone, digits, currency };
  return (
    <section className={updating ? 'tables-part dimmed' : 'tables-part'} aria-label="Tables">
      <div className="tables-top">
        <Tabs<TableName>
          label="Tables"
          value={tab}
          onChange={(value) => store.setState({ tab: value })}
          tabs={[
            { value: 'timeline', label: 'Timeline', count: counts.timeline },
            { value: 'lots', label: 'Lots', count: counts.lots },
            { value: 'invoices', label: 'Invoices', count: counts.invoices },
            { value: 'usage', label: 'Usage', count: counts.usage },
          ]}
        />
        <Filter table={tab} total={counts[tab]} />
        <Button
          icon={Download}
          look="quiet"
          small
          hint={`Export all of ${tab} as CSV`}
          onClick={() => void actions.exportTable(tab)}
        >
          CSV
        </Button>
      </div>
      <div className="tables-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        {tab === 'timeline' && <Timeline key={accountNumber} {...shown} />}
        {tab === 'lots' && <Lots key={accountNumber} {...shown} />}
        {tab === 'invoices' && <Invoices key={accountNumber} {...shown} />}
        {tab === 'usage' && <Usage key={accountNumber} {...shown} />}
      </div>
    </section>
  );
}

function Filter({ table, total }: { readonly table: TableName; readonly total: number }): ReactNode {
  const narrowed = useAppState((state) => state.narrowed[table]);
  const filterTable = useAppState((state) => state.filterTable);
  if (total === 0) return null;
  return <TableFilter {...{ table, narrowed, total }} onSearch={(search) => filterTable(table, search)} />;
}

/** What a table shows, and where its selection is in that. */
interface Listed<T> {
  readonly pages: Pages<T>;
  readonly selected: number | null;
  readonly onNeed: (first: number, last: number) => void;
  readonly onSelect: (index: number | null) => void;
  readonly nothing?: string;
}

/** The whole table, or what a filter leaves of it. */
function useNarrowed<T extends TableName>(table: T, whole: Listed<RowOf[T]>): Listed<RowOf[T]> {
  const { places, pages } = useAppState((state) => state.narrowed[table]);
  const need = useAppState((state) => state.narrowedNeed);
  const onNeed = useCallback((first: number, last: number) => need(table, first, last), [need, table]);
  if (places === null) return whole;
  return {
    // the pages of a table hold rows of that table
    pages: pages as Pages<RowOf[T]>,
    selected: placeAmong(places, whole.selected),
    onNeed,
    onSelect: (place) => whole.onSelect(place === null ? null : (places[place] ?? null)),
    nothing: 'No row has all of these words.',
  };
}

interface Pointed {
  readonly pointed: AccountPoint | null;
  readonly onHover: (at: number | null) => void;
}

/** Table and chart show each other what is under the pointer. */
function usePointed(): Pointed {
  const pointed = useAppState((state) => state.chartHover);
  const onHover = useAppState((state) => state.chartHoverAt);
  return { pointed, onHover };
}

interface Shown {
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
}

function Timeline(shown: Shown): ReactNode {
  const { selectRecord, traceFigure } = useActions();
  const pages = useAppState((state) => state.timeline);
  const selected = useAppState((state) => state.timelineSelected);
  const onNeed = useAppState((state) => state.timelineNeed);
  const onSelect = (index: number | null): void => void selectRecord(index);
  const listed = useNarrowed('timeline', { pages, selected, onNeed, onSelect });
  return <TimelineTable {...shown} {...usePointed()} {...listed} onTrace={traceFigure} />;
}

function Lots(shown: Shown): ReactNode {
  const { selectLot, traceFigure } = useActions();
  const pages = useAppState((state) => state.lots);
  const selected = useAppState((state) => state.lotsSelected);
  const onNeed = useAppState((state) => state.lotsNeed);
  const onSelect = (index: number | null): void => void selectLot(index);
  const listed = useNarrowed('lots', { pages, selected, onNeed, onSelect });
  return <LotsTable {...shown} {...usePointed()} {...listed} onTrace={traceFigure} />;
}

function Invoices(shown: Shown): ReactNode {
  const { selectInvoice, traceFigure } = useActions();
  const pages = useAppState((state) => state.invoices);
  const selected = useAppState((state) => state.invoicesSelected);
  const onNeed = useAppState((state) => state.invoicesNeed);
  const onSelect = (index: number | null): void => void selectInvoice(index);
  const listed = useNarrowed('invoices', { pages, selected, onNeed, onSelect });
  return <InvoicesTable {...shown} {...usePointed()} {...listed} onTrace={traceFigure} />;
}

function Usage(shown: Shown): ReactNode {
  const { selectUsage, openSource, traceFigure } = useActions();
  const pages = useAppState((state) => state.usage);
  const selected = useAppState((state) => state.usageSelected);
  const onNeed = useAppState((state) => state.usageNeed);
  const onSelect = (index: number | null): void => void selectUsage(index);
  const listed = useNarrowed('usage', { pages, selected, onNeed, onSelect });
  return <UsageTable {...shown} {...usePointed()} {...listed} onTrace={traceFigure} onSource={openSource} />;
}
