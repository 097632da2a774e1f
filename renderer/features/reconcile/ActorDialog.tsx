/** Asked once: whose name stands in the log beside what is done here. */
import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import './dialogs.css';

export function ActorDialog(props: {
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { onName, onClose } = props;
  const [name, setName] = useState('');
  const missing = name.trim() === '';
  return (
    <Dialog title="Your name" onClose={onClose}>
      <form
        className="reason-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) onName(name.trim());
        }}
      >
        <p>Every decision is kept in the log with who made it. The name stays on this computer.</p>
        <label>
          <span>Name</span>
          <input
            type="text"
            className="field"
            value={name}
            data-first=""
            autoComplete="name"
            spellCheck={false}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <div className="reason-answers">
          <button type="submit" className="button solid" aria-disabled={missing}>
            Use this name
          </button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
