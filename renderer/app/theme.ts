/** Light, dark, or as the system has it; remembered on this computer only. */
export type Theme = 'light' | 'dark' | 'system';

const KEY = 'drawdown.theme';

export function readTheme(storage: Pick<Storage, 'getItem'>): Theme {
  const kept = storage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function applyTheme(theme: Theme, root: HTMLElement, storage: Pick<Storage, 'setItem'>): void {
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  storage.setItem(KEY, theme);
}
