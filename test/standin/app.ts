/** The fake's `app` and `Menu`. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { StandInError, strict } from './state.ts';

interface PackageJson {
  readonly version: string;
}

let ready = false;
let sandboxed = false;
let announce: () => void = () => undefined;
const whenReady = new Promise<void>((resolve) => {
  announce = resolve;
});

class App extends EventEmitter {
  readonly isPackaged = false;
  enableSandbox(): void {
    if (ready) throw new StandInError('app.enableSandbox() must be called before the app is ready');
    sandboxed = true;
  }
  requestSingleInstanceLock(): boolean {
    return true;
  }
  getVersion(): string {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    return (JSON.parse(text) as PackageJson).version;
  }
  getPath(name: string): string {
    const profile = process.env['STANDIN_PROFILE'] ?? '';
    if (name !== 'userData' || profile === '') throw new StandInError(`app.getPath('${name}') is not in the stand-in`);
    return profile;
  }
  isReady(): boolean {
    return ready;
  }
  whenReady(): Promise<void> {
    return whenReady;
  }
  quit(): void {
    // Later, so that whoever called hears of it first.
    setImmediate(() => process.exit(0));
  }
}

export const app = strict('app', new App());

export function becomeReady(): void {
  if (!sandboxed) throw new StandInError('app.enableSandbox() was not called before the app became ready');
  ready = true;
  announce();
  app.emit('ready');
}

export function requireReady(what: string): void {
  if (!ready) throw new StandInError(`${what} cannot be used before the app is ready`);
}

export function requireNotReady(what: string): void {
  if (ready) throw new StandInError(`${what} must be called before the app is ready`);
}

export const Menu = strict('Menu', {
  buildFromTemplate: (template: readonly unknown[]) => strict('menu', { items: template }),
  setApplicationMenu: (_menu: unknown) => undefined,
});

export const shell = strict('shell', {
  /** Tests replace it to see what would be shown. */
  showItemInFolder: (_file: string): void => undefined,
});

function unanswered(name: string): () => Promise<never> {
  return () => Promise.reject(new StandInError(`dialog.${name} was shown, and the test has not said how to answer it`));
}

/** Tests replace these through `evaluate`, as they do in Electron itself. */
export const dialog = strict('dialog', {
  showOpenDialog: unanswered('showOpenDialog'),
  showSaveDialog: unanswered('showSaveDialog'),
  showMessageBox: unanswered('showMessageBox'),
  showErrorBox: (title: string, content: string) => {
    throw new StandInError(`dialog.showErrorBox: ${title}: ${content}`);
  },
});
