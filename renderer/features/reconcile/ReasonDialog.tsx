/** An act that has to say why: a short reason, kept with it in the log. */
import { useId, useState, type ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import './dialogs.css';

export function ReasonDialog(props: {
  readonly title: string;
  readonly says: string;
  readonly verb: string;
  readonly suggestions: readonly string[];
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { title, says, verb, suggestions, onReason, onClose } = props;
  const id = useId();
  const [reason, setReason] = useState('');
  const missing = reason.trim() === '';
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="reason-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) onReason(reason.trim());
        }}
      >
        <p>{says}</p>
        <label>
          <span>Reason</span>
          <input
            type="text"
            className="field"
            value={reason}
            list={`${id}list`}
            data-first=""
            autoComplete="off"
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <datalist id={`${id}list`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
        <div className="reason-answers">
          <button
            type="submit"
            className="button solid"
            aria-disabled={missing}
            title={missing ? 'The log keeps the reason' : undefined}
          >
            {verb}
          </button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
