/** All keys in one list: the listener reads it, and `?` shows it. */
export type KeyCommand =
  | 'openScenario'
  | 'undo'
  | 'redo'
  | 'save'
  | 'saveAs'
  | 'exportChart'
  | 'help'
  | 'zoomIn'
  | 'zoomOut'
  | 'zoomAll'
  | 'import'
  | 'trace'
  | 'escape';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** What a key press means; null where the window has no use for it. */
export function commandOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): KeyCommand | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    const letter = key.toLowerCase();
    if (letter === 'o' && !shiftKey) return 'openScenario';
    if (letter === 'z') return shiftKey ? 'redo' : 'undo';
    if (letter === 'y' && !shiftKey) return 'redo';
    if (letter === 's') return shiftKey ? 'saveAs' : 'save';
    if (letter === 'e' && !shiftKey) return 'exportChart';
    if (key === 'Enter' && !shiftKey) return 'import';
    return null;
  }
  switch (key) {
    case '?':
      return 'help';
    case 't':
    case 'T':
      return 'trace';
    case '+':
    case '=':
      return 'zoomIn';
    case '-':
      return 'zoomOut';
    case '0':
      return 'zoomAll';
    case 'Escape':
      return 'escape';
    default:
      return null;
  }
}

export const KEY_LIST: readonly {
  readonly title: string;
  readonly keys: readonly (readonly [readonly string[], string])[];
}[] = [
  {
    title: 'Files',
    keys: [
      [['Ctrl O'], 'open a scenario'],
      [['Ctrl S'], 'save the workspace'],
      [['Ctrl Shift S'], 'save it under another name'],
      [['Ctrl Z'], 'undo the last change'],
      [['Ctrl Shift Z'], 'redo it'],
      [['Ctrl E'], 'export the chart as PNG'],
    ],
  },
  {
    title: 'Import',
    keys: [
      [['Ctrl V'], 'read the rows or files of the clipboard'],
      [['↑', '↓'], 'file before, after'],
      [['Ctrl Enter'], 'import the files that are ready'],
    ],
  },
  {
    title: 'Chart',
    keys: [
      [['+', '−', '0'], 'zoom in, out, whole history'],
      [['←', '→'], 'event before, after'],
      [['Shift ←', 'Shift →'], 'move the range'],
      [['Home', 'End'], 'first, last event'],
      [['Shift'], 'pin the card under the pointer'],
      [['Wheel'], 'zoom at the pointer, with Shift move'],
      [['Drag'], 'zoom to a range'],
    ],
  },
  {
    title: 'What-if',
    keys: [
      [['/'], 'find a value'],
      [['←', '→'], 'one step on a slider, with Shift ten'],
      [['P'], 'pin what is tried'],
      [['Ctrl Z', 'Ctrl Shift Z'], 'undo, redo'],
    ],
  },
  {
    title: 'Tables',
    keys: [
      [['↑', '↓', 'Page', 'Home', 'End'], 'select a row'],
      [['Shift ↑', 'Shift ↓'], 'select several'],
      [['Enter'], 'open the source of a row'],
      [['Ctrl C'], 'copy them with headers'],
    ],
  },
  {
    title: 'Scenario',
    keys: [
      [['Ctrl Space'], 'what can stand here'],
      [['Ctrl F'], 'find, replace'],
      [['F8', 'Shift F8'], 'next problem, the one before'],
      [['Ctrl Z', 'Ctrl Shift Z'], 'undo, redo in the text'],
      [['Esc', 'Tab'], 'leave the text'],
    ],
  },
  {
    title: 'Prices',
    keys: [[['/'], 'find a model']],
  },
  {
    title: 'Journal and SQL',
    keys: [
      [['/'], 'find in the journal'],
      [['Enter'], 'open an entry of usage, the source of a usage row'],
      [['Ctrl Enter'], 'run the query'],
      [['Ctrl Space'], 'complete the word at the caret'],
    ],
  },
  {
    title: 'Trace',
    keys: [
      [['T'], 'what the figure, row or point is made of'],
      [['→', '←'], 'open a row of the tree, close it'],
      [['Enter'], 'follow a figure or a source'],
      [['←', '→'], 'event before, after, outside the tree'],
      [['Shift ←', 'Shift →'], 'usage row before, after'],
      [['Esc'], 'back to the figure before'],
    ],
  },
  {
    title: 'Window',
    keys: [
      [['Tab'], 'places, header, chart, table'],
      [['Esc'], 'close, deselect'],
      [['?'], 'this list'],
    ],
  },
];
