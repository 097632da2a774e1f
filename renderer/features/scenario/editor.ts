/**
 * The text editor, loaded when the Scenario place is first opened. It lives in a shadow root: there its styles are
 * constructed sheets, which a strict policy allows, and the page's styles do not reach it.
 */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyField,
  historyKeymap,
  indentWithTab,
  isolateHistory,
  redo,
  redoDepth,
  undo,
  undoDepth,
} from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view';
import { editorHelp } from './editorHelp.ts';
import { diagnosticsOf, marksExtension, showMarks, type Marks } from './editorMarks.ts';
import { editorTheme } from './editorTheme.ts';
import type { FieldDocs } from './fieldDocs.ts';

export interface EditorDeps {
  readonly host: HTMLElement;
  readonly text: string;
  /** What `close` gave the last time; null for a text with a history of its own. */
  readonly kept: unknown;
  readonly docs: () => FieldDocs | null;
  readonly onType: (read: () => string) => void;
  readonly onSteps: (steps: { readonly undo: boolean; readonly redo: boolean }) => void;
}

export interface TextEditor {
  /** In the place of the whole text; fresh begins another history. */
  put(text: string, fresh: boolean): void;
  mark(marks: Marks): void;
  /** Goes to a place, both from 1. */
  goTo(line: number, column: number): void;
  undo(): void;
  redo(): void;
  find(): void;
  /** Ends it. @returns what the next one can begin with. */
  close(): unknown;
}

export function openEditor(deps: EditorDeps): TextEditor {
  const root = deps.host.shadowRoot ?? deps.host.attachShadow({ mode: 'open' });
  let quiet = false;
  const extensions = extensionsOf(deps, () => quiet);
  const begun = (text: string): EditorState => EditorState.create({ doc: text, extensions });
  const kept = deps.kept instanceof KeptState ? deps.kept : null;
  const view = new EditorView({ state: kept?.revived(extensions) ?? begun(deps.text), root, parent: root });
  // what is editable takes the focus as it is; that it does is said for tools that look for the attribute
  view.contentDOM.tabIndex = 0;
  deps.onSteps(stepsOf(view.state));
  const quietly = (act: () => void): void => {
    quiet = true;
    act();
    quiet = false;
    deps.onSteps(stepsOf(view.state));
  };
  return {
    put: (text, fresh) =>
      quietly(() => {
        if (fresh) view.setState(begun(text));
        else if (view.state.doc.toString() !== text) view.dispatch(replacing(view.state, text));
      }),
    mark: (marks) => {
      view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state.doc, marks.problems)));
      showMarks(view, marks);
    },
    goTo: (line, column) => {
      const row = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      const at = Math.min(row.to, row.from + Math.max(0, column - 1));
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    },
    undo: () => void undo(view),
    redo: () => void redo(view),
    find: () => void openSearchPanel(view),
    close: () => {
      const state = new KeptState(view.state);
      view.destroy();
      return state;
    },
  };
}

/** What of a state outlives the editor. */
const FIELDS = { history: historyField };

/** The state of an editor that is not on screen. */
class KeptState {
  readonly #json: unknown;

  constructor(state: EditorState) {
    this.#json = state.toJSON(FIELDS);
  }

  revived(extensions: Extension): EditorState {
    return EditorState.fromJSON(this.#json, { extensions }, FIELDS);
  }
}

/** Only what differs between its first and last sign is replaced: cursor and marks around it keep their places. */
function replacing(state: EditorState, text: string): Parameters<EditorView['dispatch']>[0] {
  const before = state.doc.toString();
  let start = 0;
  while (start < before.length && start < text.length && before[start] === text[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, text.length) - start;
  while (end < most && before[before.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  const changes = { from: start, to: before.length - end, insert: text.slice(start, text.length - end) };
  return { changes, annotations: isolateHistory.of('full') };
}

/**
 * Left to itself, the browser writes what replaces a selection in the style of what was there, as an inline style, which the
 * page's policy refuses and reports.
 */
function typedOverSelection(event: InputEvent, view: EditorView): boolean {
  const { inputType, data } = event;
  const { from, to, empty } = view.state.selection.main;
  if (inputType !== 'insertText' || data === null || empty || event.isComposing || view.composing) return false;
  const insert = (): ReturnType<EditorView['state']['update']> =>
    view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
  const isHandled = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, data, insert));
  if (!isHandled) view.dispatch(insert());
  return true;
}

function stepsOf(state: EditorState): { readonly undo: boolean; readonly redo: boolean } {
  return { undo: undoDepth(state) > 0, redo: redoDepth(state) > 0 };
}

function extensionsOf({ docs, onType, onSteps }: EditorDeps, isQuiet: () => boolean): Extension {
  return [
    lineNumbers(),
    marksExtension,
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    dropCursor(),
    rectangularSelection(),
    highlightActiveLine(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    search({ top: true }),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    yaml(),
    editorHelp(docs),
    editorTheme,
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      { key: 'F8', run: nextDiagnostic },
      { key: 'Shift-F8', run: previousDiagnostic },
      ...searchKeymap,
      { key: 'Mod-Shift-z', run: redo, preventDefault: true },
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      'aria-label': 'Scenario text. Escape, then Tab leaves it.',
      spellcheck: 'false',
    }),
    // files are read by the window, wherever they are dropped
    EditorView.domEventHandlers({ beforeinput: typedOverSelection }),
    EditorView.domEventHandlers({ drop: (event) => event.dataTransfer?.types.includes('Files') ?? false }),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (!docChanged || isQuiet()) return;
      onType(() => state.doc.toString());
      onSteps(stepsOf(state));
    }),
  ];
}
