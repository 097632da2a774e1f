/**
 * Serves the page from the package under `app://bundle/`: reading only, our host only, the build's kinds of file only,
 * and the security headers on every answer. A scheme of our own instead of `file:` gives the page an origin and a
 * content security policy, and no way to name another file of the disk.
 */
import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { APP_SCHEME, isAppUrl, resolveAsset, SECURITY_HEADERS } from './security.ts';

const PACKAGED_ONLY = { devServerUrl: null };

/** Must run once and before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}

/** The answer to a request of the page. `root` is the folder of the built page. */
export async function respond(root: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (request.method !== 'GET') return refusal(405);
  if (!isAppUrl(request.url, PACKAGED_ONLY)) return refusal(403);
  const asset = resolveAsset(root, new URL(request.url).pathname);
  if (asset.status !== 200) return refusal(asset.status);
  try {
    const bytes = new Uint8Array(await readFile(asset.file));
    return new Response(bytes, { status: 200, headers: { ...SECURITY_HEADERS, 'Content-Type': asset.type } });
  } catch {
    return refusal(404);
  }
}

export function serveApp(session: Session, root: string): void {
  session.protocol.handle(APP_SCHEME, (request) => respond(root, request));
}
