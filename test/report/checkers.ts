/** The accounting programs themselves, where they are installed: whether they take a journal. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beancountText, hledgerText, type Book } from '../../shared/export/plainAccounts.ts';

export interface Checker {
  readonly program: string;
  readonly absent: boolean;
  readonly text: (book: Book) => string;
  /** What it finds wrong with a journal; empty where it takes it. */
  readonly complaints: (journal: string) => string;
}

function checker(program: string, args: readonly string[], text: Checker['text']): Checker {
  const run = (more: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(program, [...args, ...more], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  return {
    program,
    absent: spawnSync(program, ['--version']).error !== undefined,
    text,
    complaints: (journal) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'drawdown-book-'));
      try {
        const file = path.join(folder, 'book.journal');
        writeFileSync(file, journal);
        const { status, stdout, stderr } = run([file]);
        return status === 0 ? '' : `${String(stdout)}${String(stderr)} (status ${status ?? 'none'})`;
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

export const CHECKERS: readonly Checker[] = [
  checker('hledger', ['check', '--strict', '-f'], hledgerText),
  checker('bean-check', ['--no-cache'], beancountText),
];
