/** JSON objects whose members mean what columns of their names mean (`columns.ts`), wherever a format keeps them. */
import { ROLES, TOKEN_ROLES, meaningOf, type Role } from './columns.ts';
import type { OpenContext } from './importer.ts';
import type { JsonShape } from './jsonRows.ts';
import type { Meaning } from './objectCells.ts';
import { NONE } from './rowPlan.ts';
import { TOKEN_METERS, exclusiveMeters, tokenRule, tooManyMessage } from './tokens.ts';

/** A member: the name that a column would have, how much behind the others of its role, and whether there are more inside. */
export interface Member {
  readonly name: string;
  readonly behind: number;
  readonly opens: boolean;
}

export function roleShape(context: OpenContext, memberOf: (path: string) => Member): JsonShape {
  /** First member that any row had for a role. */
  const seen = new Map<Role, string>();
  const cellOf = (role: Role): number => ROLES.indexOf(role);
  return {
    levels: [],
    cells: ROLES.length,
    meaningOf: (path): Meaning => {
      const { name, behind, opens } = memberOf(path);
      const meaning = meaningOf(name);
      if (meaning === null) return { cell: NONE, rank: 0, opens };
      if (!seen.has(meaning.role)) seen.set(meaning.role, path);
      return { cell: cellOf(meaning.role), rank: meaning.rank + behind, opens };
    },
    plan: (cells) => {
      const pathOf = (role: Role): string | null => cells.pathOf(cellOf(role));
      return {
        field: (cell) => cells.pathOf(cell) ?? ROLES[cell] ?? '',
        time: cellOf('time'),
        timeFallback: NONE,
        zone: null,
        cost: cellOf('cost'),
        finerCost: 'reject',
        currency: cellOf('currency'),
        sku: cellOf('sku'),
        project: cellOf('project'),
        key: cellOf('key'),
        id: cellOf('id'),
        counts: TOKEN_ROLES.map(cellOf),
        meters: TOKEN_METERS,
        settle: (counts, meters) => {
          const fault = exclusiveMeters(counts, meters, context.cachedTokens);
          return fault === null ? null : { cell: cellOf(fault.part), message: tooManyMessage(fault, pathOf) };
        },
        end: () => {
          const keys = [...seen].map(([role, path]) =>
            TOKEN_ROLES.some((token) => token === role) ? path : `${role} from ${path}`,
          );
          if (keys.length > 0) context.note(`Keys read: ${keys.join(', ')}.`);
          const rule = tokenRule((role) => seen.get(role) ?? null, context.cachedTokens);
          if (rule !== null) context.note(rule);
        },
      };
    },
  };
}
