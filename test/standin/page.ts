/**
 * One window of the stand-in: a page of Debian's or anybody's Chromium at an address that exists nowhere, every request
 * of which is put to the app's own filter and answered by the app's own protocol handler.
 */
import type { BrowserContext, CDPSession, Page, Route } from 'playwright-core';
import { BINDING, codec, DELIVER, isolatedWorld, MAIN_WORLD } from './inPage.ts';
import type { MainCalls, Peer } from './peer.ts';

const WORLD = 'stand-in preload';
/** `.invalid` never resolves, so a request that slipped past the router would still go nowhere. */
const SUFFIX = '.app.stand-in.invalid';

/** Chromium cannot load `app:`; each of its hosts is an https host of ours instead. */
export function toBrowser(url: string): string {
  const parsed = new URL(url);
  return parsed.protocol === 'app:' ? `https://${parsed.host}${SUFFIX}${parsed.pathname}${parsed.search}` : url;
}

export function toApp(url: string): string {
  const parsed = new URL(url);
  if (!parsed.host.endsWith(SUFFIX)) return url;
  return `app://${parsed.host.slice(0, -SUFFIX.length)}${parsed.pathname}${parsed.search}`;
}

export interface WindowOptions {
  readonly context: BrowserContext;
  readonly main: Peer<MainCalls>;
  readonly windowId: number;
  /** Told of every request that the app's filter let out of the app. */
  readonly onLeak: (url: string) => void;
}

async function carryCalls(session: CDPSession, { main, windowId }: WindowOptions, page: Page): Promise<void> {
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== BINDING) return;
    const { id, channel, args } = codec.decode(payload) as { id: number; channel: string; args: unknown[] };
    const deliver = async (): Promise<void> => {
      const answer = await main.call('invoke', { windowId, frameUrl: toApp(page.url()), channel, args });
      const text = answer.ok ? codec.encode(answer.value) : answer.message;
      await session.send('Runtime.evaluate', {
        contextId: executionContextId,
        expression: `${DELIVER}(${id}, ${String(answer.ok)}, ${JSON.stringify(text)})`,
      });
    };
    // A window that closes takes its calls with it.
    deliver().catch(() => undefined);
  });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
}

/** Opens the page of a window at `url`, with its preload in place before the first script. */
export async function openPage(options: WindowOptions, url: string, preload: string): Promise<Page> {
  const { context, main, windowId, onLeak } = options;
  const page = await context.newPage();
  let loading = true;

  async function route(route: Route): Promise<void> {
    const request = route.request();
    const asked = toApp(request.url());
    const isMainFrame = request.frame().parentFrame() === null;
    if (request.isNavigationRequest() && !loading) {
      if (!(await main.call('mayNavigate', { windowId, url: asked, isMainFrame }))) return route.abort('aborted');
    }
    if (!(await main.call('mayRequest', { url: asked }))) return route.abort('blockedbyclient');
    if (!asked.startsWith('app:')) {
      onLeak(asked);
      return route.abort('blockedbyclient');
    }
    const { status, headers, body } = await main.call('request', { url: asked, method: request.method() });
    return route.fulfill({ status, headers, body: Buffer.from(body) });
  }

  // The app may quit while its page is still asking.
  const gone = (): undefined => undefined;
  await page.route('**/*', (asked) => route(asked).catch(gone));
  page.on('popup', (popup) => {
    const decide = async (): Promise<void> => {
      if (!(await main.call('mayOpen', { windowId, url: popup.url() }))) await popup.close();
      else onLeak(popup.url());
    };
    void decide().catch(gone);
  });
  page.on('download', (download) => {
    const decide = async (): Promise<void> => {
      if (await main.call('mayDownload', { url: toApp(download.url()) })) onLeak(download.url());
      await download.cancel();
    };
    void decide().catch(gone);
  });

  const session = await context.newCDPSession(page);
  await carryCalls(session, options, page);
  await session.send('Page.enable');
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: MAIN_WORLD });
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: isolatedWorld(preload), worldName: WORLD });
  try {
    await page.goto(toBrowser(url));
  } finally {
    loading = false;
  }
  return page;
}
