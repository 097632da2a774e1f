/** Serves `ReconListsApi`: lists of a month, a page at a time. */
import type { ReconListsApi } from '../../contract/reconLists.ts';
import type { CallContext } from '../../contract/rpc.ts';
import type { GroupList } from './groupList.ts';
import { shownItem } from './item.ts';
import type { Reconciler } from './reconciler.ts';

export function reconLists(reconciler: (context: CallContext) => Promise<Reconciler>): ReconListsApi {
  return {
    reconGroups: async ({ period, ...request }, context) =>
      (await (await reconciler(context)).groups(period, context)).page(request),
    reconGroupLine: async ({ period, filter, group }, context) =>
      (await (await reconciler(context)).groups(period, context)).lineOf(filter, group),
    reconGroup: async ({ period, group: id }, context) => {
      const made = await reconciler(context);
      const group = (await made.groups(period, context)).shownGroup(id);
      if (group === null) return null;
      const itemOf = await made.itemsOf(period, context);
      const candidates = [...new Set(group.candidates.flat())].flatMap((item) => itemOf(item) ?? []);
      return { group, candidates: candidates.map(shownItem) };
    },
    reconOpen: async ({ period, ...request }, context) =>
      (await (await reconciler(context)).open(period, context)).page(request),
    reconOpenPlace: async ({ period, ...request }, context) =>
      (await (await reconciler(context)).open(period, context)).placeOf(request),
    reconSuggestions: async ({ period, line }, context) =>
      (await (await reconciler(context)).open(period, context)).suggestionsFor(line),
  };
}

type Places = Pick<GroupList, 'group' | 'placeToDecide' | 'toDecideAt'>;

/** What is looked at after an act: the same group while it is there, else what is to be decided next in its place. */
export function groupAfter(group: string | null, before: Places, after: Places): string | null {
  if (group === null) return null;
  const was = before.placeToDecide(group);
  const stays = after.group(group) !== null;
  if (stays && (was < 0 || after.placeToDecide(group) >= 0)) return group;
  const next = was < 0 ? null : after.toDecideAt(was);
  return next ?? (stays ? group : null);
}
