/** The shell's rules, for every address and path that a generator can think of. */
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  APP_ENTRY_URL,
  CONTENT_SECURITY_POLICY,
  documentArgument,
  isAppUrl,
  isTrustedFrame,
  mayRequest,
  mayUse,
  resolveAsset,
} from '../../main/security.ts';

const PACKAGED = { devServerUrl: null };
const DEVELOPING = { devServerUrl: 'http://127.0.0.1:5173/' };
const ROOT = path.resolve('/app/dist/renderer');

/** Path parts that have got out of a folder somewhere before, mixed with ordinary ones. */
const part = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    '..%2f',
    '%2f',
    '%5c',
    '\\',
    '..\\',
    '%00',
    '...',
    '',
    '~',
    'C:',
    '%c0%ae',
    '//',
  ),
  fc.constantFrom('assets', 'index.html', 'a.js', '.env', 'x.wasm', '%25', '%252e%252e'),
  fc.string({ maxLength: 8 }),
);
const pathname = fc.array(part, { maxLength: 8 }).map((parts) => `/${parts.join('/')}`);

describe('resolveAsset', () => {
  test('never leaves its folder, never finds a hidden file, and knows the type of what it finds', () => {
    fc.assert(
      fc.property(pathname, (asked) => {
        const asset = resolveAsset(ROOT, asked);
        if (asset.status !== 200) return;
        const below = path.relative(ROOT, asset.file);
        expect(below === '' || below.startsWith('..') || path.isAbsolute(below)).toBe(false);
        expect(below.split(path.sep).some((name) => name.startsWith('.'))).toBe(false);
        expect(asset.file).not.toMatch(/[\0\\]/);
        expect(asset.type).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['/', 200],
    ['/index.html', 200],
    ['/assets/index-a1.js', 200],
    ['/assets/sql-wasm.wasm', 200],
    ['/../main/main.js', 403],
    ['/..%2fmain%2fmain.js', 403],
    ['/assets/%2e%2e/index.html', 403],
    ['/assets%5c..%5cx.js', 403],
    ['/C:/x.js', 403],
    ['/.built', 403],
    ['/assets/.hidden.js', 403],
    ['/main.js.map', 403],
    ['/README', 403],
    ['/%', 400],
  ])('answers %s with %i', (asked, status) => {
    expect(resolveAsset(ROOT, asked).status).toBe(status);
  });

  test('decodes once, so that a doubly encoded path is an odd file name and no more', () => {
    expect(resolveAsset(ROOT, '/%252e%252e/x.js')).toMatchObject({ file: path.join(ROOT, '%2e%2e', 'x.js') });
  });
});

describe('isAppUrl', () => {
  test('takes no address of another scheme or host', () => {
    const url = fc.oneof(
      fc.webUrl(),
      fc
        .tuple(fc.constantFrom('app', 'file', 'https', 'data', 'apps'), fc.domain())
        .map(([scheme, host]) => `${scheme}://${host}/`),
      fc.string().map((text) => `app://bundle${text}`),
      fc.string(),
    );
    fc.assert(
      fc.property(url, (asked) => {
        if (!isAppUrl(asked, PACKAGED)) return;
        const { protocol, host, username } = new URL(asked);
        expect([protocol, host, username]).toEqual(['app:', 'bundle', '']);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [APP_ENTRY_URL, true],
    ['app://bundle/assets/a.js', true],
    ['app://bundle.evil/', false],
    ['app://bundle:80/', false],
    ['app://evil@bundle/', false],
    ['app://other/', false],
    ['https://bundle/', false],
    ['file:///bundle/index.html', false],
    ['not a url', false],
    ['http://127.0.0.1:5173/', false],
  ])('%s: %s', (url, expected) => {
    expect(isAppUrl(url, PACKAGED)).toBe(expected);
  });

  test('takes the dev server in development only', () => {
    expect(isAppUrl('http://127.0.0.1:5173/x', DEVELOPING)).toBe(true);
    expect(isAppUrl('http://127.0.0.1:5174/x', DEVELOPING)).toBe(false);
    expect(isAppUrl('http://127.0.0.1:5173.evil/x', DEVELOPING)).toBe(false);
  });
});

test('only the main frame of our own page may call', () => {
  expect(isTrustedFrame({ url: APP_ENTRY_URL, parent: null }, PACKAGED)).toBe(true);
  expect(isTrustedFrame({ url: APP_ENTRY_URL, parent: {} }, PACKAGED)).toBe(false);
  expect(isTrustedFrame({ url: 'https://example.com/', parent: null }, PACKAGED)).toBe(false);
  expect(isTrustedFrame(null, PACKAGED)).toBe(false);
  expect(isTrustedFrame(undefined, PACKAGED)).toBe(false);
});

describe('mayRequest', () => {
  test.each([
    [APP_ENTRY_URL, true],
    ['data:image/png;base64,AA', true],
    ['blob:app://bundle/0f', true],
    ['blob:https://example.com/0f', false],
    ['https://example.com/', false],
    ['http://127.0.0.1:5173/', false],
    ['ws://127.0.0.1:5173/', false],
    ['file:///etc/passwd', false],
    ['devtools://devtools/x', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('%s: %s', (url, expected) => {
    expect(mayRequest(url, PACKAGED)).toBe(expected);
  });

  test('lets no request out to the network, whatever its address', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'https', 'ws', 'wss', 'ftp', 'file'] }), (url) => {
        expect(mayRequest(url, PACKAGED)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('lets the dev server, its socket and the tools through in development', () => {
    expect(mayRequest('ws://127.0.0.1:5173/', DEVELOPING)).toBe(true);
    expect(mayRequest('devtools://devtools/x', DEVELOPING)).toBe(true);
    expect(mayRequest('https://example.com/', DEVELOPING)).toBe(false);
  });
});

test('no permission is granted', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom('media', 'geolocation', 'hid', 'usb', 'clipboard-read'), fc.string()),
      (permission) => {
        expect(mayUse(permission)).toBe(false);
      },
    ),
  );
});

test('the policy allows no inline script or style, no eval and nothing from elsewhere', () => {
  expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'/);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
});

test.each([
  [['/a/x.drawdown'], '/a/x.drawdown'],
  [['--flag', 'X.DRAWDOWN'], 'X.DRAWDOWN'],
  [['a.drawdown', 'b.drawdown'], 'b.drawdown'],
  [['--file=x.drawdown', 'notes.txt'], null],
  [[], null],
])('the document among the arguments %j is %j', (args, expected) => {
  expect(documentArgument(args)).toBe(expected);
});
