/** A rule from an example: what it takes, what becomes of that, and before it is kept, which items it would take. */
import type { ReactNode } from 'react';
import type { ReconItem, ReconRule } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { plural } from '../../ui/format.ts';
import { ItemText } from '../../ui/recon/ItemText.tsx';
import { SIDE_NAMES } from '../../ui/recon/reconWords.ts';
import { Select } from '../../ui/Select.tsx';
import { readAmount } from './amountField.ts';
import { Form, TextRow } from './Form.tsx';

const SHOWN = 50;

const BECOMES = [
  { value: 'in_scope', label: 'is the vendor’s' },
  { value: 'ignore', label: 'is ignored' },
  { value: 'fee', label: 'is a fee' },
  { value: 'tax', label: 'is tax' },
  { value: 'fx', label: 'is exchange rate' },
  { value: 'rounding', label: 'is rounding' },
] as const;

export function RuleDialog(props: {
  readonly rule: ReconRule;
  readonly preview: { readonly items: readonly ReconItem[]; readonly everywhere: number } | null;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly onChange: (rule: ReconRule) => void;
  readonly onKeep: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { rule, preview, zone, digits, currency, onChange, onKeep, onClose } = props;
  const change = (part: Partial<ReconRule>): void => onChange({ ...rule, ...part });
  const becomes = rule.then.kind === 'category' ? rule.then.category : rule.then.kind;
  const problem = problemOf(rule);
  return (
    <Dialog title={`Rule for ${SIDE_NAMES[rule.side].toLowerCase()} items`} onClose={onClose}>
      <Form
        verb={preview === null ? 'Keep rule' : `Keep rule, takes ${plural(preview.items.length, 'item')} here`}
        problem={problem}
        shown
        onClose={onClose}
        onSend={() => {
          if (problem === null) onKeep();
        }}
      >
        <TextRow label="Name" first value={rule.name} onChange={(name) => change({ name })} />
        <div className="form-row">
          <span>Its text</span>
          <Select
            label="How the text is compared"
            value={rule.how}
            options={[
              { value: 'begins', label: 'begins with' },
              { value: 'contains', label: 'contains' },
            ]}
            onChange={(how) => change({ how: how === 'contains' ? 'contains' : 'begins' })}
          />
        </div>
        <TextRow label="this" value={rule.text} placeholder="any text" onChange={(text) => change({ text })} />
        <TextRow
          label="Least amount"
          short
          value={rule.low ?? ''}
          placeholder="any"
          onChange={(low) => change({ low: low.trim() === '' ? null : (readAmount(low) ?? low) })}
        />
        <TextRow
          label="Greatest amount"
          short
          value={rule.high ?? ''}
          placeholder="any"
          onChange={(high) => change({ high: high.trim() === '' ? null : (readAmount(high) ?? high) })}
        />
        <div className="form-row">
          <span>What it takes</span>
          <Select
            label="What becomes of it"
            value={becomes}
            options={BECOMES}
            onChange={(value) => change({ then: thenOf(value, rule) })}
          />
        </div>
        {rule.then.kind === 'ignore' && (
          <TextRow
            label="Reason"
            value={rule.then.reason}
            onChange={(reason) => change({ then: { kind: 'ignore', reason } })}
          />
        )}
        <Preview preview={preview} zone={zone} digits={digits} currency={currency} />
      </Form>
    </Dialog>
  );
}

function Preview(props: {
  readonly preview: { readonly items: readonly ReconItem[]; readonly everywhere: number } | null;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
}): ReactNode {
  const { preview, ...show } = props;
  if (preview === null) return <p className="form-note">Looking for what it would take.</p>;
  const { items, everywhere } = preview;
  return (
    <>
      <p className="form-note" role="status">
        {`Takes ${plural(items.length, 'item')} of this month, ${plural(everywhere, 'item')} of all months.`}
      </p>
      {items.length > 0 && (
        <ul className="form-list" aria-label="What it would take" tabIndex={0}>
          {items.slice(0, SHOWN).map((item) => (
            <li key={item.id}>
              <ItemText item={item} {...show} />
            </li>
          ))}
          {items.length > SHOWN && <li>{`and ${plural(items.length - SHOWN, 'more', 'more')}`}</li>}
        </ul>
      )}
    </>
  );
}

function thenOf(value: string, { then }: ReconRule): ReconRule['then'] {
  if (value === 'in_scope') return { kind: 'in_scope' };
  if (value === 'fee' || value === 'tax' || value === 'fx' || value === 'rounding')
    return { kind: 'category', category: value };
  return { kind: 'ignore', reason: then.kind === 'ignore' ? then.reason : '' };
}

function problemOf({ name, text, low, high, then }: ReconRule): string | null {
  if (name.trim() === '') return 'A rule has a name';
  if (low !== null && readAmount(low) === null) return 'The least amount is a figure, or empty';
  if (high !== null && readAmount(high) === null) return 'The greatest amount is a figure, or empty';
  if (text.trim() === '' && low === null && high === null) return 'It would take everything: give a text or amounts';
  return then.kind === 'ignore' && then.reason.trim() === '' ? 'What is ignored has a reason' : null;
}
