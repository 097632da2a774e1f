/**
 * Which rows of a tall table are drawn, and where. Rows are all equally high, so this is arithmetic. A browser cannot
 * make an element of fifty million pixels: beyond `TALLEST_PX` the scroll bar covers the table in larger steps.
 */
const TALLEST_PX = 12_000_000;
const SPARE_ROWS = 8;

export interface VirtualRows {
  /** Height of the element that scrolls. */
  readonly height: number;
  readonly first: number;
  /** The first that is seen whole; those before it are spare. */
  readonly seen: number;
  /** Behind the last drawn row. */
  readonly end: number;
  /** Pixels from the element's top to row `first`. */
  readonly offset: number;
}

export interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
}

export function virtualRows(total: number, rowHeight: number, viewport: Viewport): VirtualRows {
  const whole = total * rowHeight;
  const height = Math.min(whole, TALLEST_PX);
  const top = logicalTop(total, rowHeight, viewport);
  const first = Math.max(0, Math.floor(top / rowHeight) - SPARE_ROWS);
  const end = Math.min(total, Math.ceil((top + viewport.height) / rowHeight) + SPARE_ROWS);
  const seen = Math.ceil(top / rowHeight);
  return { height, first, seen, end, offset: first * rowHeight - top + viewport.scrollTop };
}

/** The scroll position that shows a row: moved no more than needed to a row nearby, into the middle from afar. */
export function scrollTopFor(index: number, total: number, rowHeight: number, viewport: Viewport): number {
  const top = logicalTop(total, rowHeight, viewport);
  const rowTop = index * rowHeight;
  const beyond = Math.max(top - rowTop, rowTop + rowHeight - top - viewport.height);
  if (beyond <= 0) return viewport.scrollTop;
  const nearby = rowTop < top ? rowTop : rowTop + rowHeight - viewport.height;
  const middle = rowTop - Math.floor(viewport.height / rowHeight / 2) * rowHeight;
  const wanted = beyond <= 2 * rowHeight ? nearby : Math.max(0, middle);
  return wanted / stretch(total, rowHeight, viewport.height);
}

function logicalTop(total: number, rowHeight: number, viewport: Viewport): number {
  const most = Math.max(0, total * rowHeight - viewport.height);
  return Math.min(most, Math.max(0, viewport.scrollTop) * stretch(total, rowHeight, viewport.height));
}

/** Table pixels for each pixel of the scroll bar; 1 unless the table is too tall to be an element. */
function stretch(total: number, rowHeight: number, viewportHeight: number): number {
  const whole = total * rowHeight;
  if (whole <= TALLEST_PX) return 1;
  return (whole - viewportHeight) / (TALLEST_PX - viewportHeight);
}
