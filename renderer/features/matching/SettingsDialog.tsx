/**
 * How items are matched: whose lines they are, how far apart, how much off. Of the account, and of each source that has
 * settings of its own. Kept in the log, for all months; what they would change in the month on screen is said before.
 */
import { useEffect, useState, type ReactNode } from 'react';
import type { AdoptedValues, ReconSettings } from '../../../shared/contract/reconcile.ts';
import type { ReconSource, SettingsEffect, SourceSettings } from '../../../shared/contract/reconSettings.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { SIDE_NAMES } from '../../ui/recon/reconWords.ts';
import { Select } from '../../ui/Select.tsx';
import { EffectList, EffectNote } from './EffectNote.tsx';
import { Form, TextRow } from './Form.tsx';
import { Adopted, Rules } from './SettingsLists.tsx';
import { SourceFields } from './SourceFields.tsx';
import {
  FIELDS,
  NO_OWN,
  changesTo,
  ownOf,
  settingsOf,
  sourceText,
  textOf,
  type SettingsText,
  type SourceText,
} from './settingsText.ts';

type OwnTexts = Readonly<Record<string, SourceText>>;

/** The account's settings are chosen, and no source's. */
const ALL = '';

export function SettingsDialog(props: {
  readonly settings: ReconSettings;
  readonly sources: readonly ReconSource[];
  readonly currency: string;
  readonly digits: number;
  /** The month on screen in words. */
  readonly month: string;
  /** What is adopted for the vendor in it. */
  readonly adopted: readonly AdoptedValues[];
  /** What the change that was asked for last would do; null while it is worked out, or where nothing was asked. */
  readonly effect: SettingsEffect | null;
  /** Told when what would be saved is another; null: nothing would be. The same function from call to call. */
  readonly onChange: (change: Partial<ReconSettings> | null) => void;
  readonly onSave: (change: Partial<ReconSettings>) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { settings, sources, currency, digits, month, adopted, effect, onChange, onSave, onClose } = props;
  const [fields, setFields] = useState<SettingsText>(() => textOf(settings));
  const [groups, setGroups] = useState(settings.groups);
  const [rules, setRules] = useState(settings.rules);
  const [own, setOwn] = useState<OwnTexts>(() =>
    Object.fromEntries(settings.sources.map((known) => [known.source, sourceText(known)])),
  );
  const [chosen, setChosen] = useState(ALL);
  const source = sources.find((known) => known.source === chosen) ?? null;
  const read = readAll(settingsOf(fields, { ...settings, groups, rules }), own, sources);
  const change = typeof read === 'string' ? null : changesTo(read, settings);
  const isSame = change !== null && Object.keys(change).length === 0;
  const asked = change === null || isSame ? null : JSON.stringify(change);
  useEffect(() => {
    onChange(asked === null ? null : (JSON.parse(asked) as Partial<ReconSettings>));
    return () => onChange(null);
  }, [asked, onChange]);
  return (
    <Dialog title="Settings of matching" onClose={onClose}>
      <Form
        verb="Save and match again"
        problem={typeof read === 'string' ? read : null}
        shown
        foot={asked === null ? null : <EffectNote effect={effect} month={month} />}
        onClose={onClose}
        onSend={() => {
          if (change === null) return;
          if (isSame) onClose();
          else onSave(change);
        }}
      >
        {sources.length > 0 && (
          <div className="form-row">
            <span>For</span>
            <Select
              label="For which lines"
              value={chosen}
              options={[{ value: ALL, label: 'All that have none of their own' }, ...sources.map(optionOf(own))]}
              onChange={setChosen}
            />
          </div>
        )}
        {source === null ? (
          <>
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
          </>
        ) : (
          <SourceFields
            key={source.source}
            source={source}
            currency={currency}
            text={own[source.source] ?? NO_OWN}
            account={fields}
            groups={groups}
            onChange={(text) => setOwn({ ...own, [source.source]: text })}
          />
        )}
        {asked !== null && effect !== null && <EffectList effect={effect} digits={digits} />}
      </Form>
    </Dialog>
  );
}

/** The account's settings with those of all sources that have any, or what is wrong. */
function readAll(
  account: ReconSettings | string,
  own: OwnTexts,
  sources: readonly ReconSource[],
): ReconSettings | string {
  if (typeof account === 'string') return account;
  const read: SourceSettings[] = [];
  for (const { source, name } of sources) {
    const set = ownOf(own[source] ?? NO_OWN);
    if (typeof set === 'string') return `${name}. ${set}`;
    if (set !== null) read.push({ source, name, set });
  }
  return { ...account, sources: read };
}

function optionOf(own: OwnTexts): (source: ReconSource) => { readonly value: string; readonly label: string } {
  return ({ source, side, name }) => {
    const set = ownOf(own[source] ?? NO_OWN);
    const count = set === null || typeof set === 'string' ? 0 : Object.keys(set).length;
    return { value: source, label: `${SIDE_NAMES[side]}: ${name}${count === 0 ? '' : `, ${count} of its own`}` };
  };
}
