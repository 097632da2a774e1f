/** Runs the host's contract inside a page: each window is a frame with a host of its own, each file one of the browser's. */
import { browserHost } from '../../renderer/platform/browser.ts';
import type { HostApi } from '../../shared/contract/host.ts';
import { CASES, type Half } from '../main/hostContract.ts';

type FrameWindow = Window & typeof globalThis & { hostInPage?: HostInPage };

export interface HostInPage {
  readonly make: () => HostApi;
  /** @param code this bundle, for the frames */
  readonly run: (name: string, code: string) => Promise<void>;
}

async function folder(): Promise<FileSystemDirectoryHandle> {
  return navigator.storage.getDirectory();
}

function half(code: string): Half {
  const frames = new Map<HostApi, HTMLIFrameElement>();
  let chosen: string | null = null;
  const fileOf = async (window: FrameWindow): Promise<FileSystemFileHandle> => {
    if (chosen === null) throw new window.DOMException('closed', 'AbortError');
    return (await folder()).getFileHandle(chosen, { create: true });
  };
  return {
    open: async () => {
      const frame = document.createElement('iframe');
      frame.src = '/blank.html';
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
      const window = frame.contentWindow as FrameWindow;
      window.eval(code);
      Object.assign(window, {
        showOpenFilePicker: async () => [await fileOf(window)],
        showSaveFilePicker: () => fileOf(window),
      });
      const host = window.hostInPage?.make();
      if (host === undefined) throw new Error('the frame has no host');
      frames.set(host, frame);
      return host;
    },
    end: (host) => {
      frames.get(host)?.remove();
      return new Promise((resolve) => setTimeout(resolve, 50));
    },
    choose: (name) => {
      chosen = name;
    },
    write: async (name, text) => {
      const stream = await (await (await folder()).getFileHandle(name, { create: true })).createWritable();
      await stream.write(text);
      await stream.close();
    },
    remove: async (name) => (await folder()).removeEntry(name),
    read: async (name) => {
      try {
        return await (await (await (await folder()).getFileHandle(name)).getFile()).text();
      } catch {
        return null;
      }
    },
  };
}

const hostInPage: HostInPage = {
  make: () => browserHost(() => Date.now()),
  run: async (name, code) => {
    const found = CASES.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no case ${name}`);
    await found.run(half(code));
  },
};

Object.assign(window, { hostInPage });
