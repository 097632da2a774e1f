/**
 * The list on `?`: the keys of the commands, and those that a chart, a table or a text answers itself where it has the
 * focus.
 */
import { COMMAND_GROUPS, type Command } from './commands/command.ts';

export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly (readonly [names: readonly string[], meaning: string])[];
}

/** Keys of the part that has the focus. They join the commands of the same heading. */
export const FOCUS_KEYS: readonly KeyGroup[] = [
  {
    title: 'Import',
    keys: [
      [['Ctrl V'], 'Read the rows or files of the clipboard'],
      [['↑', '↓'], 'File before, after'],
    ],
  },
  {
    title: 'Chart',
    keys: [
      [['←', '→'], 'Event before, after'],
      [['Shift ←', 'Shift →'], 'Move the range'],
      [['Home', 'End'], 'First, last event'],
      [['Shift'], 'Pin the card under the pointer'],
      [['Wheel'], 'Zoom at the pointer, with Shift move'],
      [['Drag'], 'Zoom to a range'],
    ],
  },
  {
    title: 'What-if',
    keys: [[['←', '→'], 'One step on a slider, with Shift ten']],
  },
  {
    title: 'Tables',
    keys: [
      [['↑', '↓', 'Page', 'Home', 'End'], 'Select a row'],
      [['Shift ↑', 'Shift ↓'], 'Select several'],
      [['Enter'], 'Open the source of a row'],
      [['Ctrl C'], 'Copy them with headers'],
    ],
  },
  {
    title: 'Scenario',
    keys: [
      [['Ctrl Space'], 'What can stand here'],
      [['Ctrl F'], 'Find, replace'],
      [['F8', 'Shift F8'], 'Next problem, the one before'],
      [['Ctrl Z', 'Ctrl Shift Z'], 'Undo, redo in the text'],
      [['Esc', 'Tab'], 'Leave the text'],
    ],
  },
  {
    title: 'Journal and SQL',
    keys: [
      [['Enter'], 'Open an entry of usage, the source of a usage row'],
      [['Ctrl Enter'], 'Run the query'],
      [['Ctrl Space'], 'Complete the word at the caret'],
    ],
  },
  {
    title: 'Trace',
    keys: [
      [['→', '←'], 'Open a row of the tree, close it'],
      [['Enter'], 'Follow a figure or a source'],
      [['←', '→'], 'Event before, after, outside the tree'],
      [['Shift ←', 'Shift →'], 'Usage row before, after'],
    ],
  },
  {
    title: 'Reconcile',
    keys: [
      [['Space'], 'Choose a line of the workbench'],
      [['←', '→'], 'The other pane, another step of the bridge'],
    ],
  },
  {
    title: 'Window',
    keys: [[['Tab'], 'Places, header, chart, table']],
  },
];

/** Every key once, under its heading: first those of commands, then those of the focus. */
export function keyGroups(commands: readonly Command[]): readonly KeyGroup[] {
  const own = new Map(FOCUS_KEYS.map(({ title, keys }) => [title, keys]));
  const titles = [...new Set<string>([...COMMAND_GROUPS, ...own.keys()])];
  return titles.flatMap((title): KeyGroup[] => {
    const ofCommands = commands.flatMap(({ group, keys, title: name }): KeyGroup['keys'] =>
      group === title && keys !== undefined ? [[keys, name]] : [],
    );
    const keys = [...ofCommands, ...(own.get(title) ?? [])];
    return keys.length === 0 ? [] : [{ title, keys }];
  });
}
