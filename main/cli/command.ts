/** How commands read their arguments: alike in all of them. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { LocatedProblem } from '../../shared/contract/importing.ts';
import { formatProblem } from '../../shared/scenario/read.ts';
import { BadInput } from './badInput.ts';
import { readText } from './inputFiles.ts';

const HELP = { help: { type: 'boolean', short: 'h', default: false } } as const;

type Asked<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ allowPositionals: true; options: Options & typeof HELP }>
>;

/**
 * What a command is asked for; null where that was its help, which is printed then.
 * @throws BadInput where an option is none of its own
 */
export function readArguments<Options extends ParseArgsOptionsConfig>(
  command: string,
  { help, options }: { readonly help: string; readonly options: Options },
  args: readonly string[],
): Asked<Options> | null {
  try {
    const asked = parseArgs({ args: [...args], allowPositionals: true, options: { ...options, ...HELP } });
    if (!(asked.values as { readonly help: boolean }).help) return asked;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput([`drawdown ${command}: ${reason}; see drawdown ${command} --help`]);
  }
  process.stdout.write(`${help}\n`);
  return null;
}

/** The one name that a command takes. @throws BadInput where there are more, or none */
export function oneName(command: string, what: string, [name, ...rest]: readonly string[]): string {
  if (name !== undefined && rest.length === 0) return name;
  throw new BadInput([`drawdown ${command}: name one ${what}; see drawdown ${command} --help`]);
}

/** What a file of cases holds; its warnings go to standard error. @throws BadInput where it cannot be read */
export async function readCases<Reading extends { readonly ok: true; readonly warnings?: readonly LocatedProblem[] }>(
  name: string,
  read: (text: string, name: string) => Reading | { readonly ok: false; readonly problems: readonly LocatedProblem[] },
): Promise<Reading> {
  const reading = read(await readText(name), name === '-' ? 'standard input' : name);
  if (!reading.ok) throw new BadInput(reading.problems.map(formatProblem));
  process.stderr.write((reading.warnings ?? []).map((warning) => `${formatProblem(warning)}\n`).join(''));
  return reading;
}
