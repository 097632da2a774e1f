/**
 * Where the card of a point stands. Under a moving pointer it keeps to one side, so that it does not jump; a card that
 * stays takes the corner where it hides least of the line.
 */
import type { PlotGeometry } from './geometry.ts';
import { overlaps, type Box } from './labels.ts';

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

interface Staying {
  readonly plot: Plot;
  readonly x: number;
  readonly y: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly lineBetween: (left: number, right: number) => { readonly top: number; readonly bottom: number } | null;
  readonly marks: readonly Box[];
}

export function stayingCardPlace(staying: Staying): CardPlace {
  const { plot, x, y, size } = staying;
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
      const box: Box = { left, top, right: left + size.width, bottom: top + size.height };
      const outside = left < plot.left || box.right > plot.right || top < plot.top || box.bottom > plot.bottom;
      const hidden = outside ? Infinity : hiddenBy(box, staying);
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

/** How much a box covers: the line in slices, each mark as two of them. */
function hiddenBy(box: Box, { lineBetween, marks }: Staying): number {
  const slices = 12;
  const step = (box.right - box.left) / slices;
  let hidden = 2 * marks.filter((mark) => overlaps(mark, box)).length;
  for (let slice = 0; slice < slices; slice += 1) {
    const line = lineBetween(box.left + slice * step, box.left + (slice + 1) * step);
    if (line !== null && line.bottom > box.top && line.top < box.bottom) hidden += 1;
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
