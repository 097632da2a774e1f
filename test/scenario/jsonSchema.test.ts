import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scenarioJsonSchema } from '../../shared/scenario/jsonSchema.ts';

const FILE = fileURLToPath(new URL('../../scenarios/scenario.schema.json', import.meta.url));
const RENEW = 'npx vitest run test/scenario/jsonSchema.test.ts --update';

type Json = { [key: string]: unknown };

test('the shipped JSON Schema is that of the reader', async () => {
  const text = JSON.stringify(scenarioJsonSchema(), null, 2) + '\n';
  await expect(text, `scenarios/scenario.schema.json is stale; renew it with: ${RENEW}`).toMatchFileSnapshot(FILE);
});

test('it is draft 2020-12 and closed, and numbers may be decimal strings', () => {
  const schema = scenarioJsonSchema();
  expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(schema['additionalProperties']).toBe(false);
  expect(schema['required']).toEqual(['drawdown']);
  expect((schema['$defs'] as Json)['amount']).toMatchObject({ type: ['number', 'string'] });
});

test('every field of every map has a description', () => {
  const bare: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties')
        for (const [field, schema] of Object.entries(value as Json))
          if (typeof (schema as Json)['description'] !== 'string') bare.push(`${path}.${field}`);
      walk(value, `${path}.${key}`);
    }
  };
  walk(scenarioJsonSchema(), '');
  expect(bare).toEqual([]);
});
