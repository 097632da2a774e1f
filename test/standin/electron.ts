/**
 * What `import ... from 'electron'` gets in the stand-in. A name that is not here fails to link, and one of its methods
 * that is not implemented throws.
 */
export { app, dialog, Menu, shell } from './app.ts';
export { ipcMain } from './ipcMain.ts';
export { protocol, session } from './session.ts';
export { BrowserWindow } from './window.ts';
