/**
 * Pieces of text on a page as rows of cells, as they are seen: by place alone, whatever the order in which the file
 * draws them.
 */

/** A piece of text; y grows downwards. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  /** Of the letters. */
  readonly size: number;
}

export interface PdfCell {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly size: number;
}

export interface PdfRow {
  /** Counted over all pages, from 1. */
  readonly line: number;
  readonly page: number;
  /** On its page, downwards. */
  readonly y: number;
  readonly cells: readonly PdfCell[];
  readonly text: string;
}

/** Base lines that differ by no more are one row: fonts of a row may sit a little apart. */
const SAME_ROW = 2;
/** Gaps in letter sizes: what is nearer is one word, what is farther is another cell. */
const SAME_WORD = 0.12;
const SAME_CELL = 0.62;

/**
 * Hyphens that a font maps to nothing come out as U+0000, and other hyphens have signs of their own. A lost character may
 * have been a minus too, so no sign of an amount is believed.
 */
const HYPHENS = /[\u0000\u00ad\u2010\u2011\u2212\ufffd]/g;

/** Rows from top to bottom; the first is counted `before + 1`. */
export function layOut(pieces: readonly PlacedText[], page: number, before: number): PdfRow[] {
  const sorted = pieces.toSorted((one, other) => one.y - other.y || one.x - other.x || compare(one.text, other.text));
  const groups: PlacedText[][] = [];
  let top = -Infinity;
  for (const piece of sorted) {
    const group = groups.at(-1);
    if (group !== undefined && piece.y - top <= SAME_ROW) group.push(piece);
    else {
      groups.push([piece]);
      top = piece.y;
    }
  }
  return groups.map((group, index) => {
    const cells = cellsOf(group);
    return {
      line: before + index + 1,
      page,
      y: group[0]?.y ?? 0,
      cells,
      text: cells.map(({ text }) => text).join('  '),
    };
  });
}

function cellsOf(group: readonly PlacedText[]): PdfCell[] {
  const cells: PdfCell[] = [];
  const sorted = group.toSorted((one, other) => one.x - other.x || compare(one.text, other.text));
  for (const [index, { text, x, right, size }] of sorted.entries()) {
    const earlier = sorted[index - 1];
    // bold letters are drawn twice by some
    if (earlier?.text === text && Math.abs(earlier.x - x) < 1) continue;
    const last = cells.at(-1);
    const gap = last === undefined ? Infinity : (x - last.right) / Math.max(size, last.size, 1);
    if (last === undefined || gap > SAME_CELL) cells.push({ text, x, right, size });
    else {
      const joined = `${last.text}${gap > SAME_WORD ? ' ' : ''}${text}`;
      cells[cells.length - 1] = { text: joined, x: last.x, right: Math.max(right, last.right), size: last.size };
    }
  }
  return cells.map((cell) => ({ ...cell, text: clean(cell.text) }));
}

function clean(text: string): string {
  return text.replace(HYPHENS, '-').replace(/\s+/g, ' ').trim();
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
