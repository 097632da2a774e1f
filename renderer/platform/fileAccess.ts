/** The File System Access pickers, which TypeScript's DOM library does not know and not every browser has. */

interface PickerOptions {
  readonly types?: readonly {
    readonly description: string;
    readonly accept: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly suggestedName?: string;
  readonly multiple?: boolean;
}

export interface Pickers {
  showOpenFilePicker(options: PickerOptions): Promise<FileSystemFileHandle[]>;
  showSaveFilePicker(options: PickerOptions): Promise<FileSystemFileHandle>;
}

export const WORKSPACE_TYPES: NonNullable<PickerOptions['types']> = [
  { description: 'Drawdown workspace', accept: { 'application/vnd.sqlite3': ['.drawdown', '.sqlite', '.db'] } },
];

export function pickers(): Pickers | null {
  const found = window as unknown as Partial<Pickers>;
  return typeof found.showOpenFilePicker === 'function' && typeof found.showSaveFilePicker === 'function'
    ? (window as unknown as Pickers)
    : null;
}

/** Whether the user closed the picker: no failure, only no answer. */
export function isDismissal(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
