/** Long work: what is done, how far it is, and a cancel that says what is kept. Shows nothing for its first moment. */
import type { ReactNode } from 'react';
import { countText } from './amountText.ts';
import { Button } from './Button.tsx';
import './controls.css';
import { durationText } from './format.ts';

export function ProgressBar(props: {
  readonly what: string;
  readonly done: number;
  readonly total: number;
  /** Null while it is not known. */
  readonly leftMs: number | null;
  readonly cancelLabel: string;
  readonly onCancel: () => void;
}): ReactNode {
  const { what, done, total, leftMs, cancelLabel, onCancel } = props;
  const left = leftMs === null || leftMs < 1000 ? '' : `, ${durationText(leftMs)} left`;
  return (
    <div className="progress" role="status">
      <strong>{what}</strong>
      <span className="progress-count">
        {total > 0 ? `${countText(done)} of ${countText(total)}${left}` : 'starting'}
      </span>
      <progress aria-label={what} max={Math.max(1, total)} value={done} />
      <Button small onClick={onCancel}>
        {cancelLabel}
      </Button>
    </div>
  );
}
