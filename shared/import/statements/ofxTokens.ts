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
  /** Where elements lie deeper than is read; what follows was not read. */
  readonly tooDeepAt: number | null;
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

/** Deepest nesting that is read; OFX has less than a dozen levels, and empty leaves that are not closed add a few. */
const DEEPEST = 200;

/** A tag, or a declaration or instruction, at a place; a `<` that starts none of them belongs to the text. */
const TAG = /<[!?][^<>]*>|<(\/?)([A-Za-z][\w.:-]*)[^<>]*>/y;
const CDATA = '<![CDATA[';
const CDATA_END = ']]>';

/** The elements of `text` from its first tag on. */
export function readOfxTree(text: string): OfxTree {
  const root: OfxNode = { name: '', text: '', children: [], from: 0, to: text.length };
  const open: OfxNode[] = [root];
  // behind the last end of character data none can start
  const lastEnd = text.lastIndexOf(CDATA_END);
  let behind = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', Math.max(behind, at + 1))) {
    if (at < lastEnd && text.startsWith(CDATA, at)) {
      const end = text.indexOf(CDATA_END, at);
      addText(open.at(-1), unescaped(text.slice(behind, at)));
      addText(open.at(-1), text.slice(at + CDATA.length, end));
      behind = end + CDATA_END.length;
      continue;
    }
    TAG.lastIndex = at;
    const tag = TAG.exec(text);
    if (tag === null) continue;
    addText(open.at(-1), unescaped(text.slice(behind, at)));
    behind = at + tag[0].length;
    if (tag[2] === undefined) continue;
    readTag(open, tag[2].toUpperCase(), tag[1] === '/', at, behind, text.length);
    if (open.length > DEEPEST) return { root, unfinished: null, tooDeepAt: at };
  }
  addText(open.at(-1), unescaped(text.slice(behind)));
  const unfinished = open.find((node) => node !== root && node.children.length > 0)?.name ?? null;
  close(open, 1, text.length);
  return { root, unfinished, tooDeepAt: null };
}

/** A tag that stands at `from .. to`. */
function readTag(open: OfxNode[], name: string, closes: boolean, from: number, to: number, end: number): void {
  // text makes a leaf, and a leaf ends where the next tag starts
  const last = open.at(-1);
  if (open.length > 1 && last !== undefined && last.text.trim() !== '') {
    close(open, open.length - 1, from);
    if (closes && last.name === name) return;
  }
  const at = open.findLastIndex((node) => node.name === name);
  if (closes) {
    if (at > 0) close(open, at, to);
    return;
  }
  // no element of OFX contains itself: the one before was not closed
  if (at > 0) close(open, at, from);
  const node: OfxNode = { name, text: '', children: [], from, to: end };
  open.at(-1)?.children.push(node);
  open.push(node);
}

/** Ends the elements from `at` on. An unclosed one among them was an empty leaf, and what followed it is its sibling. */
function close(open: OfxNode[], at: number, end: number): void {
  while (open.length > at) {
    const node = open.pop();
    if (node === undefined) return;
    node.to = end;
    if (open.length > at && node.children.length > 0 && !AGGREGATES.has(node.name)) {
      for (const child of node.children) open.at(-1)?.children.push(child);
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
