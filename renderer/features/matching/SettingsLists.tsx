/** What belongs to the settings of matching and is made elsewhere: rules, and values that were adopted. */
import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AdoptedValues, ReconRule } from '../../../shared/contract/reconcile.ts';
import { IconButton } from '../../ui/Button.tsx';
import { SIDE_NAMES } from '../../ui/recon/reconWords.ts';
import { monthText } from '../../ui/format.ts';

export function Rules(props: {
  readonly rules: readonly ReconRule[];
  readonly onRemove: (id: string) => void;
}): ReactNode {
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

export function Adopted({ adopted }: { readonly adopted: readonly AdoptedValues[] }): ReactNode {
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
