/**
 * Where the card of a point stands. Under a moving pointer it keeps to one side, so that it does not jump; a card that
 * stays takes the corner where it hides least of the line.
 */
import type { PlotGeometry } from './geometry.ts';
import { overlaps, type Box } from './labels.ts';

const AWAY_PX = 14;
/** The tallest card of a single point; nearer to the top it stands below the point. */
const TALLEST_PX = 72;
/** A line of a card, and what its border and padding add. */
const LINE_PX = 18;
const FRAME_PX = 14;
const FROM_EDGE_PX = 4;

export interface CardPlace {
  readonly side: 'left' | 'right';
  readonly level: 'above' | 'below' | 'top' | 'floor';
}

type Plot = Pick<PlotGeometry, 'left' | 'right' | 'top' | 'bottom' | 'width' | 'height'>;

export function movingCardPlace(plot: Plot, x: number, y: number): CardPlace {
  return {
    side: x > plot.left + plot.width * 0.55 ? 'left' : 'right',
    level: y < plot.top + Math.max(plot.height * 0.5, TALLEST_PX + AWAY_PX) ? 'below' : 'above',
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

/** A list beside a point, wholly inside the plot: as many of its lines as there is room for. */
export function listPlace(
  plot: Plot,
  at: { readonly x: number; readonly y: number; readonly rem: number },
  lines: { readonly wanted: number; readonly besides: number },
): { readonly listed: number; readonly style: React.CSSProperties } {
  const [line, room] = [LINE_PX * at.rem, plot.height - 2 * FROM_EDGE_PX - FRAME_PX];
  const listed = Math.max(1, Math.min(lines.wanted, Math.floor(room / line) - lines.besides));
  const height = (listed + lines.besides) * line + FRAME_PX;
  const lowest = plot.bottom - FROM_EDGE_PX - height;
  const top = Math.max(plot.top + FROM_EDGE_PX, Math.min(at.y - height / 2, lowest));
  const { left, right } = cardStyle(plot, { ...movingCardPlace(plot, at.x, at.y), level: 'top' }, at.x, at.y);
  return { listed, style: { ...(left === undefined ? { right } : { left }), top } };
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
