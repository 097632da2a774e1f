/** Completion and hover documentation of the text editor, both from the one table of the format. */
import {
  autocompletion,
  completionStatus,
  snippet,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { fieldAt, pathText, type FieldDocs } from './fieldDocs.ts';
import { suggestionsAt, type Suggestion } from './suggestions.ts';

/** In longer texts nothing is offered by itself: going through them takes longer than a key press may. */
const LONGEST_TYPED = 300_000;

/** @param docs null until they are there */
export function editorHelp(docs: () => FieldDocs | null): Extension {
  return [
    autocompletion({ override: [(context) => completions(context, docs())], icons: false, maxRenderedOptions: 200 }),
    hoverTooltip(
      ({ state }, at) => {
        const known = completionStatus(state) === null ? docs() : null;
        const found = known === null ? null : fieldAt(state.doc.toString(), at, known);
        if (found === null) return null;
        const { from, to, path, field } = found;
        const about = {
          path: pathText(path),
          sentence: field.description,
          takes: field.takes,
          standard: field.standard,
        };
        return {
          pos: from,
          end: to,
          above: true,
          create: ({ dom }) => ({ dom: aboutElement(dom.ownerDocument, about) }),
        };
      },
      { hoverTime: 350, hideOnChange: true },
    ),
  ];
}

function completions(context: CompletionContext, docs: FieldDocs | null): CompletionResult | null {
  const { state, pos, explicit } = context;
  if (docs === null || (!explicit && state.doc.length > LONGEST_TYPED)) return null;
  const found = suggestionsAt(state.doc.toString(), pos, docs);
  if (found === null) return null;
  // an empty line offers only when it is asked to
  if (!explicit && found.from === pos && !/[:{,[-]\s?$/.test(state.doc.sliceString(Math.max(0, pos - 2), pos)))
    return null;
  return { from: found.from, options: found.list.map(option), validFor: /^[\w.:-]*$/ };
}

function option(suggestion: Suggestion, index: number): Completion {
  const { label, template, detail, about, standard, first } = suggestion;
  return {
    label,
    detail,
    apply: template.includes('${') ? snippet(template) : template,
    boost: (first ? 50 : 0) - Math.min(index, 49),
    info: () => aboutElement(document, { path: '', sentence: about, takes: detail, standard }),
  };
}

interface About {
  readonly path: string;
  readonly sentence: string;
  readonly takes: string;
  readonly standard: string | null;
}

function aboutElement(owner: Document, { path, sentence, takes, standard }: About): HTMLElement {
  const box = owner.createElement('div');
  box.className = 'cm-about';
  const add = (name: string, className: string, text: string): void => {
    if (text === '') return;
    const element = owner.createElement(name);
    element.className = className;
    element.textContent = text;
    box.append(element);
  };
  add('code', '', path);
  add('div', '', sentence);
  add(
    'div',
    'cm-about-fact',
    [takes === '' ? '' : `Takes ${takes}`, standard === null ? '' : `default ${standard}`]
      .filter((part) => part !== '')
      .join('; '),
  );
  return box;
}
