/**
 * Where the pillars and steps of a bridge stand. Pure. Amounts become floats here, for pixels alone; what is written
 * beside them are the exact figures.
 */
import type { BridgePillar, BridgeStep, ReconBridge } from '../../../shared/contract/reconcile.ts';

export type BridgeColumn =
  | { readonly kind: 'pillar'; readonly pillar: BridgePillar; readonly level: number }
  | { readonly kind: 'step'; readonly step: BridgeStep; readonly from: number; readonly to: number };

export interface BridgeLayout {
  readonly columns: readonly BridgeColumn[];
  /** Lowest level that is drawn; above zero where the feet of the pillars are broken. */
  readonly base: number;
  readonly top: number;
  readonly broken: boolean;
}

/** A pillar that is this many times as high as all steps together hides them: its foot is broken. */
const MOST_PER_STEP = 1.5;
/** Room below the lowest step for the foot, of the height of the steps. */
const FOOT = 0.6;

export function bridgeLayout({ pillars, steps }: ReconBridge): BridgeLayout {
  const columns = pillars.flatMap((pillar, index): BridgeColumn[] => {
    const level = pixelValue(pillar.total);
    let at = level;
    const after = steps
      .filter((step) => step.after === index)
      .map((step): BridgeColumn => {
        const from = at;
        at += pixelValue(step.amount);
        return { kind: 'step', step, from, to: at };
      });
    return [{ kind: 'pillar', pillar, level }, ...after];
  });
  const levels = columns.flatMap((column) => (column.kind === 'pillar' ? [column.level] : [column.from, column.to]));
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const span = high - low;
  const broken = span > 0 && low > span * MOST_PER_STEP;
  const base = broken ? low - span * FOOT : Math.min(0, low);
  const top = Math.max(high, base === high ? base + 1 : high);
  return { columns, base, top, broken };
}

/** From the top of a plot of so many pixels. */
export function levelY({ base, top }: Pick<BridgeLayout, 'base' | 'top'>, level: number, height: number): number {
  return ((top - level) / (top - base)) * height;
}

const PLAIN = /^-?\d+(?:\.\d+)?$/;

function pixelValue(amount: string): number {
  return PLAIN.test(amount) ? Number(amount) : 0;
}
