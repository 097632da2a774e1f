/** Where the objects of a JSON text stand: the root, those of a root array, those of the root's `data`. */

export interface JsonPlace {
  readonly from: number;
  readonly to: number;
}

export interface JsonPlaces {
  /** The root object, or the objects of the root array. */
  readonly top: readonly JsonPlace[];
  /** The objects in the array `data` of the root object. */
  readonly data: readonly JsonPlace[];
  /** Where the text nests deeper than is read. */
  readonly tooDeepAt: number | null;
}

/** Deepest nesting that is read; what is deeper is not of a vendor, and overflows what reads it. */
const DEEPEST = 200;

/** The text need not be valid: a scan of its brackets and strings. */
export function jsonPlaces(text: string): JsonPlaces {
  const open: { readonly isArray: boolean; readonly from: number }[] = [];
  const [top, data]: JsonPlace[][] = [[], []];
  let lastString = '';
  let key = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const end = stringEnd(text, at);
      if (open.length === 1) lastString = text.slice(at + 1, Math.min(end, at + 20));
      at = end;
    } else if (character === ':' && open.length === 1) key = lastString;
    else if (character === '{' || character === '[') {
      open.push({ isArray: character === '[', from: at });
      if (open.length > DEEPEST) return { top: [], data: [], tooDeepAt: at };
    } else if (character === '}' || character === ']') {
      const ended = open.pop();
      if (ended === undefined || ended.isArray) continue;
      const place = { from: ended.from, to: at + 1 };
      const [root, inside] = open;
      if (root === undefined || (open.length === 1 && root.isArray)) top?.push(place);
      else if (open.length === 2 && !root.isArray && inside?.isArray === true && key === 'data') data?.push(place);
    }
  }
  return { top: top ?? [], data: data ?? [], tooDeepAt: null };
}

/** Index of the quote that ends the string at `at`; the text's end where none does. */
function stringEnd(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const character = text[end];
    if (character === '\\') end++;
    else if (character === '"') return end;
  }
  return text.length;
}
