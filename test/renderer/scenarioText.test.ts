/** The scenario's text as the editor understands it: paths, the place of the cursor, what can be typed there. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldAt, FieldDocs, pathText } from '../../renderer/features/scenario/fieldDocs.ts';
import { suggestionsAt } from '../../renderer/features/scenario/suggestions.ts';
import { outlineOf, placeAt } from '../../renderer/features/scenario/textOutline.ts';
import { scenarioDocs } from '../../shared/scenario/editingDocs.ts';
import { readSource } from '../../shared/scenario/source.ts';
import type { SourceNode } from '../../shared/scenario/tree.ts';

const SCENARIOS = path.join(import.meta.dirname, '../../scenarios');
const FILES = readdirSync(SCENARIOS).filter((name) => /\.(ya?ml|json)$/.test(name) && name !== 'scenario.schema.json');
const DOCS = new FieldDocs(scenarioDocs());

/** Text with `|` where the cursor is. */
function split(marked: string): [text: string, at: number] {
  const at = marked.indexOf('|');
  return [marked.slice(0, at) + marked.slice(at + 1), at];
}
const place = (marked: string): ReturnType<typeof placeAt> => placeAt(...split(marked));
const offered = (marked: string): string[] =>
  suggestionsAt(...split(marked), DOCS)?.list.map(({ label }) => label) ?? [];
const template = (marked: string, label: string): string | undefined =>
  suggestionsAt(...split(marked), DOCS)?.list.find((one) => one.label === label)?.template;

/** Every key of the reader's own tree, with where it stands. */
function keysOf(node: SourceNode, at: string): string[] {
  if (node.kind === 'list') return node.items.flatMap((item, index) => keysOf(item, `${at}[${index}]`));
  if (node.kind === 'scalar') return [];
  return [...node.entries].flatMap(([key, { keyOffset, value }]) => [
    `${keyOffset} ${at}.${key}`,
    ...keysOf(value, `${at}.${key}`),
  ]);
}

test.each(FILES)('%s has the same keys at the same places as the reader finds', (name) => {
  const text = readFileSync(path.join(SCENARIOS, name), 'utf8');
  const { root } = readSource(text);
  if (root === null) throw new Error('unread');
  const found = outlineOf(text).map(({ path: parts, keyFrom }) => {
    const at = parts.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
    return `${keyFrom} ${at}`;
  });
  // what an alias repeats stands in the file once
  const offsets = new Set<string>();
  const once = keysOf(root, '').filter((key) => {
    const [offset = ''] = key.split(' ');
    return offsets.size < offsets.add(offset).size;
  });
  expect(found).toEqual(once);
});

describe('the place of the cursor', () => {
  test.each([
    ['|', 'key', []],
    ['drawdown: 1\npol|', 'key', []],
    ['policy:\n  |', 'key', ['policy']],
    ['policy:\n  cutoff: {delay: PT5M}\n  cred|', 'key', ['policy']],
    ['policy: {cutoff: {|}}', 'key', ['policy', 'cutoff']],
    ['policy: {cutoff: {delay: P|}}', 'value', ['policy', 'cutoff', 'delay']],
    ['policy: {cutoff: {delay: PT5M, |', 'key', ['policy', 'cutoff']],
    ['policy:\n  exhausted: |', 'value', ['policy', 'exhausted']],
    ['policy:\n  exhausted: cut|\nevents: []', 'value', ['policy', 'exhausted']],
    ['events:\n  - |', 'key', ['events', 0]],
    ['events:\n  - {at: x}\n  - {type: us|', 'value', ['events', 1, 'type']],
    ['events:\n- at: x\n  |', 'key', ['events', 0]],
    ['events:\n- at: x\n|', 'key', []],
    ['events:\n  - {at: x}\n  |', 'item', ['events']],
    ['events:\n  -|', 'item', ['events']],
    ['policy: {auto_recharge: {retry_after: [PT1H, |]}}', 'value', ['policy', 'auto_recharge', 'retry_after', 1]],
    ['{"policy": {"cutoff": {"|', 'key', ['policy', 'cutoff']],
    ['events:\n  - {at: x, type: usage\n  - {at: y, |', 'key', ['events', 1]],
    ['rates:\n  "gpt-4o":\n    - {from: x, |', 'key', ['rates', 'gpt-4o', 0]],
  ] as const)('%j is a %s of %j', (marked, kind, where) => {
    expect(place(marked)).toMatchObject({ kind, path: where });
  });

  test.each([
    '# about |',
    'title: x # why |',
    'events:\n  - {at: x, # the |',
    'title: |\n  some te|xt'.replace('|', '>'),
  ])('%j is none', (marked) => {
    expect(place(marked)).toBeNull();
  });

  test('the word at the cursor is what is replaced', () => {
    const [text, at] = split('policy: {cutoff: {del|}}');
    expect(text.slice(placeAt(text, at)?.from, at)).toBe('del');
  });

  test('any text has an outline, and every place of it an answer', () => {
    const parts = fc.constantFrom(
      'events:',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      'at: ',
      'type: usage',
      '"',
      "'",
      '#',
      ': ',
      '|',
      '\t',
      'é',
      '&a ',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 25 }), fc.nat(), (some, seed) => {
        const text = some.join('');
        const at = seed % (text.length + 1);
        for (const { keyFrom, keyTo, value } of outlineOf(text)) {
          expect(keyFrom).toBeLessThan(keyTo);
          expect(value === null || value.from <= value.to).toBe(true);
        }
        const answer = suggestionsAt(text, at, DOCS);
        if (answer !== null) expect(answer.from).toBeLessThanOrEqual(at);
        fieldAt(text, at, DOCS);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what can be typed', () => {
  test('the keys that a map has not yet', () => {
    expect(offered('drawdown: 1\n|')).toEqual(expect.arrayContaining(['account', 'policy', 'events', 'expect']));
    expect(offered('drawdown: 1\n|')).not.toContain('drawdown');
    expect(offered('policy: {cutoff: {delay: PT5M, |}}')).toEqual(['restore_delay', 'floor']);
  });

  test('of an event those of its type, of one without a type those of all', () => {
    expect(offered('events:\n  - {type: refund, |}')).toEqual(['at', 'id', 'lot']);
    expect(offered('events:\n  - {at: x, |}')).toEqual(expect.arrayContaining(['type', 'amount', 'lot', 'cost']));
    expect(offered('expect:\n  - {count: usage, |}')).toEqual(['equals']);
    expect(offered('usage:\n  - generate: {from: x, to: y, |}')).toEqual(['seed', 'rate', 'cost', 'shape', 'sku']);
  });

  test('values that can be listed, the default first where they cannot', () => {
    expect(offered('policy:\n  exhausted: |')).toEqual(['cut_off', 'bill_excess']);
    expect(offered('events:\n  - {type: |}')).toEqual(expect.arrayContaining(['usage', 'purchase', 'plan']));
    expect(offered('policy: {cutoff: {delay: |}}')[0]).toBe('PT0S');
    expect(offered('policy: {auto_recharge: {enabled: |}}')).toEqual(['true', 'false']);
  });

  test('names of the same file where a name is asked for', () => {
    expect(offered('events:\n  - {id: late, type: usage}\nexpect:\n  - {event: |}')).toContain('late');
  });

  test('whole events, as they must be filled in', () => {
    expect(template('events:\n  - |', 'purchase')).toBe('{at: ${2025-01-01T00:00:00Z}, type: purchase, amount: ${}}');
    expect(template('events:\n  - {at: x}\n  |', 'usage')).toMatch(/^- \{at: /);
    expect(template('expect:\n  - |', 'count')).toMatch(/^\{count: \$\{.*\}, equals: \$\{\}\}$/);
  });

  test('a map is opened as the text around it is written', () => {
    expect(template('poli|', 'policy')).toBe('policy:\n  ${}');
    expect(template('policy: {|}', 'cutoff')).toBe('cutoff: {${}}');
    expect(template('drawdown: 1\n|', 'events')).toBe('events:\n  - ${}');
  });
});

test('the field of a key and of its value, wherever they stand', () => {
  const text = 'events:\n  - {at: 2025-01-01T00:00:00Z, type: policy, set: {cutoff: {delay: PT5M}}}\n';
  for (const at of [text.indexOf('delay') + 1, text.indexOf('PT5M') + 1]) {
    const found = fieldAt(text, at, DOCS);
    expect(found === null ? null : pathText(found.path)).toBe('events[0].set.cutoff.delay');
    expect(found?.field).toMatchObject({
      standard: 'PT0S',
      description: expect.stringContaining('exhaustion') as string,
    });
  }
  expect(fieldAt('nothing: 1', 2, DOCS)).toBeNull();
});
