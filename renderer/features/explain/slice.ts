/**
 * The explanations of one difference: asked for piece by piece, the best so far always on screen. Not asking again is how
 * it is cancelled; what was found until then stays.
 */
import type { Explained, ExplainTarget } from '../../../shared/contract/explain.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface ExplainSlice {
  readonly explainTarget: ExplainTarget | null;
  /** The best so far. */
  readonly explained: Explained | null;
  readonly explaining: boolean;
  readonly explainFailure: string | null;
  /** What was adopted or kept as a note since this document was opened, each with its one explanation. */
  readonly explainedKept: readonly { readonly period: string; readonly explained: Explained }[];
  /** Keeps an explanation of what is explained now: it goes into the month's report. */
  explainKeep(explanation: string): void;
  explainForgetKept(): void;
  /** Explains a difference; one that is explained already stays unless it is asked for `again`. */
  explainStart(target: ExplainTarget, again?: boolean): Promise<void>;
  explainCancel(): void;
  /** The figures have changed: what was found may not hold any more. */
  explainForget(): void;
}

export function createExplainSlice(
  set: SetSlice<ExplainSlice>,
  get: GetSlice<ExplainSlice>,
  { engine }: SliceDeps,
): ExplainSlice {
  let asked = 0;
  const goOn = async (target: ExplainTarget, mine: number): Promise<void> => {
    let next: number | undefined;
    do {
      const answer: Explained = await engine.explain(next === undefined ? { target } : { target, next }).result;
      if (mine !== asked) return;
      next = answer.next ?? undefined;
      set({ explained: answer, explaining: next !== undefined });
    } while (next !== undefined);
  };
  const stop = (): void => {
    asked += 1;
  };
  return {
    explainTarget: null,
    explained: null,
    explaining: false,
    explainFailure: null,
    explainedKept: [],
    explainKeep: (id) => {
      const { explained, explainTarget, explainedKept } = get();
      const explanation = explained?.explanations.find((one) => one.id === id);
      if (explained === null || explainTarget === null || explanation === undefined) return;
      const kept = { period: explainTarget.period, explained: { ...explained, explanations: [explanation] } };
      const others = explainedKept.filter(
        ({ period, explained: { label, explanations } }) =>
          period !== kept.period || label !== explained.label || explanations[0]?.id !== id,
      );
      set({ explainedKept: [...others, kept] });
    },
    explainForgetKept: () => set({ explainedKept: [] }),
    explainStart: async (target, again = false) => {
      const { explainTarget, explainFailure } = get();
      if (!again && explainFailure === null && sameTarget(explainTarget, target)) return;
      stop();
      const mine = asked;
      set({ explainTarget: target, explained: null, explaining: true, explainFailure: null });
      try {
        await goOn(target, mine);
      } catch (error) {
        if (mine !== asked) return;
        set({ explaining: false, explainFailure: error instanceof Error ? error.message : String(error) });
      }
    },
    explainCancel: () => {
      stop();
      set({ explaining: false });
    },
    explainForget: () => {
      stop();
      set({ explainTarget: null, explained: null, explaining: false, explainFailure: null });
    },
  };
}

export function sameTarget(one: ExplainTarget | null, other: ExplainTarget | null): boolean {
  return one !== null && other !== null && keyOf(one) === keyOf(other);
}

function keyOf(target: ExplainTarget): string {
  return [target.kind, target.period, idOf(target)].join('\n');
}

function idOf(target: ExplainTarget): string {
  switch (target.kind) {
    case 'usage':
      return target.line;
    case 'balance':
      return target.point;
    case 'group':
      return target.group;
    case 'step':
      return target.step;
  }
}
