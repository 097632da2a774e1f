/**
 * The two halves of `contextBridge` and `ipcRenderer` that run in the browser, as source text. The preload runs in a
 * world of its own, as in Electron; the halves meet only through events of the shared document, whose details Chromium
 * clones from one world to the other.
 */
import { runInThisContext } from 'node:vm';

/** Values that JSON cannot carry over the debugger's text channel, both ways. Runs in Node and in the page alike. */
export const CODEC = String.raw`
const codec = {
  encode(value) {
    const seen = new Set();
    const walk = (item) => {
      if (typeof item === 'function' || typeof item === 'symbol') throw new Error('An object could not be cloned.');
      if (item === undefined) return { t: 'undefined' };
      if (typeof item === 'bigint') return { t: 'bigint', v: String(item) };
      if (typeof item === 'number' && !Number.isFinite(item)) return { t: 'number', v: String(item) };
      if (typeof item !== 'object' || item === null) return { t: 'plain', v: item };
      if (item instanceof Uint8Array) {
        let text = '';
        for (let at = 0; at < item.length; at += 32768) text += String.fromCharCode(...item.subarray(at, at + 32768));
        return { t: 'bytes', v: btoa(text) };
      }
      if (seen.has(item)) throw new Error('stand-in: a cycle');
      seen.add(item);
      if (Array.isArray(item)) return { t: 'array', v: item.map(walk) };
      const prototype = Object.getPrototypeOf(item);
      if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw new Error('stand-in: cannot carry ' + prototype.constructor?.name);
      return { t: 'object', v: Object.entries(item).map(([key, field]) => [key, walk(field)]) };
    };
    return JSON.stringify(walk(value));
  },
  decode(text) {
    const walk = ({ t, v }) => {
      switch (t) {
        case 'undefined': return undefined;
        case 'bigint': return BigInt(v);
        case 'number': return Number(v);
        case 'bytes': return Uint8Array.from(atob(v), (character) => character.charCodeAt(0));
        case 'array': return v.map(walk);
        case 'object': return Object.fromEntries(v.map(([key, field]) => [key, walk(field)]));
        default: return v;
      }
    };
    return walk(JSON.parse(text));
  },
};`;

export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/** The same codec on this side; it uses nothing that Node and the page do not both have. */
export const codec = runInThisContext(`(() => { ${CODEC}; return codec; })()`) as Codec;

/** Name of the debugger's binding that only the preload's world sees. */
export const BINDING = '__standInInvoke';
/** Name of the function that takes answers into the preload's world. */
export const DELIVER = '__standInDeliver';

/** The page's side: builds the exposed object, and passes calls on. */
export const MAIN_WORLD = String.raw`(() => {
  if (window.top !== window) return;
  const waiting = new Map();
  let nextId = 1;
  const dispatch = (name, detail) => window.dispatchEvent(new CustomEvent(name, { detail }));
  window.addEventListener('stand-in:expose', ({ detail: { key, names } }) => {
    const api = Object.fromEntries(names.map((name) => [name, (...args) => new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      try {
        dispatch('stand-in:call', { id, key, name, args: structuredClone(args) });
      } catch (error) {
        waiting.delete(id);
        reject(error);
      }
    })]));
    Object.defineProperty(window, key, { value: Object.freeze(api), enumerable: true });
  });
  window.addEventListener('stand-in:answer', ({ detail: { id, ok, value, message } }) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (ok) call?.resolve(value);
    else call?.reject(new Error(message));
  });
})();`;

/** The preload's side: a `require('electron')` with what a sandboxed preload may use, then the preload itself. */
export function isolatedWorld(preload: string): string {
  return String.raw`(() => {
  if (window.top !== window) return;
  ${CODEC}
  const dispatch = (name, detail) => window.dispatchEvent(new CustomEvent(name, { detail }));
  const pending = new Map();
  let nextId = 1;
  globalThis.${DELIVER} = (id, ok, text) => {
    const call = pending.get(id);
    pending.delete(id);
    if (ok) call.resolve(codec.decode(text));
    else call.reject(new Error(text));
  };
  const only = (name, api) => new Proxy(api, { get(target, key) {
    if (typeof key !== 'symbol' && !(key in target)) throw new Error(name + '.' + key + ' is not implemented in the stand-in');
    return target[key];
  } });
  const exposed = new Map();
  const electron = only('electron', {
    contextBridge: only('contextBridge', {
      exposeInMainWorld(key, api) {
        for (const [name, member] of Object.entries(api)) {
          if (typeof member !== 'function') throw new Error('stand-in: ' + name + ' is not a function');
        }
        exposed.set(key, api);
        dispatch('stand-in:expose', { key, names: Object.keys(api) });
      },
    }),
    ipcRenderer: only('ipcRenderer', {
      invoke: (channel, ...args) => new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve, reject });
        globalThis.${BINDING}(codec.encode({ id, channel, args }));
      }),
    }),
  });
  window.addEventListener('stand-in:call', async ({ detail: { id, key, name, args } }) => {
    try {
      dispatch('stand-in:answer', { id, ok: true, value: await exposed.get(key)[name](...args) });
    } catch (error) {
      dispatch('stand-in:answer', { id, ok: false, message: error.message });
    }
  });
  const require = (name) => {
    if (name !== 'electron') throw new Error('module not found: ' + name);
    return electron;
  };
  const module = { exports: {} };
  (function (require, module, exports) {
${preload}
  })(require, module, module.exports);
})();`;
}
