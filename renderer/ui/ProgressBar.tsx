/** Long work: what is done, how far it is, and a cancel that says what is kept. Shows nothing for its first moment. */
import type { ReactNode } from 'react';
import { countText } from './amountText.ts';
import { Button } from './Button.tsx';
import './controls.css';
import { durationText, sizeText } from './format.ts';

export function ProgressBar(props: {
  readonly what: string;
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | undefined;
  /** Null while it is not known. */
  readonly leftMs: number | null;
  readonly cancelLabel: string;
  readonly onCancel: () => void;
}): ReactNode {
  const { what, done, total, unit, leftMs, cancelLabel, onCancel } = props;
  const left = leftMs === null || leftMs < 1000 ? '' : `, ${durationText(leftMs)} left`;
  const amount = unit === 'bytes' ? sizeText : countText;
  return (
    <div className="progress" role="status">
      <strong>{what}</strong>
      <span className="progress-count">{total > 0 ? `${amount(done)} of ${amount(total)}${left}` : 'starting'}</span>
      <progress aria-label={what} max={Math.max(1, total)} value={done} />
      <Button small onClick={onCancel}>
        {cancelLabel}
      </Button>
    </div>
  );
}
