/** The user's own list as text, with its lines counted and its problems by line. */
import { useRef, useState, type ReactNode } from 'react';
import type { LocatedProblem } from '../../../shared/contract/importing.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { plural } from '../../ui/format.ts';
import './prices.css';

/** What stands there before anything does: the form, with nothing in force. */
const TEMPLATE = `price_list: 1
name: Own prices
currency: USD
rates:
  # a model: {from, per, and a price for each kind of unit}
  # gpt-5-mini:
  #   - {from: 2026-10-01T00:00:00Z, per: 1000000, input_tokens: 0.20, cached_input_tokens: 0.02, output_tokens: 1.60}
`;

export function PriceTextDialog(props: {
  /** Null where there is no own list yet. */
  readonly own: string | null;
  readonly problems: readonly LocatedProblem[];
  readonly busy: boolean;
  readonly onKeep: (text: string) => Promise<boolean>;
  readonly onClose: () => void;
}): ReactNode {
  const { own, problems, busy, onKeep, onClose } = props;
  const [text, setText] = useState(own ?? TEMPLATE);
  const field = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLPreElement>(null);
  const lines = text.split('\n').length;
  const bad = new Set(problems.map(({ line }) => line));
  const keep = async (): Promise<void> => {
    if (await onKeep(text)) onClose();
  };
  const goTo = (line: number): void => {
    const start =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0);
    field.current?.focus();
    field.current?.setSelectionRange(start, start + (text.split('\n')[line - 1]?.length ?? 0));
  };
  return (
    <Dialog title="Own price list as text" onClose={onClose}>
      <div className="price-text">
        <p className="price-second">
          It is laid over the published list: a model that stands here has these prices alone, the others keep the
          published ones.
        </p>
        <div className="price-text-field">
          <pre ref={gutter} className="mono" aria-hidden="true">
            {Array.from({ length: lines }, (_, index) => (
              <span key={index} className={bad.has(index + 1) ? 'bad' : ''}>{`${index + 1}\n`}</span>
            ))}
          </pre>
          <textarea
            ref={field}
            className="mono"
            aria-label="Price list"
            aria-invalid={problems.length > 0}
            wrap="off"
            rows={18}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onScroll={(event) => {
              if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !busy) void keep();
            }}
          />
        </div>
        {problems.length > 0 && (
          <ol className="price-text-problems" aria-label="Problems">
            {problems.map(({ line, column, message }) => (
              <li key={`${line ?? ''}:${column ?? ''} ${message}`} role="alert">
                {line !== null && (
                  <Button small look="quiet" onClick={() => goTo(line)}>
                    {`Line ${line}`}
                  </Button>
                )}
                <span>{message}</span>
              </li>
            ))}
          </ol>
        )}
        <div className="price-commands">
          <span className="price-second">{plural(lines, 'line')}</span>
          <span className="price-gap" />
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="solid" disabled={busy} keys="Ctrl Enter" onClick={() => void keep()}>
            Keep this list
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
