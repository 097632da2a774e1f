/**
 * YAML 1.2 to a tree. Numbers stay their source text, so that `0.1` means one tenth.
 *
 * What YAML offers and a scenario has no use for is refused with its position: several documents, tags, merge keys,
 * keys that are no text. Text that was made to exhaust the reader (nesting, aliases of aliases) is refused early.
 */
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { CST, Document, ErrorCode } from 'yaml';
import {
  listNode,
  mapNode,
  MAX_DEPTH,
  scalarNode,
  type Entry,
  type ListNode,
  type MapNode,
  type Plain,
  type SourceNode,
} from './tree.ts';

export const MAX_ALIASES = 100;
/** Nodes that aliases may add to the tree, all in all. */
const MAX_ALIASED_NODES = 100_000;
/** Syntax errors after which no more are looked for: garbage has one at every character. */
const MAX_SYNTAX_ERRORS = 10_000;

export interface SourceProblem {
  /** In UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly message: string;
}

/** Ends the reading at once; its message is the last problem. */
class Unreadable extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads YAML text.
 * @param problems takes whatever is wrong, in no particular order.
 * @returns null where the text is so broken that its tree would mean nothing.
 */
export function readYaml(text: string, problems: SourceProblem[]): SourceNode | null {
  try {
    const document = compose(text, problems);
    return document === null ? null : new TreeBuilder(problems).build(document);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    problems.push({ offset: error.offset, message: error.message });
    return null;
  }
}

/** The one document of the text, or null after syntax errors, all of which are added to `problems`. */
function compose(text: string, problems: SourceProblem[]): Document.Parsed | null {
  const complain = bounded(problems);
  // failsafe: the library converts nothing, every scalar is its text; duplicate keys are found below, in linear time
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, merge: false });
  collectErrors(composer, complain);
  let first: Document.Parsed | null = null;
  for (const document of composer.compose(tokens(text, complain), true, text.length)) {
    if (first !== null) complain(document.range[0], 'a scenario is one YAML document; remove this second one');
    first ??= document;
    for (const { pos, message } of document.errors) complain(pos[0], `not valid YAML: ${message}`);
    const { explicit, version } = document.directives.yaml;
    if (explicit === true && version !== '1.2')
      complain(0, `a scenario is YAML 1.2; remove the directive %YAML ${version}`);
  }
  if (problems.length > 0) return null;
  if (first === null || first.contents === null || isEmptyScalar(first.contents))
    throw new Unreadable(0, 'the file is empty; a scenario starts with drawdown: 1');
  return first;
}

type Complain = (offset: number, message: string) => void;

/** Adds problems up to the bound, then ends the reading. */
function bounded(problems: SourceProblem[]): Complain {
  let ended: Unreadable | null = null;
  return (offset, message) => {
    if (problems.length < MAX_SYNTAX_ERRORS) problems.push({ offset, message });
    // the library may catch it and complain of it in turn
    else
      throw (ended ??= new Unreadable(
        offset,
        `more than ${MAX_SYNTAX_ERRORS} syntax errors; is this a scenario at all?`,
      ));
  };
}

/**
 * Takes the composer's errors and warnings as they come. By itself it collects them without bound, in a property of
 * its own; where a later version has no such property, errors are still found in the document.
 */
function collectErrors(composer: Composer, complain: Complain): void {
  type Place = number | readonly number[] | { readonly offset: number };
  const inner = composer as unknown as {
    onError: (place: Place, code: ErrorCode, message: string, warning?: boolean) => void;
  };
  inner.onError = (place, code, message, warning) => {
    // tags are reported with their nodes
    if (warning === true && code === 'TAG_RESOLVE_FAILED') return;
    const offset = typeof place === 'number' ? place : 'offset' in place ? place.offset : (place[0] ?? 0);
    complain(offset, `not valid YAML: ${message}`);
  };
}

function* tokens(text: string, complain: Complain): Generator<CST.Token> {
  const parser = new Parser();
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type !== 'error') yield token;
      else complain(token.offset, `not valid YAML: ${token.message}: ${quoted(token.source)}`);
    }
    // the composer recurses: nesting is bounded before it gets there
    if (parser.stack.length > MAX_DEPTH + 1)
      throw new Unreadable(offset, `nested more than ${MAX_DEPTH} deep; a scenario needs eight at most`);
    offset = parser.offset;
  }
  yield* parser.end();
}

class TreeBuilder {
  readonly #problems: SourceProblem[];
  /** By name; `null` while the anchored node itself is being built. */
  readonly #anchors = new Map<string, SourceNode | null>();
  #aliases = 0;
  #aliasedNodes = 0;
  #incomplete = false;

  constructor(problems: SourceProblem[]) {
    this.#problems = problems;
  }

  /** The document's tree, or null where a part of it is not to be had. */
  build(document: Document.Parsed): SourceNode | null {
    const root = this.#node(document.contents, 0);
    return this.#incomplete ? null : root;
  }

  #node(node: unknown, fallbackOffset: number): SourceNode {
    if (isAlias(node)) return this.#alias(node.source, node.range?.[0] ?? fallbackOffset);
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return scalarNode(fallbackOffset, null);
    const offset = node.range?.[0] ?? fallbackOffset;
    if (node.tag !== undefined)
      this.#report(offset, `tags have no meaning in a scenario; remove ${shownTag(node.tag)}`);
    const { anchor } = node;
    if (anchor !== undefined) this.#anchors.set(anchor, null);
    const built = isMap(node)
      ? this.#map(node.items, offset)
      : isSeq(node)
        ? this.#list(node.items, offset)
        : scalarNode(offset, node.type === 'PLAIN' ? resolvePlain(String(node.value)) : String(node.value));
    if (anchor !== undefined) this.#anchors.set(anchor, built);
    return built;
  }

  #map(pairs: readonly { readonly key: unknown; readonly value: unknown }[], offset: number): MapNode {
    const entries = new Map<string, Entry>();
    for (const { key, value } of pairs) {
      const keyOffset = offsetOf(key) ?? offsetOf(value) ?? offset;
      const name = this.#key(key, keyOffset);
      const child = this.#node(value, keyOffset);
      if (name === null) continue;
      if (entries.has(name))
        this.#report(keyOffset, `duplicate key ${quoted(name)}; a map has each key once, remove one of the two`);
      else entries.set(name, { keyOffset, value: child });
    }
    return mapNode(offset, entries);
  }

  /** The text of a key, or null (reported) where it is none that a scenario can have. */
  #key(key: unknown, offset: number): string | null {
    if (!isScalar(key)) {
      this.#report(offset, 'a key must be plain text; lists, maps and aliases cannot be keys');
      return null;
    }
    if (key.tag !== undefined) this.#report(offset, `tags have no meaning in a scenario; remove ${shownTag(key.tag)}`);
    const name = String(key.value);
    if (name === '<<' && key.type === 'PLAIN') {
      this.#report(offset, 'unknown key "<<": merge keys are no part of the format; write the keys out');
      return null;
    }
    // an object keyed by it would change its own prototype; no map of the format has it
    if (name === '__proto__') {
      this.#report(offset, 'unknown key "__proto__"; no map of a scenario has it, remove it');
      return null;
    }
    return name;
  }

  #list(values: readonly unknown[], offset: number): ListNode {
    return listNode(
      offset,
      values.map((value) => this.#node(value, offset)),
    );
  }

  #alias(name: string, offset: number): SourceNode {
    this.#aliases += 1;
    if (this.#aliases > MAX_ALIASES)
      throw new Unreadable(offset, `more than ${MAX_ALIASES} aliases; write the repeated values out`);
    const target = this.#anchors.get(name);
    if (target === undefined || target === null) {
      const itself = `the alias *${name} repeats the node that it is part of; write the value out`;
      const nothing = `the alias *${name} has no anchor before it; put &${name} before the value to repeat`;
      this.#report(offset, target === null ? itself : nothing);
      this.#incomplete = true;
      return scalarNode(offset, null);
    }
    this.#aliasedNodes += target.size;
    if (this.#aliasedNodes > MAX_ALIASED_NODES)
      throw new Unreadable(offset, `aliases repeat more than ${MAX_ALIASED_NODES} values; write fewer of them`);
    return target;
  }

  #report(offset: number, message: string): void {
    this.#problems.push({ offset, message });
  }
}

const NUMERAL = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** YAML 1.2 core, but for what is no decimal number: `0x10`, `.inf` and the like stay text. */
function resolvePlain(text: string): Plain {
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return NUMERAL.test(text) ? Symbol(text) : text;
  }
}

/** Whether a plain scalar with this text would be read back as that very text. */
export function isPlainText(text: string): boolean {
  return typeof resolvePlain(text) === 'string';
}

function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.value === '';
}

function offsetOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}

function shownTag(tag: string): string {
  return tag.startsWith('tag:yaml.org,2002:') ? `!!${tag.slice('tag:yaml.org,2002:'.length)}` : `the tag ${tag}`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
