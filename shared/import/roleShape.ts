/**
 * JSON objects whose members mean what columns of their names mean (`columns.ts`), or what the user says that they mean,
 * wherever a format keeps them.
 */
import { ROLES, TOKEN_ROLES, meaningOf, type Role } from './columns.ts';
import type { OpenContext } from './importer.ts';
import type { JsonShape } from './jsonRows.ts';
import type { Meaning } from './objectCells.ts';
import { chosenPaths, isChosen, rolePlan, rolesRead } from './rolePlan.ts';
import { NONE } from './rowPlan.ts';
import { TOKEN_METERS, exclusiveMeters, tokenRule, tooManyMessage } from './tokens.ts';

/** A member: the name that a column would have, how much behind the others of its role, and whether there are more inside. */
export interface Member {
  readonly name: string;
  readonly behind: number;
  readonly opens: boolean;
}

/** Members that are not inside others go by their own names. */
export function memberByName(path: string): Member {
  return { name: path, behind: 0, opens: false };
}

export function roleShape(context: OpenContext, memberOf: (path: string) => Member): JsonShape {
  /** First member that any row had for a role. */
  const seen = new Map<Role, string>();
  const chosen = chosenPaths(context);
  const cellOf = (role: Role): number => ROLES.indexOf(role);
  const roleOf = (path: string): { readonly role: Role; readonly rank: number } | null => {
    const role = chosen.get(path);
    if (role !== undefined) return { role, rank: 0 };
    const { name, behind } = memberOf(path);
    const meaning = meaningOf(name);
    return meaning === null || isChosen(context, meaning.role)
      ? null
      : { role: meaning.role, rank: meaning.rank + behind };
  };
  return {
    levels: [],
    cells: ROLES.length,
    meaningOf: (path): Meaning => {
      const opens = memberOf(path).opens || [...chosen.keys()].some((inside) => inside.startsWith(`${path}.`));
      const meaning = roleOf(path);
      if (meaning === null) return { cell: NONE, rank: 0, opens };
      if (!seen.has(meaning.role)) seen.set(meaning.role, path);
      return { cell: cellOf(meaning.role), rank: meaning.rank, opens };
    },
    plan: (cells) => {
      const pathOf = (role: Role): string | null => cells.pathOf(cellOf(role));
      return {
        ...rolePlan(context, cellOf),
        field: (cell) => cells.pathOf(cell) ?? ROLES[cell] ?? '',
        counts: TOKEN_ROLES.map(cellOf),
        meters: TOKEN_METERS,
        settle: (counts, meters) => {
          const fault = exclusiveMeters(counts, meters, context.cachedTokens);
          return fault === null ? null : { cell: cellOf(fault.part), message: tooManyMessage(fault, pathOf) };
        },
        end: () => {
          if (seen.size > 0) context.note(`Keys read: ${rolesRead(seen, TOKEN_ROLES)}.`);
          const rule = tokenRule((role) => seen.get(role) ?? null, context.cachedTokens);
          if (rule !== null) context.note(rule);
        },
      };
    },
  };
}
