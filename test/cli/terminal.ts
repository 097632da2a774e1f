/** Where a test file's commands run: a folder of their own, and what they print. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';

export class Terminal {
  /** What went to standard output and to standard error since the test began, or since `clear`. */
  out = '';
  errors = '';
  folder = '';

  path(name: string): string {
    return path.join(this.folder, name);
  }

  /** Puts a file into the folder. @returns its path */
  write(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  clear(): void {
    this.out = '';
    this.errors = '';
  }
}

/** The terminal of this test file, from before its own `beforeAll` until after its last test. */
export function useTerminal(): Terminal {
  const terminal = new Terminal();
  beforeAll(() => {
    terminal.folder = mkdtempSync(path.join(os.tmpdir(), 'drawdown-cli-'));
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      terminal.out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      terminal.errors += String(text);
      return true;
    });
  });
  beforeEach(() => {
    terminal.clear();
  });
  afterAll(() => {
    vi.restoreAllMocks();
    rmSync(terminal.folder, { recursive: true });
  });
  return terminal;
}
