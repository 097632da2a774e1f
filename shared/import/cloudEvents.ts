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

/** Attributes that are of the row; others, such as `source`, are not what columns of their names are. */
const ATTRIBUTES: ReadonlySet<string> = new Set(['time', 'id']);

const DATA = 'data.';

/** More than the names that a role has: what the data says of time and id counts only where the event is silent. */
const BEHIND = 1_000;

function memberOf(path: string): Member {
  if (path.startsWith(DATA)) return { name: path.slice(DATA.length), behind: BEHIND, opens: false };
  return { name: ATTRIBUTES.has(path) ? path : '', behind: 0, opens: path === 'data' };
}

export const cloudEvents: Importer<UsageTarget> = {
  format: 'cloudevents',

  detect(head: Head): Detection | null {
    const keys = firstKeys(head);
    if (!REQUIRED.every((name) => keys.has(name))) return null;
    return { confidence: 0.95, why: `CloudEvents, by the attributes ${REQUIRED.join(', ')}.` };
  },

  open: (target, context) => openArrayOrLines(target, context, roleShape(context, memberOf)),
};
