/** One line a figure: what was measured, the ratio, the goal, and whether it was met. */

export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly goal: string;
  /** Null: the figure has no bound. */
  readonly met: boolean | null;
}

export function printFigure({ name, value, goal, met }: Figure): void {
  const verdict = met === null ? '' : met ? '  met' : '  NOT MET';
  process.stdout.write(`${name.padEnd(52)} ${value.padEnd(46)} ${goal}${verdict}\n`);
}

export function printSkipped(name: string, reason: string): void {
  process.stdout.write(`${name.padEnd(52)} skipped: ${reason}\n`);
}

export function seconds(value: number): string {
  return value >= 1 ? `${value.toFixed(2)} s` : `${(value * 1000).toFixed(value >= 0.01 ? 0 : 2)} ms`;
}

export function times(value: number): string {
  return `${value >= 10 ? value.toFixed(0) : value.toFixed(2)}x`;
}
