/**
 * How an object stands in a table: which columns each property takes, how its value is written into them and read back.
 * One list per table serves both ways, and the compiler asks for every property of the object.
 */
import type { SqlValue } from 'sql.js';
import { ATOMS_PER_UNIT, formatAtoms, parseAmount, type Atoms } from '../domain/money.ts';
import { decimalColumns, insertRows, rowsOf, type Database, type Value } from './sqlite.ts';
import { WorkspaceError } from './workspaceError.ts';

/** A value of type `V` in one or more columns. */
export interface Field<V> {
  readonly columns: readonly string[];
  write(value: V): readonly SqlValue[];
  /** `values` are those of the columns. */
  read(values: readonly Value[]): V;
}

/** Largest number of units that an INTEGER column holds. */
const MAX_WHOLE = 2n ** 63n - 1n;

export function text(column: string): Field<string> {
  return {
    columns: [column],
    write: (value) => [value],
    read: ([value]) => (typeof value === 'string' ? value : changed(column)),
  };
}

export function integer(column: string): Field<number> {
  return {
    columns: [column],
    write: (value) => [value],
    read: ([value]) => {
      const number = typeof value === 'bigint' ? Number(value) : Number.NaN;
      return Number.isSafeInteger(number) ? number : changed(column);
    },
  };
}

export function flag(column: string): Field<boolean> {
  return {
    columns: [column],
    write: (value) => [value ? 1 : 0],
    read: ([value]) => (value === 0n || value === 1n ? value === 1n : changed(column)),
  };
}

/** One of some words. */
export function word<V extends string>(column: string, words: readonly V[]): Field<V> {
  return {
    columns: [column],
    write: (value) => [value],
    read: ([value]) => words.find((each) => each === value) ?? changed(column),
  };
}

/** An exact decimal in two columns, whole units and 10^-12 of a unit. */
export function decimal(name: string): Field<Atoms> {
  const columns = decimalColumns(name);
  return {
    columns,
    write: (amount) => {
      const whole = amount / ATOMS_PER_UNIT;
      if (whole > MAX_WHOLE || whole < -MAX_WHOLE)
        throw new WorkspaceError(
          `an amount of ${formatAtoms(amount)} does not fit a workspace, which holds up to ${MAX_WHOLE}; undo the import that brought it`,
        );
      return [exactInteger(whole), Number(amount % ATOMS_PER_UNIT)];
    },
    read: ([whole, pico]) =>
      typeof whole === 'bigint' && typeof pico === 'bigint' ? whole * ATOMS_PER_UNIT + pico : changed(columns[0]),
  };
}

/** sql.js binds a number as a double; an integer beyond 2^53 goes in as digits, which the column turns into itself. */
function exactInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** Decimal text as an exact decimal. */
export function decimalText(name: string): Field<string> {
  const field = decimal(name);
  return {
    columns: field.columns,
    write: (value) => {
      const amount = parseAmount(value);
      if (typeof amount !== 'bigint')
        throw new WorkspaceError(`${name} ${value} is no exact decimal of at most 12 digits`);
      return field.write(amount);
    },
    read: (values) => formatAtoms(field.read(values)),
  };
}

/** An object as JSON; `holds` tells whether each of its values is one that belongs there. */
export function jsonObject<V extends object>(column: string, holds: (value: unknown) => boolean): Field<V> {
  return {
    columns: [column],
    write: (value) => [JSON.stringify(value)],
    read: ([value]) => {
      const object = typeof value === 'string' ? parsed(value) : null;
      return isObject(object) && Object.values(object).every(holds) ? (object as V) : changed(column);
    },
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that may have no value: all its columns are NULL then. Its first column must never be NULL otherwise. */
export function nullable<V>(field: Field<V>): Field<V | null> {
  const { columns } = field;
  return {
    columns,
    write: (value) => (value === null ? columns.map(() => null) : field.write(value)),
    read: (values) => (values[0] === null ? null : field.read(values)),
  };
}

/** An object by its properties, each in columns of its own. */
export function shape<T extends object>(fields: { readonly [K in keyof T]-?: Field<T[K]> }): Field<T> {
  const entries = Object.entries<Field<unknown>>(fields).map(([name, field]) => ({ name: name as keyof T, field }));
  return {
    columns: entries.flatMap(({ field }) => field.columns),
    write: (object) => entries.flatMap(({ name, field }) => field.write(object[name])),
    read: (values) => {
      const object: Partial<Record<keyof T, unknown>> = {};
      let place = 0;
      for (const { name, field } of entries) {
        object[name] = field.read(values.slice(place, place + field.columns.length));
        place += field.columns.length;
      }
      return object as T;
    },
  };
}

/** A table whose rows belong to files: `file_id` and the columns of one object. */
export class FileTable<T> {
  readonly #table: string;
  readonly #field: Field<T>;

  constructor(table: string, field: Field<T>) {
    this.#table = table;
    this.#field = field;
  }

  insert(database: Database, fileId: number, objects: readonly T[]): void {
    insertRows(database, this.#table, ['file_id', ...this.#field.columns], objects.length, (row, values, place) => {
      values[place] = fileId;
      let to = place + 1;
      for (const value of this.#field.write(objects[row]!)) values[to++] = value;
    });
  }

  /** Every file's objects in the order in which they were written. */
  read(database: Database, order: string): Map<number, T[]> {
    const files = new Map<number, T[]>();
    const sql = `SELECT file_id, ${this.#field.columns.join(', ')} FROM ${this.#table} ORDER BY ${order}`;
    for (const [fileId, ...values] of rowsOf(database, sql)) {
      const file = Number(fileId);
      const objects = files.get(file);
      const object = this.#field.read(values);
      if (objects === undefined) files.set(file, [object]);
      else objects.push(object);
    }
    return files;
  }
}

function changed(column: string): never {
  throw new WorkspaceError(`the workspace holds no proper value in ${column}; it was changed by another program`);
}
