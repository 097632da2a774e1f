/**
 * The explanations of one difference: asked for piece by piece, the best so far always on screen. Not asking again is how
 * it is cancelled; what was found until then stays.
 */
import type { Explained, ExplainTarget, Explanation, KeptCause } from '../../../shared/contract/explain.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface ExplainSlice {
  readonly explainTarget: ExplainTarget | null;
  /** The best so far. */
  readonly explained: Explained | null;
  readonly explaining: boolean;
  readonly explainFailure: string | null;
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

/** As it is logged with what is made of it. */
export function causeOf({ label, difference }: Explained, explanation: Explanation): KeptCause {
  const { sentence, detail, verdict, rivals, percent, residual } = explanation;
  return { label, difference, sentence, detail, verdict, rivals, percent, residual };
}
