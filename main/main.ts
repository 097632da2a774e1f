/**
 * Electron's entry: locks the app down, then opens a window for each account. Nothing here is awaited at the top level,
 * because Electron is not ready before this file has run, and would wait for it for ever.
 */
import path from 'node:path';
import { app, BrowserWindow, Menu, session } from 'electron';
import type { HostApi } from '../shared/contract/host.ts';
import { createHost } from './host.ts';
import { serveHost } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { declareAppScheme, serveApp } from './protocol.ts';
import { documentArgument, type Trust } from './security.ts';
import { createWindow, dialogsOf, guardClosing, loadPage, lockContents, lockSession } from './window.ts';

const folder = import.meta.dirname;
const trust: Trust = { devServerUrl: app.isPackaged ? null : __DEV_SERVER_URL__ };
const hosts = new Map<number, HostApi>();
/** A document that the system asked for before there could be a window. */
let pendingDocument: string | null = null;

function openWindow(launchPath: string | null): void {
  const window = createWindow(folder);
  const { id } = window.webContents;
  let unsaved = false;
  guardClosing(window, () => unsaved);
  hosts.set(
    id,
    createHost({
      dialogs: dialogsOf(window),
      version: app.getVersion(),
      launchPath,
      onUnsaved: (value) => {
        unsaved = value;
        // The dot in the close button; other systems have none.
        if (process.platform === 'darwin') window.setDocumentEdited(value);
      },
    }),
  );
  window.on('closed', () => {
    hosts.delete(id);
  });
  void loadPage(window, trust);
}

/** A document gets a window of its own; without one, the window that is there comes forward. */
function openOrFocus(document: string | null): void {
  const [window] = BrowserWindow.getAllWindows();
  if (document !== null || window === undefined) {
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
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)));
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
    openOrFocus(document === null ? null : path.resolve(workingDirectory, document));
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    if (app.isReady()) openOrFocus(file);
    else pendingDocument = file;
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
  void app.whenReady().then(start);
} else {
  app.quit();
}
