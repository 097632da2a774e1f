/** What zod found, in words: where it is, what is wrong, what would be right. */
import { knownKeys } from './closed.ts';
import { formatPath, found, quote, suggestion, type Path } from './problems.ts';
import type { Plain, PlainMap } from './tree.ts';
import type { z } from './zod.ts';

/** A problem by its place in the file's tree. */
export interface Finding {
  readonly path: Path;
  /** Whether it is the key at the end of the path that is wrong, not its value. */
  readonly atKey: boolean;
  readonly message: string;
}

/**
 * Reads a value by its schema.
 * @param path where the value stands in the file.
 * @returns the exact value; `undefined` where it is wrong, after every problem was handed to `report`.
 */
export function parseAt<T>(
  schema: z.ZodType<T>,
  value: Plain | undefined,
  path: Path,
  report: (finding: Finding) => void,
): T | undefined {
  try {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) explain(issue, value, path, path.length).forEach(report);
  } catch (error) {
    // zod hands the issues of a nested list on as arguments: a hundred thousand of them are too many for the stack
    if (!(error instanceof RangeError)) throw error;
    report({ path, atKey: false, message: `${subjectOf(path)} has too many problems to list; mend the first ones` });
  }
  return undefined;
}

/**
 * @param root the value that was read.
 * @param base the path in the file that the issue's own path goes on from.
 * @param skip how much of a path leads to `root`.
 */
function explain(issue: z.core.$ZodIssue, root: Plain | undefined, base: Path, skip: number): Finding[] {
  const path: Path = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  const value = valueAt(root, path.slice(skip));
  const say = (predicate: string): Finding[] => [{ path, atKey: false, message: `${subjectOf(path)} ${predicate}` }];
  switch (issue.code) {
    case 'custom':
      if (issue.params?.['key'] === true) return [{ path, atKey: true, message: issue.message }];
      return say(issue.message);
    case 'unrecognized_keys': {
      const known = knownKeys(issue.message);
      return issue.keys.map((key) => ({ path: [...path, key], atKey: true, message: unknownKey(key, known) }));
    }
    case 'invalid_value':
      return say(choice(value, issue.values.map(String)));
    case 'invalid_type': {
      const kind = KINDS[issue.expected] ?? issue.expected;
      return say(value === undefined ? `is missing; it takes ${kind}` : `must be ${kind}, found ${found(value)}`);
    }
    case 'invalid_union': {
      // without branches it is the field that tells the forms apart which is wrong
      if (issue.errors.length === 0)
        return say(choice(value, ((issue as { options?: readonly unknown[] }).options ?? []).map(String)));
      const branch = nearestBranch(issue.errors, value);
      if (branch !== null) return branch.flatMap((inner) => explain(inner, root, path, skip));
      return say(
        value === undefined
          ? `is missing; it takes ${issue.message}`
          : `must be ${issue.message}; found ${found(value)}`,
      );
    }
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'too_big':
    case 'too_small':
      // checks that no schema of the format uses
      return say(`is wrong: ${issue.message}`);
  }
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  boolean: 'true or false, without quotes',
  null: 'null',
};

/** The form of a union that the author most likely meant: the one with the most right keys; null where none has any. */
function nearestBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
  value: Plain | undefined,
): readonly z.core.$ZodIssue[] | null {
  let best: readonly z.core.$ZodIssue[] | null = null;
  let least = Infinity;
  for (const branch of branches) {
    const weight = branch.reduce((sum, issue) => sum + weightOf(issue), 0);
    if (weight < least && isNear(branch, value)) {
      best = branch;
      least = weight;
    }
  }
  return best;
}

/** Whether a form is of the value's kind: a scalar for a scalar, or a map that shares a key with it. */
function isNear(issues: readonly z.core.$ZodIssue[], value: Plain | undefined): boolean {
  if (value === undefined || Array.isArray(value)) return false;
  if (typeof value !== 'object' || value === null) return issues.every((issue) => issue.code === 'custom');
  const keys = Object.keys(value);
  let unknown = 0;
  for (const issue of issues) {
    if (issue.path.length > 0) continue;
    if (issue.code === 'unrecognized_keys') unknown += issue.keys.length;
    else if (issue.code !== 'custom' || issue.params?.['scalar'] === true) return false;
  }
  return unknown < keys.length;
}

function weightOf(issue: z.core.$ZodIssue): number {
  if (issue.code === 'unrecognized_keys') return 10 * issue.keys.length;
  return issue.code === 'custom' && issue.message.startsWith('is missing') ? 10 : 1;
}

function choice(value: unknown, options: readonly string[]): string {
  const listed = options.join(', ');
  if (value === undefined) return `is missing; it takes ${options.length > 1 ? 'one of ' : ''}${listed}`;
  const near = typeof value === 'string' ? suggestion(value, options) : '';
  return `must be ${options.length > 1 ? 'one of ' : ''}${listed}; found ${found(value)}${near}`;
}

function unknownKey(key: string, known: readonly string[]): string {
  return `unknown key ${quote(key)}${suggestion(key, known)}; known ${known.length === 1 ? 'key here is' : 'keys here are'} ${known.join(', ')}`;
}

/** What a message is about: the key, or the item of a list. */
function subjectOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'a scenario';
  if (typeof last === 'string') return formatPath([last]) ?? '';
  return formatPath(path.slice(-2)) ?? '';
}

function valueAt(root: Plain | undefined, path: Path): Plain | undefined {
  let value: Plain | undefined = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Array.isArray(value) ? (value as readonly Plain[])[Number(part)] : (value as PlainMap)[part];
  }
  return value;
}
