/**
 * The workbench: what is not matched yet in two panes, fetched by the page; what is chosen in both, the line that has the
 * focus, what it may belong to, and the filter.
 */
import type { OpenLine, Pane, Suggestion } from '../../../shared/contract/reconLists.ts';
import type { ReconMonth } from '../../../shared/contract/reconcile.ts';
import { createTurns } from '../../ui/inTurn.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import { NO_PAGES, createPager, type Pager, type Pages } from '../../ui/pages.ts';
import type { SliceDeps } from '../../ui/slice.ts';

export interface Focus {
  readonly id: string;
  /** Among the lines of its pane. */
  readonly place: number;
}

export type Step = { readonly place: number } | { readonly by: number };

export interface LinesModel {
  /** The month whose lines they are; null: none yet. */
  readonly period: ReconMonth | null;
  readonly lines: Readonly<Record<Pane, Pages<OpenLine>>>;
  /** Lines by id, of both panes. */
  readonly chosen: ReadonlyMap<string, OpenLine>;
  /** In each pane. */
  readonly focus: Readonly<Record<Pane, Focus | null>>;
  readonly pane: Pane;
  readonly filter: string;
  /** Of the line with the focus. */
  readonly suggested: { readonly line: OpenLine; readonly suggestions: readonly Suggestion[] } | null;
}

export interface LinesSlice {
  /** Lists what is open in a month, or lists it anew after an act. */
  matchingShow(period: ReconMonth): Promise<void>;
  matchingNeed(pane: Pane, first: number, last: number): void;
  /** The focus goes to the line of an item. */
  matchingFocus(pane: Pane, item: string): Promise<void>;
  /** The focus goes to a place in a pane, or so many lines on: the nearest that there is. */
  matchingMove(pane: Pane, to: Step): Promise<void>;
  /** The line with the focus; undefined where there is none. */
  matchingLine(): Promise<OpenLine | undefined>;
  matchingSuggestions(line: OpenLine): Promise<readonly Suggestion[]>;
  matchingToggle(line: OpenLine): void;
  /** The line with the focus. */
  matchingToggleFocused(): Promise<void>;
  /** Chooses these lines and no others. */
  matchingChoose(lines: readonly OpenLine[]): void;
  matchingFilter(filter: string): void;
  /** Another month, or another account: nothing is chosen any more. */
  matchingForget(): void;
}

export const NO_LINES: LinesModel = {
  period: null,
  lines: { bank: NO_PAGES, other: NO_PAGES },
  chosen: new Map(),
  focus: { bank: null, other: null },
  pane: 'bank',
  filter: '',
  suggested: null,
};

const PANES = ['bank', 'other'] as const;

export interface LinesDeps extends SliceDeps {
  readonly model: () => LinesModel;
  readonly put: (part: Partial<LinesModel>) => void;
  /** The month that is shown. */
  readonly period: () => ReconMonth | null;
}

function pagerOf(pane: Pane, { engine, failed, model, put }: LinesDeps): Pager<OpenLine> {
  return createPager<OpenLine>({
    fetch: async ({ offset, limit }) => {
      const { period, filter: search } = model();
      if (period === null) return { total: 0, offset, rows: [] };
      return engine.reconOpen({ period, pane, search, offset, limit }).result;
    },
    read: () => model().lines[pane],
    write: (pages) => put({ lines: { ...model().lines, [pane]: pages } }),
    failed,
  });
}

export function createLinesSlice(deps: LinesDeps): LinesSlice {
  const { engine, failed, model, put, period } = deps;
  const pagers: Readonly<Record<Pane, Pager<OpenLine>>> = {
    bank: pagerOf('bank', deps),
    other: pagerOf('other', deps),
  };
  const suggestionsOf = async (line: OpenLine): Promise<readonly Suggestion[]> => {
    const month = period();
    return month === null ? [] : engine.reconSuggestions({ period: month, line: line.id }).result;
  };
  const suggesting = latestOnly({
    ask: async (line: OpenLine) => ({ line, suggestions: await suggestionsOf(line) }),
    take: (suggested) => put({ suggested }),
    failed,
  });
  const focusOn = (pane: Pane, line: OpenLine | undefined, place: number): void => {
    put({ pane, focus: { ...model().focus, [pane]: line === undefined ? null : { id: line.id, place } } });
    if (line === undefined) put({ suggested: null });
    else suggesting.ask(line);
  };
  const placeOf = async (pane: Pane, line: string, search: string): Promise<number | null> => {
    const month = period();
    return month === null ? null : engine.reconOpenPlace({ period: month, pane, search, line }).result;
  };
  /** The line at a place, or the one nearest to it. */
  const nearest = async (pane: Pane, place: number): Promise<{ line: OpenLine | undefined; at: number }> => {
    // the first line tells how many there are
    let line = await pagers[pane].row(Math.max(0, place));
    const at = Math.min(Math.max(0, place), model().lines[pane].total - 1);
    if (line === undefined && at >= 0) line = await pagers[pane].row(at);
    return { line, at };
  };
  const move = async (pane: Pane, place: number): Promise<void> => {
    const { line, at } = await nearest(pane, place);
    focusOn(pane, line, at);
  };
  /** What was matched is gone: the focus is on what took its place. */
  const refocus = async (pane: Pane): Promise<void> => {
    const focus = model().focus[pane];
    if (focus === null) return;
    const place = await placeOf(pane, focus.id, model().filter);
    if (model().focus[pane] !== focus) return;
    const { line, at } = await nearest(pane, place ?? focus.place);
    if (model().focus[pane] !== focus) return;
    const now = line === undefined ? null : { id: line.id, place: at };
    put({ focus: { ...model().focus, [pane]: now } });
    if (pane !== model().pane) return;
    if (line === undefined) put({ suggested: null });
    else suggesting.ask(line);
  };
  const keepChosen = async (): Promise<void> => {
    const before = model().chosen;
    const stays = await Promise.all(
      [...before.values()].map(async (line) => (await placeOf(line.pane, line.id, '')) !== null),
    );
    if (model().chosen === before && stays.includes(false))
      put({ chosen: new Map([...before].filter((_, index) => stays[index])) });
  };
  const renew = async (): Promise<void> => {
    for (const pane of PANES) pagers[pane].renew();
    await Promise.all([...PANES.map(refocus), keepChosen()]).catch(failed);
  };
  const focused = async (): Promise<OpenLine | undefined> => {
    const { pane, focus } = model();
    const at = focus[pane];
    const line = at === null ? undefined : await pagers[pane].row(at.place);
    return line?.id === at?.id ? line : undefined;
  };
  const toggle = (line: OpenLine): void => {
    const chosen = new Map(model().chosen);
    if (!chosen.delete(line.id)) chosen.set(line.id, line);
    put({ chosen });
  };
  const turns = createTurns(failed);

  return {
    matchingShow: async (month) => {
      if (model().period !== month) for (const pane of PANES) pagers[pane].reset(0);
      put({ period: month });
      await renew();
    },
    matchingNeed: (pane, first, last) => pagers[pane].need(first, last),
    matchingFocus: (pane, item) =>
      turns.take(async () => {
        const place = await placeOf(pane, item, model().filter);
        if (place !== null) put({ pane, focus: { ...model().focus, [pane]: { id: item, place } } });
        if (place !== null && model().period !== null) await move(pane, place);
      }),
    matchingMove: (pane, to) =>
      turns.take(() => {
        const at = model().focus[pane]?.place;
        if ('place' in to) return move(pane, to.place);
        if (at !== undefined) return move(pane, at + to.by);
        return move(pane, to.by < 0 ? model().lines[pane].total - 1 : 0);
      }),
    matchingLine: async () => {
      await turns.over();
      return focused();
    },
    matchingSuggestions: suggestionsOf,
    matchingToggle: toggle,
    matchingToggleFocused: () =>
      turns.take(async () => {
        const line = await focused();
        if (line !== undefined) toggle(line);
      }),
    matchingChoose: (lines) => put({ chosen: new Map(lines.map((line) => [line.id, line])) }),
    matchingFilter: (filter) => {
      put({ filter });
      void renew();
    },
    matchingForget: () => {
      suggesting.forget();
      put({ ...NO_LINES, pane: model().pane });
      for (const pane of PANES) pagers[pane].reset(0);
    },
  };
}
