/**
 * End-to-end tests: `page` is the built page in Chromium, from the same server as `npm start`; `shell` is the desktop
 * app, in Electron where its program is found, else in the stand-in.
 */
import path from 'node:path';
import { defineConfig, type ReporterDescription } from '@playwright/test';
import { findChromium } from '../../main/setup/chromium.mjs';

const root = path.resolve(import.meta.dirname, '../..');
// The workers load this file too and inherit the choice; two runs on one machine do not share a port.
const port = (process.env['DRAWDOWN_E2E_PORT'] ??= String(20_000 + (process.pid % 20_000)));
const url = `http://127.0.0.1:${port}/`;
const chromium = await findChromium();
const jsonReport = process.env['DRAWDOWN_E2E_REPORT'];
const reporter: ReporterDescription[] = [['list']];
if (jsonReport !== undefined) reporter.push(['json', { outputFile: jsonReport }]);

export default defineConfig({
  testDir: '.',
  outputDir: path.join(root, 'node_modules/.cache/playwright'),
  // Two browsers and their workers share two cores: what is right may take its time, and only what is wrong waits so long.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 2,
  forbidOnly: true,
  reporter,
  webServer: {
    command: `node main/setup/serve.mjs --port ${port}`,
    cwd: root,
    url,
    reuseExistingServer: false,
  },
  use: {
    baseURL: url,
    // Recording takes nearly as much processor as the tests do; `--trace retain-on-failure` shows what went wrong.
    trace: 'off',
    launchOptions: {
      ...(chromium === null ? {} : { executablePath: chromium }),
      chromiumSandbox: false,
      args: ['--disable-quic', '--disable-background-networking', '--disable-component-update'],
    },
  },
  projects: [
    { name: 'page', testIgnore: '**/shell*.spec.ts' },
    { name: 'shell', testMatch: '**/shell*.spec.ts' },
  ],
});
