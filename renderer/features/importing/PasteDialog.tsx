/** Rows from a clipboard, where a page may not read the clipboard itself: they are pasted into a field. */
import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

export function PasteDialog(props: {
  readonly onClose: () => void;
  readonly onText: (text: string) => void;
}): ReactNode {
  const [text, setText] = useState('');
  const empty = text.trim() === '';
  const read = (): void => {
    if (!empty) props.onText(text);
  };
  return (
    <Dialog title="Paste rows" onClose={props.onClose}>
      <div className="paste">
        <label htmlFor="pasted-rows">
          Rows of a spreadsheet, a statement or a billing page, with their header where there is one
        </label>
        <textarea
          id="pasted-rows"
          className="mono"
          rows={12}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) read();
          }}
        />
        <div className="file-offers">
          <Button look="solid" disabled={empty} keys="Ctrl Enter" onClick={read}>
            {empty ? 'Nothing pasted yet' : 'Read these rows'}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
