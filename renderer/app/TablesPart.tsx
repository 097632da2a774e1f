/** The four tables behind their tabs; selecting a row shows its place on the chart. */
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountView, TableName } from '../../shared/contract/engine.ts';
import type { AccountPoint } from '../../shared/contract/engine.ts';
import type { Zone } from '../../shared/domain/time.ts';
import { InvoicesTable } from '../features/invoices/InvoicesTable.tsx';
import { LotsTable } from '../features/lots/LotsTable.tsx';
import { TimelineTable } from '../features/timeline/TimelineTable.tsx';
import { UsageTable } from '../features/usage/UsageTable.tsx';
import { Button } from '../ui/Button.tsx';
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
  return (
    <TimelineTable
      {...shown}
      {...usePointed()}
      pages={pages}
      selected={selected}
      onNeed={onNeed}
      onSelect={(index) => void selectRecord(index)}
      onTrace={traceFigure}
    />
  );
}

function Lots(shown: Shown): ReactNode {
  const { selectLot, traceFigure } = useActions();
  const pages = useAppState((state) => state.lots);
  const selected = useAppState((state) => state.lotsSelected);
  const onNeed = useAppState((state) => state.lotsNeed);
  return (
    <LotsTable
      {...shown}
      {...usePointed()}
      pages={pages}
      selected={selected}
      onNeed={onNeed}
      onSelect={(index) => void selectLot(index)}
      onTrace={traceFigure}
    />
  );
}

function Invoices(shown: Shown): ReactNode {
  const { selectInvoice, traceFigure } = useActions();
  const pages = useAppState((state) => state.invoices);
  const selected = useAppState((state) => state.invoicesSelected);
  const onNeed = useAppState((state) => state.invoicesNeed);
  return (
    <InvoicesTable
      {...shown}
      {...usePointed()}
      pages={pages}
      selected={selected}
      onNeed={onNeed}
      onSelect={(index) => void selectInvoice(index)}
      onTrace={traceFigure}
    />
  );
}

function Usage(shown: Shown): ReactNode {
  const { selectUsage, openSource, traceFigure } = useActions();
  const pages = useAppState((state) => state.usage);
  const selected = useAppState((state) => state.usageSelected);
  const onNeed = useAppState((state) => state.usageNeed);
  return (
    <UsageTable
      {...shown}
      {...usePointed()}
      pages={pages}
      selected={selected}
      onNeed={onNeed}
      onSelect={(index) => void selectUsage(index)}
      onTrace={traceFigure}
      onSource={openSource}
    />
  );
}
