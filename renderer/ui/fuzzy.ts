/** How well a few typed letters fit a text, and which letters of it they are. Pure. */

export interface Fit {
  /** More is better; 0 is the least that fits. */
  readonly score: number;
  /** Places in the text, rising. */
  readonly at: readonly number[];
}

const WHOLE = 120;
const AT_START = 100;
const AT_WORD = 80;
const INSIDE = 50;
const SCATTERED = 20;
/** A word of the query that nothing but its letters in order fits must not be found in half a page. */
const WIDEST = 3;

/** Every word of the query must fit, in any order; null where one does not. An empty query fits everything. */
export function fitOf(query: string, text: string): Fit | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const folded = text.toLowerCase();
  const at = new Set<number>();
  let score = 0;
  for (const word of words) {
    const fit = wordFit(word, folded);
    if (fit === null) return null;
    score += fit.score;
    for (const place of fit.at) at.add(place);
  }
  // letters of some scripts change their number with their case: then no places are marked
  const places = folded.length === text.length ? [...at].sort((a, b) => a - b) : [];
  return { score: words.length === 0 ? 0 : score / words.length, at: places };
}

function wordFit(word: string, text: string): Fit | null {
  const places = (from: number): number[] => Array.from(word, (_, index) => from + index);
  if (text === word) return { score: WHOLE, at: places(0) };
  if (text.startsWith(word)) return { score: AT_START, at: places(0) };
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + 1))
    if (isStart(text, from)) return { score: AT_WORD, at: places(from) };
  const inside = text.indexOf(word);
  if (inside >= 0 && word.length > 1) return { score: INSIDE, at: places(inside) };
  return scattered(word, text);
}

/** Letters in order, at starts of words where that is possible. */
function scattered(word: string, text: string): Fit | null {
  const at: number[] = [];
  let from = 0;
  let starts = 0;
  for (const letter of word) {
    const next = text.indexOf(letter, from);
    if (next < 0) return null;
    const start = startWith(letter, text, from);
    const place = next === from && from > 0 ? next : (start ?? next);
    if (isStart(text, place)) starts += 1;
    at.push(place);
    from = place + 1;
  }
  const span = (at.at(-1) ?? 0) - (at[0] ?? 0) + 1;
  const initials = starts === at.length;
  if (word.length < 2 || (!initials && span > word.length * WIDEST)) return null;
  return { score: SCATTERED + (20 * starts) / word.length, at };
}

function startWith(letter: string, text: string, from: number): number | null {
  for (let place = text.indexOf(letter, from); place >= 0; place = text.indexOf(letter, place + 1))
    if (isStart(text, place)) return place;
  return null;
}

function isStart(text: string, place: number): boolean {
  return place === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(place - 1));
}
