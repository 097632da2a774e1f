/**
 * CloudEvents, in an array (a batch of them) or one a line: the time and id are the event's, the usage is its data, whose
 * keys mean what columns of these names mean. Numbers may be strings.
 */
import type { Detection, Head, Importer } from './importer.ts';
import { firstKeys, openArrayOrLines } from './jsonRows.ts';
import { roleShape, type Member } from './roleShape.ts';
import type { UsageTarget } from './rowPlan.ts';

/** Attributes that every event has. */
const REQUIRED = ['specversion', 'id', 'source', 'type'];

/** Attributes that are of the row, as columns of these names are: an event is known by its id and its source. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['time', 'time'],
  ['id', 'message_id'],
  ['source', 'request_id'],
]);

const DATA = 'data.';

/** More than the names that a role has: what the data says of what the event says too counts only where it is silent. */
const BEHIND = 1_000;

function memberOf(path: string): Member {
  if (path.startsWith(DATA)) return { name: path.slice(DATA.length), behind: BEHIND, opens: false };
  return { name: ATTRIBUTES.get(path) ?? '', behind: 0, opens: path === 'data' };
}

export const cloudEvents: Importer<UsageTarget> = {
  format: 'cloudevents',

  detect(head: Head): Detection | null {
    const keys = firstKeys(head);
    if (!REQUIRED.every((name) => keys.has(name))) return null;
    return { confidence: 0.95, why: `CloudEvents, by the attributes ${REQUIRED.join(', ')}.` };
  },

  open: (target, context) => {
    context.note('Events are told apart by id and source.');
    return openArrayOrLines(target, context, roleShape(context, memberOf));
  },
};
