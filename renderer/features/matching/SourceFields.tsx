/** What one source has of its own: an empty field follows the account, whose value stands in it as a hint. */
import type { ReactNode } from 'react';
import type { ReconSource } from '../../../shared/contract/reconSettings.ts';
import { Button } from '../../ui/Button.tsx';
import { plural } from '../../ui/format.ts';
import { Select } from '../../ui/Select.tsx';
import { TextRow } from './Form.tsx';
import { NO_OWN, TERMS, type SettingsText, type SourceText } from './settingsText.ts';

export function SourceFields(props: {
  readonly source: ReconSource;
  readonly currency: string;
  readonly text: SourceText;
  /** The account's, as typed. */
  readonly account: SettingsText;
  readonly groups: boolean;
  readonly onChange: (text: SourceText) => void;
}): ReactNode {
  const { source, currency, text, account, groups, onChange } = props;
  const isOwn = Object.values(text).some((own) => own !== '');
  return (
    <>
      <p className="form-note">
        {source.side === 'bank'
          ? `For every pair with one of the ${plural(source.items, 'line')} of this account, and those to come. `
          : `For every pair of one of ${plural(source.items, 'document')} with what is simulated. `}
        An empty field is as for the others.
      </p>
      {TERMS.map(({ key, label }) => (
        <TextRow
          key={key}
          label={label.replace('{currency}', currency)}
          short
          placeholder={account[key].trim() === '' ? 'none' : account[key]}
          value={text[key]}
          onChange={(value) => onChange({ ...text, [key]: value })}
        />
      ))}
      <div className="form-row">
        <span>One against several</span>
        <Select
          label="One against several"
          value={text.groups}
          options={[
            { value: '', label: `as for the others: ${groups ? 'groups are suggested' : 'no groups'}` },
            { value: 'on', label: 'groups that add up are suggested' },
            { value: 'off', label: 'no groups' },
          ]}
          onChange={(value) => onChange({ ...text, groups: value === 'on' ? 'on' : value === 'off' ? 'off' : '' })}
        />
      </div>
      <div className="form-row">
        <span />
        <span>
          <Button disabled={!isOwn} onClick={() => onChange(NO_OWN)}>
            Nothing of its own
          </Button>
        </span>
      </div>
    </>
  );
}
