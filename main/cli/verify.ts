/** `drawdown verify`: whether a workspace is what it says it is. */
import type { ParseArgsOptionsConfig } from 'node:util';
import { verified, type Fault } from '../../shared/session/reconcile/verify.ts';
import { oneName, readArguments } from './command.ts';
import { readSavedWork } from './savedWork.ts';
import { loadSql } from './sql.ts';
import { NO_CONTEXT, surroundings } from './surroundings.ts';

const HELP = `drawdown verify WORKSPACE [--json]

Checks the log of reconciliation, entry by entry; every sealed month, against a replay of what it was sealed with; and the
results in the file, against a replay of now. What does not hold is told with its place: entry of the log, month, file or
table.

  --json       the result as JSON
  --help       this text

A log of which the end was cut off, and whose note of its end was changed to fit, is taken for a shorter log: keep the last
hash of a log elsewhere, such as in a printed report, to be sure of that too.
Exit status: 0 everything holds; 1 something does not; 2 the workspace cannot be read.`;

const OPTIONS = { json: { type: 'boolean', default: false } } satisfies ParseArgsOptionsConfig;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function verifyCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments('verify', { help: HELP, options: OPTIONS }, args);
  if (asked === null) return 0;
  const { values: options, positionals } = asked;
  const file = oneName('verify', 'workspace', positionals);
  const { work, bytes } = await readSavedWork(file);
  const result = await verified(await loadSql(), work, bytes, surroundings, NO_CONTEXT);
  const { entries, seals, faults } = result;
  if (options.json) process.stdout.write(`${JSON.stringify({ head: work.log.head.hash, ...result })}\n`);
  else
    process.stdout.write(
      [
        `${file}: ${counted(entries, 'log entry', 'log entries')}, ${counted(seals, 'sealed month', 'sealed months')}, last hash ${work.log.head.hash}`,
        ...faults.map(faultText),
        faults.length === 0 ? 'Everything holds' : counted(faults.length, 'fault', 'faults'),
      ]
        .map((line) => `${line}\n`)
        .join(''),
    );
  return faults.length === 0 ? 0 : 1;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function faultText({ of, seq, period, where, says }: Fault): string {
  const places = [of, seq === null ? null : `entry ${seq}`, period, where].filter((place) => place !== null);
  return `${places.join(', ')}: ${says}`;
}
