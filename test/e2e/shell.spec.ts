/** The desktop shell from the page's side and from outside: what it does for the page, and what it keeps from it. */
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HOST_METHODS, type HostApi, type SaveConflict, type SavedDocument } from '../../shared/contract/host.ts';
import { drop, importStaged } from './files.ts';
import { expect, needsElectron, test, type Shell } from './shell.ts';

/** What the page sees; every function below runs in the page or in the main process, so it can only use its arguments. */
interface PageWindow {
  readonly host: HostApi;
}

async function answerSave(shell: Shell, filePath: string | null): Promise<void> {
  await shell.evaluate(({ dialog }, chosen) => {
    Object.assign(dialog, {
      showSaveDialog: () => Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' }),
    });
  }, filePath);
}

async function answerOpen(shell: Shell, filePath: string | null): Promise<void> {
  await shell.evaluate(({ dialog }, chosen) => {
    Object.assign(dialog, {
      showOpenDialog: () => Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] }),
    });
  }, filePath);
}

async function save(
  shell: Shell,
  ref: string | null,
  text: string,
  overwrite = false,
): Promise<SavedDocument | SaveConflict | null> {
  return shell.page.evaluate(
    ([target, content, force]) =>
      (window as unknown as PageWindow).host.saveDocument({
        ref: target,
        suggestedName: 'account.drawdown',
        bytes: new TextEncoder().encode(content),
        overwrite: force,
      }),
    [ref, text, overwrite] as const,
  );
}

/** Calls a host method with anything at all, and gives the refusal's message, or null where there was none. */
async function refusalOf(shell: Shell, method: keyof HostApi, args: readonly unknown[]): Promise<string | null> {
  return shell.page.evaluate(
    async ([name, given]) => {
      const { host } = window as unknown as { host: Record<string, (...args: unknown[]) => Promise<unknown>> };
      try {
        await host[name]?.(...given);
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    [method, args] as const,
  );
}

/** Closes the window from the main process, with the question answered by the button's number. */
async function closeAnswering(shell: Shell, response: number): Promise<void> {
  await shell.evaluate(({ dialog, BrowserWindow }, button) => {
    const asked = globalThis as unknown as { asked?: number };
    Object.assign(dialog, {
      showMessageBox: () => {
        asked.asked = (asked.asked ?? 0) + 1;
        return Promise.resolve({ response: button, checkboxChecked: false });
      },
    });
    // In the next turn: the last window takes the main process with it, and this call's answer too.
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 50);
  }, response);
}

test.describe('the page', () => {
  test('is shown with nothing violating its policy, and nothing of Node in reach', async ({ shell }) => {
    const problems: string[] = [];
    shell.page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    shell.page.on('pageerror', (error) => problems.push(error.message));
    await shell.page.reload();
    await expect(shell.page).toHaveTitle(/Drawdown/);
    // Ready means that the worker has compiled its WebAssembly and replayed the first account.
    await expect(shell.page.locator('html')).toHaveAttribute('data-app-state', 'ready');
    expect(problems).toEqual([]);
    const reach = await shell.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', '__dirname'].filter(
        (name) => name in window,
      ),
    );
    expect(reach).toEqual([]);
    expect(await shell.page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(shell.leaks()).toEqual([]);
  });

  test('gets the contract and nothing else as window.host', async ({ shell }) => {
    const members = await shell.page.evaluate(() => Object.keys((window as unknown as PageWindow).host).sort());
    expect(members).toEqual([...HOST_METHODS].sort());
    const info = await shell.page.evaluate(() => (window as unknown as PageWindow).host.describe());
    expect(info).toMatchObject({ shell: 'electron', canSaveInPlace: true });
    expect(info.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('cannot run a script that is written into it, nor eval', async ({ shell }) => {
    const ran = await shell.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      // In a task of the page's own: what the test evaluates is exempt from the page's policy.
      const evaluated = await new Promise((resolve) => {
        setTimeout(() => {
          try {
            Reflect.construct(Function, ['return 1']);
            resolve(true);
          } catch {
            resolve(false);
          }
        });
      });
      return { inline: 'inlineRan' in window, evaluated };
    });
    expect(ran).toEqual({ inline: false, evaluated: false });
  });
});

test.describe('documents', () => {
  test('are saved where the user says, then in place, then opened again', async ({ shell, folder }) => {
    const file = path.join(folder, 'mine.drawdown');
    await answerSave(shell, file);
    const saved = await save(shell, null, 'first');
    expect(saved).toMatchObject({ name: 'mine.drawdown' });
    expect(await readFile(file, 'utf8')).toBe('first');
    expect(saved?.ref).not.toContain('mine');

    await chmod(file, 0o640);
    await answerSave(shell, null);
    expect(await save(shell, saved?.ref ?? null, 'second')).toEqual(saved);
    expect(await readFile(file, 'utf8')).toBe('second');
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toContain('mine.drawdown');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);

    await answerOpen(shell, file);
    const opened = await shell.page.evaluate(async () => {
      const document = await (window as unknown as PageWindow).host.openDocument();
      return document === null ? null : { ...document, bytes: new TextDecoder().decode(document.bytes) };
    });
    expect(opened).toMatchObject({ name: 'mine.drawdown', bytes: 'second' });
  });

  test('closing a dialog is no failure', async ({ shell }) => {
    await answerSave(shell, null);
    await answerOpen(shell, null);
    expect(await save(shell, null, 'x')).toBeNull();
    expect(await shell.page.evaluate(() => (window as unknown as PageWindow).host.openDocument())).toBeNull();
  });

  test('a document that cannot be written says why, and keeps the old file', async ({ shell, folder }) => {
    await mkdir(path.join(folder, 'taken.drawdown'));
    await answerSave(shell, path.join(folder, 'taken.drawdown'));
    const request = { ref: null, suggestedName: 'x', bytes: undefined, overwrite: false };
    const message = await refusalOf(shell, 'saveDocument', [request]);
    expect(message).toContain('bytes');
    const failed = await save(shell, null, 'x').catch((error: unknown) => String(error));
    expect(failed).toContain('it is a folder');
  });

  test('the document that the app was started with is handed over once', async ({ launch, folder }) => {
    const file = path.join(folder, 'given.drawdown');
    await writeFile(file, 'given');
    const shell = await launch([file]);
    // The page itself may have asked already; then it has the document and this is the second time.
    const asked = await shell.page.evaluate(() => (window as unknown as PageWindow).host.launchDocument());
    if (asked !== null) expect(asked.name).toBe('given.drawdown');
    expect(await shell.page.evaluate(() => (window as unknown as PageWindow).host.launchDocument())).toBeNull();
  });
});

test.describe('refusals', () => {
  test('arguments that break the contract', async ({ shell }) => {
    expect(await refusalOf(shell, 'describe', [1])).toContain('no argument');
    expect(await refusalOf(shell, 'setUnsaved', [{ unsaved: 'yes' }])).toContain('unsaved');
    expect(await refusalOf(shell, 'setUnsaved', [{ unsaved: true }, 2])).toContain('one argument');
    const request = { suggestedName: 'a', bytes: [], overwrite: false };
    expect(await refusalOf(shell, 'saveDocument', [{ ...request, ref: '../../etc/passwd' }])).toContain('ref');
    expect(await refusalOf(shell, 'saveDocument', [{ ...request, ref: null, path: '/tmp/x' }])).toContain('path');
    const page = { suggestedName: 'a', mimeType: 'text/html', bytes: [] };
    expect(await refusalOf(shell, 'exportFile', [page])).toContain('mimeType');
  });

  test('a reference that this window was never given', async ({ shell }) => {
    const failed = await save(shell, '0'.repeat(32), 'x').catch((error: unknown) => String(error));
    expect(failed).toContain('not open in this window');
  });

  test('paths outside the page, and kinds of file that no build has', async ({ shell }) => {
    const statuses = await shell.page.evaluate(async () => {
      const paths = ['/..%2fmain%2fmain.js', '/assets/..%2f..%2fmain%2fmain.js', '/.built', '/main.js.map', '/none.js'];
      return Promise.all(paths.map(async (asked) => (await fetch(asked)).status));
    });
    expect(statuses).toEqual([403, 403, 403, 403, 404]);
  });

  test('requests to anywhere else', async ({ shell }) => {
    const outcome = await shell.page.evaluate(async () => {
      const asked = ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd', 'app://other/index.html'];
      return Promise.all(
        asked.map((url) =>
          fetch(url, { mode: 'no-cors' }).then(
            () => 'answered',
            () => 'refused',
          ),
        ),
      );
    });
    expect(outcome).toEqual(['refused', 'refused', 'refused', 'refused']);
    expect(shell.leaks()).toEqual([]);
  });

  test('leaving the page, and opening another', async ({ shell }) => {
    const before = shell.page.url();
    await shell.page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    await shell.page.evaluate(() => {
      open('https://example.com/popup');
    });
    await shell.page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: 'https://example.com/link', target: '_blank' });
      document.body.append(link);
      link.click();
    });
    // A page that had left, or a second window, would be seen well within this time.
    await shell.page.waitForTimeout(500);
    expect(shell.page.url()).toBe(before);
    // Electron never makes the window; the stand-in can only close it again, which takes a moment
    await expect.poll(() => shell.page.context().pages().length).toBe(1);
    expect(shell.leaks()).toEqual([]);
  });
});

test.describe('closing', () => {
  test('asks first while there is unsaved work', async ({ shell }) => {
    await shell.page.evaluate(() => (window as unknown as PageWindow).host.setUnsaved({ unsaved: true }));
    await closeAnswering(shell, 2);
    await shell.page.waitForTimeout(300);
    expect(await shell.evaluate(() => (globalThis as unknown as { asked?: number }).asked, null)).toBe(1);
    expect(await shell.page.title()).toMatch(/Drawdown/);
    await closeAnswering(shell, 1);
    await shell.exited;
  });

  test('saves first when its user wants that, and stays open where that was called off', async ({ shell, folder }) => {
    await expect(shell.page.locator('html')).toHaveAttribute('data-app-state', 'ready');
    await drop(shell.page, [{ name: 'log.csv', text: 'timestamp,id,model,cost\n2026-01-02T00:00:00Z,a,m,1.50\n' }]);
    await importStaged(shell.page);
    await answerSave(shell, null);
    await closeAnswering(shell, 0);
    await shell.page.waitForTimeout(300);
    expect(await shell.page.title()).toMatch(/Drawdown/);
    const file = path.join(folder, 'kept.drawdown');
    await answerSave(shell, file);
    await closeAnswering(shell, 0);
    await shell.exited;
    expect((await readFile(file)).subarray(0, 15).toString()).toBe('SQLite format 3');
    expect(await readdir(folder)).not.toContain('.kept.drawdown.lock');
  });

  test('does not ask when everything is saved', async ({ shell }) => {
    await shell.page.evaluate(() => (window as unknown as PageWindow).host.setUnsaved({ unsaved: false }));
    await shell.evaluate(({ BrowserWindow }) => {
      setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 50);
    }, null);
    await shell.exited;
  });
});

test.describe('work that is in no file', () => {
  const saveCopy = (shell: Shell): Promise<void> =>
    shell.page.evaluate(async () => {
      const { host } = window as unknown as PageWindow;
      const [id, base] = ['0123456789abcdef'.repeat(2), 'fedcba9876543210'.repeat(2)];
      const bytes = new TextEncoder().encode('no workspace');
      await host.saveRecoveryBase({ id, base, bytes });
      await host.saveRecovery({ id, name: 'Left behind', base, bytes });
    });

  test('is offered at the next start, after the app was killed', async ({ launch }) => {
    const first = await launch();
    await saveCopy(first);
    await first.close();
    const next = await launch();
    // The page asks for it at its start; it cannot be opened, so that it is offered and the demo is open.
    await expect(next.page.getByLabel('Recovered work')).toContainText('Account Left behind was not saved.');
    await next.page.getByRole('button', { name: 'Discard' }).click();
    await expect(next.page.getByLabel('Recovered work')).toBeHidden();
    await next.close();
    const third = await launch();
    await expect(third.page.locator('html')).toHaveAttribute('data-app-state', 'ready');
    await expect(third.page.getByLabel('Recovered work')).toBeHidden();
  });

  test('is gone when its user closed the window and did not want it', async ({ launch }) => {
    const first = await launch();
    await saveCopy(first);
    await first.page.evaluate(() => (window as unknown as PageWindow).host.setUnsaved({ unsaved: true }));
    await closeAnswering(first, 1);
    await first.exited;
    const next = await launch();
    await expect(next.page.locator('html')).toHaveAttribute('data-app-state', 'ready');
    await expect(next.page.getByLabel('Recovered work')).toBeHidden();
  });
});

test('a document that another program wrote is not overwritten, and one that is open has its lock', async ({
  shell,
  folder,
}) => {
  const file = path.join(folder, 'mine.drawdown');
  await answerSave(shell, file);
  const saved = await save(shell, null, 'first');
  expect(await readdir(folder)).toContain('.mine.drawdown.lock');
  await writeFile(file, 'by another program');
  expect(await save(shell, saved?.ref ?? null, 'second')).toMatchObject({ kind: 'conflict', reason: 'changed' });
  expect(await readFile(file, 'utf8')).toBe('by another program');
  expect(await save(shell, saved?.ref ?? null, 'second', true)).toMatchObject({ kind: 'saved' });
  await shell.page.evaluate((ref) => (window as unknown as PageWindow).host.closeDocument({ ref }), saved?.ref ?? '');
  expect(await readdir(folder)).not.toContain('.mine.drawdown.lock');
});

test.describe('in Electron itself', () => {
  test('the page runs in a sandboxed process', async ({ shell }) => {
    needsElectron(shell, 'The process sandbox');
    const metrics = await shell.evaluate(
      ({ app }) => app.getAppMetrics().map(({ type, sandboxed }) => [type, sandboxed]),
      null,
    );
    expect(metrics.filter(([type]) => type === 'Tab').every(([, sandboxed]) => sandboxed === true)).toBe(true);
  });

  test('permissions are denied', async ({ shell }) => {
    needsElectron(shell, 'The permission handlers at work');
    expect(await shell.page.evaluate(() => Notification.requestPermission())).toBe('denied');
  });

  test('the page is at an address of the app scheme', ({ shell }) => {
    needsElectron(shell, 'The app scheme in the address');
    expect(shell.page.url()).toBe('app://bundle/index.html');
  });
});
