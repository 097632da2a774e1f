/** The documentation of the format: whole, and of the same defaults as the reader. */
import { expect, test } from 'vitest';
import { formatAtoms } from '../../shared/domain/money.ts';
import { DEFAULT_POLICY } from '../../shared/domain/policy.ts';
import { POLICY_CONTROLS, policyValue } from '../../shared/domain/policyControls.ts';
import { scenarioDocs } from '../../shared/scenario/editingDocs.ts';
import { scenarioJsonSchema } from '../../shared/scenario/jsonSchema.ts';

const DOCS = scenarioDocs();
const mapAt = (path: string): (typeof DOCS)[number] | undefined => DOCS.find((doc) => doc.path === path);

test('every property of the JSON Schema has a line, with a sentence', () => {
  const documented = new Set(DOCS.flatMap(({ forms }) => forms.flatMap(({ fields }) => fields.map(({ key }) => key))));
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') for (const name of Object.keys(value as object)) expect(documented).toContain(name);
      walk(value);
    }
  };
  walk(scenarioJsonSchema());
  for (const { path, forms } of DOCS) {
    for (const field of forms.flatMap(({ fields }) => fields)) {
      expect([path, field.key, field.description]).toEqual([path, field.key, expect.stringMatching(/^[A-Z].*\.$/s)]);
      expect(field.takes).not.toBe('');
    }
  }
});

test('every map of the format is there, each once', () => {
  const paths = DOCS.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toEqual(
    expect.arrayContaining([
      '',
      'account',
      'policy',
      'policy.cutoff',
      'policy.tiers[]',
      'rates',
      'rates.*[]',
      'declines[]',
      'usage[]',
      'usage[].generate',
      'usage[].generate.cost',
      'usage[].generate.cost.lognormal',
      'events[]',
      'events[].set.auto_recharge',
      'expect[]',
      'expect[].lots',
    ]),
  );
});

test('every policy value has its default, and the sentence does not repeat it', () => {
  for (const { path } of POLICY_CONTROLS) {
    const keys = `policy.${path}`.split('.');
    const key = keys.pop();
    const field = mapAt(keys.join('.'))?.forms[0]?.fields.find((one) => one.key === key);
    const value = policyValue(DEFAULT_POLICY, path) as unknown;
    const shown =
      typeof value === 'bigint'
        ? formatAtoms(value)
        : typeof value === 'object' && value !== null && 'text' in value
          ? value.text
          : Array.isArray(value)
            ? '[]'
            : String(value);
    expect([path, field?.standard]).toEqual([path, shown]);
    expect(field?.description).not.toContain('Default:');
  }
});

test('forms are told apart by name, and values are listed where they can be', () => {
  expect(mapAt('events[]')?.forms.map(({ name }) => name)).toEqual([
    'usage',
    'purchase',
    'grant',
    'adjustment',
    'refund',
    'auto_recharge',
    'policy',
    'plan',
  ]);
  expect(mapAt('expect[]')?.forms.map(({ name }) => name)).toEqual(['at', 'invoice', 'event', 'count']);
  const policy = mapAt('policy')?.forms[0]?.fields;
  expect(policy?.find(({ key }) => key === 'exhausted')?.values).toEqual(['cut_off', 'bill_excess']);
  expect(policy?.find(({ key }) => key === 'tiers')?.holds).toBe('list');
  expect(mapAt('events[]')?.forms[0]?.others?.description).toContain('meter');
});
