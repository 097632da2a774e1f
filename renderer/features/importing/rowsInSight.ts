/**
 * Which lines of a table in a page that scrolls are drawn: all of a short one, of a long one those in sight and some
 * around. A line is a dozen elements, and the layout of hundreds of lines is felt.
 */
import { useEffect, useState } from 'react';
import { ROW_PX } from '../../ui/useSize.ts';

/** Up to so many lines are drawn whole. */
const SHORT = 80;
/** Lines that come and go together, so that a scroll seldom draws anything. */
const CHUNK = 6;

export interface RowsInSight {
  readonly first: number;
  /** Behind the last drawn line. */
  readonly end: number;
  /** Of one line, in pixels. */
  readonly height: number;
}

/** @param element around the table */
export function useRowsInSight(total: number, element: HTMLElement | null): RowsInSight {
  const [sight, setSight] = useState({ first: 0, end: 3 * CHUNK, height: ROW_PX });
  const isLong = total > SHORT;
  useEffect(() => {
    const scroller = element?.closest('.import-scroll') ?? null;
    if (!isLong || element === null || scroller === null) return undefined;
    const look = (): void => {
      const line = element.querySelector<HTMLElement>('[data-line]');
      const body = element.querySelector('tbody');
      if (line === null || body === null) return;
      const height = line.getBoundingClientRect().height;
      const top = scroller.getBoundingClientRect().top - body.getBoundingClientRect().top;
      const chunk = (pixels: number): number => Math.floor(pixels / height / CHUNK);
      const first = Math.max(0, (chunk(top) - 1) * CHUNK);
      const end = (chunk(top + scroller.clientHeight) + 2) * CHUNK;
      setSight((before) =>
        before.first === first && before.end === end && before.height === height ? before : { first, end, height },
      );
    };
    // it looks at once too, when the layout is done anyway
    const resized = new ResizeObserver(look);
    resized.observe(scroller);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, [isLong, element, total]);
  if (!isLong) return { ...sight, first: 0, end: total };
  const first = Math.min(sight.first, Math.max(0, total - CHUNK));
  return { ...sight, first, end: Math.min(total, Math.max(sight.end, first + CHUNK)) };
}
