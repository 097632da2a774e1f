/** What the palette lists for a few typed letters, best first, under headings. Pure. */
import type { LucideIcon } from 'lucide-react';
import { fitOf, type Fit } from '../../ui/fuzzy.ts';

export interface PaletteItem {
  /** The same thing has the same id the next time: what was chosen lately comes first. */
  readonly id: string;
  readonly heading: string;
  readonly title: string;
  readonly detail?: string;
  readonly icon: LucideIcon;
  readonly keys?: readonly string[];
  /** Other words that find it; not shown. */
  readonly words?: string;
  /** Why it cannot be chosen now. */
  readonly waits?: string | null;
  readonly run: () => void;
}

export interface RankedItem extends PaletteItem {
  /** Letters of the title that fit. */
  readonly marked: readonly number[];
}

export interface PaletteGroup {
  readonly heading: string;
  readonly items: readonly RankedItem[];
}

const MOST_OF_A_GROUP = 7;
const MOST_RECENT = 6;
/** Most that a long title loses. */
const LONG = 15;
/** A fit of words that are not shown counts less. */
const UNSEEN = 0.6;
/** What was chosen lately is likely meant again. */
const LATELY = 12;
const CANNOT = 25;
/** What fits much less than the best is not meant. */
const WORTH = 0.4;

interface Ranked {
  readonly item: RankedItem;
  readonly score: number;
}

/** @param recent ids that were chosen lately, the last first */
export function ranked(
  items: readonly PaletteItem[],
  query: string,
  recent: readonly string[],
): readonly PaletteGroup[] {
  if (query.trim() === '') return beforeTyping(items, recent);
  const found = items.flatMap((item): Ranked[] => {
    const fit = bestFit(query, item);
    if (fit === null) return [];
    const lately = recent.includes(item.id) ? LATELY : 0;
    const cannot = typeof item.waits === 'string' ? CANNOT : 0;
    return [{ item: { ...item, marked: fit.at }, score: fit.score + lately - cannot }];
  });
  // stable: equals stay in the order in which they are given
  const sorted = found.sort((a, b) => b.score - a.score);
  const least = (sorted[0]?.score ?? 0) * WORTH;
  const best = sorted.filter(({ score }) => score >= least);
  const headings = [...new Set(best.map(({ item }) => item.heading))];
  return headings.map((heading) => ({
    heading,
    items: best.flatMap(({ item }) => (item.heading === heading ? [item] : [])).slice(0, MOST_OF_A_GROUP),
  }));
}

/** By its title, of which a short one is meant sooner; else by words that say more of it, all of which count alike. */
function bestFit(query: string, { title, detail, words }: PaletteItem): Fit | null {
  const shown = fitOf(query, title);
  const byTitle = shown === null ? null : { ...shown, score: shown.score - Math.min(LONG, title.length / 4) };
  const unseen = fitOf(query, [title, detail, words].filter(Boolean).join(' '));
  if (unseen === null) return byTitle;
  const byWords = { score: unseen.score * UNSEEN, at: unseen.at.filter((place) => place < title.length) };
  return byTitle !== null && byTitle.score >= byWords.score ? byTitle : byWords;
}

/** What was chosen lately, then the places and the commands that have a key. */
function beforeTyping(items: readonly PaletteItem[], recent: readonly string[]): readonly PaletteGroup[] {
  const lately = recent.flatMap((id) => items.filter((item) => item.id === id)).slice(0, MOST_RECENT);
  const keyed = items.filter(({ keys, waits, id }) => keys !== undefined && !waits && !recent.includes(id));
  const group = (heading: string, of: readonly PaletteItem[]): PaletteGroup[] =>
    of.length === 0 ? [] : [{ heading, items: of.map((item) => ({ ...item, marked: [] })) }];
  return [
    ...group('Chosen lately', lately),
    ...group(
      'Places',
      keyed.filter(({ heading }) => heading === 'Places'),
    ),
    ...group(
      'Commands',
      keyed.filter(({ heading }) => heading === 'Commands'),
    ),
  ];
}

/** The ids with this one first, as many as are of use. */
export function chosen(recent: readonly string[], id: string): readonly string[] {
  return [id, ...recent.filter((other) => other !== id)].slice(0, 12);
}
