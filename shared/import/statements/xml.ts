/**
 * A small XML reader for bank files: elements by local name, attributes, text. It refuses document types and entities of
 * the file's own, which bank files never need and attacks do, and says where a file is not well-formed.
 */

export interface XmlNode {
  /** Local name, without its prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  text: string;
  readonly children: XmlNode[];
  readonly from: number;
  to: number;
}

export interface XmlFault {
  readonly at: number;
  readonly fault: string;
}

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s=<>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Deepest nesting that is read; bank files have about a dozen levels. */
const DEEPEST = 100;

/** Most elements that are read: those of a statement of the largest size have fewer. */
const MOST_ELEMENTS = 4_000_000;

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

class Refusal extends Error {}

/** The root element, or what is wrong with the text and where. */
export function readXml(text: string): XmlNode | XmlFault {
  const top: XmlNode = { name: '', attributes: new Map(), text: '', children: [], from: 0, to: text.length };
  const open: XmlNode[] = [top];
  let at = 0;
  let pieces = 0;
  try {
    while (at < text.length) {
      if (++pieces > 2 * MOST_ELEMENTS) throw new Refusal(`there are more than ${MOST_ELEMENTS} elements`);
      const next = text.indexOf('<', at);
      const end = next < 0 ? text.length : next;
      appendText(open, resolved(text.slice(at, end)));
      at = end;
      if (next >= 0) at = readMarkup(text, at, open);
    }
    if (open.length > 1) throw new Refusal(`the file ends inside <${open.at(-1)?.name ?? ''}>; it is cut off`);
    const [root, ...more] = top.children;
    if (root === undefined || more.length > 0) throw new Refusal('this is not one XML document');
    return root;
  } catch (error) {
    if (error instanceof Refusal) return { at, fault: error.message };
    throw error;
  }
}

/** Reads the markup at `at`; returns where it ends. */
function readMarkup(text: string, at: number, open: XmlNode[]): number {
  TOKEN.lastIndex = at;
  const token = TOKEN.exec(text);
  if (token === null) throw new Refusal('this is no XML markup; a < in a text must be written &lt;');
  const [whole, cdata, closing, opening, attributes = '', empty] = token;
  const end = at + whole.length;
  if (whole === '<!') throw new Refusal('a document type is not read: bank files need none, and it can be harmful');
  if (cdata !== undefined) appendText(open, cdata);
  else if (closing !== undefined) {
    const node = open.length > 1 ? open.pop() : undefined;
    if (node?.name !== localName(closing)) throw new Refusal(`</${closing}> closes nothing that is open`);
    node.to = end;
  } else if (opening !== undefined) {
    const node: XmlNode = {
      name: localName(opening),
      attributes: attributesOf(attributes),
      text: '',
      children: [],
      from: at,
      to: end,
    };
    open.at(-1)?.children.push(node);
    if (empty === '') open.push(node);
    if (open.length > DEEPEST) throw new Refusal(`elements lie deeper than ${DEEPEST} levels`);
  }
  return end;
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  if (text === '') return NO_ATTRIBUTES;
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    found.set(localName(name), resolved(double ?? single ?? ''));
  }
  return found;
}

function appendText(open: readonly XmlNode[], text: string): void {
  const node = open.at(-1);
  if (node === undefined || text === '') return;
  if (node.name !== '') node.text += text;
  else if (text.trim() !== '') throw new Refusal('text stands outside the XML document');
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&\s]{0,32};?)/g, (whole, body: string) => {
    const name = body.slice(0, -1);
    const known = ENTITIES.get(name);
    if (known !== undefined && body.endsWith(';')) return known;
    const number = /^#(?:x([\da-fA-F]{1,6})|(\d{1,7}));$/.exec(body);
    const code = number === null ? 0 : number[1] === undefined ? Number(number[2]) : Number(`0x${number[1]}`);
    if (code === 0 || code > 0x10ffff) throw new Refusal(`the entity ${whole} is not read; only XML's own are`);
    return String.fromCodePoint(code);
  });
}

/** First element at a path below. */
export function child(node: XmlNode | null, ...path: readonly string[]): XmlNode | null {
  let at = node;
  for (const name of path) at = at?.children.find((each) => each.name === name) ?? null;
  return at;
}

/** Elements of a name right below. */
export function childrenOf(node: XmlNode | null, name: string): XmlNode[] {
  return node?.children.filter((each) => each.name === name) ?? [];
}

/** First element of a name at any depth. */
export function anywhere(node: XmlNode | null, name: string): XmlNode | null {
  for (const each of node?.children ?? []) {
    const found = each.name === name ? each : anywhere(each, name);
    if (found !== null) return found;
  }
  return null;
}

/** Text at a path below; null where there is none, or an empty one. */
export function textAt(node: XmlNode | null, ...path: readonly string[]): string | null {
  const text = child(node, ...path)?.text.trim() ?? '';
  return text === '' ? null : text;
}
