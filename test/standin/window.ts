/** The fake's `BrowserWindow`: refuses unsafe options, and shows its page in the test's browser. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { app, requireReady } from './app.ts';
import { requireLockedSession } from './session.ts';
import { channel, Preventable, StandInError, strict } from './state.ts';

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };
type Options = Readonly<Record<string, unknown>> & { readonly webPreferences?: Readonly<Record<string, unknown>> };

/** Electron's safe settings. `required` must be said; `forbidden` may be left to Electron's default, which is the safe one. */
const REQUIRED: Readonly<Record<string, unknown>> = { sandbox: true, contextIsolation: true, nodeIntegration: false };
const FORBIDDEN: Readonly<Record<string, unknown>> = {
  webSecurity: false,
  webviewTag: true,
  nodeIntegrationInWorker: true,
  nodeIntegrationInSubFrames: true,
  allowRunningInsecureContent: true,
  experimentalFeatures: true,
  navigateOnDragDrop: true,
};

function requireSafe(preferences: Readonly<Record<string, unknown>>): string {
  for (const [name, value] of Object.entries(REQUIRED)) {
    if (preferences[name] !== value) throw new StandInError(`webPreferences.${name} must be ${String(value)}`);
  }
  for (const [name, value] of Object.entries(FORBIDDEN)) {
    if (preferences[name] === value) throw new StandInError(`webPreferences.${name} must not be ${String(value)}`);
  }
  const { preload } = preferences;
  if (typeof preload !== 'string' || !preload.endsWith('.cjs')) {
    throw new StandInError('a sandboxed preload must be CommonJS (.cjs)');
  }
  return preload;
}

const NAVIGATION_EVENTS = ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'];

class Contents extends EventEmitter {
  readonly id: number;
  openHandler: OpenHandler | null = null;
  constructor(id: number) {
    super();
    this.id = id;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
  printToPDF(options: Readonly<Record<string, unknown>>): Promise<Uint8Array> {
    const { pageSize, printBackground, ...others } = options;
    if (pageSize !== 'A4' && pageSize !== 'Letter')
      throw new StandInError(`printToPDF: pageSize ${String(pageSize)} is not in the stand-in`);
    if (printBackground !== true) throw new StandInError('printToPDF: without backgrounds it is not what is shown');
    const unknown = Object.keys(others).filter((name) => name !== 'generateTaggedPDF');
    if (unknown.length > 0) throw new StandInError(`printToPDF: ${unknown.join(', ')} is not in the stand-in`);
    return channel().call('pdf', { windowId: this.id, paper: pageSize });
  }
}

const windows = new Map<number, Window>();
let nextId = 1;

class Window extends EventEmitter {
  readonly webContents: Contents;
  private readonly preload: string;
  private destroyed = false;
  constructor({ webPreferences = {} }: Options) {
    super();
    requireReady('BrowserWindow');
    this.preload = requireSafe(webPreferences);
    this.webContents = strict('webContents', new Contents(nextId++));
  }
  async loadURL(url: string): Promise<void> {
    requireLockedSession();
    for (const name of NAVIGATION_EVENTS) {
      if (this.webContents.listenerCount(name) === 0) throw new StandInError(`nothing listens to ${name}`);
    }
    if (this.webContents.openHandler === null) throw new StandInError('no window open handler was set');
    const preload = readFileSync(this.preload, 'utf8');
    await channel().call('load', { windowId: this.webContents.id, url, preload });
    this.emit('ready-to-show');
  }
  show(): void {
    this.emit('show');
  }
  focus(): void {
    this.emit('focus');
  }
  isMinimized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  setDocumentEdited(_edited: boolean): void {
    return;
  }
  close(): void {
    const event = new Preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    windows.delete(this.webContents.id);
    void channel().call('close', { windowId: this.webContents.id });
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
  }
}

/** A class whose instances are strict. */
export const BrowserWindow = new Proxy(Window, {
  construct: (target, [options]: [Options]) => {
    const window = strict('BrowserWindow', new target(options));
    windows.set(window.webContents.id, window);
    app.emit('web-contents-created', new Preventable(), window.webContents);
    return window;
  },
  get: (target, key, receiver) => {
    if (key === 'getAllWindows') return () => [...windows.values()];
    if (typeof key === 'symbol' || key === 'prototype' || key === 'name')
      return Reflect.get(target, key, receiver) as unknown;
    throw new StandInError(`BrowserWindow.${key} is not implemented in the stand-in`);
  },
});

export function contentsOf(windowId: number): Contents {
  const window = windows.get(windowId);
  if (window === undefined) throw new StandInError(`there is no window ${windowId}`);
  return window.webContents;
}

export function mayNavigate(of: { windowId: number; url: string; isMainFrame: boolean }): boolean {
  const contents = contentsOf(of.windowId);
  const event = Object.assign(new Preventable(), { url: of.url, isMainFrame: of.isMainFrame });
  contents.emit('will-frame-navigate', event);
  if (of.isMainFrame) contents.emit('will-navigate', event);
  return !event.defaultPrevented;
}

export function mayOpen({ windowId, url }: { windowId: number; url: string }): boolean {
  return contentsOf(windowId).openHandler?.({ url }).action !== 'deny';
}
