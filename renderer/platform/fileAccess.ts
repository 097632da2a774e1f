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

/** What TypeScript's DOM library does not know of a handle: a kept one needs the user's word again. */
interface AskingHandle {
  queryPermission?(options: { readonly mode: 'readwrite' }): Promise<PermissionState>;
  requestPermission?(options: { readonly mode: 'readwrite' }): Promise<PermissionState>;
}

/** Whether a handle that was kept may be read and written; asks the user where that is not settled. */
export async function isAllowed(handle: FileSystemFileHandle): Promise<boolean> {
  const asking: AskingHandle = handle as unknown as AskingHandle;
  const mode = { mode: 'readwrite' } as const;
  if (((await asking.queryPermission?.(mode)) ?? 'granted') === 'granted') return true;
  return (await asking.requestPermission?.(mode)) === 'granted';
}
