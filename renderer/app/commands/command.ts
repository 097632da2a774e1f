/**
 * A command of the window: what it is called, which keys do it, what it waits for. Menus, keys, the palette and the list on
 * `?` all read this.
 */
import type { LucideIcon } from 'lucide-react';
import type { PlaceId } from '../places.ts';
import type { AppState } from '../store.ts';

/** Headings of the list of keys, in its order. */
export const COMMAND_GROUPS = [
  'Places',
  'Files',
  'Export',
  'Import',
  'Chart',
  'What-if',
  'Trace',
  'Journal and SQL',
  'Reconcile',
  'Window',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export interface Command {
  readonly id: string;
  readonly title: string;
  /** A title that says more, where the state has more to say. */
  readonly says?: (state: AppState) => string;
  readonly group: CommandGroup;
  readonly icon: LucideIcon;
  /** As they are shown: `Ctrl Shift S`, `T`. Each does it. */
  readonly keys?: readonly string[];
  /** Other words that one may look for. */
  readonly words?: string;
  /** Places where its keys do it; everywhere unless given. */
  readonly places?: readonly PlaceId[];
  /** Its keys do it also while a text is being typed. */
  readonly whileTyping?: true;
  /** It is of use only with the focus or the pointer where it belongs: the palette leaves it out. */
  readonly keysOnly?: true;
  /** What it waits for, in words; null where it can be done. */
  readonly waits?: (state: AppState) => string | null;
  readonly run: () => void;
}

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** A key press as commands name it; null for what no command can have. `Shift` is named where the key does not say it. */
export function chordOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): string | null {
  if (altKey || key === 'Shift' || key === 'Control' || key === 'Meta' || key === '') return null;
  const control = ctrlKey || metaKey;
  const isLetter = /^[a-z]$/i.test(key);
  const named = key === 'Escape' ? 'Esc' : isLetter ? key.toUpperCase() : key;
  const isShifted = shiftKey && (isLetter ? control : key.length > 1);
  return [...(control ? ['Ctrl'] : []), ...(isShifted ? ['Shift'] : []), named].join(' ');
}

/** What a key press does at a place; a command of that place comes before one of the whole window. */
export function commandFor(commands: readonly Command[], press: KeyPress, place: PlaceId): Command | null {
  const chord = chordOf(press);
  if (chord === null) return null;
  const known = commands.filter(
    ({ keys, places }) => keys?.includes(chord) === true && (places === undefined || places.includes(place)),
  );
  return known.find(({ places }) => places !== undefined) ?? known[0] ?? null;
}

export function commandById(commands: readonly Command[], id: string): Command {
  const command = commands.find((one) => one.id === id);
  if (command === undefined) throw new Error(`there is no command ${id}`);
  return command;
}

export function titleOf({ title, says }: Command, state: AppState): string {
  return says?.(state) ?? title;
}
