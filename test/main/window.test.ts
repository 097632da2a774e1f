/** A window's page after its process has crashed. Electron is one small mock. */
import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, test, vi } from 'vitest';
import { reviveAfterCrash } from '../../main/window.ts';

vi.mock('electron', () => ({ BrowserWindow: vi.fn(), dialog: {} }));

test('comes back after a crash, but not for ever, and not when it was closed', () => {
  const contents = new EventEmitter();
  let now = 0;
  let loads = 0;
  reviveAfterCrash(
    contents as unknown as WebContents,
    () => {
      loads++;
    },
    () => now,
  );
  const gone = (reason: string): boolean => contents.emit('render-process-gone', {}, { reason });
  gone('clean-exit');
  expect(loads).toBe(0);
  gone('crashed');
  now = 1_000;
  gone('crashed');
  expect(loads).toBe(1);
  now = 40_000;
  gone('oom');
  expect(loads).toBe(2);
});
