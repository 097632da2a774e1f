/**
 * How good an explanation is. What it leaves over of the target comes first; then how many other totals it leaves open,
 * for a hypothesis that another document refutes is none; then the fewest changes, and of these the likeliest.
 */
import { magnitude, residualOf, type Change, type Figures, type Model } from './model.ts';

/** A hypothesis that was run, and takes away all or most of the difference. */
export interface Finding {
  readonly changes: readonly Change[];
  readonly figures: Figures;
  /** Of the target. */
  readonly residual: bigint;
  /** Other totals that it leaves or makes open. */
  readonly misses: number;
  /** Other totals that were open and that it closes. */
  readonly closes: readonly number[];
  /** Other totals that agreed before, and under it do not. */
  readonly opens: readonly number[];
  readonly prior: number;
  /** Sum of the places of its changes among all. */
  readonly place: number;
}

export type Verdict = 'proven' | 'fits' | 'partial';

export interface Ranked extends Finding {
  readonly verdict: Verdict;
  /** Others that close the target, and that neither simplicity nor another total puts behind this one. */
  readonly rivals: number;
  /** Of the difference that is explained, whole percent. */
  readonly percent: number;
}

/** Least share of the difference that a partial explanation takes away, in percent. */
const PARTIAL_PERCENT = 80n;

/** Judges figures of a run; null where the target has none, or too much of its difference is left. */
export function judged(
  { totals, changes: all }: Model,
  base: Figures,
  changes: readonly Change[],
  figures: Figures,
): Finding | null {
  const target = totals[0];
  if (target === undefined) return null;
  const before = residualOf(target, base[0]);
  const residual = residualOf(target, figures[0]);
  if (residual === null || percentOf(before ?? target.stated, residual) < PARTIAL_PERCENT) return null;
  const [closes, opens]: [number[], number[]] = [[], []];
  let misses = 0;
  for (let index = 1; index < totals.length; index++) {
    const total = totals[index]!;
    const [was, is] = [residualOf(total, base[index]), residualOf(total, figures[index])];
    if (is !== 0n) misses++;
    if (was !== 0n && is === 0n) closes.push(index);
    if (was === 0n && is !== 0n) opens.push(index);
  }
  return {
    ...{ changes, figures, residual, misses, closes, opens },
    prior: changes.reduce((sum, { prior }) => sum + prior, 0),
    place: changes.reduce((sum, change) => sum + placeOf(change, all), 0),
  };
}

/** What was not to be tried from the start comes last. */
function placeOf(change: Change, all: readonly Change[]): number {
  const place = all.indexOf(change);
  return place < 0 ? all.length : place;
}

function percentOf(difference: bigint, residual: bigint): bigint {
  const whole = magnitude(difference);
  return whole === 0n ? 0n : ((whole - magnitude(residual)) * 100n) / whole;
}

/** Best first. */
export function compareFindings(a: Finding, b: Finding): number {
  const [left, right] = [magnitude(a.residual), magnitude(b.residual)];
  if (left !== right) return left < right ? -1 : 1;
  return a.misses - b.misses || a.changes.length - b.changes.length || a.prior - b.prior || a.place - b.place;
}

/**
 * Ranks what was found.
 * @param complete whether everything was tried: before that nothing is proven.
 */
export function ranked(model: Model, base: Figures, found: readonly Finding[], complete: boolean): Ranked[] {
  const target = model.totals[0]!;
  const difference = residualOf(target, base[0]) ?? target.stated;
  const sorted = [...found].sort(compareFindings);
  const closing = sorted.filter(({ residual }) => residual === 0n);
  return sorted.map((finding): Ranked => {
    const percent = Number(percentOf(difference, finding.residual));
    if (finding.residual !== 0n) return { ...finding, verdict: 'partial', rivals: 0, percent };
    const rivals = closing.filter((other) => other !== finding && isRival(other, finding)).length;
    const verdict = complete && rivals === 0 && isProof(model, base, finding) ? 'proven' : 'fits';
    return { ...finding, verdict, rivals, percent };
  });
}

/** Whether one explanation is no worse than another: as simple and no more refuted, or less refuted. */
function isRival(other: Finding, than: Finding): boolean {
  if (other.misses !== than.misses) return other.misses < than.misses;
  return other.changes.length <= than.changes.length;
}

/**
 * Proof takes figures that were open before and close, one for each change, each by an amount of its own: whatever makes up
 * the target's difference also makes up another that is open by the same amount. Of the parts of the target the first
 * closes with it anyway. And none that is stated may stay open or be opened.
 */
function isProof({ totals }: Model, base: Figures, { changes, closes, misses }: Finding): boolean {
  if (misses > 0 || changes.some(({ family }) => family === 'arithmetic')) return false;
  const amountOf = (index: number): bigint =>
    magnitude(residualOf(totals[index]!, base[index]) ?? totals[index]!.stated);
  const target = amountOf(0);
  const own = closes.filter((index) => amountOf(index) !== target);
  const parts = own.some((index) => totals[index]!.relation === 'part') ? 1 : 0;
  return new Set(own.map(amountOf)).size - parts >= changes.length;
}
