/** Asked once before an account with unsaved changes makes room for another. */
import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import './document.css';

export type LeaveAnswer = 'save' | 'discard' | 'cancel';

export function LeaveDialog(props: {
  readonly name: string;
  readonly onAnswer: (answer: LeaveAnswer) => void;
}): ReactNode {
  const { name, onAnswer } = props;
  return (
    <Dialog title={`Save ${name} first?`} onClose={() => onAnswer('cancel')}>
      <p>It has changes that are in no file yet. Without saving they are lost.</p>
      <div className="dialog-answers">
        <Button look="solid" onClick={() => onAnswer('save')}>
          Save
        </Button>
        <Button onClick={() => onAnswer('discard')}>Don’t save</Button>
        <Button onClick={() => onAnswer('cancel')}>Cancel</Button>
      </div>
    </Dialog>
  );
}
