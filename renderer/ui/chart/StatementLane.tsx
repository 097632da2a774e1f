/**
 * The thin lane of documents and bank lines: documents filled on top, bank lines hollow below. What a bar says is in its
 * card; a click opens its source.
 */
import { useState, type ReactNode } from 'react';
import type { StatementItem } from '../../../shared/contract/stated.ts';
import type { PlotGeometry } from './geometry.ts';

/** Narrower than this a bar is not seen. */
const NARROWEST_PX = 4;

export interface LaneItem {
  readonly item: StatementItem;
  readonly left: number;
  readonly right: number;
}

export function layOutItems(
  items: readonly StatementItem[],
  plot: Pick<PlotGeometry, 'left' | 'right' | 'x'>,
): LaneItem[] {
  return items.flatMap((item) => {
    const from = plot.x(item.from);
    const right = Math.min(Math.max(plot.x(item.to) - 1, from + NARROWEST_PX), plot.right);
    const left = Math.max(from, plot.left);
    return right <= plot.left || left >= plot.right ? [] : [{ item, left, right }];
  });
}

export function StatementLane(props: {
  readonly items: readonly StatementItem[];
  readonly plot: PlotGeometry;
  readonly top: number;
  readonly height: number;
  readonly selected: number | null;
  readonly onHover: (item: LaneItem | null) => void;
  readonly onItem: (item: StatementItem) => void;
}): ReactNode {
  const { items, plot, top, height, selected, onHover, onItem } = props;
  const [hovered, setHovered] = useState<number | null>(null);
  const bar = Math.max(3, Math.floor(height / 2) - 2);
  const hover = (laid: LaneItem | null): void => {
    setHovered(laid?.item.index ?? null);
    onHover(laid);
  };
  return (
    <g className="statement-lane" onPointerLeave={() => hover(null)}>
      <path className="lane-edge" d={`M${plot.left} ${top + 0.5}H${plot.right}`} />
      {layOutItems(items, plot).map((laid) => {
        const { item, left, right } = laid;
        const document = item.side === 'document';
        const lit = item.index === selected || item.index === hovered;
        return (
          <g key={item.index} data-statement={item.side}>
            <rect
              className={`${document ? 'statement-document' : 'statement-bank'}${lit ? ' statement-lit' : ''}`}
              x={left + (document ? 0 : 0.5)}
              y={top + (document ? 2 : bar + 3.5)}
              width={Math.max(1, right - left - (document ? 0 : 1))}
              height={bar - (document ? 0 : 1)}
            />
            <rect
              className="statement-hand"
              data-transient=""
              x={left - 1}
              y={document ? top : top + height / 2}
              width={right - left + 2}
              height={height / 2}
              onPointerEnter={() => hover(laid)}
              onClick={() => onItem(item)}
            />
          </g>
        );
      })}
    </g>
  );
}
