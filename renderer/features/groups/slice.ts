/** The groups of a month, fetched by the page of lines: what of them is listed, and where the selected one stands. */
import type { GroupFilter, GroupLine } from '../../../shared/contract/reconLists.ts';
import type { ReconMonth } from '../../../shared/contract/reconcile.ts';
import { createTurns } from '../../ui/inTurn.ts';
import { NO_PAGES, createPager, rowAt, type Pages } from '../../ui/pages.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface GroupsModel {
  readonly lines: Pages<GroupLine>;
  /** What is listed; null: nothing yet. */
  readonly list: { readonly period: ReconMonth; readonly filter: GroupFilter } | null;
  /** First line of the selected group; null where it is not known or not listed. */
  readonly at: { readonly group: string; readonly line: number } | null;
  /** First line of the group from where more are selected with it; null where it is alone. */
  readonly anchor: number | null;
}

/** How far a selection moves: by groups, by lines, to an end, or to a group that is shown and its first line. */
export type Move =
  | { readonly by: 'group' | 'line'; readonly count: number }
  | { readonly to: 'first' | 'last' }
  | { readonly group: string; readonly line: number };

export interface GroupsSlice {
  readonly groups: GroupsModel;
  /** Lists the groups of a month, or lists them anew after an act. */
  groupsShow(period: ReconMonth, step: string | null): void;
  groupsSearch(search: string): void;
  groupsNeed(first: number, last: number): void;
  /** Finds the line of what is selected. */
  groupsFind(group: string | null): Promise<void>;
  /**
   * @param extend what was selected stays so, and all between
   * @returns the group that the selection comes to; null where there is none
   */
  groupsMove(move: Move, extend?: boolean): Promise<string | null>;
  /** What is selected after an act: a group if it is listed, else what now stands where the one before stood. */
  groupsInPlace(before: string, group: string | null): Promise<string | null>;
  /** Over once the selection has come to where it was sent. */
  groupsMoved(): Promise<void>;
}

const NO_GROUPS: GroupsModel = { lines: NO_PAGES, list: null, at: null, anchor: null };

export function createGroupsSlice(
  set: SetSlice<GroupsSlice>,
  get: GetSlice<GroupsSlice>,
  { engine, failed }: SliceDeps,
): GroupsSlice {
  const put = (part: Partial<GroupsModel>): void => set(({ groups }) => ({ groups: { ...groups, ...part } }));
  const model = (): GroupsModel => get().groups;
  const pager = createPager<GroupLine>({
    fetch: async ({ offset, limit }) => {
      const { list } = model();
      if (list === null) return { total: 0, offset, rows: [] };
      return engine.reconGroups({ ...list, offset, limit }).result;
    },
    read: () => model().lines,
    write: (lines) => put({ lines }),
    failed,
  });
  let wanted: string | null = null;
  const find = async (group: string | null): Promise<void> => {
    wanted = group;
    const { list } = model();
    if (group === null || list === null) {
      put({ at: null, anchor: null });
      return;
    }
    const line = await engine.reconGroupLine({ ...list, group }).result.catch((error: unknown) => {
      failed(error);
      return null;
    });
    if (wanted === group && model().list === list) put({ at: line === null ? null : { group, line } });
  };
  const show = (period: ReconMonth, filter: GroupFilter): void => {
    const before = model().list;
    put({ list: { period, filter }, anchor: null });
    if (before?.period !== period) pager.reset(0);
    pager.renew();
    void find(wanted);
  };

  /** A line of a group: a title's is that of the group below it, or above it. */
  const groupLine = async (line: number, upwards: boolean): Promise<{ group: string; line: number } | null> => {
    const row = await pager.row(line);
    if (row?.kind === 'group') return { group: row.group.id, line: line - row.at };
    if (row === undefined) return null;
    return upwards && line > 0 ? groupLine(line - 1, true) : groupLine(line + 1, false);
  };
  const target = async (move: Move): Promise<{ group: string; line: number } | null> => {
    const { total } = model().lines;
    const { at } = model();
    if ('group' in move) return move;
    if ('to' in move) return move.to === 'first' ? groupLine(0, false) : groupLine(total - 1, true);
    const { by, count } = move;
    if (at === null) return count > 0 ? groupLine(0, false) : groupLine(total - 1, true);
    if (by === 'line') {
      const line = Math.min(total - 1, Math.max(0, at.line + count));
      const found = await groupLine(line, count < 0);
      if (found !== null && found.line !== at.line) return found;
    }
    if (count < 0) return (await groupLine(at.line - 1, true)) ?? at;
    const row = await pager.row(at.line);
    return (await groupLine(at.line + (row?.kind === 'group' ? row.height : 1), false)) ?? at;
  };
  /** The group on a line of the new list: of a title, the one below it; beyond the end, the last. */
  const standsAt = async (list: NonNullable<GroupsModel['list']>, line: number): Promise<string | null> => {
    const { rows, total } = await engine.reconGroups({ ...list, offset: line, limit: 2 }).result;
    const found = rows.find((row) => row.kind === 'group');
    if (found !== undefined) return found.group.id;
    return total === 0 || line === total - 1 ? null : standsAt(list, total - 1);
  };
  const inPlace = async (before: string, group: string | null): Promise<string | null> => {
    const { at, list } = model();
    if (at?.group !== before || list === null) return group;
    const isListed = group !== null && (await engine.reconGroupLine({ ...list, group }).result) !== null;
    return isListed ? group : ((await standsAt(list, at.line)) ?? group);
  };
  const turns = createTurns(failed);

  return {
    groups: NO_GROUPS,
    groupsShow: (period, step) => show(period, { step, search: model().list?.filter.search ?? '' }),
    groupsSearch: (search) => {
      const { list } = model();
      if (list !== null) show(list.period, { ...list.filter, search });
    },
    groupsNeed: pager.need,
    groupsFind: async (group) => {
      if (group === null || model().at?.group !== group) await find(group);
    },
    groupsMove: (move, extend = false) =>
      turns.take(async () => {
        const found = await target(move);
        if (found === null) return null;
        wanted = found.group;
        const { anchor, at } = model();
        put({ at: found, anchor: extend ? (anchor ?? at?.line ?? null) : null });
        return found.group;
      }),
    groupsInPlace: async (before, group) =>
      inPlace(before, group).catch((error: unknown) => {
        failed(error);
        return group;
      }),
    groupsMoved: turns.over,
  };
}

/** Groups that begin between two lines and are at hand. */
export function groupsBetween({ lines }: GroupsModel, low: number, high: number): (GroupLine & { kind: 'group' })[] {
  const found: (GroupLine & { kind: 'group' })[] = [];
  for (let line = low; line <= high; line += 1) {
    const row = rowAt(lines, line);
    if (row?.kind === 'group' && row.at === 0) found.push(row);
  }
  return found;
}
