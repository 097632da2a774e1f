/** How this computer shows things: remembered here only, never in a document. Each takes effect at once. */
import { readLocale, setDisplayLocale } from '../ui/displayLocale.ts';

export const TEXT_SIZES = [100, 110, 125, 150, 175, 200] as const;

export interface Settings {
  readonly density: 'compact' | 'comfortable';
  /** A BCP 47 tag, or `system`. */
  readonly locale: string;
  readonly motion: 'system' | 'reduced';
  /** Per cent. */
  readonly textSize: number;
  /** Who is working here, as logs name them; empty where nobody was named. */
  readonly actor: string;
}

export const STANDARD_SETTINGS: Settings = {
  density: 'compact',
  locale: 'system',
  motion: 'system',
  textSize: 100,
  actor: '',
};

const KEY = 'drawdown.settings';
const LONGEST_NAME = 80;

/** What was kept; what another program or version wrote there is as if it were not. */
export function readSettings(storage: Pick<Storage, 'getItem'>): Settings {
  const kept = parsed(storage.getItem(KEY));
  const { density, locale, motion, textSize, actor } = kept;
  return {
    density: density === 'comfortable' ? density : 'compact',
    locale: typeof locale === 'string' && readLocale(locale) !== null ? locale : 'system',
    motion: motion === 'reduced' ? motion : 'system',
    textSize: TEXT_SIZES.find((size) => size === textSize) ?? 100,
    actor: typeof actor === 'string' ? actor.slice(0, LONGEST_NAME) : '',
  };
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

export function writeSettings(settings: Settings, storage: Pick<Storage, 'setItem'>): void {
  storage.setItem(KEY, JSON.stringify({ ...settings, actor: settings.actor.trim().slice(0, LONGEST_NAME) }));
}

/** @param systemLocales what the system prefers, first first */
export function applySettings(settings: Settings, root: HTMLElement, systemLocales: readonly string[]): void {
  const { density, locale, motion, textSize } = settings;
  root.dataset['density'] = density;
  root.dataset['motion'] = motion;
  root.style.fontSize = textSize === 100 ? '' : `${textSize}%`;
  setDisplayLocale(locale === 'system' ? (systemLocales[0] ?? 'en') : locale);
}
