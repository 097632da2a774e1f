/** The document, and what belongs to the window itself: the theme and the list of keys. */
import { Keyboard, Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { documentStateOf } from '../features/document/documentState.ts';
import { DocumentTitle } from '../features/document/DocumentTitle.tsx';
import { IconButton } from '../ui/Button.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { useActions, useAppState, useAppStore } from './context.ts';
import type { Theme } from './theme.ts';
import { UndoButtons } from './UndoButtons.tsx';

const ICON = { size: '0.875rem', strokeWidth: 2.1, 'aria-hidden': true } as const;

export function TitleBar(): ReactNode {
  const store = useAppStore();
  const { setTheme } = useActions();
  const theme = useAppState((state) => state.theme);
  const document = useAppState(useShallow(documentStateOf));
  return (
    <div className="title-bar" role="banner">
      <svg className="app-mark" viewBox="0 0 24 20" aria-hidden="true">
        <path className="app-mark-line" d="M1 2 L8 14 V2 L15 14 V2 L22 14" />
        <path className="app-mark-zero" d="M1 17.5 H23" />
      </svg>
      <DocumentTitle document={document} />
      <div className="title-tools">
        <UndoButtons />
        <Segmented<Theme>
          label="Theme"
          value={theme}
          onChange={setTheme}
          options={[
            { value: 'light', label: <Sun {...ICON} />, title: 'Light' },
            { value: 'system', label: <Monitor {...ICON} />, title: 'As the system' },
            { value: 'dark', label: <Moon {...ICON} />, title: 'Dark' },
          ]}
        />
        <IconButton icon={Keyboard} label="All keys" onClick={() => store.setState({ keysShown: true })} />
      </div>
    </div>
  );
}
