/** A long name in whatever room there is: its end stays, because that is what tells it from others, and the middle goes. */
import type { ReactNode } from 'react';
import './endsText.css';

const TAIL = 10;
/** Shorter than this, it is cut at its end as any other text. */
const LONG = 24;

export function EndsText({ text }: { readonly text: string }): ReactNode {
  if (text.length < LONG) return <span className="ends-head">{text}</span>;
  return (
    <span className="ends">
      <span className="ends-head">{text.slice(0, -TAIL)}</span>
      <span className="ends-tail">{text.slice(-TAIL)}</span>
    </span>
  );
}
