/** The text editor on the page: loaded when it is first needed, told what to show, asked where to go. */
import { useEffect, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from 'react';
import type { ExpectationResult, MapDoc } from '../../../shared/contract/scenario.ts';
import type { LocatedProblem } from '../../../shared/contract/importing.ts';
import type { TextEditor } from './editor.ts';
import { FieldDocs } from './fieldDocs.ts';
import type { ShownText } from './slice.ts';

export interface EditorSteps {
  readonly undo: boolean;
  readonly redo: boolean;
}

export type EditorCommands = Pick<TextEditor, 'goTo' | 'undo' | 'redo' | 'find'>;

/** The editor's state while the place is not shown, and the text that it had been given last. */
interface Kept {
  readonly editor: unknown;
  readonly shown: ShownText;
}

interface EditorProps {
  readonly ref: Ref<EditorCommands>;
  readonly shown: ShownText;
  readonly kept: unknown;
  readonly docs: readonly MapDoc[] | null;
  readonly expectations: readonly ExpectationResult[];
  readonly problems: readonly LocatedProblem[];
  readonly onType: (read: () => string) => void;
  readonly onSteps: (steps: EditorSteps) => void;
  readonly onKeep: (kept: unknown) => void;
  readonly onFailed: (error: unknown) => void;
}

export function ScenarioEditor(props: EditorProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  const docs = useRef<FieldDocs | null>(null);
  const [editor, setEditor] = useState<TextEditor | null>(null);
  const { ref, shown, expectations, problems } = props;
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    docs.current = props.docs === null ? null : new FieldDocs(props.docs);
  }, [props.docs]);
  useEffect(() => openIn(host.current, latest, docs, setEditor), []);
  useImperativeHandle(
    ref,
    () => ({
      goTo: (line, column) => editor?.goTo(line, column),
      undo: () => editor?.undo(),
      redo: () => editor?.redo(),
      find: () => editor?.find(),
    }),
    [editor],
  );
  // the first text is the one that it was opened with
  const put = useRef(shown);
  useEffect(() => {
    if (editor === null || put.current === shown) return;
    put.current = shown;
    editor.put(shown.text, shown.fresh);
  }, [editor, shown]);
  useEffect(() => editor?.mark({ expectations, problems }), [editor, expectations, problems]);
  return <div ref={host} className="scenario-editor" />;
}

function openIn(
  host: HTMLElement | null,
  latest: { readonly current: EditorProps },
  docs: { readonly current: FieldDocs | null },
  setEditor: (editor: TextEditor | null) => void,
): () => void {
  if (host === null) return () => undefined;
  let opened: TextEditor | null = null;
  let isGone = false;
  let first: ShownText | null = null;
  const quieted = quiet(host);
  import('./editor.ts').then(
    ({ openEditor }) => {
      if (isGone) return;
      const kept = latest.current.kept as Kept | null;
      first = latest.current.shown;
      opened = openEditor({
        host,
        text: first.text,
        kept: kept?.editor ?? null,
        docs: () => docs.current,
        onType: (read) => latest.current.onType(read),
        onSteps: (steps) => latest.current.onSteps(steps),
      });
      if (kept !== null && kept.shown !== first) opened.put(first.text, first.fresh);
      setEditor(opened);
    },
    (error: unknown) => latest.current.onFailed(error),
  );
  return () => {
    isGone = true;
    quieted();
    setEditor(null);
    if (opened === null) return;
    const kept: Kept = { editor: opened.close(), shown: latest.current.shown };
    latest.current.onKeep(kept);
  };
}

/**
 * What is typed and pasted in a shadow root looks, from outside, like a key pressed on a plain element: the window's own
 * keys would take it. Commands with Ctrl that the editor has no use for go on to the window.
 */
function quiet(host: HTMLElement): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent): void => event.stopPropagation();
  host.addEventListener('keydown', onKeyDown);
  host.addEventListener('paste', onPaste);
  return () => {
    host.removeEventListener('keydown', onKeyDown);
    host.removeEventListener('paste', onPaste);
  };
}
