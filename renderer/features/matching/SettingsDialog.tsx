/** How items are matched: whose lines they are, how far apart, how much off. Kept in the log, for all months. */
import { Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AdoptedValues, ReconRule, ReconSettings } from '../../../shared/contract/reconcile.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { monthText, SIDE_NAMES } from '../../ui/recon/reconWords.ts';
import { Form, TextRow } from './Form.tsx';
import { FIELDS, settingsOf, textOf, type SettingsText } from './settingsText.ts';

export function SettingsDialog(props: {
  readonly settings: ReconSettings;
  readonly currency: string;
  /** What is adopted for the vendor in the month on screen. */
  readonly adopted: readonly AdoptedValues[];
  readonly onSave: (change: Partial<ReconSettings>) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { settings, currency, adopted, onSave, onClose } = props;
  const [fields, setFields] = useState<SettingsText>(() => textOf(settings));
  const [groups, setGroups] = useState(settings.groups);
  const [rules, setRules] = useState(settings.rules);
  const read = settingsOf(fields, { ...settings, groups, rules });
  return (
    <Dialog title="Settings of matching" onClose={onClose}>
      <Form
        verb="Save and match again"
        problem={typeof read === 'string' ? read : null}
        shown
        onClose={onClose}
        onSend={() => {
          if (typeof read !== 'string') onSave(read);
        }}
      >
        {FIELDS.map(({ key, label, short, placeholder }, index) => (
          <TextRow
            key={key}
            label={label.replace('{currency}', currency)}
            short={short}
            first={index === 0}
            placeholder={placeholder}
            value={fields[key]}
            onChange={(value) => setFields({ ...fields, [key]: value })}
          />
        ))}
        <div className="form-row">
          <span>One against several</span>
          <Checkbox label="Suggest groups that add up" checked={groups} onChange={setGroups} />
        </div>
        <Rules rules={rules} onRemove={(id) => setRules(rules.filter((rule) => rule.id !== id))} />
        <Adopted adopted={adopted} />
      </Form>
    </Dialog>
  );
}

function Rules(props: { readonly rules: readonly ReconRule[]; readonly onRemove: (id: string) => void }): ReactNode {
  const { rules, onRemove } = props;
  if (rules.length === 0)
    return <p className="form-note">No rules yet. “Rule from it” in the Match tab makes one from an example.</p>;
  return (
    <ul className="form-list" aria-label="Rules">
      {rules.map((rule) => (
        <li key={rule.id}>
          <span>
            <strong>{rule.name}</strong> {ruleText(rule)}
          </span>
          <IconButton icon={Trash2} label={`Remove rule ${rule.name}`} onClick={() => onRemove(rule.id)} />
        </li>
      ))}
    </ul>
  );
}

function Adopted({ adopted }: { readonly adopted: readonly AdoptedValues[] }): ReactNode {
  if (adopted.length === 0) return null;
  return (
    <ul className="form-list" aria-label="Adopted for this vendor">
      {adopted.map(({ from, set, sentence }) => (
        <li key={JSON.stringify([from, set])}>
          <span>
            <strong>Adopted from {monthText(from)}</strong> {valuesText(set)}. {sentence}
          </span>
        </li>
      ))}
    </ul>
  );
}

function valuesText(set: AdoptedValues['set']): string {
  return Object.entries(set)
    .map(([path, value]) => `${path} ${value}`)
    .join(', ');
}

function ruleText({ side, text, how, then }: ReconRule): string {
  const what = text === '' ? 'any text' : `${how === 'begins' ? 'begins with' : 'contains'} “${text}”`;
  const becomes =
    then.kind === 'in_scope' ? 'is the vendor’s' : then.kind === 'ignore' ? `ignored: ${then.reason}` : then.category;
  return `${SIDE_NAMES[side].toLowerCase()} ${what}, ${becomes}`;
}
