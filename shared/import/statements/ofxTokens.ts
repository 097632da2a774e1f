/**
 * OFX's markup: SGML of 1.x, whose leaves are not closed, XML of 2.x, and files that mix both. Names and text only;
 * attributes mean nothing in OFX.
 */

export interface OfxNode {
  readonly name: string;
  /** Text of a leaf, entities resolved. */
  text: string;
  children: OfxNode[];
  readonly from: number;
  to: number;
}

export interface OfxTree {
  readonly root: OfxNode;
  /** The file ends before this element does. */
  readonly unfinished: string | null;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

/** Elements that are read for what they contain: they are no empty leaves, even where they are not closed. */
const AGGREGATES: ReadonlySet<string> = new Set([
  ...['OFX', 'BANKMSGSRSV1', 'CREDITCARDMSGSRSV1', 'STMTTRNRS', 'CCSTMTTRNRS', 'STMTRS', 'CCSTMTRS', 'STATUS'],
  ...['BANKACCTFROM', 'CCACCTFROM', 'BANKTRANLIST', 'STMTTRN', 'PAYEE', 'CURRENCY', 'ORIGCURRENCY'],
  ...['LEDGERBAL', 'AVAILBAL'],
]);

const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<[!?][^>]*>|<(\/?)([A-Za-z][\w.:-]*)[^>]*>/g;

/** The elements of `text` from its first tag on. */
export function readOfxTree(text: string): OfxTree {
  const root: OfxNode = { name: '', text: '', children: [], from: 0, to: text.length };
  const open: OfxNode[] = [root];
  let behind = 0;
  for (const token of text.matchAll(TOKEN)) {
    const [whole, cdata, slash, rawName] = token;
    addText(open.at(-1), unescaped(text.slice(behind, token.index)));
    behind = token.index + whole.length;
    if (cdata !== undefined) addText(open.at(-1), cdata);
    if (rawName === undefined) continue;
    const name = rawName.toUpperCase();
    // text makes a leaf, and a leaf ends where the next tag starts
    if (open.length > 1 && open.at(-1)?.text.trim() !== '') {
      const leaf = open.at(-1);
      if (leaf !== undefined) close(open, open.length - 1, token.index);
      if (slash === '/' && leaf?.name === name) continue;
    }
    const at = open.findLastIndex((node) => node.name === name);
    if (slash === '/') {
      if (at > 0) close(open, at, behind);
      continue;
    }
    // no element of OFX contains itself: the one before was not closed
    if (at > 0) close(open, at, token.index);
    const node: OfxNode = { name, text: '', children: [], from: token.index, to: text.length };
    open.at(-1)?.children.push(node);
    open.push(node);
  }
  const unfinished = open.find((node) => node !== root && node.children.length > 0)?.name ?? null;
  close(open, 1, text.length);
  return { root, unfinished };
}

/** Ends the elements from `at` on. An unclosed one among them was an empty leaf, and what followed it is its sibling. */
function close(open: OfxNode[], at: number, end: number): void {
  while (open.length > at) {
    const node = open.pop();
    if (node === undefined) return;
    node.to = end;
    if (open.length > at && node.children.length > 0 && !AGGREGATES.has(node.name)) {
      open.at(-1)?.children.push(...node.children);
      node.children = [];
    }
  }
}

function addText(node: OfxNode | undefined, text: string): void {
  // the header before the first tag, and the space between tags, belong to nobody
  if (node === undefined || node.name === '' || (node.text === '' && text.trim() === '')) return;
  node.text += text;
}

function unescaped(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|\w{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name.toLowerCase()) ?? whole;
    const code = /^#x/i.test(name) ? Number(`0x${name.slice(2)}`) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Text of the leaf at a path below; null where there is none, or an empty one. */
export function leaf(node: OfxNode, ...path: readonly string[]): string | null {
  let at: OfxNode | undefined = node;
  for (const name of path) at = at?.children.find((child) => child.name === name);
  const text = at?.text.trim() ?? '';
  return text === '' ? null : text;
}

/** All elements of these names, at any depth, in order. */
export function findAll(node: OfxNode, names: readonly string[]): OfxNode[] {
  return node.children.flatMap((child) => (names.includes(child.name) ? [child] : findAll(child, names)));
}
