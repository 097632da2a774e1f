/** The prices of one model, by day: change them, add a day, delete one. */
import { Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { LocatedProblem } from '../../../shared/contract/importing.ts';
import type { DraftEntry, PriceEntry } from '../../../shared/contract/prices.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { plural } from '../../ui/format.ts';
import { Select } from '../../ui/Select.tsx';
import { changedDraft, draftsOf, entriesOf, oneMore, problemsAt, withPrice, type Draft } from './priceDraft.ts';
import { meterName } from './priceText.ts';
import './prices.css';

export function PriceEditor(props: {
  /** Null: a model that has no prices yet, to be named. */
  readonly sku: string | null;
  readonly entries: readonly PriceEntry[];
  readonly currency: string;
  readonly problems: readonly LocatedProblem[];
  readonly busy: boolean;
  /** Resolves to true where they were kept. */
  readonly onKeep: (sku: string, entries: readonly DraftEntry[]) => Promise<boolean>;
  readonly onClose: () => void;
}): ReactNode {
  const { sku, entries, currency, problems, busy, onKeep, onClose } = props;
  const [name, setName] = useState(sku ?? '');
  const [drafts, setDrafts] = useState(() => (entries.length === 0 ? oneMore([]) : draftsOf(entries)));
  const change = (id: number, what: Partial<Draft>): void => setDrafts((now) => changedDraft(now, id, what));
  const keep = async (): Promise<void> => {
    if (await onKeep(name.trim(), entriesOf(drafts))) onClose();
  };
  const unnamed = name.trim() === '';
  return (
    <Dialog title={sku === null ? 'Add a model' : `Prices of ${sku}`} onClose={onClose}>
      <form
        className="price-editor"
        onSubmit={(event) => {
          event.preventDefault();
          if (!unnamed && !busy) void keep();
        }}
      >
        {sku === null && (
          <label className="price-field">
            <span>Model, or SKU, as usage files write it</span>
            <input
              className="field"
              value={name}
              spellCheck={false}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </label>
        )}
        <p className="price-second">{`In ${currency}. Each holds from the start of its day (UTC) to the next one.`}</p>
        {drafts.map((draft, place) => (
          <EntryFields
            key={draft.id}
            draft={draft}
            problems={problemsAt(problems, place)}
            onChange={(what) => change(draft.id, what)}
            onDelete={() => setDrafts((now) => now.filter(({ id }) => id !== draft.id))}
          />
        ))}
        {drafts.length === 0 && <p>Without an entry, usage of it has no price.</p>}
        <Problems problems={problemsAt(problems, null)} />
        <div className="price-commands">
          <Button icon={Plus} onClick={() => setDrafts(oneMore)}>
            Add a dated price
          </Button>
          <span className="price-gap" />
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="solid" disabled={busy || unnamed} onClick={() => void keep()}>
            {unnamed ? 'Keep, a name is missing' : `Keep ${plural(drafts.length, 'dated price')}`}
          </Button>
        </div>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

const UNITS = [
  { value: '1000000', label: '1,000,000 units' },
  { value: '1000', label: '1,000 units' },
  { value: '60', label: '60 units' },
  { value: '1', label: '1 unit' },
];

const METERS = [
  'input_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'cache_write_1h_tokens',
  'output_tokens',
  'web_search_requests',
  'input_audio_tokens',
  'cached_input_audio_tokens',
  'output_audio_tokens',
  'input_image_tokens',
  'output_image_tokens',
  'requests',
  'images',
  'seconds',
  'characters',
  'sessions',
];

function EntryFields(props: {
  readonly draft: Draft;
  readonly problems: ReturnType<typeof problemsAt>;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly onDelete: () => void;
}): ReactNode {
  const { draft, problems, onChange, onDelete } = props;
  const wrong = (field: string): boolean => problems.some((problem) => problem.field === field);
  const units = UNITS.some(({ value }) => value === draft.per)
    ? UNITS
    : [...UNITS, { value: draft.per, label: `${draft.per} units` }];
  const left = METERS.filter((meter) => !draft.prices.some(([name]) => name === meter));
  return (
    <fieldset className="price-entry">
      <legend className="visually-hidden">{draft.from === '' ? 'New dated price' : `From ${draft.from}`}</legend>
      <div className="price-entry-head">
        <label className="price-field">
          <span>From</span>
          <input
            className="field"
            value={draft.from}
            placeholder="2026-10-01"
            spellCheck={false}
            aria-invalid={wrong('from')}
            onChange={(event) => onChange({ from: event.currentTarget.value })}
          />
        </label>
        <div className="price-field">
          <span>Price of</span>
          <Select label="Price of" value={draft.per} options={units} onChange={(per) => onChange({ per })} />
        </div>
        <IconButton icon={Trash2} label={`Delete the price from ${draft.from || 'no day yet'}`} onClick={onDelete} />
      </div>
      <div className="price-entry-prices">
        {draft.prices.map(([meter, price]) => (
          <label key={meter} className="price-field">
            <span title={meter}>{meterName(meter)}</span>
            <input
              className="field price-number"
              value={price}
              inputMode="decimal"
              spellCheck={false}
              aria-invalid={wrong(meter)}
              onChange={(event) => onChange(withPrice(draft, meter, event.currentTarget.value))}
            />
          </label>
        ))}
        {left.length > 0 && (
          <div className="price-field">
            <span>More</span>
            <Select
              label="Add a unit"
              value={null}
              placeholder="Add a unit"
              options={left.map((meter) => ({ value: meter, label: meterName(meter) }))}
              onChange={(meter) => onChange(withPrice(draft, meter, ''))}
            />
          </div>
        )}
      </div>
      <Problems problems={problems} />
    </fieldset>
  );
}

function Problems({ problems }: { readonly problems: ReturnType<typeof problemsAt> }): ReactNode {
  return problems.map(({ field, message }) => (
    <p key={`${field} ${message}`} className="field-problem" role="alert">
      {message}
    </p>
  ));
}
