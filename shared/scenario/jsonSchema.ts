/** The format as a JSON Schema, for editors to complete and check with. */
import { scenarioSchema } from './schema.ts';
import { z } from './zod.ts';

/**
 * JSON Schema (draft 2020-12) of scenario files, made from the schema that the reader validates with. Rules between
 * fields are the reader's alone.
 */
export function scenarioJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(scenarioSchema, {
    target: 'draft-2020-12',
    io: 'input',
    // zod leaves these two out where a field is transformed, but ours are stated in the file's own form
    override: ({ zodSchema, jsonSchema }) => {
      const stated = z.globalRegistry.get(zodSchema);
      if (stated?.['default'] !== undefined) jsonSchema.default = stated['default'];
      if (Array.isArray(stated?.['examples'])) jsonSchema.examples = stated['examples'];
    },
  });
}
