/** Entry of the child process: maps `electron` to the fake, then runs the app's built main bundle as Electron would. */
import { register } from 'node:module';

// eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor, registerHooks, is not in Node 20
register('./hooks.mjs', import.meta.url);
const { runMain } = await import('./runMain.ts');
await runMain();
