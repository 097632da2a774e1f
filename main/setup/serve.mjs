/**
 * Serves the built page on this machine only, under the same headers and the same rules as the desktop app's protocol.
 * Used by `npm start` without Electron and by the end-to-end tests: `node main/setup/serve.mjs --port 4317`.
 */
import './node-version.mjs';
import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { resolveAsset, SECURITY_HEADERS } from './assets.mjs';
import { main, ROOT } from './run.mjs';

export const PAGE_FOLDER = path.join(ROOT, 'dist/renderer');

/**
 * A website that points its own name at this machine would be let in by the address alone, so the name is checked.
 * @param {string | undefined} host
 */
function isOwnHost(host) {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
}

/**
 * @param {string} root
 * @param {{ method: string | undefined, url: string | undefined, host: string | undefined }} request
 * @returns {Promise<{ status: number, headers: Readonly<Record<string, string>>, body: Uint8Array | null }>}
 */
export async function respond(root, { method, url, host }) {
  /** @param {number} status */
  const refuse = (status) => ({ status, headers: SECURITY_HEADERS, body: null });
  if (!isOwnHost(host)) return refuse(403);
  if (method !== 'GET' && method !== 'HEAD') return refuse(405);
  const [pathname = '/'] = (url ?? '/').split(/[?#]/, 1);
  const asset = resolveAsset(root, pathname);
  // Browsers ask for it unbidden, and would report its absence as an error of the page.
  if (pathname === '/favicon.ico') return refuse(204);
  if (asset.status !== 200) return refuse(asset.status);
  try {
    const body = await fs.readFile(asset.file);
    const headers = { ...SECURITY_HEADERS, 'Content-Type': asset.type, 'Content-Length': String(body.length) };
    return { status: 200, headers, body: method === 'HEAD' ? null : body };
  } catch {
    return refuse(404);
  }
}

/**
 * Starts serving and resolves with the address. `port` 0 takes any that is free.
 * @param {{ root?: string, port?: number }} [options]
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export function serve({ root = PAGE_FOLDER, port = 0 } = {}) {
  const server = http.createServer((request, response) => {
    void respond(root, { method: request.method, url: request.url, host: request.headers.host }).then((answer) => {
      response.writeHead(answer.status, answer.headers).end(answer.body ?? undefined);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = address !== null && typeof address === 'object' ? address.port : port;
      resolve({
        url: `http://127.0.0.1:${bound}/`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main(async () => {
    const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
    const { url } = await serve({ port: Number(values.port) });
    process.stdout.write(`${url}\n`);
  });
}
