/** The stand-in itself: faults that it is there to find, planted in a main process, and what it says about each. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { launchStandIn } from '../standin/launch.ts';
import { expect, test } from './shell.ts';

const LOCKED = `
import { app, BrowserWindow, dialog, protocol, session } from 'electron';
app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
`;
const open = (preferences: string): string =>
  `${LOCKED} app.whenReady().then(() => { new BrowserWindow({ webPreferences: { ${preferences} } }).loadURL('app://bundle/'); });`;
const SAFE = "sandbox: true, contextIsolation: true, nodeIntegration: false, preload: '/p.cjs'";

const PLANTED: readonly (readonly [name: string, source: string, says: RegExp])[] = [
  [
    'awaiting readiness at the top level',
    `${LOCKED} await app.whenReady();`,
    /awaits app\.whenReady\(\) at its top level/,
  ],
  ['no sandbox for the app', `import { app } from 'electron'; app.whenReady();`, /enableSandbox\(\) was not called/],
  ['a window without isolation', open(SAFE.replace('contextIsolation: true, ', '')), /contextIsolation must be true/],
  ['a window with web security off', open(`${SAFE}, webSecurity: false`), /webSecurity must not be false/],
  ['a preload that a sandbox cannot load', open(SAFE.replace('.cjs', '.js')), /must be CommonJS/],
  ['a session that grants everything', open(SAFE), /no permission request handler/],
  [
    'an API that is not there',
    `import { app } from 'electron'; app.setBadgeCount(1);`,
    /app\.setBadgeCount is not implemented/,
  ],
  ['a module that is not there', `import { clipboard } from 'electron'; clipboard;`, /'clipboard'/],
  [
    'a dialog that nobody answers',
    `${LOCKED} app.whenReady().then(() => dialog.showOpenDialog({}));`,
    /has not said how to answer/,
  ],
];

for (const [name, source, says] of PLANTED) {
  test(`the stand-in refuses ${name}`, async ({ folder }) => {
    const main = path.join(folder, 'main.mjs');
    await writeFile(main, source);
    const app = launchStandIn({ main, args: [], executablePath: 'not reached' });
    await expect(app.firstWindow()).rejects.toThrow(says);
    await app.close();
  });
}
