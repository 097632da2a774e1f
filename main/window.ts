/**
 * A window and everything that it may not do: leave the page, open another, load what is not ours, use a device, close
 * over unsaved work without asking. One window holds one account.
 */
import path from 'node:path';
import { BrowserWindow, dialog, type Session, type WebContents } from 'electron';
import type { PaperSize } from '../shared/contract/host.ts';
import type { FileKind, HostDialogs } from './host.ts';
import { APP_ENTRY_URL, isAppUrl, mayRequest, mayUse, type Trust } from './security.ts';

/** Said once per session, before its first page. */
export function lockSession(session: Session, trust: Trust): void {
  // Electron grants every permission unless each of these three is told otherwise.
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    callback(mayUse(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => mayUse(permission));
  session.setDevicePermissionHandler((details) => mayUse(details.deviceType));
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !mayRequest(details.url, trust) });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}

/** Holds any page, also one that Electron opens by itself, to our own addresses. */
export function lockContents(contents: WebContents, trust: Trust): void {
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isAppUrl(event.url, trust)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function asFilter(kind: FileKind): { name: string; extensions: string[] } {
  return { name: kind.name, extensions: [...kind.extensions] };
}

/** Native dialogs that belong to a window. */
export function dialogsOf(window: BrowserWindow): HostDialogs {
  return {
    chooseOpen: async (kind) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openFile'],
        filters: [asFilter(kind)],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    chooseSave: async ({ suggestedName, kind }) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: suggestedName,
        filters: [asFilter(kind)],
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      return canceled || filePath === '' ? null : filePath;
    },
  };
}

/** The page as its print styles lay it out; they say its margins too. */
export function printPdf(contents: WebContents, paper: PaperSize): Promise<Uint8Array> {
  return contents.printToPDF({ pageSize: paper, printBackground: true, generateTaggedPDF: true });
}

const CLOSING = ['Save', 'Don’t save', 'Cancel'] as const;
const CANCEL = 2;

async function askClosing(window: BrowserWindow): Promise<(typeof CLOSING)[number]> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'Save before closing?',
    detail: 'This account has changes that are in no file yet. Without saving they are lost.',
    buttons: [...CLOSING],
    defaultId: 0,
    cancelId: CANCEL,
    noLink: true,
  });
  return CLOSING[response] ?? CLOSING[CANCEL];
}

export interface ClosingGuard {
  readonly isUnsaved: () => boolean;
  /** Has the page save its work; it answers later, and the window stays until then. */
  readonly save: () => void;
  readonly discard: () => Promise<void>;
}

/** Asks before a window with unsaved work closes; at most one question at a time. */
export function guardClosing(window: BrowserWindow, { isUnsaved, save, discard }: ClosingGuard): void {
  let asking = false;
  window.on('close', (event) => {
    if (!isUnsaved()) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void askClosing(window)
      .then(async (answer) => {
        if (answer === 'Save') save();
        if (answer !== 'Don’t save') return;
        await discard();
        window.destroy();
      })
      .finally(() => {
        asking = false;
      });
  });
}

/** A locked window that has not loaded anything yet. */
export function createWindow(folder: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 840,
    minWidth: 720,
    minHeight: 520,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(folder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  return window;
}

/** A crash that comes again so soon would come for ever. */
const CRASHED_AGAIN_MS = 30_000;

/** Brings the page back when its process has ended by a fault; the page then finds the work that it had kept. */
export function reviveAfterCrash(contents: WebContents, load: () => void, now: () => number): void {
  let last = -Infinity;
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || now() - last < CRASHED_AGAIN_MS) return;
    last = now();
    load();
  });
}

/** Loads the page; a window whose page cannot be shown is not left behind unseen. */
export async function loadPage(window: BrowserWindow, trust: Trust): Promise<void> {
  try {
    await window.loadURL(trust.devServerUrl ?? APP_ENTRY_URL);
  } catch (error) {
    // Closing a window while it loads ends the loading too; that is no fault.
    if (window.isDestroyed()) return;
    dialog.showErrorBox('Drawdown could not show its page', error instanceof Error ? error.message : String(error));
    window.destroy();
  }
}
