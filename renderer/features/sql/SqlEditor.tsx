/**
 * The query's text: a plain text field, so that every key, undo and screen reader works as usual, over a copy of its text
 * that carries colours and the place of a fault. Ctrl Enter runs it, Ctrl Space offers what may stand at the caret.
 */
import {
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import type { SqlTable } from '../../../shared/contract/journal.ts';
import { CompletionList } from './CompletionList.tsx';
import { completionsAt, type Completion, type Completions } from './completion.ts';
import { lineColumn, piecesOf, type Piece } from './sqlText.ts';
import './sql.css';

export interface SqlEditorHandle {
  /** Writes at the caret, over what is selected; can be undone by Ctrl Z. */
  insert(text: string): void;
  /** Puts another query in the place of this one; can be undone by Ctrl Z. */
  replace(text: string): void;
  /** Selects a part of the text. */
  select(from: number, to: number): void;
}

interface SqlEditorProps {
  readonly ref?: Ref<SqlEditorHandle>;
  readonly text: string;
  readonly outline: readonly SqlTable[];
  /** The part of the text that is wrong, and the id of what says why. */
  readonly fault: { readonly from: number; readonly to: number } | null;
  readonly faultId: string | undefined;
  readonly onText: (text: string) => void;
  readonly onRun: () => void;
}

interface Offer extends Completions {
  readonly caret: number;
  readonly chosen: number;
}

const LIST_ID = 'sql-completions';

export function SqlEditor(props: SqlEditorProps): ReactNode {
  const { ref, text, outline, fault, faultId, onText, onRun } = props;
  const [field, setField] = useState<HTMLTextAreaElement | null>(null);
  const [offer, setOffer] = useState<Offer | null>(null);
  useImperativeHandle(ref, () => ({
    insert: (inserted) => write(field, inserted),
    replace: (whole) => {
      field?.select();
      write(field, whole);
    },
    select: (from, to) => {
      field?.focus();
      field?.setSelectionRange(from, to);
    },
  }));
  const offerAt = (asked: boolean): void => {
    if (field === null || field.selectionStart !== field.selectionEnd) return;
    const caret = field.selectionStart;
    const found = completionsAt(field.value, caret, outline, asked);
    setOffer(found === null ? null : { ...found, caret, chosen: 0 });
  };
  const take = ({ text: taken }: Completion): void => {
    if (offer === null || field === null) return;
    field.setSelectionRange(offer.from, offer.caret);
    setOffer(null);
    write(field, taken);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      setOffer(null);
      onRun();
    } else if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      offerAt(true);
    } else if (offer !== null) onOfferKey(event, text, offer, setOffer, take);
  };
  return (
    <div className="sql-editor">
      <div className="sql-scroll">
        <Gutter text={text} fault={fault} />
        <div className="sql-code">
          <Copy text={text} fault={fault} />
          <textarea
            ref={setField}
            className="sql-text"
            aria-label="Query"
            aria-multiline="true"
            aria-autocomplete="list"
            aria-controls={offer === null ? undefined : LIST_ID}
            aria-activedescendant={offer === null ? undefined : `${LIST_ID}-${offer.chosen}`}
            aria-invalid={fault !== null}
            aria-describedby={faultId}
            aria-keyshortcuts="Control+Enter Control+Space"
            value={text}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            wrap="off"
            onChange={(event) => {
              onText(event.currentTarget.value);
              const { inputType } = event.nativeEvent as InputEvent;
              if (inputType === 'insertText' || inputType === 'deleteContentBackward') offerAt(false);
              else setOffer(null);
            }}
            onKeyDown={onKeyDown}
            onClick={() => setOffer(null)}
            onBlur={() => setOffer(null)}
          />
        </div>
      </div>
      {offer !== null && <Offered field={field} text={text} offer={offer} onTake={take} />}
    </div>
  );
}

/** Through the browser's own editing, which keeps its undo. */
function write(field: HTMLTextAreaElement | null, text: string): void {
  if (field === null) return;
  field.focus();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else writes so that Ctrl Z takes it back
  document.execCommand('insertText', false, text);
}

function onOfferKey(
  event: KeyboardEvent,
  text: string,
  offer: Offer,
  setOffer: (offer: Offer | null) => void,
  take: (completion: Completion) => void,
): void {
  const { items, chosen } = offer;
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) {
    event.preventDefault();
    setOffer({ ...offer, chosen: (chosen + step + items.length) % items.length });
  } else if (event.key === 'Enter' || event.key === 'Tab') {
    const item = items[chosen];
    // a word that stands there in full needs no completing: the key does what it always does
    if (item === undefined || item.text.toLowerCase() === text.slice(offer.from, offer.caret).toLowerCase()) {
      setOffer(null);
      return;
    }
    event.preventDefault();
    take(item);
  } else if (event.key === 'Escape') {
    event.preventDefault();
    setOffer(null);
  } else if (/^(Arrow|Home|End|Page)/.test(event.key)) setOffer(null);
}

function Offered(props: {
  readonly field: HTMLTextAreaElement | null;
  readonly text: string;
  readonly offer: Offer;
  readonly onTake: (completion: Completion) => void;
}): ReactNode {
  const { field, text, offer, onTake } = props;
  const host = useRef<HTMLDivElement>(null);
  const { line, column } = lineColumn(text, offer.from);
  useLayoutEffect(() => {
    if (host.current === null || field === null) return;
    // the letters are all equally wide and the lines equally high
    const style = getComputedStyle(field);
    const origin = field.getBoundingClientRect();
    const frame = host.current.offsetParent?.getBoundingClientRect() ?? origin;
    const ruler = document.createElement('canvas').getContext('2d');
    if (ruler === null) return;
    ruler.font = style.font;
    const letter = ruler.measureText('0').width;
    const lineHeight = Number(style.lineHeight.replace('px', ''));
    const left = origin.left - frame.left + Number(style.paddingInlineStart.replace('px', '')) + column * letter;
    const top = origin.top - frame.top + Number(style.paddingBlockStart.replace('px', '')) + (line + 1) * lineHeight;
    host.current.style.left = `${Math.max(0, Math.min(left, frame.width - host.current.offsetWidth - 8))}px`;
    host.current.style.top = `${top + 2}px`;
  }, [field, line, column]);
  return (
    <div ref={host} className="sql-offer">
      <CompletionList id={LIST_ID} items={offer.items} chosen={offer.chosen} onTake={onTake} />
    </div>
  );
}

function Gutter(props: { readonly text: string; readonly fault: SqlEditorProps['fault'] }): ReactNode {
  const { text, fault } = props;
  const count = text.split('\n').length;
  const wrong = fault === null ? -1 : lineColumn(text, fault.from).line;
  return (
    <div className="sql-gutter" aria-hidden="true">
      {Array.from({ length: count }, (_, line) => (
        <span key={line} className={line === wrong ? 'wrong' : undefined}>
          {line + 1}
        </span>
      ))}
    </div>
  );
}

/** The text again, behind the field: colours, and the fault underlined. */
function Copy(props: { readonly text: string; readonly fault: SqlEditorProps['fault'] }): ReactNode {
  const { text, fault } = props;
  const pieces = useMemo(() => piecesOf(text), [text]);
  return (
    <pre className="sql-copy" aria-hidden="true">
      {marked(pieces, fault).map(({ kind, text: part, wrong }, index) => (
        <span key={index} className={wrong ? `sql-${kind} sql-wrong` : `sql-${kind}`}>
          {part}
        </span>
      ))}
      {/* a last line that is empty has a height too */ '\n'}
    </pre>
  );
}

/** The pieces cut at the ends of the fault. A fault behind the last letter gets a space to stand on. */
function marked(pieces: readonly Piece[], fault: SqlEditorProps['fault']): (Piece & { readonly wrong: boolean })[] {
  const parts: (Piece & { readonly wrong: boolean })[] = [];
  let at = 0;
  for (const { kind, text } of pieces) {
    const end = at + text.length;
    const cuts = fault === null ? [] : [fault.from, fault.to].filter((cut) => cut > at && cut < end);
    const edges = [at, ...cuts, end];
    for (const [index, from] of edges.slice(0, -1).entries()) {
      const to = edges[index + 1] ?? end;
      const wrong = fault !== null && from >= fault.from && to <= fault.to;
      parts.push({ kind, text: text.slice(from - at, to - at), wrong });
    }
    at = end;
  }
  if (fault !== null && fault.from >= at) parts.push({ kind: 'plain', text: ' ', wrong: true });
  return parts;
}
