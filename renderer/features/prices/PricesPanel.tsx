/** The price list in force: found by name and vendor, opened to its days, changed, taken out and in. */
import { Download, FileUp, Plus, Search, Text, TriangleAlert, Undo2 } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { LocatedProblem } from '../../../shared/contract/importing.ts';
import type { DraftEntry, PriceEntry, PriceListView, PriceRow } from '../../../shared/contract/prices.ts';
import { Button } from '../../ui/Button.tsx';
import { dateText, plural } from '../../ui/format.ts';
import { Menu } from '../../ui/Menu.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemList } from '../../ui/ProblemList.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { PriceDetail } from './PriceDetail.tsx';
import { PriceEditor } from './PriceEditor.tsx';
import { PricesTable } from './PricesTable.tsx';
import { PriceTextDialog } from './PriceTextDialog.tsx';
import { foundRows, vendorName } from './priceText.ts';
import { UnpricedSkus } from './UnpricedSkus.tsx';
import './prices.css';

export interface PricesPanelProps {
  /** Null until it is there. */
  readonly prices: PriceListView | null;
  /** Rows of the account that no price is known for. */
  readonly unpriced: { readonly rows: number; readonly skus: readonly string[] } | null;
  /** Why the last change was not made. */
  readonly problems: readonly LocatedProblem[];
  /** A change is under way. */
  readonly busy: boolean;
  readonly onForgetProblems: () => void;
  /** Each resolves to true where the change was made. */
  readonly onSetList: (name: string, text: string) => Promise<boolean>;
  readonly onSetPrices: (sku: string, currency: string, entries: readonly DraftEntry[] | null) => Promise<boolean>;
  readonly onReset: () => Promise<boolean>;
  /** A text file that the user chooses; null where none was. */
  readonly onOpen: () => Promise<{ readonly name: string; readonly text: string } | null>;
  readonly onSave: (name: string, text: string) => void;
}

type Editing =
  | { readonly kind: 'text' }
  /** `sku` null: a model that is yet to be named. */
  | { readonly kind: 'model'; readonly sku: string | null; readonly entries: readonly PriceEntry[] };

function editingOf({ sku, entries }: PriceRow): Editing {
  return { kind: 'model', sku, entries };
}

export function PricesPanel(props: PricesPanelProps): ReactNode {
  const { prices, unpriced, problems, busy, onForgetProblems, onSetList, onSetPrices } = props;
  const [search, setSearch] = useState('');
  const [vendor, setVendor] = useState<string>(ALL);
  const [chosen, setChosen] = useState<string | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const rows = useMemo(
    () => (prices === null ? [] : foundRows(prices.rows, search, vendor === ALL ? null : vendor)),
    [prices, search, vendor],
  );
  if (prices === null)
    return (
      <p className="prices-waiting" role="status">
        Reading the price list
      </p>
    );
  const row = rows.find(({ sku }) => sku === chosen) ?? rows[0];
  const edit = (what: Editing | null): void => {
    onForgetProblems();
    setEditing(what);
  };
  return (
    <div className="prices">
      <PricesHead {...props} prices={prices} onEdit={edit} />
      {unpriced !== null && (
        <UnpricedSkus
          unpriced={unpriced}
          onAdd={(sku) => {
            const known = prices.rows.find((each) => each.sku === sku);
            edit(known === undefined ? { kind: 'model', sku, entries: [] } : editingOf(known));
          }}
        />
      )}
      <Finder
        rows={prices.rows}
        shown={rows.length}
        search={search}
        vendor={vendor}
        onSearch={setSearch}
        onVendor={setVendor}
      />
      {editing === null && problems.length > 0 && (
        <div className="prices-problems">
          <Notice icon={TriangleAlert} tone="debt" title="The prices were not changed">
            <ProblemList problems={problems} total={problems.length} titled={false} />
          </Notice>
          <Button small onClick={onForgetProblems}>
            Close
          </Button>
        </div>
      )}
      {row === undefined ? (
        <div className="prices-none">
          <p>{search === '' ? 'The list has no model of this vendor.' : `No model has “${search}” in its name.`}</p>
          <Button
            onClick={() => {
              setSearch('');
              setVendor(ALL);
            }}
          >
            {`Show all ${plural(prices.rows.length, 'model')}`}
          </Button>
        </div>
      ) : (
        <div className={busy ? 'prices-part dimmed' : 'prices-part'}>
          <div className="prices-table">
            <PricesTable
              rows={rows}
              chosen={row.sku}
              onChoose={setChosen}
              onOpen={(opened) => edit(editingOf(opened))}
            />
          </div>
          <PriceDetail
            row={row}
            rules={prices.rules}
            currency={prices.currency}
            busy={busy}
            onEdit={() => edit(editingOf(row))}
            onBack={() => void onSetPrices(row.sku, prices.currency, null)}
          />
        </div>
      )}
      {editing?.kind === 'text' && (
        <PriceTextDialog
          own={prices.own}
          problems={problems}
          busy={busy}
          onKeep={(text) => onSetList(OWN_NAME, text)}
          onClose={() => edit(null)}
        />
      )}
      {editing?.kind === 'model' && (
        <PriceEditor
          sku={editing.sku}
          entries={editing.entries}
          currency={prices.currency}
          problems={problems}
          busy={busy}
          onKeep={async (sku, entries) => {
            const kept = await onSetPrices(sku, prices.currency, entries);
            if (kept) setChosen(sku);
            return kept;
          }}
          onClose={() => edit(null)}
        />
      )}
    </div>
  );
}

const ALL = '';
/** What a list is called whose text does not say. */
const OWN_NAME = 'Own prices';

function PricesHead(
  props: PricesPanelProps & { readonly prices: PriceListView; readonly onEdit: (what: Editing) => void },
): ReactNode {
  const { prices, busy, onSetList, onReset, onOpen, onSave, onEdit } = props;
  const open = async (): Promise<void> => {
    const file = await onOpen();
    if (file !== null) await onSetList(file.name, file.text);
  };
  return (
    <div className="prices-head">
      <div>
        <p>
          <strong>{prices.name}</strong>
          {prices.asOf === null ? '' : `, kept to ${dateText(prices.asOf, true)}`}
          {prices.own === null ? '' : ', own prices over the published ones'}
        </p>
        <p className="price-second">{`${prices.currency} for 1,000,000 tokens; other units say theirs.`}</p>
        {prices.source !== '' && <p className="price-second">{prices.source}</p>}
      </div>
      <div className="price-commands">
        <Menu
          label="Edit"
          icon={Text}
          groups={[
            [
              { label: 'Add a model', icon: Plus, onChoose: () => onEdit({ kind: 'model', sku: null, entries: [] }) },
              { label: 'Edit own list as text', icon: Text, onChoose: () => onEdit({ kind: 'text' }) },
            ],
            ...(prices.own === null
              ? []
              : [[{ label: 'Back to published prices', icon: Undo2, onChoose: () => void onReset() }]]),
          ]}
        />
        <Button icon={FileUp} disabled={busy} onClick={() => void open()}>
          Import list
        </Button>
        <Button icon={Download} onClick={() => onSave('prices.yaml', prices.text)}>
          Export list
        </Button>
      </div>
    </div>
  );
}

function Finder(props: {
  readonly rows: readonly PriceRow[];
  readonly shown: number;
  readonly search: string;
  readonly vendor: string;
  readonly onSearch: (search: string) => void;
  readonly onVendor: (vendor: string) => void;
}): ReactNode {
  const { rows, shown, search, vendor, onSearch, onVendor } = props;
  const vendors = [...new Set(rows.map(vendorName))];
  return (
    <div className="prices-find">
      <span className="prices-search">
        <Search size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
        <input
          type="search"
          className="field"
          data-filter=""
          aria-label="Find a model"
          aria-keyshortcuts="/"
          placeholder="Find a model"
          spellCheck={false}
          value={search}
          onChange={(event) => onSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            if (search === '') event.currentTarget.blur();
            else onSearch('');
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </span>
      <Segmented
        label="Vendor"
        value={vendor}
        onChange={onVendor}
        options={[
          { value: ALL, label: 'All', title: 'All vendors' },
          ...vendors.map((name) => ({ value: name, label: name, title: name })),
        ]}
      />
      <span className="price-second" role="status">
        {shown === rows.length ? plural(rows.length, 'model') : `${shown} of ${plural(rows.length, 'model')}`}
      </span>
    </div>
  );
}
