/** A JSON array of rows: objects whose keys mean what columns of these names mean. */
import { meaningOf, missing, type Role } from './columns.ts';
import type { Detection, Head, Importer } from './importer.ts';
import { firstKeys, firstRow, openArrayOrLines } from './jsonRows.ts';
import { memberByName, roleShape } from './roleShape.ts';
import type { UsageTarget } from './rowPlan.ts';

export const jsonArray: Importer<UsageTarget> = {
  format: 'json',

  detect(head: Head): Detection | null {
    if (firstRow(head)?.array !== true) return null;
    const roles = new Set<Role>();
    for (const key of firstKeys(head)) {
      const meaning = meaningOf(key);
      if (meaning !== null) roles.add(meaning.role);
    }
    const lacks = missing((role) => roles.has(role));
    const why = 'A JSON array of objects';
    return lacks === null
      ? { confidence: 0.75, why: `${why}, with a time and ${roles.has('cost') ? 'a cost' : 'token counts'}.` }
      : { confidence: 0.25, why: `${why}, but the first lacks ${lacks}.` };
  },

  open: (target, context) => openArrayOrLines(target, context, roleShape(context, memberByName)),
};
