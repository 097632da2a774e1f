/**
 * Hides the worker's own port from pdf.js while that is loaded. Where pdf.js finds itself in a worker, it takes the port
 * for its own: it would answer on it, and our page would get its messages.
 */

interface PortOwner {
  postMessage?: unknown;
}

let hidden: PropertyDescriptor | null = null;

export function hidePort(): void {
  const found = Object.getOwnPropertyDescriptor(globalThis, 'postMessage');
  if (found?.configurable !== true || hidden !== null) return;
  hidden = found;
  delete (globalThis as PortOwner).postMessage;
}

/** Does nothing where nothing is hidden. */
export function showPort(): void {
  if (hidden !== null) Object.defineProperty(globalThis, 'postMessage', hidden);
  hidden = null;
}
