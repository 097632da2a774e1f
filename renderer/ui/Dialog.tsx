/**
 * A native modal dialog: the browser keeps the focus inside, Escape closes it, the page behind is inert. The focus begins
 * on what is marked with `data-first`, and goes back to where it was before.
 */
import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import './controls.css';

export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { title, onClose, children } = props;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // the browser takes the first that can be focused, which closes the dialog
    shown?.querySelector<HTMLElement>('[data-first]')?.focus();
    // One that is taken away while it is open would leave the focus nowhere.
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onClose={({ currentTarget }) => {
        // not where it was taken away, or is shown again already
        if (currentTarget.isConnected && !currentTarget.open) onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton icon={X} label="Close" onClick={() => dialog.current?.close()} />
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
