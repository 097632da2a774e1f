/** The columns of a Parquet file: which become columns of a table, and which are lists and hold JSON. */
import type { SchemaElement } from 'hyparquet';

/** Most that a column may be nested. */
const DEEPEST = 32;
const MOST_COLUMNS = 16_384;

export interface SchemaNode {
  readonly element: SchemaElement;
  readonly path: readonly string[];
  readonly children: readonly SchemaNode[];
  /** Definition level from which on it is there. */
  readonly defined: number;
  /** Repetition level at which it is repeated, or the one above is. */
  readonly repeated: number;
  /** Number of the leaf among all; -1 of a group. */
  readonly leaf: number;
}

/** A column of the table: a leaf by itself, or a list, map or repeated field as JSON. */
export interface TableColumn {
  readonly header: string;
  readonly node: SchemaNode;
  readonly leaves: readonly SchemaNode[];
  readonly json: boolean;
}

export function schemaOf(elements: readonly SchemaElement[]): SchemaNode {
  let next = 0;
  let leaves = 0;
  const read = (path: readonly string[], defined: number, repeated: number): SchemaNode => {
    const element = elements[next++];
    if (element === undefined || path.length > DEEPEST) throw new Error('its schema does not add up');
    const root = next === 1;
    const here = root ? [] : [...path, element.name];
    const kind = root ? 'REQUIRED' : element.repetition_type;
    const level = {
      defined: defined + (kind === 'OPTIONAL' || kind === 'REPEATED' ? 1 : 0),
      repeated: repeated + (kind === 'REPEATED' ? 1 : 0),
    };
    const count = element.num_children ?? 0;
    const leaf = element.type !== undefined;
    if (count < 0 || count > MOST_COLUMNS || (leaf && count > 0)) throw new Error('its schema does not add up');
    const number = leaf ? leaves++ : -1;
    const children = Array.from({ length: count }, () => read(here, level.defined, level.repeated));
    return { element, path: here, children, ...level, leaf: number };
  };
  const schema = read([], 0, 0);
  if (next !== elements.length || leaves > MOST_COLUMNS) throw new Error('its schema does not add up');
  return schema;
}

export function tableColumns(schema: SchemaNode): TableColumn[] {
  return schema.children.flatMap((node) => columnsOf(node));
}

function columnsOf(node: SchemaNode): TableColumn[] {
  const json = node.element.repetition_type === 'REPEATED' || isList(node) || isMap(node);
  if (json || node.leaf >= 0) return [{ header: node.path.join('.'), node, leaves: leavesOf(node), json }];
  return node.children.flatMap((child) => columnsOf(child));
}

export function leavesOf(node: SchemaNode): SchemaNode[] {
  return node.leaf >= 0 ? [node] : node.children.flatMap((child) => leavesOf(child));
}

export function isList({ element, children }: SchemaNode): boolean {
  const annotated = element.logical_type?.type === 'LIST' || element.converted_type === 'LIST';
  return annotated && children.length === 1 && children[0]?.element.repetition_type === 'REPEATED';
}

export function isMap({ element, children }: SchemaNode): boolean {
  const annotated =
    element.logical_type?.type === 'MAP' ||
    element.converted_type === 'MAP' ||
    element.converted_type === 'MAP_KEY_VALUE';
  const [entry] = children;
  return annotated && entry?.element.repetition_type === 'REPEATED' && entry.children.length === 2;
}
