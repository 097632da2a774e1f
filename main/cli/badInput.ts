/** Input that cannot be used: one line a problem, for standard error, and exit status 2. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** What a command's options say. @throws BadInput where they are none of its options */
export function readingOptions<T>(command: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BadInput([`drawdown ${command}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
