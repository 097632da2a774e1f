/** The runs of the table, side by side: what is tried, and every variant that is kept. Pure. */
import { MAX_VARIANTS, type WhatIfFigure } from '../../../shared/contract/whatIf.ts';
import { changeCount, draftName, letterOf, sameDraft } from './draft.ts';
import type { WhatIfModel } from './state.ts';

export interface RunColumn {
  /** Null: it is not kept. */
  readonly id: string | null;
  readonly letter: string;
  readonly name: string;
  readonly figures: readonly WhatIfFigure[];
  /** Why it cannot be run. */
  readonly problem: string | null;
  /** It is what the controls show. */
  readonly isTried: boolean;
  readonly isOverlaid: boolean;
  /** The pointer or the focus is on it, here or in the chart. */
  readonly isPointed: boolean;
  readonly isBaseline: boolean;
}

export function runColumns(
  model: Pick<WhatIfModel, 'draft' | 'controls' | 'tried' | 'table' | 'history' | 'overlaid' | 'pointed' | 'against'>,
): RunColumn[] {
  const { draft, controls, tried, table, history, overlaid, pointed, against } = model;
  const { variants } = history.now;
  const kept = variants.map((variant, place): RunColumn => {
    const row = table?.variants.find(
      ({ id, set, hold }) => id === variant.id && sameDraft({ set, hold: hold ?? [] }, variant),
    );
    const isTried = sameDraft(variant, draft);
    const triedFigures =
      tried !== null && sameDraft(tried.draft, variant) && tried.against === against ? tried.figures : [];
    return {
      id: variant.id,
      letter: letterOf(place),
      name: variant.name,
      figures: row === undefined || row.figures.length === 0 ? triedFigures : row.figures,
      problem: row === undefined ? null : (row.problems[0]?.message ?? null),
      isTried,
      isOverlaid: overlaid.has(variant.id),
      isPointed: variant.id === pointed && !isTried,
      isBaseline: variant.id === against,
    };
  });
  if (changeCount(draft) === 0 || kept.some(({ isTried }) => isTried)) return kept;
  const working: RunColumn = {
    ...{ id: null, letter: letterOf(variants.length), name: draftName(draft, controls), problem: null },
    ...{ figures: tried?.figures ?? [], isTried: true, isOverlaid: false, isPointed: false, isBaseline: false },
  };
  return [working, ...kept];
}

/** What the pin button says it waits for; null where it can pin. */
export function pinWaits(model: WhatIfModel): string | null {
  const { draft, history, problems } = model;
  const { variants } = history.now;
  if (changeCount(draft) === 0) return 'Pin, nothing is changed';
  const known = variants.findIndex((variant) => sameDraft(variant, draft));
  if (known >= 0) return `Pinned as ${letterOf(known)}`;
  if (variants.length >= MAX_VARIANTS) return `Pin, ${MAX_VARIANTS} of ${MAX_VARIANTS} are kept`;
  return problems.length > 0 ? 'Pin, a value cannot be run' : null;
}
