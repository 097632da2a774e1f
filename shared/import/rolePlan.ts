/** Plans of formats whose columns mean what their names mean, wherever the roles stand. */
import { ROLES, type Role } from './columns.ts';
import type { OpenContext } from './importer.ts';
import { NONE, type RowPlan } from './rowPlan.ts';

/** What such plans have in common: all but the token counts. */
export function rolePlan(
  context: OpenContext,
  cellOf: (role: Role) => number,
): Omit<RowPlan, 'field' | 'counts' | 'meters' | 'settle'> {
  const [message, request] = [cellOf('message'), cellOf('request')];
  return {
    time: cellOf('time'),
    timeFallback: NONE,
    until: cellOf('until'),
    untilByName: context.choices.columns?.['until'] === undefined,
    zone: null,
    cost: cellOf('cost'),
    currency: cellOf('currency'),
    sku: cellOf('sku'),
    project: cellOf('project'),
    key: cellOf('key'),
    id: cellOf('id'),
    ...(message === NONE && request === NONE ? {} : { idPair: [message, request] as const }),
    local: context.local,
  };
}

/** Whether the user said which column has a meaning, or that none has. */
export function isChosen(context: OpenContext, role: Role): boolean {
  return context.choices.columns?.[role] !== undefined;
}

/** `time from ts, cost from cost_usd`; token counts go by their own names. */
export function rolesRead(seen: Iterable<readonly [role: Role, name: string]>, tokens: readonly Role[]): string {
  return [...seen]
    .map(([role, name]) => (tokens.includes(role) ? name : `${ROLE_WORDS[role] ?? role} from ${name}`))
    .join(', ');
}

const ROLE_WORDS: Partial<Record<Role, string>> = { until: 'end', message: 'message id', request: 'request id' };

/** Roles whose names are paths of JSON members that the user chose. */
export function chosenPaths(context: OpenContext): ReadonlyMap<string, Role> {
  const chosen = context.choices.columns ?? {};
  return new Map(ROLES.flatMap((role) => (chosen[role] ? [[chosen[role], role] as const] : [])));
}
