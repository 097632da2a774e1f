/** What other settings would make of a month: its groups under the log with an entry more that is not kept. */
import type { ReconGroup } from '../../contract/reconcile.ts';
import type { SettingsEffect } from '../../contract/reconSettings.ts';
import { formatAtoms } from '../../domain/money.ts';
import { eachOf, type Steps } from '../inPieces.ts';
import type { GroupListed } from './groups.ts';

/** Changes that are told one by one. */
const MOST_EXAMPLES = 8;

export function* effectSteps(now: readonly GroupListed[], then: readonly GroupListed[]): Steps<SettingsEffect> {
  const before = new Map<string, string>();
  // a group is another one where any of its items stands otherwise
  yield* eachOf('groups', now, (group) => {
    const says = standing(group);
    for (const item of group.items) before.set(item, says);
  });
  const changed = (yield* eachOf('groups', then, (group) => {
    const says = standing(group);
    return group.items.every((item) => before.get(item) === says) ? [] : [group];
  })).flat();
  const examples = changed.slice(0, MOST_EXAMPLES).map((group) => exampleOf(group, now));
  return {
    toDecide: { now: count(now, 'to_decide'), then: count(then, 'to_decide') },
    matched: { now: count(now, 'matched'), then: count(then, 'matched') },
    changed: changed.length,
    examples,
  };
}

/** What a person sees of how a group stands: its members, its section and its state. */
function standing(group: GroupListed): string {
  return JSON.stringify([group.section, group.state, group.items.toSorted()]);
}

function count(groups: readonly GroupListed[], section: ReconGroup['section']): number {
  return groups.reduce((total, group) => total + (group.section === section ? 1 : 0), 0);
}

function exampleOf(group: GroupListed, now: readonly GroupListed[]): SettingsEffect['examples'][number] {
  const { state, items } = group;
  const item = group.outermost;
  const states = now.filter((other) => items.some((id) => other.has(id))).map((other) => other.state);
  return {
    ...{ text: item.text, date: item.date, amount: formatAtoms(item.amount) },
    ...{ now: [...new Set(states)].join(', ') || 'In another month', then: state },
  };
}
