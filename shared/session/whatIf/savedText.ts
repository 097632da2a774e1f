/** A scenario's text with other values written into it, and the scenario that it then is. */
import type { WhatIfApi } from '../../contract/whatIf.ts';
import { showControl, type ControlValue } from '../../domain/controlText.ts';
import { ATOMS_PER_UNIT, formatAtoms, type Atoms } from '../../domain/money.ts';
import type { Tier } from '../../domain/policy.ts';
import { POLICY_CONTROLS, policyValue } from '../../domain/policyControls.ts';
import type { RateEntry, Scenario, ScenarioEvent } from '../../domain/scenario.ts';
import { formatInstant, parseInstant, type Duration } from '../../domain/time.ts';
import { editSource, plainAt, type Edit } from '../../scenario/edit.ts';
import { readScenario } from '../../scenario/read.ts';
import { readSource } from '../../scenario/source.ts';
import type { Plain, SourceNode } from '../../scenario/tree.ts';
import { writeScenario } from '../../scenario/write.ts';
import type { Account } from '../account.ts';
import { heldIn, holding } from './runs.ts';
import type { Values } from './values.ts';

type Saved = Awaited<ReturnType<WhatIfApi['saveVariant']>>;

/** @param variant what the file is called after */
export function savedText({ scenario, parsed }: Account, values: Values, variant: string): Saved {
  const wanted = scenarioUnder(parsed, values);
  const { root } = readSource(scenario.text);
  const edits = root === null ? [] : editsOf(parsed, values, root);
  const edited = edits.length === 0 ? scenario.text : editSource(scenario.text, edits);
  const read = edited === null ? null : readScenario(edited, scenario.name);
  if (edited !== null && read !== null && read.ok && isSame(read.scenario, wanted))
    return { ok: true, name: fileName(scenario.name, variant), text: edited, commentsKept: true };
  const written = writeScenario(wanted);
  const again = readScenario(written, scenario.name);
  if (!again.ok) {
    const problems = again.problems.map(({ field, message }) => ({ path: field, column: null, message }));
    return { ok: false, problems };
  }
  return { ok: true, name: fileName(`${scenario.name}.yaml`, variant), text: written, commentsKept: false };
}

/** The scenario with these values. */
export function scenarioUnder(parsed: Scenario, values: Values): Scenario {
  return {
    ...parsed,
    account: { ...parsed.account, timezone: values.zone?.name ?? parsed.account.timezone },
    policy: values.policy,
    rates: new Map([...parsed.rates, ...values.rates]),
    events: parsed.events.map((event, index): ScenarioEvent => {
      if (event.type === 'usage') return event;
      const priority = values.priorities.get(index);
      if (event.type === 'grant' && priority !== undefined) return { ...event, priority };
      const held = heldIn(event, values);
      return held.length === 0 ? event : holding(event, held);
    }),
  };
}

/** Whether two scenarios say the same, in whatever order their maps stand. */
function isSame(one: Scenario, other: Scenario): boolean {
  return JSON.stringify(plainData(one)) === JSON.stringify(plainData(other));
}

/** Keys in order, exact values as text; a duration without the way in which it was written. */
function plainData(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value} atoms`;
  if (value instanceof Map) return plainData(Object.fromEntries(value));
  if (Array.isArray(value)) return value.map(plainData);
  if (typeof value !== 'object' || value === null) return value;
  const isDuration = 'text' in value && 'months' in value && 'ms' in value;
  const entries = Object.entries(value).filter(([key]) => !isDuration || key !== 'text');
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, plainData(inner)]);
}

/** Only what differs from the text as it stands. */
function editsOf(parsed: Scenario, values: Values, root: SourceNode): Edit[] {
  const edits: Edit[] = [...policyEdits(parsed, values, root)];
  if (values.zone !== null && values.zone.name !== parsed.account.timezone)
    edits.push({ path: ['account', 'timezone'], value: values.zone.name });
  for (const [index, priority] of values.priorities) {
    const grant = parsed.events[index];
    if (grant?.type === 'grant' && grant.priority !== priority)
      edits.push({ path: ['events', index, 'priority'], value: Symbol(String(priority)) });
  }
  for (const [index, event] of parsed.events.entries()) {
    if (event.type === 'usage') continue;
    for (const [path, value] of heldIn(event, values)) {
      const keys = path.split('.');
      edits.push({
        path: ['events', index, ...(event.type === 'policy' ? ['set', ...keys] : keys.slice(1))],
        value: plainOf(value),
      });
    }
  }
  return [...edits, ...rateEdits(parsed, values, root)];
}

function policyEdits(parsed: Scenario, values: Values, root: SourceNode): Edit[] {
  const { currency } = parsed.account;
  return POLICY_CONTROLS.flatMap(({ path, form }): Edit[] => {
    const [before, after] = [policyValue(parsed.policy, path), policyValue(values.policy, path)];
    if (showControl(form, before, currency) === showControl(form, after, currency)) return [];
    if (path === 'tiers') return tierEdits(before as readonly Tier[], after as readonly Tier[], root);
    return [{ path: ['policy', ...path.split('.')], value: plainOf(after) }];
  });
}

/** Cells where the tiers are as many as before, else the whole list. */
function tierEdits(before: readonly Tier[], after: readonly Tier[], root: SourceNode): Edit[] {
  const listed = plainAt(root, ['policy', 'tiers']);
  if (!Array.isArray(listed) || before.length !== after.length)
    return [{ path: ['policy', 'tiers'], value: plainOf(after) }];
  return after.flatMap((tier, index): Edit[] =>
    (Object.keys(tier) as (keyof Tier)[]).flatMap((field): Edit[] =>
      tier[field] === before[index]?.[field]
        ? []
        : [{ path: ['policy', 'tiers', index, field], value: plainCell(tier[field]) }],
    ),
  );
}

/** Prices of SKUs that the scenario has, where they stand; those of a price list with their whole entries. */
function rateEdits({ rates }: Scenario, values: Values, root: SourceNode): Edit[] {
  return [...values.rates].flatMap(([sku, entries]): Edit[] => {
    const before = rates.get(sku);
    if (before === undefined) return [{ path: ['rates', sku], value: entries.map(plainEntry) }];
    const listed = (plainAt(root, ['rates', sku]) ?? []) as readonly Plain[];
    return entries.flatMap((entry, index): Edit[] =>
      Object.entries(entry.prices).flatMap(([meter, price]): Edit[] => {
        if (before[index]?.prices[meter] === price) return [];
        const place = listed.findIndex((_, at) => isFrom(plainAt(root, ['rates', sku, at, 'from']), entry.from));
        return [{ path: ['rates', sku, place, meter], value: Symbol(formatAtoms(price)) }];
      }),
    );
  });
}

function isFrom(plain: Plain | undefined, from: number): boolean {
  return typeof plain === 'string' && parseInstant(plain) === from;
}

function plainEntry({ from, per, prices }: RateEntry): Plain {
  return {
    from: formatInstant(from).replace('.000Z', 'Z'),
    ...(per === ATOMS_PER_UNIT ? {} : { per: Symbol(formatAtoms(per)) }),
    ...Object.fromEntries(Object.entries(prices).map(([meter, price]) => [meter, Symbol(formatAtoms(price))])),
  };
}

function plainOf(value: ControlValue): Plain {
  if (!Array.isArray(value)) return plainCell(value as Exclude<ControlValue, readonly unknown[]>);
  return (value as readonly (Duration | Tier)[]).map((item) => ('text' in item ? item.text : plainTier(item)));
}

/** What no value is left out of a tier that is written anew. */
function plainTier(tier: Tier): Plain {
  const given = Object.entries(tier).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([field, value]) => [field, plainCell(value as Atoms | string | number)]));
}

function plainCell(value: Atoms | Duration | boolean | string | number | null): Plain {
  if (typeof value === 'bigint') return Symbol(formatAtoms(value));
  if (typeof value === 'number') return Symbol(String(value));
  return typeof value === 'object' && value !== null ? value.text : value;
}

/** `brightwater.yaml` and `Monthly limit 2,500` give `brightwater-monthly-limit-2-500.yaml`. */
function fileName(scenario: string, variant: string): string {
  const [, base = scenario, extension = ''] = /^(.*?)((?:\.(?:ya?ml|json|drawdown|csv))*)$/i.exec(scenario) ?? [];
  const slug = variant
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${base}-${slug === '' ? 'what-if' : slug}${/\.json$/i.test(extension) ? '.json' : '.yaml'}`;
}
