/**
 * What may be served to the page and under which headers. One place for every server of ours: the `app://` protocol, the
 * loopback server of `npm start` and the tests, and Vite's preview. Plain JavaScript, because the loopback server runs
 * on bare Node.
 */
import path from 'node:path';

/** Scripts, styles and the worker from ourselves only; WebAssembly may compile, `eval` may not. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "frame-src 'none'",
  "object-src 'none'",
].join('; ');

/**
 * Sent with every answer, the worker's script and refusals included: a policy in the page's markup does not bind the
 * worker.
 * @type {Readonly<Record<string, string>>}
 */
export const SECURITY_HEADERS = Object.freeze({
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
});

/**
 * The kinds of file that a build consists of. Anything else is refused, whatever is on the disk.
 * @type {ReadonlyMap<string, string>}
 */
export const CONTENT_TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.wasm', 'application/wasm'],
  ['.woff2', 'font/woff2'],
  ['.woff', 'font/woff'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.json', 'application/json'],
  ['.yaml', 'text/yaml; charset=utf-8'],
  ['.csv', 'text/csv; charset=utf-8'],
]);

/**
 * @typedef {{ readonly status: 200, readonly file: string, readonly type: string }} FoundAsset
 * @typedef {{ readonly status: 400 | 403 }} RefusedAsset
 */

/**
 * The file below `root` that a URL's path stands for, or the status to refuse it with. Decodes once, so that an encoded
 * `..` is judged as what it becomes; whether the file exists is the caller's affair.
 * @param {string} root an absolute path
 * @param {string} pathname the path of a URL, as the URL has it
 * @returns {FoundAsset | RefusedAsset}
 */
export function resolveAsset(root, pathname) {
  let decoded;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return { status: 400 };
  }
  // A NUL ends a path for the system but not for us; a backslash or a colon means something else on Windows.
  if (/[\0\\:]/.test(decoded)) return { status: 403 };
  const file = path.resolve(root, `.${path.posix.resolve('/', decoded === '/' ? '/index.html' : decoded)}`);
  // `resolve` has already folded every `..`; a path that needed folding was not written by our build, so it is refused.
  if (decoded.split('/').includes('..')) return { status: 403 };
  const below = path.relative(root, file);
  if (below === '' || below.startsWith('..') || path.isAbsolute(below)) return { status: 403 };
  if (below.split(path.sep).some((part) => part.startsWith('.'))) return { status: 403 };
  const type = CONTENT_TYPES.get(path.extname(file).toLowerCase());
  return type === undefined ? { status: 403 } : { status: 200, file, type };
}
