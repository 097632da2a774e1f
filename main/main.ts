/**
 * Electron's entry: locks the app down, then opens a window for each account. Nothing here is awaited at the top level,
 * because Electron is not ready before this file has run, and would wait for it for ever.
 */
import path from 'node:path';
import { app, BrowserWindow, Menu, session, shell } from 'electron';
import type { HostApi } from '../shared/contract/host.ts';
import { createClosing } from './closing.ts';
import { createHost } from './host.ts';
import { serveHost } from './ipc.ts';
import { DocumentLocks } from './locks.ts';
import { menuTemplate } from './menu.ts';
import type { SharedDocuments } from './openDocuments.ts';
import { declareAppScheme, serveApp } from './protocol.ts';
import { Recents } from './recents.ts';
import { RecoveryStore } from './recovery.ts';
import { documentArgument, type Trust } from './security.ts';
import {
  createWindow,
  dialogsOf,
  guardClosing,
  loadPage,
  lockContents,
  lockSession,
  printPdf,
  reviveAfterCrash,
} from './window.ts';

const folder = import.meta.dirname;
const trust: Trust = { devServerUrl: app.isPackaged ? null : __DEV_SERVER_URL__ };
const hosts = new Map<number, HostApi>();
/** What the windows share, in the folder that the system has for this app and user. */
function createShared(): SharedDocuments {
  const own = app.getPath('userData');
  return {
    locks: new DocumentLocks(),
    recents: new Recents(own, () => Date.now()),
    recovery: new RecoveryStore(own, () => Date.now()),
  };
}

/** A document that the system asked for before there could be a window. */
let pendingDocument: string | null = null;

let shared: SharedDocuments | null = null;

function openWindow(launchPath: string | null): void {
  const documents = (shared ??= createShared());
  const window = createWindow(folder);
  const { id } = window.webContents;
  let unsaved = false;
  const discard = (): Promise<void> => documents.recovery.discardAll(id);
  const closing = createClosing(() => {
    // Its work is in a file by now; a copy that is still there would be offered at the next start.
    void discard().finally(() => {
      window.destroy();
    });
  });
  guardClosing(window, {
    isUnsaved: () => unsaved,
    save: closing.ask,
    discard,
  });
  hosts.set(
    id,
    createHost({
      dialogs: dialogsOf(window),
      version: app.getVersion(),
      launchPath,
      shared: documents,
      owner: id,
      onUnsaved: (value) => {
        unsaved = value;
        // The dot in the close button; other systems have none.
        if (process.platform === 'darwin') window.setDocumentEdited(value);
      },
      closeAsked: closing.asked,
      onCloseAnswer: closing.answer,
      openWindow: () => {
        openWindow(null);
      },
      reveal: (file) => {
        shell.showItemInFolder(file);
      },
      printPdf: (paper) => printPdf(window.webContents, paper),
    }),
  );
  window.on('closed', () => {
    hosts.delete(id);
    documents.locks.releaseAll(id);
    documents.recovery.releaseAll(id);
  });
  const load = (): void => {
    void loadPage(window, trust);
  };
  reviveAfterCrash(window.webContents, load, () => Date.now());
  load();
}

/** A document gets a window of its own, unless one has it open; without a document, the window that is there comes forward. */
async function openOrFocus(document: string | null): Promise<void> {
  const windows = BrowserWindow.getAllWindows();
  const owner = document === null ? null : ((await shared?.locks.ownerOf(document)) ?? null);
  const window = document === null ? windows[0] : windows.find(({ webContents }) => webContents.id === owner);
  if (window === undefined) {
    openWindow(document);
    return;
  }
  if (window.isMinimized()) window.restore();
  window.focus();
}

function start(): void {
  lockSession(session.defaultSession, trust);
  serveApp(session.defaultSession, path.join(folder, '../renderer'));
  serveHost((senderId) => hosts.get(senderId), trust);
  const menu = menuTemplate(process.platform, () => {
    openWindow(null);
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  // The first argument is the program; unpackaged, the second is the folder of this app.
  openWindow(pendingDocument ?? documentArgument(process.argv.slice(app.isPackaged ? 1 : 2)));
  pendingDocument = null;
}

app.enableSandbox();
declareAppScheme();

if (app.requestSingleInstanceLock()) {
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents, trust);
  });
  app.on('second-instance', (_event, argv, workingDirectory) => {
    const document = documentArgument(argv.slice(1));
    void openOrFocus(document === null ? null : path.resolve(workingDirectory, document));
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    if (app.isReady()) void openOrFocus(file);
    else pendingDocument = file;
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
  void app.whenReady().then(start);
} else {
  app.quit();
}
