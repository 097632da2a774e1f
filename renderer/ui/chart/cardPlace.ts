/**
 * Where the card of a point stands. Under a moving pointer it keeps to one side, so that it does not jump; a card that
 * stays takes the corner where it hides least of the line.
 */
import type { PlotGeometry } from './geometry.ts';

const AWAY_PX = 14;

export interface CardPlace {
  readonly side: 'left' | 'right';
  readonly level: 'above' | 'below' | 'top' | 'floor';
}

type Plot = Pick<PlotGeometry, 'left' | 'right' | 'top' | 'bottom' | 'width' | 'height'>;

export function movingCardPlace(plot: Plot, x: number, y: number): CardPlace {
  return {
    side: x > plot.left + plot.width * 0.55 ? 'left' : 'right',
    level: y < plot.top + plot.height * 0.5 ? 'below' : 'above',
  };
}

export function stayingCardPlace(
  plot: Plot,
  x: number,
  y: number,
  size: { readonly width: number; readonly height: number },
  lineBetween: (left: number, right: number) => { readonly top: number; readonly bottom: number } | null,
): CardPlace {
  const usual = movingCardPlace(plot, x, y);
  const sides: readonly CardPlace['side'][] = usual.side === 'left' ? ['left', 'right'] : ['right', 'left'];
  const levels: readonly CardPlace['level'][] =
    usual.level === 'above' ? ['above', 'floor', 'below', 'top'] : ['below', 'above', 'floor', 'top'];
  let best = usual;
  let least = Infinity;
  for (const level of levels) {
    for (const side of sides) {
      const left = side === 'left' ? x - AWAY_PX - size.width : x + AWAY_PX;
      const top = topOf(level, plot, y, size.height);
      const outside =
        left < plot.left || left + size.width > plot.right || top < plot.top || top + size.height > plot.bottom;
      const hidden = outside ? Infinity : hiddenLine(left, top, size, lineBetween);
      if (hidden < least) {
        least = hidden;
        best = { side, level };
      }
    }
  }
  return best;
}

function topOf(level: CardPlace['level'], plot: Plot, y: number, height: number): number {
  switch (level) {
    case 'above':
      return y - AWAY_PX - height;
    case 'below':
      return y + AWAY_PX;
    case 'top':
      return plot.top + 4;
    case 'floor':
      return plot.bottom - 4 - height;
  }
}

/** How much of the line a box covers, in slices. */
function hiddenLine(
  left: number,
  top: number,
  size: { readonly width: number; readonly height: number },
  lineBetween: (left: number, right: number) => { readonly top: number; readonly bottom: number } | null,
): number {
  const slices = 12;
  const step = size.width / slices;
  let hidden = 0;
  for (let slice = 0; slice < slices; slice += 1) {
    const line = lineBetween(left + slice * step, left + (slice + 1) * step);
    if (line !== null && line.bottom > top && line.top < top + size.height) hidden += 1;
  }
  return hidden;
}

export function cardStyle(plot: Plot, place: CardPlace, x: number, y: number): React.CSSProperties {
  const across = place.side === 'left' ? { right: `calc(100% - ${x - AWAY_PX}px)` } : { left: x + AWAY_PX };
  switch (place.level) {
    case 'above':
      return { ...across, bottom: `calc(100% - ${y - AWAY_PX}px)` };
    case 'below':
      return { ...across, top: y + AWAY_PX };
    case 'top':
      return { ...across, top: plot.top + 4 };
    case 'floor':
      return { ...across, bottom: `calc(100% - ${plot.bottom - 4}px)` };
  }
}
