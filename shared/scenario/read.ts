/** Scenario files: text to an exact, validated scenario, or to everything that is wrong with it. */
import type { LocatedProblem } from '../contract/importing.ts';
import { DEFAULT_POLICY, mergePolicy } from '../domain/policy.ts';
import type { Account, Scenario } from '../domain/scenario.ts';
import { checkDraft, type Draft } from './checks.ts';
import { parseAt, type Finding } from './issues.ts';
import { formatPath, found, offsetOfKey, offsetOfPath, type Path } from './problems.ts';
import { listItems, outline, sections } from './schema.ts';
import { readSource, type Position } from './source.ts';
import type { Plain, PlainMap } from './tree.ts';
import { z } from './zod.ts';

export { formatProblem } from './problems.ts';

export type ReadResult =
  | {
      readonly ok: true;
      readonly scenario: Scenario;
      /** Where a value of the file starts, by keys and indexes as they stand in the file; else the nearest part around it. */
      locate(path: Path): Position;
    }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

const DEFAULT_ACCOUNT: Account = { id: 'account', currency: 'USD', timezone: 'UTC', plan: 'prepaid', opened: null };

/**
 * Reads a scenario. Never throws: whatever is wrong is listed, sorted by position.
 * @param file the name that problems carry.
 */
export function readScenario(text: string, file: string): ReadResult {
  const source = readSource(text);
  const problems = new Map<string, { offset: number; problem: LocatedProblem }>();
  const add = (offset: number, field: string | null, message: string): void => {
    // a value that an alias repeats is wrong in several places, and mended in one
    const key = `${offset} ${message}`;
    if (!problems.has(key))
      problems.set(key, { offset, problem: { file, ...source.positionOf(offset), field, message } });
  };
  for (const { offset, message } of source.problems) add(offset, null, message);

  const { root } = source;
  let draft: Draft | null = null;
  if (root !== null) {
    const report = ({ path, atKey, message }: Finding): void =>
      add(atKey ? offsetOfKey(root, path) : offsetOfPath(root, path), formatPath(path), message);
    draft = readDraft(root.plain, report);
    if (draft !== null) checkDraft(draft, report);
  }
  if (problems.size > 0) {
    const sorted = [...problems.values()].sort((one, other) => one.offset - other.offset);
    return { ok: false, problems: sorted.map(({ problem }) => problem) };
  }
  if (root === null || draft === null) throw new Error('a scenario that could not be read has no problems');
  return { ok: true, scenario: complete(draft), locate: (path) => source.positionOf(offsetOfPath(root, path)) };
}

/** Everything that can be read, part by part; null where the root is no map. */
function readDraft(plain: Plain, report: (finding: Finding) => void): Draft | null {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    report({
      path: [],
      atKey: false,
      message: `a scenario must be a map that starts with drawdown: 1, found ${found(plain)}`,
    });
    return null;
  }
  const map = plain as PlainMap;
  parseAt(outline, map, [], report);
  parseAt(sections.drawdown, map['drawdown'], ['drawdown'], report);
  const section = <T, D>(key: string, schema: z.ZodType<T>, absent: D): T | D | undefined =>
    map[key] === undefined ? absent : parseAt(schema, map[key], [key], report);
  const list = <T>(key: string, item: z.ZodType<T>): (T | undefined)[] => {
    const values = section(key, z.array(z.unknown()), []) as Plain[] | undefined;
    // a list that is none may hold anything
    return values?.map((value, index) => parseAt(item, value, [key, index], report)) ?? [undefined];
  };
  return {
    title: section('title', sections.title, ''),
    account: section('account', sections.account, DEFAULT_ACCOUNT),
    policy: section('policy', sections.policy, {}),
    rates: section('rates', sections.rates, new Map()),
    until: section('until', sections.until, null),
    declines: list('declines', listItems.declines),
    usage: list('usage', listItems.usage),
    events: list('events', listItems.events),
    expect: list('expect', listItems.expect),
  };
}

/** The scenario of a draft in which nothing was wrong. */
function complete(draft: Draft): Scenario {
  return {
    title: draft.title ?? '',
    account: draft.account ?? DEFAULT_ACCOUNT,
    policy: mergePolicy(DEFAULT_POLICY, draft.policy ?? {}),
    rates: draft.rates ?? new Map(),
    declines: draft.declines.filter(isPresent),
    usage: draft.usage.filter(isPresent),
    events: draft.events.filter(isPresent),
    until: draft.until ?? null,
    expect: draft.expect.filter(isPresent),
  };
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
