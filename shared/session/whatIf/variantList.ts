/** Variants that are kept: plain data, checked when it comes from outside. */
import { MAX_VARIANTS, type Variant, type WhatIfProblem } from '../../contract/whatIf.ts';

/** Longest name, and most values of one variant. */
const MAX_NAME = 200;
const MAX_VALUES = 10_000;

/** What is wrong with a list of variants, in words; null where nothing is. */
export function variantsProblem(variants: readonly Variant[]): WhatIfProblem | null {
  const wrong = (message: string): WhatIfProblem => ({ path: null, column: null, message });
  if (!Array.isArray(variants)) return wrong('variants are a list');
  if (variants.length > MAX_VARIANTS)
    return wrong(`at most ${MAX_VARIANTS} variants are kept at a time; remove one of them first`);
  const ids = new Set<unknown>();
  for (const variant of variants as readonly unknown[]) {
    const problem = variantProblem(variant);
    if (problem !== null) return wrong(problem);
    const { id } = variant as Variant;
    if (ids.has(id)) return wrong(`two variants have the id ${id}`);
    ids.add(id);
  }
  return null;
}

function variantProblem(variant: unknown): string | null {
  if (typeof variant !== 'object' || variant === null) return 'a variant is a map with id, name and set';
  const { id, name, set, hold } = variant as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || id === '' || id === 'saved' || id === 'tried')
    return 'a variant has an id of its own, other than saved and tried';
  if (typeof name !== 'string' || name.trim() === '') return 'give the variant a name';
  if (name.length > MAX_NAME) return `a variant's name has at most ${MAX_NAME} characters`;
  if (typeof set !== 'object' || set === null || Array.isArray(set)) return `variant ${name} has no values`;
  const values = Object.values(set);
  if (values.length > MAX_VALUES || !values.every((value) => typeof value === 'string'))
    return `the values of variant ${name} are texts by path`;
  const isList = Array.isArray(hold) && hold.every((path) => typeof path === 'string');
  return hold === undefined || isList ? null : `hold of variant ${name} is a list of paths`;
}

/** Nothing but what a variant has. */
export function plainVariant({ id, name, set, hold }: Variant): Variant {
  return { id, name, set: { ...set }, ...(hold === undefined || hold.length === 0 ? {} : { hold: [...hold] }) };
}

/** An id that none of the variants has: counted. */
export function freeId(variants: readonly Variant[]): string {
  const used = new Set(variants.map(({ id }) => id));
  let number = 1;
  while (used.has(`variant-${number}`)) number++;
  return `variant-${number}`;
}
