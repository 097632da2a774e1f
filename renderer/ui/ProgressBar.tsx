/** Long work: what is done, how far it is, and a cancel that says what is kept. Shows nothing for its first moment. */
import type { ReactNode } from 'react';
import { countText } from './amountText.ts';
import { Button } from './Button.tsx';
import './controls.css';

export function ProgressBar(props: {
  readonly what: string;
  readonly done: number;
  readonly total: number;
  readonly cancelLabel: string;
  readonly onCancel: () => void;
}): ReactNode {
  const { what, done, total, cancelLabel, onCancel } = props;
  return (
    <div className="progress" role="status">
      <strong>{what}</strong>
      <span className="progress-count">{total > 0 ? `${countText(done)} of ${countText(total)}` : 'starting'}</span>
      <progress aria-label={what} max={Math.max(1, total)} value={done} />
      <Button small onClick={onCancel}>
        {cancelLabel}
      </Button>
    </div>
  );
}
