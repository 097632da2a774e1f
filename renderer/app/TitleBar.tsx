/** The document, the way to anything, and the way back. */
import { Keyboard, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { documentStateOf } from '../features/document/documentState.ts';
import { DocumentTitle } from '../features/document/DocumentTitle.tsx';
import { IconButton } from '../ui/Button.tsx';
import { useAppState, useAppStore } from './context.ts';
import './titleBar.css';
import { UndoButtons } from './UndoButtons.tsx';

export function TitleBar(): ReactNode {
  const store = useAppStore();
  const document = useAppState(useShallow(documentStateOf));
  return (
    <div className="title-bar" role="banner">
      <svg className="app-mark" viewBox="0 0 24 20" aria-hidden="true">
        <path className="app-mark-line" d="M1 2 L8 14 V2 L15 14 V2 L22 14" />
        <path className="app-mark-zero" d="M1 17.5 H23" />
      </svg>
      <DocumentTitle document={document} />
      <FindButton />
      <div className="title-tools">
        <UndoButtons />
        <IconButton icon={Keyboard} label="All keys" onClick={() => store.setState({ keysShown: true })} />
      </div>
    </div>
  );
}

/** Looks like the field that it opens. */
function FindButton(): ReactNode {
  const store = useAppStore();
  const shown = useAppState((state) => state.paletteShown);
  return (
    <button
      type="button"
      className="title-find"
      aria-haspopup="dialog"
      aria-expanded={shown}
      aria-keyshortcuts="Control+K"
      onClick={() => store.getState().paletteOpen()}
    >
      <Search size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
      <span>Go to a place, figure or command</span>
      <kbd aria-hidden="true">Ctrl K</kbd>
    </button>
  );
}
