/**
 * The documentation of the format as one table, made from the JSON Schema and so from the reader: what an editor offers and
 * shows cannot come to differ from what is read.
 */
import type { FieldDoc, MapDoc, MapForm } from '../contract/scenario.ts';
import { scenarioJsonSchema } from './jsonSchema.ts';

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  /** The definition that it was resolved from. */
  readonly named?: string;
}

/** What the definitions of the format are called in a sentence. */
const NAMED: Readonly<Record<string, string>> = {
  name: 'a name',
  instant: 'an instant, ISO 8601 with Z or an offset',
  duration: 'an ISO 8601 duration',
  amount: 'an amount',
  quantity: 'an amount of 0 or more',
};

/** Every map of the format with its fields. */
export function scenarioDocs(): readonly MapDoc[] {
  const root = scenarioJsonSchema() as Schema;
  const maps: MapDoc[] = [];
  new Walk(root.$defs ?? {}, maps).map('', root);
  return maps;
}

class Walk {
  readonly #defs: Readonly<Record<string, Schema>>;
  readonly #maps: MapDoc[];

  constructor(defs: Readonly<Record<string, Schema>>, maps: MapDoc[]) {
    this.#defs = defs;
    this.#maps = maps;
  }

  /** Adds the map at a path, where there is one, and all below it. */
  map(path: string, schema: Schema): void {
    const all = this.#alternatives(schema);
    for (const one of all) if (one.items !== undefined) this.map(`${path}[]`, one.items);
    const forms = all.filter(isMap);
    if (forms.length === 0) return;
    this.#maps.push({ path, forms: forms.map((form) => this.#form(form, forms.length > 1)) });
    // a key that several forms have, such as `at`, leads to the same place
    const below = new Map<string, Schema>();
    for (const form of forms) {
      for (const [key, field] of Object.entries(form.properties ?? {})) below.set(key, field);
      if (typeof form.additionalProperties === 'object') below.set('*', form.additionalProperties);
    }
    for (const [key, field] of below) this.map(path === '' ? key : `${path}.${key}`, field);
  }

  #form(schema: Schema, isOneOfMany: boolean): MapForm {
    const { properties = {}, required = [], description = '', additionalProperties } = schema;
    const type = properties['type']?.const;
    const name = typeof type === 'string' ? type : (required[0] ?? Object.keys(properties)[0] ?? '');
    return {
      name: isOneOfMany ? name : '',
      description,
      fields: Object.entries(properties).map(([key, field]) => this.#field(key, field, required.includes(key))),
      others: typeof additionalProperties === 'object' ? this.#field('*', additionalProperties, false) : null,
    };
  }

  #field(key: string, schema: Schema, required: boolean): FieldDoc {
    const all = this.#alternatives(schema);
    const stated = this.#resolved(schema);
    const standard = stated.default === undefined ? null : textOf(stated.default);
    const holds = all.some(isMap) ? 'map' : all.some(({ items }) => items !== undefined) ? 'list' : 'scalar';
    const isFree = all.some((one) => valuesOf(one).length === 0 && one.type !== 'null');
    return {
      key,
      description: withoutDefault(stated.description ?? '', standard),
      takes: [...new Set(all.map(takes))].join(', or '),
      holds,
      values: isFree ? [] : all.flatMap((one) => (one.type === 'null' ? ['null'] : valuesOf(one))),
      examples: [...new Set([stated, ...all].flatMap(({ examples = [] }) => examples.map(textOf)))],
      standard,
      required,
    };
  }

  #alternatives(schema: Schema): Schema[] {
    const resolved = this.#resolved(schema);
    const parts = resolved.anyOf ?? resolved.oneOf;
    return parts === undefined ? [resolved] : parts.flatMap((part) => this.#alternatives(part));
  }

  /** What stands beside a reference is said of this use of it. */
  #resolved(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/$defs/', '');
    const target = name === undefined ? undefined : this.#defs[name];
    return name === undefined || target === undefined ? schema : { ...target, ...schema, named: name };
  }
}

function isMap({ properties, additionalProperties }: Schema): boolean {
  return properties !== undefined || typeof additionalProperties === 'object';
}

function valuesOf(schema: Schema): string[] {
  if (schema.const !== undefined) return [textOf(schema.const)];
  if (schema.enum !== undefined) return schema.enum.map(textOf);
  return schema.type === 'boolean' ? ['true', 'false'] : [];
}

function takes(schema: Schema): string {
  const values = valuesOf(schema);
  if (values.length > 0) return values.join(' or ');
  const named = schema.named === undefined ? undefined : NAMED[schema.named];
  if (named !== undefined) return named;
  if (schema.items !== undefined) return 'a list';
  if (isMap(schema)) return 'a map';
  const { type, exclusiveMinimum, minimum } = schema;
  if (type === 'null') return 'null';
  if (!Array.isArray(type)) return 'a text';
  const kind = type.includes('integer') ? 'a whole number' : 'an amount';
  if (exclusiveMinimum === 0) return `${kind} of more than 0`;
  return minimum === 0 ? `${kind} of 0 or more` : kind;
}

/** A default is shown beside the sentence. */
function withoutDefault(description: string, standard: string | null): string {
  const end = standard === null ? '' : ` Default: ${standard}.`;
  return end !== '' && description.endsWith(end) ? description.slice(0, -end.length) : description;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
