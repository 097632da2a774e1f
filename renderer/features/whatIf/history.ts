/** Undo and redo of what was tried and pinned, without limit. A value that a hand is still moving is no step yet. Pure. */
import type { Variant } from '../../../shared/contract/whatIf.ts';
import { NO_DRAFT, sameDraft, type Draft } from './draft.ts';

export interface Step {
  readonly draft: Draft;
  readonly variants: readonly Variant[];
}

export interface History {
  readonly past: readonly Step[];
  readonly now: Step;
  readonly future: readonly Step[];
}

export const NO_HISTORY: History = { past: [], now: { draft: NO_DRAFT, variants: [] }, future: [] };

/** The same history where nothing has changed. */
export function stepped(history: History, step: Step): History {
  const { now, past } = history;
  if (sameDraft(now.draft, step.draft) && sameVariants(now.variants, step.variants)) return history;
  return { past: [...past, now], now: step, future: [] };
}

export function undone({ past, now, future }: History): History | null {
  const before = past.at(-1);
  return before === undefined ? null : { past: past.slice(0, -1), now: before, future: [now, ...future] };
}

export function redone({ past, now, future }: History): History | null {
  const [after, ...rest] = future;
  return after === undefined ? null : { past: [...past, now], now: after, future: rest };
}

export function sameVariants(a: readonly Variant[], b: readonly Variant[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((one, place) => {
        const other = b[place];
        return other !== undefined && one.id === other.id && one.name === other.name && sameDraft(one, other);
      }))
  );
}
