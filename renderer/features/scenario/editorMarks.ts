/** What stands beside the lines of the text: expectations held or failed, problems, and what the run has instead. */
import type { Diagnostic } from '@codemirror/lint';
import { RangeSet, RangeSetBuilder, StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, WidgetType, type DecorationSet } from '@codemirror/view';
import type { ExpectationResult } from '../../../shared/contract/scenario.ts';
import type { LocatedProblem } from '../../../shared/contract/importing.ts';
import { differenceText } from './verdict.ts';

export interface Marks {
  readonly expectations: readonly ExpectationResult[];
  readonly problems: readonly LocatedProblem[];
}

type Kind = 'held' | 'failed' | 'problem';

/** Strokes of the icons, in a square of 16. */
const STROKES: Readonly<Record<Kind, string>> = {
  held: 'M3.5 8.5l3 3 6-7',
  failed: 'M4 4l8 8M12 4l-8 8',
  problem: 'M8 2.2L14.6 13.6H1.4ZM8 6.4v3.2M8 11.6v.2',
};

class LineMark extends GutterMarker {
  readonly #kind: Kind;
  readonly #title: string;

  constructor(kind: Kind, title: string) {
    super();
    this.#kind = kind;
    this.#title = title;
  }

  override eq(other: LineMark): boolean {
    return other.#kind === this.#kind && other.#title === this.#title;
  }

  override toDOM({ dom: { ownerDocument } }: EditorView): Node {
    const mark = ownerDocument.createElement('span');
    mark.className = `cm-mark cm-mark-${this.#kind}`;
    mark.title = this.#title;
    const space = 'http://www.w3.org/2000/svg';
    const icon = ownerDocument.createElementNS(space, 'svg');
    icon.setAttribute('viewBox', '0 0 16 16');
    const stroke = ownerDocument.createElementNS(space, 'path');
    stroke.setAttribute('d', STROKES[this.#kind]);
    icon.append(stroke);
    mark.append(icon);
    return mark;
  }
}

/** At the end of a line whose expectation failed: what the run has. */
class HasInstead extends WidgetType {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  override eq(other: HasInstead): boolean {
    return other.#text === this.#text;
  }

  override toDOM({ dom: { ownerDocument } }: EditorView): HTMLElement {
    const note = ownerDocument.createElement('span');
    note.className = 'cm-has';
    note.textContent = this.#text;
    return note;
  }
}

interface Shown {
  readonly gutter: RangeSet<GutterMarker>;
  readonly notes: DecorationSet;
}

const setMarks = StateEffect.define<Marks>();

const shown = StateField.define<Shown>({
  create: () => ({ gutter: RangeSet.of<GutterMarker>([]), notes: Decoration.none }),
  update: (before, transaction) => {
    for (const effect of transaction.effects)
      if (effect.is(setMarks)) return build(transaction.state.doc, effect.value);
    if (!transaction.docChanged) return before;
    return { gutter: before.gutter.map(transaction.changes), notes: before.notes.map(transaction.changes) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ notes }) => notes),
});

export const marksExtension: Extension = [
  shown,
  gutter({
    class: 'cm-marks',
    markers: (view) => view.state.field(shown).gutter,
    initialSpacer: () => new LineMark('held', ''),
  }),
];

export function showMarks(view: EditorView, marks: Marks): void {
  view.dispatch({ effects: setMarks.of(marks) });
}

interface LineState {
  kind: Kind;
  titles: string[];
  notes: string[];
}

function build(text: Text, { expectations, problems }: Marks): Shown {
  const lines = new Map<number, LineState>();
  const add = (line: number, kind: Kind, title: string, note: string | null): void => {
    if (line < 1 || line > text.lines) return;
    const state = lines.get(line) ?? { kind, titles: [], notes: [] };
    // of several on one line the worst is drawn
    if (kind === 'problem' || (kind === 'failed' && state.kind === 'held')) state.kind = kind;
    state.titles.push(title);
    if (note !== null) state.notes.push(note);
    lines.set(line, state);
  };
  for (const { line, held, of, expected, differences } of expectations) {
    const has = differences.map(differenceText).join(', ');
    add(line, held ? 'held' : 'failed', held ? `Holds: ${of}: ${expected}` : `Fails: ${of}: ${has}`, held ? null : has);
  }
  for (const { line, message } of problems) if (line !== null) add(line, 'problem', message, null);
  const marks = new RangeSetBuilder<GutterMarker>();
  const notes = new RangeSetBuilder<Decoration>();
  for (const [line, state] of [...lines].sort(([a], [b]) => a - b)) {
    const { from, to } = text.line(line);
    marks.add(from, from, new LineMark(state.kind, state.titles.join('\n')));
    if (state.notes.length > 0)
      notes.add(to, to, Decoration.widget({ widget: new HasInstead(state.notes.join(', ')), side: 1 }));
  }
  return { gutter: marks.finish(), notes: notes.finish() };
}

/** Problems as the editor underlines them: from their place to the end of the word. */
export function diagnosticsOf(text: Text, problems: readonly LocatedProblem[]): Diagnostic[] {
  return problems.slice(0, 1_000).map(({ line, column, message }) => {
    const row = text.line(Math.max(1, Math.min(line ?? 1, text.lines)));
    const from = Math.min(row.from + Math.max(0, (column ?? 1) - 1), row.to);
    const word = /^(?:"[^"]*"?|[^\s,{}[\]]+)/.exec(row.text.slice(from - row.from))?.[0] ?? '';
    const to = Math.min(row.to, from + Math.max(1, word.length));
    // at the end of a line there is no sign to underline but the one before
    return { from: from === to ? Math.max(row.from, from - 1) : from, to, severity: 'error', message };
  });
}
