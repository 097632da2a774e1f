/** Maps of the format: those with known keys only, and those whose keys are names. */
import { quote, suggestion } from './problems.ts';
import { isMeterName, nameProblem } from './scalars.ts';
import { z } from './zod.ts';

const SEPARATOR = ', ';

/** A map that has these keys and no others. The message of an unknown key's issue is the list of the known ones. */
export function closed<S extends z.core.$ZodLooseShape>(shape: S) {
  const known = Object.keys(shape).join(SEPARATOR);
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined) });
}

/** The known keys that the issue of an unknown one carries. */
export function knownKeys(message: string): string[] {
  return message.split(SEPARATOR);
}

/** A map from ids, SKUs or other names to values; parsed to an object without a prototype. */
export function byName<S extends z.ZodType>(value: S) {
  return z
    .record(z.string(), value)
    .superRefine((map, context) => {
      for (const key of Object.keys(map)) {
        const problem = nameProblem(key);
        if (problem !== null) context.addIssue({ code: 'custom', path: [key], message: `: a name ${problem}` });
      }
    })
    .transform((map) => withoutPrototype(map));
}

/** The same entries in an object that inherits nothing. */
export function withoutPrototype<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}

/** Whether a payload holds a map, so that its keys can be judged even where values are wrong. */
export function isMap(payload: { readonly value: unknown }): boolean {
  return typeof payload.value === 'object' && payload.value !== null && !Array.isArray(payload.value);
}

/** Refuses keys that are neither known nor can be a meter. */
export function refuseKeys(
  map: object,
  known: readonly string[],
  context: { addIssue(issue: { code: 'custom'; path: string[]; message: string; params: { key: true } }): void },
): void {
  for (const key of Object.keys(map)) {
    if (known.includes(key) || isMeterName(key)) continue;
    const message = `unknown key ${quote(key)}${suggestion(key, known)}; known keys are ${known.join(', ')}, any other is a meter, named in a-z, 0-9 and _ such as input_tokens`;
    context.addIssue({ code: 'custom', path: [key], message, params: { key: true } });
  }
}
