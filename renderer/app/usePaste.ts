/** Ctrl V anywhere but in a field: files of the clipboard are opened, its text is read as rows. */
import { useEffect } from 'react';
import type { Actions } from './actions.ts';
import { isTyping } from './useKeys.ts';

export function usePaste(actions: Actions): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      if (event.defaultPrevented || isTyping(event.target) || event.clipboardData === null) return;
      if (document.querySelector('dialog[open], :popover-open') !== null) return;
      const files = Array.from(event.clipboardData.files);
      const text = event.clipboardData.getData('text/plain');
      if (files.length === 0 && text.trim() === '') return;
      event.preventDefault();
      if (files.length > 0) void actions.openFiles(files);
      else void actions.stageText(text);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [actions]);
}
