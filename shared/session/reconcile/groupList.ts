/** The groups of a month as lines, whichever of them a filter leaves, read by the page. */
import type { Page } from '../../contract/engine.ts';
import type { GroupFilter, GroupLine } from '../../contract/reconLists.ts';
import type { ReconGroup } from '../../contract/reconcile.ts';

/** What a list knows of a group before it is looked at. */
export interface ListedGroup {
  readonly id: string;
  /** Whether its id is this one. */
  isCalled(id: string): boolean;
  readonly section: ReconGroup['section'];
  /** Of the bridge. */
  readonly steps: readonly string[];
  /** Items of its fullest side; one at least. */
  readonly height: number;
  /** What its items say, in lower case. */
  says(): string;
}

const SECTIONS = ['to_decide', 'matched', 'ignored'] as const;

/** Lines of the groups that a filter leaves. */
interface Lines<G> {
  readonly groups: readonly G[];
  /** The first line of each group, ascending. */
  readonly starts: Int32Array;
  readonly titles: ReadonlyMap<number, GroupLine & { readonly kind: 'section' }>;
  readonly total: number;
}

/** Filters whose lines are kept: a table's, and the one before it. */
const KEPT = 2;

export class GroupList<G extends ListedGroup = ListedGroup> {
  /** To decide, matched, ignored, each by date. */
  readonly groups: readonly G[];
  readonly show: (group: G) => ReconGroup;
  readonly #lines = new Map<string, Lines<G>>();

  constructor(groups: readonly G[], show: (group: G) => ReconGroup) {
    this.groups = groups;
    this.show = show;
  }

  /** All of them, written out. */
  shown(): ReconGroup[] {
    return this.groups.map((group) => this.show(group));
  }

  shownGroup(id: string): ReconGroup | null {
    const group = this.group(id);
    return group === null ? null : this.show(group);
  }

  page({
    filter,
    offset,
    limit,
  }: {
    readonly filter: GroupFilter;
    readonly offset: number;
    readonly limit: number;
  }): Page<GroupLine> {
    const { groups, starts, titles, total } = this.#linesOf(filter);
    const rows: GroupLine[] = [];
    let place = placeOf(starts, offset);
    const shownAt = (at: number): ReconGroup | undefined => {
      const found = groups[at];
      return found === undefined ? undefined : this.show(found);
    };
    let group = shownAt(place);
    for (let line = offset; line < Math.min(total, offset + limit); line += 1) {
      const title = titles.get(line);
      if (title !== undefined) {
        rows.push(title);
        continue;
      }
      if (starts[place + 1] === line) group = shownAt((place += 1));
      const height = groups[place]?.height ?? 1;
      if (group !== undefined) rows.push({ kind: 'group', group, at: line - (starts[place] ?? 0), height });
    }
    return { total, offset, rows };
  }

  /** The first line of a group; null where the filter leaves it out. */
  lineOf(filter: GroupFilter, group: string): number | null {
    const { groups, starts } = this.#linesOf(filter);
    const place = groups === this.groups ? this.#placeOf(group) : groups.findIndex((one) => one.isCalled(group));
    return starts[place] ?? null;
  }

  group(id: string): G | null {
    return this.groups[this.#placeOf(id)] ?? null;
  }

  /** What is to be decided where this stands, else the last that is; null where nothing is. */
  toDecideAt(place: number): string | null {
    const count = this.#toDecide();
    return count === 0 ? null : (this.groups[Math.min(place, count - 1)]?.id ?? null);
  }

  /** Where a group stands among those to be decided; -1 where it does not. */
  placeToDecide(id: string): number {
    const place = this.#placeOf(id);
    return place < this.#toDecide() ? place : -1;
  }

  #toDecide(): number {
    const next = this.groups.findIndex(({ section }) => section !== 'to_decide');
    return next === -1 ? this.groups.length : next;
  }

  #placeOf(id: string): number {
    return this.groups.findIndex((group) => group.isCalled(id));
  }

  #linesOf({ step, search }: GroupFilter): Lines<G> {
    const words = wordsOf(search);
    const key = JSON.stringify([step, words]);
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const groups =
      step === null && words.length === 0
        ? this.groups
        : this.groups.filter((group) => (step === null || group.steps.includes(step)) && hasWords(words, group));
    const made = linesOf(groups);
    this.#lines.set(key, made);
    for (const oldest of this.#lines.keys()) if (this.#lines.size > KEPT) this.#lines.delete(oldest);
    return made;
  }
}

function linesOf<G extends ListedGroup>(groups: readonly G[]): Lines<G> {
  const starts = new Int32Array(groups.length);
  const titles = new Map<number, GroupLine & { readonly kind: 'section' }>();
  let [line, place] = [0, 0];
  for (const section of SECTIONS) {
    const from = place;
    const title = line;
    for (; groups[place]?.section === section; place += 1) {
      if (place === from) line += 1;
      starts[place] = line;
      line += groups[place]?.height ?? 1;
    }
    if (place > from) titles.set(title, { kind: 'section', section, count: place - from });
  }
  return { groups, starts, titles, total: line };
}

/** The last group that begins at a line or before it; 0 where none does. */
function placeOf(starts: Int32Array, line: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

function hasWords(words: readonly string[], group: ListedGroup): boolean {
  if (words.length === 0) return true;
  const text = group.says();
  return words.every((word) => text.includes(word));
}

/** Words that are looked for: amounts without their grouping commas. */
export function wordsOf(search: string): string[] {
  return search
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/,/g, ''))
    .filter((word) => word !== '');
}
