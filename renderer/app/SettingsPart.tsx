/** Joins the settings with the store. */
import type { ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { SettingsDialog } from '../features/settings/SettingsDialog.tsx';
import { amountText } from '../ui/amountText.ts';
import { readLocale } from '../ui/displayLocale.ts';
import { instantText } from '../ui/format.ts';
import { useActions, useAppState, useAppStore } from './context.ts';
import { TEXT_SIZES } from './settings.ts';
import { useZone } from './useZone.ts';

/** Tags of the list; a system whose own is another has it on top. */
const TAGS = [
  ...['en', 'en-IN', 'de', 'de-CH', 'fr', 'es', 'it', 'pt-BR', 'nl', 'pl', 'cs', 'sv', 'da', 'nb', 'fi', 'tr'],
  ...['uk', 'ru', 'ja', 'ko', 'zh-Hans', 'hi', 'id', 'vi'],
];

export function SettingsPart(): ReactNode {
  const store = useAppStore();
  const { changeSettings } = useActions();
  const zone = useZone();
  const settings = useAppState(
    useShallow(({ theme, density, locale, motion, textSize, actor, autosave }) => ({
      ...{ theme, density, locale, motion, textSize, actor, autosave },
    })),
  );
  const unkept = useAppState((state) => state.settingsUnkept);
  const at = useAppState((state) => state.view?.to ?? 0);
  return (
    <SettingsDialog
      settings={settings}
      textSizes={TEXT_SIZES}
      locales={localeChoices()}
      sample={`${amountText('-1242.07', { digits: 2 })}, ${instantText(at, zone)}`}
      unkept={unkept}
      onChange={changeSettings}
      onClose={() => store.setState({ settingsShown: false })}
    />
  );
}

function localeChoices(): readonly { readonly value: string; readonly label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const named = TAGS.flatMap((tag) => {
    const known = readLocale(tag);
    return known === null ? [] : [{ value: tag, label: names.of(known) ?? tag }];
  });
  const [english, ...others] = named;
  const first = { value: 'system', label: `System, ${names.of(navigator.language) ?? navigator.language}` };
  return [
    first,
    ...(english === undefined ? [] : [english]),
    ...others.sort((a, b) => a.label.localeCompare(b.label, 'en')),
  ];
}
