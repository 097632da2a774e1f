/** How this computer shows things. Every choice takes effect at once; nothing of it is in a document. */
import { useId, type ReactNode } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { Segmented, type SegmentedOption } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import './settings.css';

export interface ShownSettings {
  readonly theme: 'light' | 'dark' | 'system';
  readonly density: 'compact' | 'comfortable';
  readonly locale: string;
  readonly motion: 'system' | 'reduced';
  readonly textSize: number;
  readonly actor: string;
  readonly autosave: boolean;
}

export interface SettingsProps {
  readonly settings: ShownSettings;
  readonly textSizes: readonly number[];
  readonly locales: readonly { readonly value: string; readonly label: string }[];
  /** A figure and an instant in the forms that are chosen. */
  readonly sample: string;
  /** They cannot be kept on this computer. */
  readonly unkept: boolean;
  readonly onChange: (change: Partial<ShownSettings>) => void;
  readonly onClose: () => void;
}

type Options<V extends string> = readonly SegmentedOption<V>[];
const THEMES: Options<ShownSettings['theme']> = [
  { value: 'light', label: 'Light', title: 'Light' },
  { value: 'dark', label: 'Dark', title: 'Dark' },
  { value: 'system', label: 'System', title: 'As the system has it' },
];
const DENSITIES: Options<ShownSettings['density']> = [
  { value: 'compact', label: 'Compact', title: 'Rows of 28 px' },
  { value: 'comfortable', label: 'Comfortable', title: 'Rows of 32 px' },
];
const MOTIONS: Options<ShownSettings['motion']> = [
  { value: 'system', label: 'System', title: 'As the system has it' },
  { value: 'reduced', label: 'None', title: 'Nothing moves' },
];
const AUTOSAVE: Options<'on' | 'off'> = [
  { value: 'on', label: 'On', title: 'Written to its file a few seconds after a change' },
  { value: 'off', label: 'Off', title: 'Written when you save; a copy is kept all the same' },
];

export function SettingsDialog(props: SettingsProps): ReactNode {
  const { settings, textSizes, locales, sample, unkept, onChange, onClose } = props;
  const { theme, density, locale, motion, textSize, autosave } = settings;
  const sizes = textSizes.map((size) => ({ value: String(size), label: `${size} %`, title: `Text at ${size} %` }));
  return (
    <Dialog title="Settings" onClose={onClose}>
      <div className="settings">
        <section>
          <h3>Appearance</h3>
          <Row name="Theme">
            <Segmented label="Theme" value={theme} options={THEMES} onChange={(value) => onChange({ theme: value })} />
          </Row>
          <Row name="Text size">
            <Segmented
              label="Text size"
              value={String(textSize)}
              options={sizes}
              onChange={(value) => onChange({ textSize: Number(value) })}
            />
          </Row>
          <Row name="Rows of tables">
            <Segmented
              label="Rows of tables"
              value={density}
              options={DENSITIES}
              onChange={(value) => onChange({ density: value })}
            />
          </Row>
          <Row name="Motion">
            <Segmented
              label="Motion"
              value={motion}
              options={MOTIONS}
              onChange={(value) => onChange({ motion: value })}
            />
          </Row>
        </section>
        <section>
          <h3>Figures and days</h3>
          <Row name="Form" note={sample}>
            <Select
              label="Form of figures and days"
              value={locale}
              options={locales}
              onChange={(value) => onChange({ locale: value })}
            />
          </Row>
          <p className="settings-note">
            For reading only. Fields take 1,242.07 and 9 Mar 2026; files keep plain decimals and ISO dates.
          </p>
        </section>
        <section>
          <h3>Work</h3>
          <Row name="Autosave">
            <Segmented
              label="Autosave"
              value={autosave ? 'on' : 'off'}
              options={AUTOSAVE}
              onChange={(value) => onChange({ autosave: value === 'on' })}
            />
          </Row>
          <ActorRow actor={settings.actor} onChange={(actor) => onChange({ actor })} />
        </section>
        <p className="settings-note" role="status">
          {unkept
            ? 'Settings cannot be kept on this computer; they hold until the window is closed.'
            : 'Kept on this computer; no document contains them.'}
        </p>
      </div>
    </Dialog>
  );
}

function Row(props: { readonly name: string; readonly note?: string; readonly children: ReactNode }): ReactNode {
  const { name, note, children } = props;
  return (
    <div className="settings-row">
      <span className="settings-name">{name}</span>
      <span className="settings-choice">{children}</span>
      {note !== undefined && <span className="settings-sample">{note}</span>}
    </div>
  );
}

function ActorRow(props: { readonly actor: string; readonly onChange: (actor: string) => void }): ReactNode {
  const { actor, onChange } = props;
  const id = useId();
  return (
    <div className="settings-row">
      <label className="settings-name" htmlFor={id}>
        Your name
      </label>
      <span className="settings-choice">
        <input
          id={id}
          type="text"
          className="field"
          value={actor}
          maxLength={80}
          autoComplete="name"
          placeholder="as logs shall name you"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </span>
    </div>
  );
}
