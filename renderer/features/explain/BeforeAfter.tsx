/** Where the simulated figure was and where the change brings it, on one line with what is stated. */
import type { ReactNode } from 'react';
import type { Explanation } from '../../../shared/contract/explain.ts';
import { amountText, isZero } from '../../ui/amountText.ts';

const WIDTH = 320;
const EDGE = 24;
const PLAIN = /^-?\d+(?:\.\d+)?$/;

export function BeforeAfter(props: { readonly explanation: Explanation; readonly digits: number }): ReactNode {
  const { explanation, digits } = props;
  const { before, after, stated, residual } = explanation;
  // floats for pixels alone; the figures below are exact
  const [from, to, aim] = [before, after, stated].map((text) => (PLAIN.test(text) ? Number(text) : 0)) as [
    number,
    number,
    number,
  ];
  const [low, high] = [Math.min(from, to, aim), Math.max(from, to, aim)];
  const x = (value: number): number =>
    high === low ? WIDTH / 2 : EDGE + ((value - low) / (high - low)) * (WIDTH - 2 * EDGE);
  const closes = isZero(residual);
  const text = (value: string): string => amountText(value, { digits, exact: true });
  return (
    <figure className="before-after">
      <svg viewBox={`0 0 ${WIDTH} 22`} aria-hidden="true">
        <line className="before-after-rule" x1={0} x2={WIDTH} y1={11} y2={11} />
        <line className="before-after-move" x1={x(from)} x2={x(to)} y1={11} y2={11} />
        <line className="before-after-stated" x1={x(aim)} x2={x(aim)} y1={2} y2={20} />
        <circle className="before-after-from" cx={x(from)} cy={11} r={4} />
        <path className="before-after-to" d={`M${x(to)} 6l5 5-5 5-5-5z`} />
      </svg>
      <figcaption>
        <span>{`before ${text(before)}`}</span>
        <span>{closes ? `after ${text(after)} = stated` : `after ${text(after)}, stated ${text(stated)}`}</span>
      </figcaption>
    </figure>
  );
}
